"""Running text with headings, lists, links and tables. Whatever way it takes, it is cleaned on the way in."""

import re
import unicodedata
from typing import Any

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django_prose_editor.fields import ProseEditorField

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
}
# Pictures are no part of the text: they have columns for credit and alternative text.
_CLEANER = nh3.Cleaner(
    tags={
        "p", "br", "h2", "h3", "strong", "em", "ul", "ol", "li", "blockquote", "a",
        "table", "caption", "thead", "tbody", "tr", "th", "td",
    },
    clean_content_tags={"script", "style", "iframe", "object", "svg", "math", "noscript", "template"},
    attributes={
        "a": {"href"}, "ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
)  # fmt: skip
_EMPTY = re.compile(r"(?:\s|<br>|<p>|</p>)*")


def clean_prose(html: str) -> str:
    """Only the tags above, in NFC; nothing that runs, loads or styles. Text alone becomes paragraphs."""
    html = unicodedata.normalize("NFC", html)
    if html.strip() and "<" not in html:
        html = "".join(f"<p>{part.strip()}</p>" for part in re.split(r"\n\s*\n", html) if part.strip())
    cleaned = _CLEANER.clean(html)
    return "" if _EMPTY.fullmatch(cleaned) else cleaned.strip()


def prose_text(html: str) -> str:
    """The words of a cleaned text, one block a line, for search and for counting."""
    return strip_tags(re.sub(r"</(?:p|h2|h3|li|td|th|caption)>|<br>", "\n", html))


class ProseField(ProseEditorField):
    """Cleaned in the form, so that the editor sees the result, and again before it is stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["extensions"] = EXTENSIONS
        kwargs["sanitize"] = clean_prose
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean_prose(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: kwargs[key] for key in kwargs if key not in ("extensions", "sanitize")}


def trusted(html: str) -> SafeString:
    """A stored text for the page: it was cleaned when it was stored."""
    return mark_safe(html)  # noqa: S308 -- every ProseField is cleaned by get_prep_value
