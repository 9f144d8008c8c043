"""One part of a document laid out by WeasyPrint: the same part gives the same bytes.

Nothing is fetched from outside. WeasyPrint is slow to load, so the web process never comes here.
"""

import hashlib
import logging
import mimetypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement

from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join

from .archive import claim_accessibility
from .tags import put_in_order, remember_elements

if TYPE_CHECKING:
    from weasyprint import HTML

SVG = "{http://www.w3.org/2000/svg}"
LINK = re.compile(r"<link\b[^>]*>")
HOME = "http://portal.invalid/"  # addresses in the page are read against this; nothing is asked of it
ELSEWHERE = "http://elsewhere.invalid/#"  # leads a link to another part, until the parts are joined
Folders = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Sheet:
    """A part with all that its layout depends on, but for the files it names.

    ``name`` sets its table heads apart from those of other parts. ``folders`` says for the beginning of an
    address (“/static/”) where its files lie, the first place that has one counts. The first part bears the
    document's ``title`` and ``moment`` (ISO 8601), the others none. What stands on every page as a running
    line is a sheet without tags.
    """

    name: str
    html: str
    language: str
    folders: Folders
    title: str = ""
    moment: str = ""
    is_tagged: bool = True


@dataclass(frozen=True)
class LaidOut:
    """``files`` maps what was read to its SHA-256; with a file missing or a complaint ``data`` is no use."""

    data: bytes
    files: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()


def lay_out(sheet: Sheet) -> LaidOut:
    import weasyprint  # noqa: PLC0415 -- slow import

    remember_elements()
    fetcher = _fetcher(sheet.folders)
    page = weasyprint.HTML(string=sheet.html, base_url=HOME, url_fetcher=fetcher)
    _describe(page, sheet)

    def finished(_pages: Any, pdf: Any) -> None:
        if sheet.is_tagged:
            put_in_order(pdf, language=sheet.language, name=sheet.name)
            claim_accessibility(pdf)

    with _complaints() as complaints:
        data = page.write_pdf(
            finisher=finished,
            pdf_variant="pdf/a-3a" if sheet.is_tagged else "pdf/a-3b",
            pdf_identifier=_identifier(sheet.html),
        )
    return LaidOut(bytes(data), fetcher.read, tuple(fetcher.missing), tuple(complaints))


def _identifier(html: str) -> bytes:
    return hashlib.sha256(without_marks(html).encode()).digest()[:16]


def without_marks(html: str) -> str:
    """What the page says; addresses of styles bear marks where files are collected, elsewhere none."""
    return LINK.sub("", html)


def _describe(page: "HTML", sheet: Sheet) -> None:
    """Title, language and moment stand in the page itself, so no clock is read while rendering."""
    root = page.etree_element
    root.set("lang", sheet.language)
    head = root.find("head")
    for old in head.findall("title"):
        head.remove(old)
    if sheet.title:
        SubElement(head, "title").text = sheet.title
    for name in ("dcterms.created", "dcterms.modified") if sheet.moment else ():
        SubElement(head, "meta", {"name": name, "content": sheet.moment})
    for drawing in root.iter(f"{SVG}svg"):
        _name_drawing(drawing)
    _lead_elsewhere(root)


def _name_drawing(drawing: Element) -> None:
    """A drawing is read out by its title, which WeasyPrint looks for; our pages name it for browsers."""
    if drawing.find(f"{SVG}title") is None and (words := drawing.get("aria-label")):
        title = Element(f"{SVG}title")
        title.text = words
        drawing.insert(0, title)


def _lead_elsewhere(root: Element) -> None:
    """Links to what stands in another part are kept for the joint; one that leads nowhere fails there."""
    here = {element.get("id") for element in root.iter() if element.get("id")}
    for link in root.iter("a"):
        address = link.get("href", "")
        if address.startswith("#") and address[1:] not in here:
            link.set("href", ELSEWHERE + address[1:])


def own_file(url: str, folders: Folders) -> Path:
    """The static or media file an address names; ``ValueError`` when it is none of ours."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if f"{parts.scheme}://{parts.netloc}/" != HOME:
        raise ValueError(url)
    for beginning, places in folders:
        if path.startswith(beginning):
            for place in places:
                found = Path(safe_join(place, path.removeprefix(beginning)))
                if found.is_file():
                    return found
    raise ValueError(url)


def _fetcher(folders: Folders) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 -- slow import

    class OwnFiles(URLFetcher):
        """Opens our own files and ``data:`` addresses, nothing else; remembers what it did not find."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)
            self.missing: list[str] = []
            self.read: dict[str, str] = {}

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            try:
                file = own_file(url, folders)
            except (ValueError, SuspiciousFileOperation):
                self.missing.append(url.removeprefix(HOME))
                raise
            data = file.read_bytes()
            self.read[url] = hashlib.sha256(data).hexdigest()
            media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, data, {"Content-Type": media_type})

    return OwnFiles()


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What WeasyPrint only logs, and then prints the page without: broken pictures, missing letters."""
    listener = _Listener()
    log = logging.getLogger("weasyprint")
    log.addHandler(listener)
    try:
        yield listener.heard
    finally:
        log.removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []
        self.thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        ours = record.thread == self.thread
        if ours and (record.levelno >= logging.ERROR or ".notdef glyph" in str(record.msg)):
            self.heard.append(record.getMessage())
