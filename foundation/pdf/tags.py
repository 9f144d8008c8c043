"""The tags of a PDF as the page means them.

WeasyPrint tags page by page: a table over three pages is three tables, and a running foot is tagged like
text. Here the tree becomes that of the page again. Its private parts are used, which is why
``pyproject.toml`` holds its version and ``tests/foundation/test_pdf_standards.py`` looks at each result.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

Tag = Any  # a dictionary of pydyf with the element it was made of
LAID_OUT = {"/Table", "/THead", "/TBody", "/TFoot", "/TR", "/TH", "/TD"}
MAY_BE_EMPTY = {"/TH", "/TD", "/TR"}


def remember_elements() -> None:
    """Let each tag keep the HTML element it was made of, from now on in this process."""
    from weasyprint.pdf import tags  # noqa: PLC0415 -- slow import

    if hasattr(tags, "remembers_elements"):
        return
    build = tags._build_box_tree

    def remembering(box: Any, *rest: Any) -> Iterator[Tag]:
        for tag in build(box, *rest):
            if not hasattr(tag, "element"):
                tag.element = box.element
            yield tag

    tags._build_box_tree = remembering
    tags.remembers_elements = True


def put_in_order(pdf: Any, *, language: str, name: str) -> None:
    """Make one tree of what was tagged page by page, and artifacts of what is no part of it.

    The names of table heads begin with ``name``, so that parts of a document can be put together.
    """
    _Tree(pdf, language, name).put_in_order()


class _Tree:
    def __init__(self, pdf: Any, language: str, name: str) -> None:
        self.pdf, self.language, self.name = pdf, language, name
        self.root = self._of(pdf.catalog["StructTreeRoot"])
        self.page_of: dict[bytes, dict[int, Tag]] = defaultdict(dict)  # page → number of the mark → its tag
        self.renamed: dict[Any, Any] = {}  # a repeated head's name → that of the head that stays
        self.named: dict[Any, Tag] = {}

    def put_in_order(self) -> None:
        for reference in self.root["K"]:
            self._tidy(self._of(reference), in_layout=False)
        self._name_heads()
        self._make_artifacts()

    def _of(self, reference: Any) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def _tags_in(self, parent: Tag) -> Iterator[Tag]:
        for kid in parent["K"]:
            if isinstance(kid, bytes) and self._of(kid)["Type"] == "/StructElem":
                yield self._of(kid)

    def _tidy(self, parent: Tag, *, in_layout: bool) -> None:
        parent["K"][:] = list(self._joined(parent))
        for tag in self._tags_in(parent):
            laid_out = _is_layout(tag) or (in_layout and tag["S"] != "/Table")
            self._tidy(tag, in_layout=laid_out)
            self._describe(tag, in_layout=laid_out)
        filled = (kid for kid in parent["K"] if not self._is_empty(kid))
        parent["K"][:] = list(filled)
        for number in (kid for kid in parent["K"] if isinstance(kid, int)):
            self.page_of[parent["Pg"]][number] = parent

    def _joined(self, parent: Tag) -> Iterator[Any]:
        """The kids without those that go on from an earlier page: these went into the first of them."""
        begun: dict[tuple[int, str], Tag] = {}
        for kid in list(parent["K"]):
            tag = self._of(kid) if isinstance(kid, bytes) else None
            element = getattr(tag, "element", None)
            if tag is None or element is None:
                yield kid
                continue
            first = begun.setdefault((id(element), tag["S"]), tag)
            if _is_decoration(element):
                continue
            if first["Pg"] == tag["Pg"] or any(isinstance(one, int) for one in tag["K"]):
                yield kid
            elif tag["S"] == "/THead":
                self._rename_heads(tag, first)
            else:
                self._append(tag, first)

    def _append(self, tag: Tag, first: Tag) -> None:
        for kid in self._tags_in(tag):
            kid["P"] = first.reference
        first["K"].extend(tag["K"])

    def _rename_heads(self, repeated: Tag, first: Tag) -> None:
        for again, once in zip(self._heads_in(repeated), self._heads_in(first), strict=True):
            self.renamed[again["ID"].string] = once["ID"]

    def _heads_in(self, tag: Tag) -> Iterator[Tag]:
        for kid in self._tags_in(tag):
            if kid["S"] == "/TH":
                yield kid
            else:
                yield from self._heads_in(kid)

    def _describe(self, tag: Tag, *, in_layout: bool) -> None:
        element = getattr(tag, "element", None)
        if in_layout and tag["S"] in LAID_OUT:
            tag["S"] = "/Div"
            tag.pop("A", None)
            tag.pop("ID", None)
        if element is None:
            return
        if tag["S"] == "/TH":
            tag["A"]["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"
            self.named[tag["ID"].string] = tag
        if (spoken := element.get("lang")) and spoken != self.language:
            tag["Lang"] = _string(spoken)
        if tag["S"] == "/Link":
            self._name_link(tag, element)

    def _name_link(self, tag: Tag, element: Any) -> None:
        words = element.get("title") or " ".join("".join(element.itertext()).split())
        for kid in tag["K"]:
            if words and isinstance(kid, bytes) and self._of(kid)["Type"] == "/OBJR":
                self._of(self._of(kid)["Obj"])["Contents"] = _string(words)

    def _is_empty(self, kid: Any) -> bool:
        """Rules and frames are drawn, nothing is said in them."""
        if not isinstance(kid, bytes):
            return False
        tag = self._of(kid)
        return tag["Type"] == "/StructElem" and not tag["K"] and tag["S"] not in MAY_BE_EMPTY

    def _name_heads(self) -> None:
        """Cells point at the heads that stayed, and the heads are listed, as names must be."""
        import pydyf  # noqa: PLC0415 -- slow import

        for tag in self.pdf.objects:
            headers = tag.get("A", {}).get("Headers") if hasattr(tag, "element") else None
            if headers:
                kept = (self.renamed.get(one.string, one).string for one in headers)
                headers[:] = [self._apart(one) for one in kept]
        if self.named:
            names = pydyf.Array()
            for name in sorted(self.named):
                self.named[name]["ID"] = self._apart(name)
                names.extend((self._apart(name), self.named[name].reference))
            self.root["IDTree"] = pydyf.Dictionary({"Names": names})

    def _apart(self, name: str) -> Any:
        return _string(f"{self.name}.{name}")

    def _make_artifacts(self) -> None:
        """Marks without a place in the tree: page numbers, running lines, repeated heads, decoration."""
        numbers = self._of(self.root["ParentTree"])["Nums"]
        parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
        for place, reference in enumerate(self.pdf.page_references):
            page, tags = self._of(reference), self.page_of[reference]
            stream = self._of(page["Contents"]).stream
            for position, item in enumerate(stream):
                if isinstance(item, dict) and "MCID" in item and item["MCID"] not in tags:
                    parents[place][item["MCID"]] = b"null"
                    stream[position - 1] = "/Artifact"
                    stream[position] = type(item)({"Type": "/Pagination"})


def _is_layout(tag: Tag) -> bool:
    element = getattr(tag, "element", None)
    return tag["S"] == "/Table" and element is not None and element.get("role") in {"presentation", "none"}


def _is_decoration(element: Any) -> bool:
    pictures = ("svg", "img")
    is_picture = str(element.tag).rpartition("}")[2] in pictures
    return element.get("aria-hidden") == "true" or (
        is_picture and element.get("role") in {"presentation", "none"}
    )


def _string(text: str) -> Any:
    import pydyf  # noqa: PLC0415 -- slow import

    return pydyf.String(text)
