// A sheet opened at a narrow width would stay on top when the window grows wide: close it.
const wide = matchMedia("(width >= 60rem)");

wide.addEventListener("change", () => {
  for (const sheet of document.querySelectorAll("[popover]:popover-open")) sheet.hidePopover();
});
