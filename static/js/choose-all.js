// Above a group of boxes: one box that ticks or clears them all.
for (const group of document.querySelectorAll("[data-choose-all]")) {
  const boxes = group.querySelectorAll("input[type=checkbox]");
  const label = document.createElement("label");
  const all = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
  label.append(all, " ", group.dataset.chooseAll);
  label.className = "choose-all";
  group.querySelector("legend").after(label);
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
}
