"""The shapes that stand beside words for a state. Shape and words carry it; colour only helps."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Each shape is drawn in a 16 × 16 box in the colour of the text round it.
SHAPES: dict[str, SafeString] = {
    name: mark_safe(shape)  # noqa: S308 -- constants of this file
    for name, shape in {
        "done": '<circle cx="8" cy="8" r="7.2" fill="currentColor"/>'
        '<path d="M4.4 8.3 7 10.9l4.7-5.3" fill="none" stroke="var(--paper)" stroke-width="1.9"/>',
        "pace": '<circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        '<path d="M8 1.6a6.4 6.4 0 0 1 0 12.8z" fill="currentColor"/>',
        "late": '<path d="M8 1 15.6 15H.4z" fill="currentColor"/>'
        '<path d="M8 5.6v4.6M8 11.6v1.6" stroke="var(--paper)" stroke-width="1.7"/>',
        "failed": '<path d="M1.2 1.2h13.6v13.6H1.2z" fill="currentColor"/>'
        '<path d="m5 5 6 6m0-6-6 6" stroke="var(--paper)" stroke-width="1.9"/>',
        "info": '<path d="M8 1.4 14.6 8 8 14.6 1.4 8z" fill="none" stroke="currentColor"'
        ' stroke-width="1.7"/>',
        "none": '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"'
        ' stroke-dasharray="2.4 1.75"/>',
    }.items()
}


def icon(name: str) -> SafeString:
    """The shape as SVG, silent to screen readers: the words beside it speak."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        name,
        SHAPES[name],
    )
