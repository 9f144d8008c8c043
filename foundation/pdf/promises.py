"""What every PDF given out promises. A broken promise fails its job with its name."""

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..jobs import JobFailed

MARK = re.compile(rb"/MCID (\d+)")
HEADING = re.compile(r"/H([1-6])")
INSIDE = {  # where a part of a table may stand
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TFoot": {"/Table"},
}


def checked(
    data: bytes, *, title: str, language: str, kept: Callable[[int], None] = lambda _done: None
) -> int:
    """The number of pages, once every promise was found kept; ``kept`` hears each."""
    import pikepdf  # noqa: PLC0415 -- slow import

    with pikepdf.open(io.BytesIO(data)) as pdf:
        document = _Document(pdf, title, language)
        for done, (holds, complaint) in enumerate(_PROMISES, 1):
            if not holds(document):
                raise JobFailed(_("The PDF is not fit to be issued: %(why)s.") % {"why": _(complaint)})
            kept(done)
        return len(pdf.pages)


@dataclass(frozen=True)
class _Tag:
    """An element of the tree: what it is, the dictionary, what it stands in."""

    kind: str
    raw: Any
    parent: str


class _Document:
    def __init__(self, pdf: Any, title: str, language: str) -> None:
        self.pdf, self.title, self.language = pdf, title, language
        self.marks: dict[Any, set[int]] = defaultdict(set)  # page → the marks that the tree knows

    @cached_property
    def tags(self) -> list[_Tag]:
        """In the order of reading."""
        return list(self._below(self.pdf.Root.get("/StructTreeRoot", {}), ""))

    def _below(self, raw: Any, kind: str) -> Iterator[_Tag]:
        for kid in _kids(raw):
            if isinstance(kid, int):
                self.marks[raw["/Pg"].objgen].add(kid)
            elif "/S" in kid:
                tag = _Tag(str(kid["/S"]), kid, kind)
                yield tag
                yield from self._below(kid, tag.kind)

    @cached_property
    def claims(self) -> str:
        return self.pdf.Root["/Metadata"].read_bytes().decode() if "/Metadata" in self.pdf.Root else ""


def _kids(raw: Any) -> list[Any]:
    return _listed(raw["/K"]) if "/K" in raw else []


def _listed(found: Any) -> list[Any]:
    """What may be one thing or an array of them."""
    import pikepdf  # noqa: PLC0415 -- slow import

    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _tagged(document: _Document) -> bool:
    root = document.pdf.Root
    return bool(root.get("/MarkInfo", {}).get("/Marked", False)) and bool(document.tags)


def _language(document: _Document) -> bool:
    return str(document.pdf.Root.get("/Lang", "")).startswith(document.language)


def _titled(document: _Document) -> bool:
    shown = document.pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)
    return str(document.pdf.docinfo.get("/Title", "")) == document.title and bool(shown)


def _fonts_embedded(document: _Document) -> bool:
    return all(
        "/ToUnicode" in font and any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        for font, described in _fonts(document.pdf)
    )


def _fonts(pdf: Any) -> Iterator[tuple[Any, Any]]:
    for page in pdf.pages:
        resources = page.get("/Resources", {})
        drawings = resources.get("/XObject", {}).values()  # the running lines are one
        for one in (resources, *(drawing.get("/Resources", {}) for drawing in drawings)):
            for font in one.get("/Font", {}).values():
                inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
                yield font, inner.get("/FontDescriptor", {})


def _everything_placed(document: _Document) -> bool:
    """Each mark on a page is known to the tree, and the tree knows no other; the rest are artifacts."""
    assert document.tags is not None  # reading them collects the marks
    return all(
        {int(number) for number in MARK.findall(_content(page))} == document.marks.get(page.objgen, set())
        for page in document.pdf.pages
    )


def _content(page: Any) -> bytes:
    return b"\n".join(part.read_bytes() for part in _listed(page["/Contents"]))


def _figures_named(document: _Document) -> bool:
    return all(str(tag.raw.get("/Alt", "")).strip() for tag in document.tags if tag.kind == "/Figure")


def _tables_whole(document: _Document) -> bool:
    return all(
        tag.parent in INSIDE.get(tag.kind, {tag.parent})
        and (tag.kind != "/TH" or "/Scope" in tag.raw.get("/A", {}))
        for tag in document.tags
    )


def _headings_nested(document: _Document) -> bool:
    """The first is of level 1, and none is more than one level deeper than the one before."""
    found = (HEADING.fullmatch(tag.kind) for tag in document.tags)
    levels = [0, *(int(one[1]) for one in found if one)]
    return all(level <= before + 1 for before, level in pairwise(levels))


def _standards_claimed(document: _Document) -> bool:
    said = ('pdfaid:part="3"', 'pdfaid:conformance="A"', 'pdfuaid:part="1"')
    return all(one in document.claims for one in said) and "/OutputIntents" in document.pdf.Root


def _quiet(document: _Document) -> bool:
    root, names = document.pdf.Root, document.pdf.Root.get("/Names", {})
    acting = ("/OpenAction", "/AA", "/AcroForm")
    return not (document.pdf.is_encrypted or any(key in root for key in acting) or "/JavaScript" in names)


def _files_described(document: _Document) -> bool:
    """Each file inside is named once as what the document rests on."""
    stated = list(document.pdf.Root.get("/AF", []))
    relations = {str(one.get("/AFRelationship", "")) for one in stated}
    return len(document.pdf.attachments) == len(stated) and relations <= {"/Data"}


_PROMISES: list[tuple[Callable[[_Document], bool], str]] = [
    (_tagged, gettext_noop("the tags are missing")),
    (_language, gettext_noop("the language is missing")),
    (_titled, gettext_noop("the title is missing")),
    (_fonts_embedded, gettext_noop("a font is not embedded with its letters")),
    (_everything_placed, gettext_noop("a part of a page has no place in the reading order")),
    (_figures_named, gettext_noop("a picture has no words for those who cannot see it")),
    (_tables_whole, gettext_noop("a table is not put together as tables are")),
    (_headings_nested, gettext_noop("a heading skips a level")),
    (_standards_claimed, gettext_noop("it does not name the standards it keeps to")),
    (_quiet, gettext_noop("it is locked, or does something when opened")),
    (_files_described, gettext_noop("a file inside it is not described")),
]
PROMISES = len(_PROMISES)
