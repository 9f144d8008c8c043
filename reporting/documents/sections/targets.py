"""Progress on every target: its figure, its range, its pace, its forecast, and who stands behind."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...pace import Standing
from ..blocks import Heading, Paragraph, Row, Table
from ..captions import Captions
from ..covering import coverage_of
from ..measured import Measured
from ..numbers import AT_LEAST, NO_VALUE
from ..reading import Cut
from .opening_and_closing import yearly_words
from .target_pictures import line, ruler, years
from .target_words import forecast_of, result_words


def targets(cut: Cut, captions: Captions) -> list[Any]:
    blocks: list[Any] = [Heading(1, "", _("Results against the targets"))]
    if not cut.indicators:
        return [
            *blocks,
            Paragraph(_("The tasks of this group serve no target with a figure."), "targets.none"),
        ]
    if cut.is_of_one and not cut.has_figures:
        return [*blocks, Paragraph(_nothing_known(cut), "targets.overall")]
    blocks += [
        Heading(2, "", _("Overall")),
        *([Paragraph(yearly_words(cut), "targets.yearly")] if yearly_words(cut) else []),
        Paragraph(_overall(cut), "targets.overall"),
        _summary(cut, captions),
    ]
    for one in cut.numeric:
        blocks += _one(one, captions)
    return blocks + _in_words(cut)


def _one(one: Measured, captions: Captions) -> list[Any]:
    blocks: list[Any] = [
        Heading(2, "", one.name),
        Paragraph(result_words(one), f"targets.{one.raw['code']}"),
    ]
    if one.marks and one.compared is not None and one.compared.number is not None:
        blocks.append(ruler(one, captions))
    if one.has_years and not one.is_yes_or_no:
        blocks += [line(one, captions), years(one, captions)]
    return blocks


def _nothing_known(cut: Cut) -> str:
    """In place of tables of dashes: that there is no figure, and with whom the area's figures stand."""
    values = {"place": cut.place, "year": cut.figures_year, "heirs": cut.names(cut.heirs)}
    if not cut.heirs:
        words = _("No target has an approved figure of %(place)s for %(year)s.")
        return f"{_coverage(cut)} {words % values}"
    words = _(
        "%(place)s has no approved figure of its own for %(year)s: on the map of this report its area is "
        "counted with %(heirs)s."
    )
    return words % values


def _overall(cut: Cut) -> str:
    judged = [one for one in cut.indicators if not cut.is_part_of_country or one.marks]
    if not judged:
        return _coverage(cut)
    standings = Counter(one.pace.standing for one in judged)
    pieces = [words for count, words in _counted_standings(standings) if count]
    form = _("Of the %(count)s targets, %(pieces)s.")
    if cut.is_part_of_country:
        form = _(
            "%(count)s of the programme's %(all)s targets can be held against their marks at this level: "
            "%(pieces)s."
        )
    values = {"count": len(judged), "all": len(cut.raw["indicators"]), "pieces": ", ".join(pieces)}
    return f"{_coverage(cut)} {form % values}"


def _coverage(cut: Cut) -> str:
    """How many of those who owed a report have one approved, within the scope."""
    reports = cut.raw["reports"]
    if cut.is_of_one:
        is_approved = any(cut.has_unit(unit) for unit in reports["approved"])
        return (
            _("When the data were cut, the report of %(place)s was approved.")
            if is_approved
            else _("When the data were cut, the report of %(place)s was approved in part alone.")
            if coverage_of(cut).partly
            else _("When the data were cut, no report of %(place)s was approved.")
        ) % {"place": cut.place}
    found = coverage_of(cut)
    values = {
        "counted": found.counted,
        "expected": found.expected,
        "year": cut.raw["reports"].get("year", cut.year),
    }
    words = _("When the data were cut, %(counted)s of %(expected)s provinces had an approved report.")
    if values["year"] != cut.year:
        words = _(
            "When the data were cut, %(counted)s of %(expected)s provinces had an approved report of "
            "%(year)s."
        )
    if not found.partly:
        return words % values
    more = _("Of the reports of %(names)s parts alone were approved; these parts are in the figures too.")
    return f"{words % values} {more % {'names': cut.names(found.partly)}}"


def _counted_standings(standings: Counter[Standing]) -> list[tuple[int, str]]:
    met = standings[Standing.MET] + standings[Standing.FINAL]
    pace, behind = standings[Standing.ON_PACE], standings[Standing.BEHIND]
    missed = standings[Standing.MISSED]
    late, lost = standings[Standing.MISSED_ON_PACE], standings[Standing.MISSED_BEHIND]
    unknown, words = standings[Standing.UNKNOWN], standings[Standing.QUALITATIVE]
    return [
        (met, ngettext("%(n)s has met its mark", "%(n)s have met their mark", met) % {"n": met}),
        (pace, ngettext("%(n)s is on pace", "%(n)s are on pace", pace) % {"n": pace}),
        (behind, ngettext("%(n)s is behind pace", "%(n)s are behind pace", behind) % {"n": behind}),
        (
            late,
            ngettext(
                "%(n)s missed its 2025 mark but is on pace for 2030",
                "%(n)s missed their 2025 mark but are on pace for 2030",
                late,
            )
            % {"n": late},
        ),
        (
            lost,
            ngettext(
                "%(n)s missed its 2025 mark and is behind pace",
                "%(n)s missed their 2025 mark and are behind pace",
                lost,
            )
            % {"n": lost},
        ),
        (missed, ngettext("%(n)s missed its mark", "%(n)s missed their mark", missed) % {"n": missed}),
        (unknown, _("%(n)s cannot be judged yet") % {"n": unknown}),
        (words, ngettext("%(n)s is qualitative", "%(n)s are qualitative", words) % {"n": words}),
    ]


def _summary(cut: Cut, captions: Captions) -> Table:
    """A single unit has no coverage of its own."""
    head = (
        _("Target"),
        str(cut.figures_year),
        _("Mark 2025"),
        _("Mark 2030"),
        _("Forecast 2030"),
        _("State"),
    )
    tail = () if cut.is_of_one else (_("Coverage"),)
    note = _(
        "Coverage: units with an approved figure over units in force. Forecast: the mean change of the "
        "last years carried on; none is given without two years of figures."
    )
    if cut.is_part_of_country:
        note += " " + _("The marks are those of the whole country.")
        note += " " + _("A dash under state: the target has no mark at this level.")
    if any(one.says_at_least for one in cut.numeric):
        note += " " + _least_words()
    note = " ".join([note, *_sum_notes(cut)])
    return Table(
        head=(*head, *tail),
        aligned=("start", "end", "end", "end", "end", "start", "centre")[: len(head) + len(tail)],
        widths=(26, 13, 13, 14, 12, 22) if cut.is_of_one else (21, 13, 11, 14, 11, 18, 12),
        rows=tuple(Row(_summary_cells(one)) for one in cut.indicators),
        caption=captions.table(_("The targets at a glance")),
        note=note,
    )


def _summary_cells(one: Measured) -> tuple[str, ...]:
    marks = [one.target_words(year) for year in (2025, 2030)]
    tail = [] if one.cut.is_of_one else [one.coverage if one.raw["is_numeric"] else NO_VALUE]
    if not one.raw["is_numeric"]:
        state = NO_VALUE if one.cut.is_part_of_country else str(one.pace.standing.label)
        return (one.name, _("qualitative"), *marks, NO_VALUE, state, *tail)
    found = forecast_of(one)
    forecast = one.words(found.number) if found else NO_VALUE
    state = str(one.pace.standing.label) if one.marks else NO_VALUE
    if one.compared is None or one.compared.number is None:
        state = str(Standing.UNKNOWN.label)
    return (one.name, _value_cell(one), *marks, forecast, state, *tail)


def _value_cell(one: Measured) -> str:
    newest = one.newest
    if newest is None or newest.number is None:
        return one.words(None)
    words = f"{AT_LEAST}{one.words(newest.number)}" if newest.is_least else one.words(newest.number)
    return f"{words} ({one.other_year})" if one.other_year else words


def _least_words() -> str:
    return _(
        "≥: at least; units without an approved figure are counted as not doing it yet, and add nothing to "
        "a sum."
    )


def _sum_notes(cut: Cut) -> list[str]:
    """Of what each year counts anew: the sum that the state was judged by."""
    words = _("%(name)s: the state is that of the sum %(first)s–%(last)s, %(sum)s.")
    return [
        words
        % {
            "name": one.name,
            "first": one.sums[0].year,
            "last": one.compared.year,
            "sum": one.marked(one.compared),
        }
        for one in cut.numeric
        if one.is_counted_anew and one.marks and one.compared is not None and one.compared.number is not None
    ]


def _in_words(cut: Cut) -> list[Any]:
    """The targets without a number: what is asked by when, and which tasks serve them."""
    found = [one for one in cut.indicators if not one.raw["is_numeric"]]
    if cut.is_part_of_country or not found:
        return []
    return [
        Heading(2, "", _("Targets set in words")),
        *(Paragraph(_words_of(cut, one), f"targets.{one.raw['code']}") for one in found),
    ]


def _words_of(cut: Cut, one: Measured) -> str:
    serving = [task for task in cut.raw.get("tasks", []) if one.raw["code"] in task["indicators"]]
    asked = _("%(name)s: by 2025 %(first)s; by 2030 %(second)s.") % {
        "name": one.name,
        "first": one.target_words(2025),
        "second": one.target_words(2030),
    }
    if not serving:
        return asked
    served = _("Tasks that serve it: %(tasks)s.") % {
        "tasks": "; ".join(cut.text(task, "title") for task in serving)
    }
    return f"{asked} {served}"


def regions(cut: Cut, captions: Captions) -> list[Any]:
    """Every numeric target by region, under a heading of the chapter before."""
    measured = [one for one in cut.numeric if one.figure and one.figure.get("regions")]
    if not measured:
        return []
    names: dict[str, str] = {}
    for one in measured:
        names |= {row["region"]: cut.text(row, "name") for row in (one.figure or {})["regions"]}
    codes = (", ".join(filter(None, (one.raw["code"], one.other_year))) for one in measured)
    head = (_("Region"), *codes)
    each = 72 // len(measured)
    return [
        Heading(2, "", _("By region")),
        Table(
            head=head,
            aligned=("start", *("end",) * len(measured)),
            widths=(100 - each * len(measured), *(each,) * len(measured)),
            rows=tuple(Row((names[slug], *(_region_words(one, slug) for one in measured))) for slug in names),
            caption=captions.table(_("The targets by region, %(year)s") % {"year": cut.figures_year}),
            note=_("In brackets: units with an approved figure over units of the region.")
            + " "
            + _least_words()
            + " "
            + "; ".join(f"{one.raw['code']}: {one.name}" for one in measured)
            + ".",
        ),
    ]


def _region_words(one: Measured, slug: str) -> str:
    row = next((row for row in (one.figure or {})["regions"] if row["region"] == slug), None)
    if row is None or row["number"] is None:
        return NO_VALUE
    is_least = one.can_only_grow and row["counted"] < row["expected"]
    sign = AT_LEAST if is_least else ""
    return f"{sign}{one.short(Decimal(row['number']))} ({row['counted']}/{row['expected']})"
