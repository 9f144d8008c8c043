"""A page as a tagged PDF: the same input gives the same bytes, and nothing is fetched from outside.

For workers and commands only: WeasyPrint is slow to load and the web process never loads it.
"""

import hashlib
import logging
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import SubElement

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils._os import safe_join
from django.utils.translation import gettext

from .jobs import JobFailed

if TYPE_CHECKING:
    from weasyprint import HTML

HOME = "http://portal.invalid/"  # addresses in the page are read against this; nothing is asked of it


def render_pdf(
    html: str, *, title: str, language: str, created_at: datetime, variant: str = "pdf/ua-1"
) -> bytes:
    """Lay out a whole page; ``JobFailed`` names what is missing, as a document must not have holes.

    Pictures and styles come from the project's own static and media files, or from ``data:``.
    """
    import weasyprint  # noqa: PLC0415 -- slow import

    fetcher = _fetcher()
    page = weasyprint.HTML(string=html, base_url=HOME, url_fetcher=fetcher)
    _describe(page, title=title, language=language, created_at=created_at)
    with _complaints() as complaints:
        document = page.write_pdf(
            pdf_variant=variant, pdf_tags=True, pdf_identifier=hashlib.sha256(html.encode()).digest()[:16]
        )
    _refuse_holes(fetcher.missing, complaints)
    return bytes(document)


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
