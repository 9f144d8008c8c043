"""A page as a PDF to keep (PDF/A-3a) and to hear (PDF/UA-1): the same input gives the same bytes.

Nothing is fetched from outside. For workers and commands only: WeasyPrint is slow to load and the web
process never loads it.
"""

import hashlib
import logging
import mimetypes
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils._os import safe_join
from django.utils.translation import gettext

from .jobs import JobFailed
from .pdf_archive import Attachment, attach, claim_accessibility
from .pdf_tags import put_in_order, remember_elements

if TYPE_CHECKING:
    from weasyprint import HTML

SVG = "{http://www.w3.org/2000/svg}"
LINK = re.compile(r"<link\b[^>]*>")
HOME = "http://portal.invalid/"  # addresses in the page are read against this; nothing is asked of it


def render_pdf(
    html: str,
    *,
    title: str,
    language: str,
    created_at: datetime,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Lay out a whole page; ``JobFailed`` names what is missing, as a document must not have holes.

    Pictures and styles come from the project's own static and media files, or from ``data:``.
    """
    import weasyprint  # noqa: PLC0415 -- slow import

    remember_elements()
    fetcher = _fetcher()
    page = weasyprint.HTML(string=html, base_url=HOME, url_fetcher=fetcher)
    _describe(page, title=title, language=language, created_at=created_at)

    def finished(_pages: Any, pdf: Any) -> None:
        put_in_order(pdf, language=language)
        claim_accessibility(pdf)
        attach(pdf, attachments, at=created_at.astimezone(UTC))

    with _complaints() as complaints:
        document = page.write_pdf(
            finisher=finished, pdf_variant="pdf/a-3a", pdf_tags=True, pdf_identifier=_identifier(html)
        )
    _refuse_holes(fetcher.missing, complaints)
    return bytes(document)


def _identifier(html: str) -> bytes:
    """Of what the page says; addresses of styles bear marks where files are collected, elsewhere none."""
    return hashlib.sha256(LINK.sub("", html).encode()).digest()[:16]


def _describe(page: "HTML", *, title: str, language: str, created_at: datetime) -> None:
    """Title, language and moment stand in the page itself, so no clock is read while rendering."""
    root = page.etree_element
    root.set("lang", language)
    head = root.find("head")
    for old in head.findall("title"):
        head.remove(old)
    SubElement(head, "title").text = title
    moment = created_at.isoformat(timespec="seconds")
    for name in ("dcterms.created", "dcterms.modified"):
        SubElement(head, "meta", {"name": name, "content": moment})
    for drawing in root.iter(f"{SVG}svg"):
        _name_drawing(drawing)


def _name_drawing(drawing: Element) -> None:
    """A drawing is read out by its title, which WeasyPrint looks for; our pages name it for browsers."""
    if drawing.find(f"{SVG}title") is None and (words := drawing.get("aria-label")):
        title = Element(f"{SVG}title")
        title.text = words
        drawing.insert(0, title)


def _refuse_holes(missing: list[str], complaints: list[str]) -> None:
    if missing:
        names = ", ".join(dict.fromkeys(missing))
        raise JobFailed(
            gettext("The document needs files that are not there: %(names)s. Add them and try again.")
            % {"names": names}
        )
    if complaints:
        raise JobFailed(
            gettext("The document could not be laid out without faults: %(faults)s")
            % {"faults": "; ".join(dict.fromkeys(complaints))}
        )


def own_file(url: str) -> Path:
    """The static or media file an address names; ``ValueError`` when it is none of ours."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if f"{parts.scheme}://{parts.netloc}/" != HOME:
        raise ValueError(url)
    static, media = _prefix(settings.STATIC_URL), _prefix(settings.MEDIA_URL)
    if path.startswith(static):
        found = _static_file(path.removeprefix(static))
    elif path.startswith(media):
        found = Path(default_storage.path(path.removeprefix(media)))
    else:
        found = None
    if found is None or not found.is_file():
        raise ValueError(url)
    return found


def _prefix(address: str) -> str:
    return "/" + address.strip("/") + "/"


def _static_file(name: str) -> Path | None:
    """As collected (its name may carry a hash), or else where the project keeps it."""
    collected = Path(safe_join(str(settings.STATIC_ROOT), name))
    if collected.is_file():
        return collected
    source = finders.find(name)
    return Path(source) if source else None


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 -- slow import

    class OwnFiles(URLFetcher):
        """Opens our own files and ``data:`` addresses, nothing else; remembers what it did not find."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)
            self.missing: list[str] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            try:
                file = own_file(url)
            except (ValueError, SuspiciousFileOperation):
                self.missing.append(url.removeprefix(HOME))
                raise
            media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": media_type})

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
