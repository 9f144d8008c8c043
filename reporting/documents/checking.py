"""What every PDF given out promises; a broken promise fails its job with its name."""

import io
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext

from foundation.jobs import JobFailed

PROMISES = 4


def checked(data: bytes, *, title: str, language: str, kept: Callable[[int], None]) -> int:
    """The number of pages, once tags, language, title and fonts were found in order; ``kept`` hears each."""
    import pikepdf  # noqa: PLC0415 -- slow import

    with pikepdf.open(io.BytesIO(data)) as pdf:
        promises: list[tuple[bool, str]] = [
            ("/StructTreeRoot" in pdf.Root, gettext("the tags are missing")),
            (str(pdf.Root.get("/Lang", "")).startswith(language), gettext("the language is missing")),
            (str(pdf.docinfo.get("/Title", "")) == title, gettext("the title is missing")),
            (_fonts_embedded(pdf), gettext("a font is not embedded")),
        ]
        for done, (holds, complaint) in enumerate(promises, 1):
            if not holds:
                raise JobFailed(gettext("The PDF is not fit to be issued: %(why)s.") % {"why": complaint})
            kept(done)
        return len(pdf.pages)


def _fonts_embedded(pdf: Any) -> bool:
    for page in pdf.pages:
        for font in (page.get("/Resources", {}).get("/Font", {}) or {}).values():
            inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
            described = inner.get("/FontDescriptor", {})
            if not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                return False
    return True
