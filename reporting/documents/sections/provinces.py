"""Province beside province, and whose reports stand behind the figures."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...outline import Reach
from ..blocks import Heading, Paragraph, Row, Table
from ..captions import Captions
from ..covering import coverage_of
from ..measured import Measured, decimal
from ..numbers import NO_VALUE
from ..reading import Cut


def compared(cut: Cut, captions: Captions) -> list[Any]:
    """Every numeric target of each unit, in a report on a region."""
    if not cut.numeric:
        return []
    return [Heading(2, "", _("By province")), table(cut, captions.table(_("The targets by province")))]


def table(cut: Cut, caption: str = "") -> Table:
    measured = cut.numeric
    each = 66 // len(measured)
    rows: list[Row] = []
    place = 0
    for region, units in cut.regions:
        if cut.scope.reach != Reach.REGION:
            rows.append(Row(("", region, *("",) * len(measured)), is_group=True))
        for unit in units:
            place += 1
            rows.append(Row((str(place), cut.unit_name(unit), *(value(one, unit) for one in measured))))
    return Table(
        head=(_("No."), _("Province, city"), *(_head(one) for one in measured)),
        aligned=("centre", "start", *("end",) * len(measured)),
        widths=(8, 92 - each * len(measured), *(each,) * len(measured)),
        rows=tuple(rows),
        caption=caption,
        note=_("A dash: no approved figure. ")
        + "; ".join(f"{one.raw['code']}: {one.name}" for one in measured)
        + ".",
    )


def _head(one: Measured) -> str:
    return ", ".join(filter(None, (one.raw["code"], one.unit, one.other_year)))


def value(one: Measured, unit: int) -> str:
    cell = one.cells.get(unit)
    number = decimal(cell["number"]) if cell else None
    if number is None:
        return NO_VALUE
    if one.rule == "share_of_units":
        return _("yes") if number else _("no")
    return one.short(number).removesuffix("%")


def _behind_words(cut: Cut, owed: int, approved: int, partly: list[int]) -> str:
    """How many reports the figures rest on: whole ones, and parts of others, counted apart and together."""
    values = {
        "n": owed,
        "approved": approved,
        "partly": len(partly),
        "together": approved + len(partly),
        "names": cut.names(partly),
    }
    words = ngettext(
        "%(n)s report was owed; %(approved)s is approved whole and behind the figures of this report.",
        "%(n)s reports were owed; %(approved)s are approved whole and behind the figures of this report.",
        owed,
    )
    if partly:
        words = ngettext(
            "%(n)s report was owed; the figures of this report rest on %(together)s: %(approved)s approved "
            "whole, and of %(partly)s (%(names)s) the parts that are approved so far.",
            "%(n)s reports were owed; the figures of this report rest on %(together)s of them: %(approved)s "
            "approved whole, and of %(partly)s more (%(names)s) the parts that are approved so far.",
            owed,
        )
        words += " " + _("The parts that are not approved yet are not counted.")
    if cut.reports_year is None:
        return words % values
    whose = _("The reports told of here are the yearly ones of %(year)s.") % {"year": cut.reports_year}
    return f"{whose} {words % values}"


def coverage(cut: Cut, captions: Captions) -> list[Any]:
    """Which reports are approved, which lie with the ministry, which have not come in, which were late."""
    rows = [row for row in cut.raw["reports"].get("rows", []) if cut.has_unit(row["unit"])]
    if not rows:
        return []
    late = [row["unit"] for row in rows if row["received_on"] > row["due_on"]]
    partly = list(coverage_of(cut).partly)
    groups = {
        _("Approved"): [row["unit"] for row in rows if row["state"] == "approved"],
        _("With the ministry"): [row["unit"] for row in rows if row["state"] in ("submitted", "proposed")],
        _("Sent back for changes"): [row["unit"] for row in rows if row["state"] == "returned"],
        _("Not submitted"): [row["unit"] for row in rows if row["state"] in ("", "draft")],
        _("Approved in part alone"): partly,
        _("Submitted after the deadline"): late,
    }
    words = _behind_words(cut, len(rows), len(groups[_("Approved")]), partly)
    return [
        Heading(1, "", _("Reports behind the figures")),
        Paragraph(words, "coverage.overview"),
        Table(
            head=(_("Reports"), _("Units"), _("Provinces and cities")),
            aligned=("start", "end", "start"),
            widths=(28, 10, 62),
            rows=tuple(
                Row((name, str(len(units)), cut.names(units) or NO_VALUE)) for name, units in groups.items()
            ),
            caption=captions.table(_("Where the reports stand")),
            note=_("A report may be late and approved at once, or sent back with parts of it approved."),
        ),
    ]
