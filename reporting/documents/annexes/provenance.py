"""Who says so: the formula of each figure, the units in it and missing from it, reports, revisions."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.dates import PartialDate, short_words

from ..blocks import Annex, Row, Table
from ..covering import coverage_of
from ..measured import Measured, decimal
from ..numbers import NO_VALUE, number_words
from ..reading import Cut
from ..sections.opening_and_closing import yearly_words
from .reasons import why_empty


def sources(cut: Cut) -> list[Annex]:
    """For each numeric indicator: how it is worked out, whose numbers are in it and whose are not."""
    measured = [one for one in cut.numeric if one.figure]
    if not measured:
        return []
    table = Table(
        head=(_("Target"), _("How it is worked out"), _("Units in it"), _("Units missing from it, and why")),
        aligned=("start", "start", "end", "start"),
        widths=(22, 34, 8, 36),
        rows=tuple(_source_row(one) for one in measured),
        note=_(
            "Every number comes from the reports, or the approved parts of them, that the annex on reports "
            "lists, as approved when the data were cut."
        )
        + "".join(f" {words}" for words in [yearly_words(cut)] if words),
    )
    return [Annex("", _("How the figures were made"), (table,), is_landscape=True)]


def _source_row(one: Measured) -> Row:
    counted = f"{one.counted}/{one.expected}"
    name = f"{one.raw['code']}. {one.name}"
    return Row((name, _formula(one), counted, _missing(one)))


def _formula(one: Measured) -> str:
    cut, raw = one.cut, one.raw
    rule = cut.text(raw, "rule") or str(raw["carry_over"])
    if not one.is_ratio:
        return rule[:1].upper() + rule[1:]
    return _("Sum of “%(numerator)s” over sum of “%(denominator)s”, times 100.") % {
        "numerator": cut.text(raw, "numerator"),
        "denominator": cut.text(raw, "denominator"),
    }


def _missing(one: Measured) -> str:
    """The units without a number, by reason; and former units whose part an heir's number lacks."""
    reasons: dict[str, list[int]] = {}
    for unit, cell in one.cells.items():
        if cell["number"] is None:
            reasons.setdefault(why_empty(cell), []).append(unit)
    said = [f"{reason}: {one.cut.names(units)}" for reason, units in reasons.items()]
    lacking = [part for cell in one.cells.values() if cell["number"] is not None for part in cell["lacking"]]
    if lacking:
        said.append(_("an heir's number lacks the part of: %(units)s") % {"units": one.cut.names(lacking)})
    left_out = [] if one.cut.is_part_of_country else (one.figure or {}).get("left_out")
    if left_out:
        said.append(_("in the total alone: %(units)s") % {"units": one.cut.names(left_out)})
    return "; ".join(said) or _("none")


def reports(cut: Cut) -> list[Annex]:
    """Whose report stands where, received when, under which number and which hash."""
    rows = [row for row in cut.raw["reports"].get("rows", []) if cut.has_unit(row["unit"])]
    if not rows:
        return []
    partly = set(coverage_of(cut).partly)
    table = Table(
        head=(
            _("No."),
            _("Reporting unit"),
            _("State"),
            _("Due on"),
            _("Received on"),
            _("Receipt"),
            "SHA-256",
        ),
        aligned=("centre", "start", "start", "centre", "centre", "centre", "start code"),
        widths=(7, 19, 15, 16, 16, 10, 17),
        rows=tuple(_report_row(cut, place, row, partly) for place, row in enumerate(rows, 1)),
        note=_("SHA-256: the first twelve letters of the hash of what was received."),
    )
    return [Annex("", _("The reports behind the figures"), (table,))]


def _report_row(cut: Cut, place: int, row: dict[str, Any], partly: set[int]) -> Row:
    return Row(
        (
            str(place),
            cut.unit_name(row["unit"]),
            _state(row, partly),
            _day(row["due_on"]),
            _day(row["received_on"]),
            row["receipt"] or NO_VALUE,
            row["sha256"][:12] or NO_VALUE,
        )
    )


def _state(row: dict[str, Any], partly: set[int]) -> str:
    states = {
        "approved": _("approved"),
        "submitted": _("with the ministry"),
        "proposed": _("with the ministry"),
        "returned": _("sent back for changes"),
    }
    words = states.get(row["state"], _("not submitted"))
    more = _("parts of it approved")
    return f"{words}, {more}" if row["unit"] in partly else words


def _day(text: str) -> str:
    return short_words(PartialDate.parse(text)) if text else NO_VALUE


def revisions(cut: Cut) -> list[Annex]:
    """Each value that was approved anew, with what stood before it."""
    measured = {one.raw["code"]: one for one in cut.indicators}
    rows = [
        row
        for row in cut.raw.get("revisions", [])
        if row["code"] in measured and row["year"] >= cut.span.first_year - 1 and cut.has_unit(row["unit"])
    ]
    if not rows:
        return []
    table = Table(
        head=(_("No."), _("Target"), _("Reporting unit"), _("Year"), _("Before"), _("Now"), _("Approved on")),
        aligned=("centre", "start", "start", "centre", "end", "end", "centre"),
        widths=(8, 26, 17, 8, 12, 13, 16),
        rows=tuple(
            _revision_row(cut, place, row, measured[row["code"]]) for place, row in enumerate(rows, 1)
        ),
        note=_("Values of this year and the one before that were approved again with another content."),
    )
    return [Annex("", _("Values revised"), (table,))]


def _revision_row(cut: Cut, place: int, row: dict[str, Any], one: Measured) -> Row:
    return Row(
        (
            str(place),
            f"{row['code']}. {one.name}",
            cut.unit_name(row["unit"]),
            str(row["year"]),
            _said(one, row["before"]),
            _said(one, row["after"]),
            _day(row["approved_on"]),
        )
    )


def _said(one: Measured, value: dict[str, Any]) -> str:
    if value["emptiness"] not in ("number", "zero"):
        return why_empty({**value, "blank": "empty"})
    if one.is_ratio and value["denominator"] is not None:
        return f"{number_words(decimal(value['numerator']))}/{number_words(decimal(value['denominator']))}"
    return number_words(decimal(value["value"]))
