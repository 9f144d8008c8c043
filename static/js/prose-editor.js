// The editor would add an inline style sheet, which the content security policy forbids. It looks
// first whether one is there. This element only bears the name, so no browser takes it for a sheet;
// the rules stand in css/admin.css. Loaded before the editor, hence not a module.
const kept = document.createElementNS("urn:sxtdbv:none", "style");
kept.setAttribute("data-tiptap-style", "");
document.head.append(kept);
