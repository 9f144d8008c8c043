"""Parts laid out apart, as one PDF: pages, tags, table heads, bookmarks, places and links of all.

The first part gives what a document has once: title, language, moment, the standards it claims. The same
parts give the same bytes.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import pikepdf

from .archive import Attachment, attach
from .layout import ELSEWHERE

UNDER_ALL = b"/Artifact <</Type /Pagination>> BDC q /%s Do Q EMC\n"


MM = 25.4 / 72  # in a point


class NoSuchPlace(ValueError):
    """A link leads to what stands in no part; the argument is its name."""


class NoRunningLines(ValueError):
    """A page has a size that the running lines have no page of; the argument is the size in millimetres."""


def joined(
    parts: Sequence[bytes], *, running: bytes = b"", attachments: Sequence[Attachment] = (), at: datetime
) -> bytes:
    """One PDF. ``running`` has a page of each size, drawn on every page of that size as an artifact."""
    with pikepdf.open(io.BytesIO(parts[0])) as whole:
        joint = _Joint(whole)
        for part in parts[1:]:
            with pikepdf.open(io.BytesIO(part)) as other:
                joint.append(other)
        joint.close()
        if running:
            _draw_on_every_page(whole, running)
        attach(whole, attachments, at=at)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


class _Joint:
    """Puts one PDF after another; numbers and names that hold for a whole file go on where they ended."""

    def __init__(self, whole: pikepdf.Pdf) -> None:
        self.whole = whole
        self.root: Any = whole.Root.StructTreeRoot
        self.document = self.root.K[0]
        self.places = dict(_named(_places(whole)))
        self.heads = dict(_named(self.root.get("/IDTree")))

    def append(self, other: pikepdf.Pdf) -> None:
        self._number_on(other)
        self.whole.pages.extend(other.pages)  # first, so that what is copied next leads to these pages
        tree: Any = self.whole.copy_foreign(other.Root.StructTreeRoot)
        for tag in tree.K[0].K:
            tag.P = self.document
            self.document.K.append(tag)
        self.root.ParentTree.Nums.extend(tree.ParentTree.Nums)
        self.heads |= dict(_named(tree.get("/IDTree")))
        if (found := _places(other)) is not None:
            self.places |= dict(_named(self.whole.copy_foreign(other.make_indirect(found))))
        if _has_bookmarks(other):
            self._bookmark(self.whole.copy_foreign(other.Root.Outlines))

    def close(self) -> None:
        """Write down the names of all parts, and lead the links between them."""
        if self.heads:
            self.root.IDTree = self.whole.make_indirect(_tree_of(self.heads))
        if self.places:
            if "/Names" not in self.whole.Root:
                self.whole.Root.Names = pikepdf.Dictionary()
            self.whole.Root.Names.Dests = self.whole.make_indirect(_tree_of(self.places))
        for page in self.whole.pages:
            for link in page.get("/Annots", []):
                self._lead(link)

    def _number_on(self, other: pikepdf.Pdf) -> None:
        """Pages and links are found by number in the tree of parents."""
        first = int(self.root.ParentTree.Nums[-2]) + 1
        numbers = other.Root.StructTreeRoot.ParentTree.Nums
        for place in range(0, len(numbers), 2):
            numbers[place] = int(numbers[place]) + first
        for page in other.pages:
            page.obj.StructParents = int(page.obj.StructParents) + first
            for link in page.get("/Annots", []):
                link.StructParent = int(link.StructParent) + first

    def _bookmark(self, added: Any) -> None:
        if not _has_bookmarks(self.whole):
            self.whole.Root.Outlines = added
            return
        ours: Any = self.whole.Root.Outlines
        item = added.First
        while item is not None:
            item.Parent = ours
            item = item.get("/Next")
        ours.Last.Next, added.First.Prev = added.First, ours.Last
        ours.Last = added.Last
        ours.Count = int(ours.Count) + int(added.Count)

    def _lead(self, link: Any) -> None:
        address = str(link.get("/A", {}).get("/URI", ""))
        if address.startswith(ELSEWHERE):
            name = address.removeprefix(ELSEWHERE)
            if name.encode() not in self.places:
                raise NoSuchPlace(name)
            link.A = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name.GoTo, D=pikepdf.String(name))


def _places(pdf: pikepdf.Pdf) -> Any:
    names: Any = pdf.Root.get("/Names")
    return names.get("/Dests") if names is not None else None


def _has_bookmarks(pdf: pikepdf.Pdf) -> bool:
    found: Any = pdf.Root.get("/Outlines")
    return found is not None and "/First" in found


def _named(tree: Any) -> Iterator[tuple[bytes, Any]]:
    """The names of a name tree with what they stand for; WeasyPrint writes trees of one leaf."""
    names = list(tree.Names) if tree is not None else []
    for name, value in zip(names[::2], names[1::2], strict=True):
        yield bytes(name), value


def _tree_of(named: dict[bytes, Any]) -> pikepdf.Dictionary:
    names = pikepdf.Array()
    for name in sorted(named):
        names.append(pikepdf.String(name))
        names.append(named[name])
    return pikepdf.Dictionary(Names=names)


def _draw_on_every_page(whole: pikepdf.Pdf, running: bytes) -> None:
    with pikepdf.open(io.BytesIO(running)) as lines:
        forms = {
            _size(page): (f"Running{place}", whole.copy_foreign(page.as_form_xobject()))
            for place, page in enumerate(lines.pages)
        }
    for page in whole.pages:
        size = _size(page)
        if size not in forms:
            raise NoRunningLines(" × ".join(f"{side * MM:.0f}" for side in size))
        name, form = forms[size]
        if "/XObject" not in page.obj.Resources:
            page.obj.Resources.XObject = pikepdf.Dictionary()
        page.obj.Resources.XObject[f"/{name}"] = form
        page.contents_add(UNDER_ALL % name.encode(), prepend=True)


def _size(page: Any) -> tuple[int, int]:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return round(right - left), round(top - bottom)
