"""Conferences, roundtables, campaigns and runs within the span."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.amounts import Amount
from foundation.dates import PartialDate, range_words

from ..blocks import Heading, Paragraph, Row, Table
from ..captions import Captions
from ..numbers import NO_VALUE, summed
from ..reading import Cut


def events(cut: Cut, captions: Captions) -> list[Any]:
    blocks: list[Any] = [Heading(1, "", _("Conferences, forums and campaigns"))]
    found = events_of(cut)
    if not found:
        words = _("The portal's records hold no event of %(span)s.") % {"span": cut.span.words()}
        return [*blocks, Paragraph(words, "events.overview")]
    return [
        *blocks,
        Paragraph(_overview(cut, found), "events.overview"),
        table(cut, found, captions.table(_("Events of %(span)s") % {"span": cut.span.words()})),
    ]


def counted(cut: Cut, captions: Captions) -> list[Any]:
    """Kind by kind, for a report whose annex lists them."""
    found = events_of(cut)
    if not found:
        return events(cut, captions)
    return [
        Heading(1, "", _("Conferences, forums and campaigns")),
        Paragraph(_overview(cut, found), "events.overview"),
        _by_kind(cut, found, captions),
    ]


def _by_kind(cut: Cut, found: list[dict[str, Any]], captions: Captions) -> Table:
    kinds: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        kinds.setdefault(cut.text(row, "kind"), []).append(row)
    return Table(
        head=(_("Kind"), _("Events"), _("Places"), _("People")),
        aligned=("start", "end", "start", "end"),
        widths=(30, 12, 40, 18),
        rows=tuple(
            Row((name, str(len(rows)), _places(cut, rows), _crowd(rows))) for name, rows in kinds.items()
        ),
        caption=captions.table(_("Events of %(span)s by kind") % {"span": cut.span.words()}),
        note=_("People: those a source counts. A dash: no source gives a number."),
    )


def _places(cut: Cut, rows: list[dict[str, Any]]) -> str:
    return (
        ", ".join(dict.fromkeys(cut.text(row, "place") for row in rows if cut.text(row, "place"))) or NO_VALUE
    )


def _crowd(rows: list[dict[str, Any]]) -> str:
    told = [row["people"] for row in rows if row["people"]]
    whole = summed(people["number"] for people in told)
    if whole is None:
        return NO_VALUE
    return Amount(whole, "about" if any(people["qualifier"] for people in told) else "").words()


def events_of(cut: Cut) -> list[dict[str, Any]]:
    """Those that began within the span and were not called off."""
    return [
        row
        for row in cut.raw.get("events", [])
        if row["stated"] != "cancelled" and cut.span.has_day(row["starts"]) and cut.has_unit(row["unit"])
    ]


def _overview(cut: Cut, found: list[dict[str, Any]]) -> str:
    kinds: dict[str, int] = {}
    for row in found:
        kinds[cut.text(row, "kind").lower()] = kinds.get(cut.text(row, "kind").lower(), 0) + 1
    return ngettext(
        "The portal's records hold %(n)s event of %(span)s: %(kinds)s.",
        "The portal's records hold %(n)s events of %(span)s: %(kinds)s.",
        len(found),
    ) % {
        "n": len(found),
        "span": cut.span.words(),
        "kinds": ", ".join(f"{name} ({count})" for name, count in kinds.items()),
    }


def table(cut: Cut, found: list[dict[str, Any]], caption: str = "") -> Table:
    return Table(
        head=(_("No."), _("Date"), _("Event"), _("Kind"), _("Place"), _("People")),
        aligned=("centre", "start", "start", "start", "start", "end"),
        widths=(8, 16, 35, 14, 15, 12),
        rows=tuple(Row((str(place), *_cells(cut, row))) for place, row in enumerate(found, 1)),
        caption=caption,
    )


def _cells(cut: Cut, row: dict[str, Any]) -> tuple[str, ...]:
    first, last = (PartialDate.parse(row[name]) if row[name] else None for name in ("starts", "ends"))
    title = cut.text(row, "title")
    if series := cut.text(row, "series"):
        title += " (" + _("series: %(name)s") % {"name": series} + ")"
    people = row["people"]
    return (
        range_words(first, last),
        title,
        cut.text(row, "kind"),
        cut.text(row, "place") or NO_VALUE,
        Amount(Decimal(people["number"]), people["qualifier"]).words() if people else NO_VALUE,
    )
