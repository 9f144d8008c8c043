// Widgets of Django's admin that lose their label on the way get it back, for those who listen.

function label(field) {
  return document.querySelector(`label[for="${field.id}"]`)?.textContent.trim() ?? "";
}

function nameChoice(choice) {
  const box = choice.nextElementSibling?.querySelector(".select2-selection");
  if (!box) return;
  const words = label(choice) || choice.closest("td")?.dataset.label || choice.name;
  const list = box.querySelector(".select2-selection__rendered");
  box.removeAttribute("aria-labelledby");
  box.setAttribute("aria-label", words);
  box.querySelector(".select2-search__field")?.setAttribute("aria-label", words);
  list?.removeAttribute("aria-readonly");
  if (list?.getAttribute("role") === "textbox") list.removeAttribute("role");
  if (list?.tagName === "UL") [list, ...list.children].forEach((part) => part.setAttribute("role", "presentation"));
}

function nameEditor(editor) {
  const field = editor.closest(".prose-editor")?.querySelector("textarea");
  if (field) editor.setAttribute("aria-label", label(field));
}

function nameAll() {
  document.querySelectorAll("select.admin-autocomplete").forEach(nameChoice);
  document.querySelectorAll(".prose-editor [contenteditable][role=textbox]").forEach(nameEditor);
  document.querySelectorAll(".help-tooltip[aria-label]").forEach((sign) => sign.setAttribute("role", "img"));
  for (const head of document.querySelectorAll(".inline-group thead th")) {
    if (!head.textContent.trim()) head.replaceWith(document.createElement("td"));
  }
}

new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
