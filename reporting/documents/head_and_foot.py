"""What stands around the words of a document: head, foot, running lines, how it is checked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.dates import day_words

from ..lenses import Lens, LensKind
from .blocks import Foot, Head
from .covering import coverage_of
from .reading import Cut

BLANK = "\u00a0" * 8  # left open, to be filled in by hand
DOTS = "…" * 4  # the same in English, where no words stand around a blank that say what it is for
PLACES = {"Hà Nội": "Hanoi"}  # in English; what else the ministry wrote stands


@dataclass(frozen=True)
class Envelope:
    """What is not in the figures: who signs, where, under which number and code."""

    cut_number: str
    cut_at: datetime
    check_code: str
    number: str
    place: str
    issued_on: date | None
    authority: str
    position: str
    signatory: str


def head(cut: Cut, envelope: Envelope, title: str, *, is_submitted: bool) -> Head:
    return Head(
        superior="",
        issuer=_("MINISTRY OF INDUSTRY AND TRADE"),
        number=_("No.: %(number)s/BC-BCT") % {"number": _number(cut, envelope)},
        state=_("SOCIALIST REPUBLIC OF VIET NAM"),
        motto=_("Independence - Freedom - Happiness"),
        place_and_date=_place_and_date(cut, envelope),
        kind=_("REPORT"),
        abstract=title,
        addressed_to=_("To: The Prime Minister.") if is_submitted else "",
    )


def _number(cut: Cut, envelope: Envelope) -> str:
    return envelope.number or (BLANK if cut.is_vietnamese else DOTS)


def _place_and_date(cut: Cut, envelope: Envelope) -> str:
    day = _date_words(cut, envelope)
    if cut.is_vietnamese:
        return f"{envelope.place}, {day}"
    place = PLACES.get(envelope.place, envelope.place)
    return (
        f"{place}, {day}"
        if envelope.issued_on
        else _("%(place)s, date: %(day)s") % {"place": place, "day": day}
    )


def _date_words(cut: Cut, envelope: Envelope) -> str:
    """As Decree 30/2020 writes the day of a document; one that is not set is open, month and year as well."""
    day = envelope.issued_on
    if not cut.is_vietnamese:
        return day_words(day) if day else DOTS * 2
    month = "" if day is None else f"{day.month:02d}" if day.month < 3 else str(day.month)
    parts = ("", "", "") if day is None else (f"{day.day:02d}", month, f"{day.year:04d}")
    words = (f"{name} {part or BLANK}" for name, part in zip(("ngày", "tháng", "năm"), parts, strict=True))
    return " ".join(words)


def running(cut: Cut, envelope: Envelope) -> str:
    on_map = f"{LensKind.ON}:{cut.map_day}"
    lens = Lens.parse(cut.raw.get("lens", on_map), "", today=cut.map_day)  # older cuts name the day alone
    return _("Data cut %(cut)s · %(lens)s · %(coverage)s") % {
        "cut": envelope.cut_number,
        "lens": lens.words(),
        "coverage": coverage_of(cut).words(),
    }


def check_words(envelope: Envelope) -> str:
    moment = timezone.localtime(envelope.cut_at)
    return _(
        "To check this document, scan the code or type %(code)s on the portal's document check page. "
        "Every figure comes from data cut %(cut)s, taken at %(time)s on %(day)s; rebuilding "
        "from this cut "
        "gives the same content."
    ) % {
        "code": envelope.check_code,
        "cut": envelope.cut_number,
        "time": f"{moment:%H:%M}",
        "day": day_words(moment.date()),
    }


def annex_reference(cut: Cut, envelope: Envelope) -> str:
    """The number and the day of the head, or the same blanks."""
    return _(
        "(Attached to Report No. %(number)s/BC-BCT dated %(day)s of the Ministry of Industry and Trade)"
    ) % {
        "number": _number(cut, envelope),
        "day": _date_words(cut, envelope),
    }


def foot(envelope: Envelope, *, is_submitted: bool) -> Foot:
    above = [_("- As above;"), _("- Government Office;"), _("- Ministries and ministerial agencies;")]
    return Foot(
        closing="",
        recipients_title=_("Recipients:"),
        recipients=(
            *(above if is_submitted else []),
            _("- People's Committees of provinces and cities;"),
            _("- Departments of Industry and Trade;"),
            _("- Archives: VT, ĐCK."),
        ),
        authority=envelope.authority,
        position=envelope.position,
        signature_note=_("(digital signature and seal of the Ministry)"),
        signatory=envelope.signatory,
    )
