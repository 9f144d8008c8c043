"""The lists at the end: plans, activities, money, courses, events, deliverables, province by province."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.amounts import Amount
from foundation.dates import PartialDate, range_words, short_words

from ...number_parts import AMOUNTS
from ..blocks import Annex, Row, Table
from ..numbers import NO_VALUE, number_words, summed
from ..reading import Cut
from ..sections import activities as activity_list
from ..sections import deliverables, learning, meetings
from ..sections import plans as plan_words


def plans(cut: Cut) -> list[Annex]:
    return [Annex("", _("Plans in the register, by province"), (_plan_table(cut),), is_landscape=True)]


def _plan_table(cut: Cut) -> Table:
    by_unit = {plan["unit"]: plan for plan in plan_words.of_scope(cut)}
    rows: list[Row] = []
    place = 0
    for region, units in cut.regions:
        having = sum(by_unit[unit]["state"] != "none" for unit in units)
        rows.append(Row(("", f"{region} ({having}/{len(units)})", *("",) * 6), is_group=True))
        for unit in units:
            place += 1
            rows += _plans_of(cut, place, unit, by_unit[unit])
    return Table(
        head=(_("No."), _("Province, city"), _("Plan"), _("Document"), _("Kind"), _("Period"),
              _("Issued on"), _("State of the document")),
        aligned=("centre", "start", "start", "start", "start", "centre", "centre", "start"),
        widths=(5, 15, 12, 25, 14, 9, 10, 10),
        rows=tuple(rows),
        note=_("Inherited: issued before 1 July 2025 by a unit that the present one has replaced. A day "
               "known from reports alone stands for the day of issue where the source gives none."),
    )  # fmt: skip


def _plans_of(cut: Cut, place: int, unit: int, plan: dict[str, Any]) -> list[Row]:
    name = cut.unit_name(unit)
    if plan["state"] == "none":
        return [Row((str(place), name), span_note=_("no document in the register"), span=6)]
    own, inherited = _("issued"), _("inherited")
    return [
        Row(
            (
                str(place) if first else "",
                name if first else "",
                own if document.get("issuer", unit) == unit else inherited,
                *plan_words.document_cells(cut, document),
            )
        )
        for first, document in zip([True, *[False] * len(plan["documents"])], plan["documents"], strict=False)
    ]


def activities(cut: Cut) -> list[Annex]:
    rows = cut.rows("activity_rows")
    if not rows:
        return []
    title = _("Activities of the plans and their results, %(span)s") % {"span": cut.span.words()}
    return [Annex("", title, (activity_list.table(cut, rows),), is_landscape=True)]


def money(cut: Cut) -> list[Annex]:
    rows = cut.rows("money_rows")
    if not rows:
        return []
    title = _("Money by province, %(span)s, million VND") % {"span": cut.span.words()}
    return [Annex("", title, (_money_table(cut, rows),), is_landscape=True)]


def _money_table(cut: Cut, rows: list[dict[str, Any]]) -> Table:
    by_unit = cut.by_unit(rows)
    sources = {
        code: name
        for code, name in cut.names_of("sources").items()
        if any(row["source"] == code for row in rows)
    }
    body: list[Row] = []
    place = 0
    for region, units in cut.regions:
        own = [row for unit in units for row in by_unit.get(unit, [])]
        body.append(Row(("", region, *_money_cells(own, list(sources))), is_group=True))
        for unit in units:
            place += 1
            body.append(_unit_money(cut, place, unit, by_unit.get(unit, []), list(sources)))
    if unplaced := cut.unplaced(rows):
        body.append(Row(("", _("Not to be split between heirs"), *_money_cells(unplaced, list(sources)))))
    body.append(Row(("", _("All units"), *_money_cells(rows, list(sources))), is_total=True))
    heads = (pgettext("money", "Planned"), pgettext("money", "Received"), pgettext("money", "Spent"))
    each = 45 // max(len(sources), 1)
    return Table(
        head=(_("No."), _("Province, city"), *heads,
              *(_("Spent: %(source)s") % {"source": name} for name in sources.values())),
        aligned=("centre", "start", *("end",) * (3 + len(sources))),
        widths=(5, 50 - 3 * 10, 10, 10, 10 + 45 - each * len(sources), *(each,) * len(sources)),
        rows=tuple(body),
        note=_("Approved parts of the reports alone. A dash: the report gives no amount."),
    )  # fmt: skip


def _unit_money(cut: Cut, place: int, unit: int, rows: list[dict[str, Any]], sources: list[str]) -> Row:
    if not rows:
        span = 3 + len(sources)
        return Row((str(place), cut.unit_name(unit)), span_note=_why_no_money(cut, unit), span=span)
    return Row((str(place), cut.unit_name(unit), *_money_cells(rows, sources)))


def _why_no_money(cut: Cut, unit: int) -> str:
    """A report that gives no money is another thing than no report; of several years the last is known."""
    if unit in cut.places_of(cut.raw["reports"]["approved"]):
        return _("the approved report gives no money")
    return _("no approved report gives money") if cut.span.is_range else _("no approved report")


def _money_cells(rows: list[dict[str, Any]], sources: list[str]) -> tuple[str, ...]:
    whole = (number_words(summed(row[column] for row in rows)) for column in AMOUNTS)
    spent = (number_words(summed(row["spent"] for row in rows if row["source"] == code)) for code in sources)
    return (*whole, *spent)


def courses(cut: Cut) -> list[Annex]:
    found = learning.courses(cut)
    if not found:
        return []
    title = _("Courses of %(span)s") % {"span": cut.span.words()}
    return [Annex("", title, (_course_table(cut, found),), is_landscape=True)]


def _course_table(cut: Cut, found: list[dict[str, Any]]) -> Table:
    return Table(
        head=(_("No."), _("Date"), _("Course"), _("Province, city"), _("Level"), _("State"),
              _("registered"), _("attended"), _("women among them"), _("certified")),
        aligned=("centre", "start", "start", "start", "start", "start", *("end",) * 4),
        widths=(5, 12, 25, 11, 9, 9, 8, 6, 7, 8),
        rows=tuple(Row((str(place), *_course_cells(cut, row))) for place, row in enumerate(found, 1)),
        note=_("The province is the one of the day the course was held. Nobody is named."),
    )  # fmt: skip


def _course_cells(cut: Cut, row: dict[str, Any]) -> tuple[str, ...]:
    first, last = (PartialDate.parse(row[name]) if row[name] else None for name in ("begins_on", "ends_on"))
    counts = [row["people"].get(stage) for stage in learning.STAGES]
    women = (row["people"].get("attended") or {}).get("women")
    registered, attended, certified = (_people(count) for count in counts)
    return (
        range_words(first, last),
        cut.text(row, "title"),
        cut.unit_name(row["unit"]),
        cut.text(row, "level"),
        cut.text(row, "status"),
        registered,
        attended,
        NO_VALUE if women is None else number_words(Decimal(women)),
        certified,
    )


def _people(count: dict[str, Any] | None) -> str:
    return NO_VALUE if count is None else Amount(Decimal(count["number"]), count["qualifier"]).words()


def events(cut: Cut) -> list[Annex]:
    found = meetings.events_of(cut)
    if not found:
        return []
    title = _("Events of %(span)s") % {"span": cut.span.words()}
    return [Annex("", title, (meetings.table(cut, found),), is_landscape=True)]


def library(cut: Cut) -> list[Annex]:
    """The published guidelines, criteria sets, norms and models with their numbers and days."""
    found = deliverables.entries_so_far(cut)
    if not found:
        return []
    rows: list[Row] = []
    shown = ""
    for place, row in enumerate(found, 1):
        if row["kind"] != shown:
            shown = row["kind"]
            rows.append(Row(("", cut.text(row, "kind"), *("",) * 4), is_group=True))
        rows.append(Row((str(place), *_library_cells(cut, row))))
    table = Table(
        head=(_("No."), _("Title"), _("Number"), _("Issued or led by"), _("Date"), _("State")),
        aligned=("centre", "start", "start", "start", "centre", "start"),
        widths=(5, 47, 12, 16, 10, 10),
        rows=tuple(rows),
        note=_("What the public library holds. A dash: not in the source."),
    )
    return [Annex("", _("Guidelines, criteria sets, norms and models"), (table,), is_landscape=True)]


def _library_cells(cut: Cut, row: dict[str, Any]) -> tuple[str, ...]:
    title = cut.text(row, "title")
    if replicated := cut.text(row, "replicates"):
        title += " (" + _("replicates: %(title)s") % {"title": replicated} + ")"
    return (
        title,
        row["number"] or NO_VALUE,
        cut.text(row, "issuer") or NO_VALUE,
        short_words(PartialDate.parse(row["dated_on"])) if row["dated_on"] else NO_VALUE,
        cut.text(row, "status") or NO_VALUE,
    )
