// The text editor would write its style sheet into the page, which the policy forbids; the sheet is in
// admin.css. The editor leaves the page alone when it finds an element that says a sheet is there, and
// an element of no namespace says so without being one.
const there = document.createElementNS(null, "style");
there.setAttribute("data-tiptap-style", "");
document.head.append(there);
