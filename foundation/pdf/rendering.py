"""The door to every PDF that the portal makes. For workers and commands: WeasyPrint is slow to load."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext

from .archive import Attachment
from .complaints import told
from .layout import Folders, LaidOut, Sheet, lay_out

if TYPE_CHECKING:
    from ..jobs import JobFailed


@dataclass(frozen=True)
class Part:
    """A run of pages of a document as a whole HTML page, under a name of its own within the document."""

    name: str
    html: str


@dataclass(frozen=True)
class Described:
    """What a PDF says of itself."""

    title: str
    language: str
    created_at: datetime


def render_pdf(html: str, *, title: str, language: str, created_at: datetime) -> bytes:
    """A page as PDF; ``JobFailed`` names what is missing, as a document must not have holes.

    Pictures and styles come from the project's own static and media files, or from ``data:``.
    """
    described = Described(title, language, created_at)
    return _whole([lay_out(_sheet(Part("page", html), described))], described)


def render_parts(
    parts: Sequence[Part],
    described: Described,
    *,
    running: str = "",
    attachments: Sequence[Attachment] = (),
    told: Callable[[int], None] = lambda _done: None,
) -> bytes:
    """Several parts as one PDF, laid out side by side. Links may lead from one part to another.

    ``running`` is a page with a sheet for each size, which lies under every page of that size. ``told`` hears
    how many parts are laid out.
    """
    from .sheets import laid_out  # noqa: PLC0415 -- not needed for a single page

    sheets = [_sheet(part, described, is_first=not place) for place, part in enumerate(parts)]
    if running:
        sheets.append(_sheet(Part("running", running), described, is_first=False, is_tagged=False))
    results = laid_out(sheets, told=told)
    lines = results.pop() if running else None
    return _whole(results, described, lines, attachments)


def _sheet(part: Part, described: Described, *, is_first: bool = True, is_tagged: bool = True) -> Sheet:
    return Sheet(
        name=part.name,
        html=part.html,
        language=described.language,
        folders=_folders(),
        title=described.title if is_first else "",
        moment=described.created_at.isoformat(timespec="seconds") if is_first else "",
        is_tagged=is_tagged,
    )


def _folders() -> Folders:
    """Styles where the project keeps them, or else as collected, under names that carry a hash.

    In this order, since what was collected once and not since is old under its plain name.
    """
    static = (*map(str, settings.STATICFILES_DIRS), str(settings.STATIC_ROOT))
    return (
        (_beginning(settings.STATIC_URL), static),
        (_beginning(settings.MEDIA_URL), (default_storage.path(""),)),
    )


def _beginning(address: str) -> str:
    return "/" + address.strip("/") + "/"


def _whole(
    results: Sequence[LaidOut],
    described: Described,
    running: LaidOut | None = None,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    from .joining import NoRunningLines, NoSuchPlace, joined  # noqa: PLC0415 -- slow import

    _refuse_holes([*results, *([running] if running else [])])
    try:
        return joined(
            [one.data for one in results],
            running=running.data if running else b"",
            attachments=attachments,
            at=described.created_at.astimezone(UTC),
        )
    except NoSuchPlace as place:
        raise _faulty(gettext("nothing is called “%(name)s”") % {"name": place}) from place
    except NoRunningLines as size:
        words = gettext("no running lines are made for pages of %(size)s mm") % {"size": size}
        raise _faulty(words) from size


def _refuse_holes(results: Sequence[LaidOut]) -> None:
    if missing := [name for one in results for name in one.missing]:
        words = gettext("The document needs files that are not there: %(names)s. Add them and try again.")
        raise _failed(words % {"names": ", ".join(dict.fromkeys(missing))})
    if complaints := [fault for one in results for fault in one.complaints]:
        raise _faulty(told(complaints))


def _faulty(faults: str) -> "JobFailed":
    return _failed(
        gettext("The document could not be laid out without faults: %(faults)s") % {"faults": faults}
    )


def _failed(words: str) -> "JobFailed":
    from ..jobs import JobFailed  # noqa: PLC0415 -- needs the tables, which laying out does not

    return JobFailed(words)
