"""Progress on every target: its figure, its range, its pace, its forecast, and who stands behind."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...outline import Reach
from ...pace import Forecast, Standing, plain, sentences
from ..blocks import Heading, Paragraph, Picture, Row, Table
from ..captions import Captions
from ..measured import Measured, YearNumber, mark_words
from ..numbers import NO_VALUE, number_words
from ..reading import Cut


def targets(cut: Cut, captions: Captions) -> list[Any]:
    blocks: list[Any] = [Heading(1, "", _("Results against the targets"))]
    if not cut.indicators:
        return [
            *blocks,
            Paragraph(_("The tasks of this group serve no target with a figure."), "targets.none"),
        ]
    blocks += [
        Heading(2, "", _("Overall")),
        Paragraph(_overall(cut), "targets.overall"),
        _summary(cut, captions),
    ]
    for one in cut.numeric:
        blocks += _one(one, captions)
    return blocks + _in_words(cut)


def _one(one: Measured, captions: Captions) -> list[Any]:
    blocks: list[Any] = [
        Heading(2, "", one.name),
        Paragraph(_result_words(one), f"targets.{one.raw['code']}"),
    ]
    if one.marks:
        blocks.append(_ruler(one, captions))
    if one.has_years and not one.is_yes_or_no:
        blocks += [_line(one, captions), _years(one, captions)]
    return blocks


def _overall(cut: Cut) -> str:
    judged = [one for one in cut.indicators if not cut.is_part_of_country or one.marks]
    if not judged:
        return _coverage(cut)
    standings = Counter(one.pace.standing for one in judged)
    pieces = [words for count, words in _counted_standings(standings) if count]
    stated = _("Of the %(count)s targets, %(pieces)s.") % {
        "count": len(judged),
        "pieces": ", ".join(pieces),
    }
    return f"{_coverage(cut)} {stated}"


def _coverage(cut: Cut) -> str:
    """How many of those who owed a report have one approved, within the scope."""
    reports = cut.raw["reports"]
    if cut.is_of_one:
        is_approved = any(cut.has_unit(unit) for unit in reports["approved"])
        return (
            _("When the data were cut, the report of %(place)s was approved.")
            if is_approved
            else _("When the data were cut, no report of %(place)s was approved.")
        ) % {"place": cut.place}
    if cut.scope.reach == Reach.REGION:
        owed = [row["unit"] for row in reports.get("rows", []) if cut.has_unit(row["unit"])]
        counted = [unit for unit in reports["approved"] if cut.has_unit(unit)]
        values = {"counted": len(counted), "expected": len(owed) or len(cut.reach)}
    else:
        values = {"counted": len(reports["approved"]), "expected": reports["expected"]}
    words = _("When the data were cut, %(counted)s of %(expected)s provinces had an approved report.")
    return words % values


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
    head = (_("Target"), str(cut.year), _("Mark 2025"), _("Mark 2030"), _("Forecast 2030"), _("State"))
    tail = () if cut.is_of_one else (_("Coverage"),)
    note = _(
        "Coverage: units with an approved figure over units in force. Forecast: the mean change of the "
        "last years carried on; none is given without two years of figures."
    )
    if cut.is_part_of_country:
        note += " " + _("The marks are those of the whole country.")
    return Table(
        head=(*head, *tail),
        aligned=("start", "end", "end", "end", "end", "start", "centre")[: len(head) + len(tail)],
        widths=(30, 13, 14, 14, 13, 16) if cut.is_of_one else (22, 13, 14, 14, 12, 13, 12),
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
    found = _forecast(one)
    forecast = one.words(found.number) if found else NO_VALUE
    state = str(one.pace.standing.label) if one.marks else NO_VALUE
    number = f"{one.words(one.number)} ({one.other_year})" if one.other_year else one.words(one.number)
    return (one.name, number, *marks, forecast, state, *tail)


def _forecast(one: Measured) -> Forecast | None:
    """None where too few units stand behind the newest year to state a pace."""
    if not one.marks or one.pace.standing == Standing.UNKNOWN:
        return None
    return one.pace.forecast


def _result_words(one: Measured) -> str:
    number, newest = one.number, one.newest
    if number is None or newest is None:
        return _("No approved figure is available for %(year)s.") % {"year": one.cut.year}
    if one.is_yes_or_no:
        doing = _("%(place)s reported in %(year)s that it does this.")
        not_doing = _("%(place)s reported in %(year)s that it does not do this yet.")
        return (doing if number else not_doing) % {"place": one.cut.place, "year": newest.year}
    sentence = f"{_figure_words(one, newest)}"
    if not one.marks:
        return sentence
    pieces = [sentence, sentences(one.pace, unit=one.unit, is_percent=one.is_percent), _forecast_words(one)]
    return " ".join(piece for piece in pieces if piece)


def _figure_words(one: Measured, newest: YearNumber) -> str:
    values = {
        "value": one.words(newest.number),
        "counted": newest.counted,
        "expected": newest.expected,
        "year": newest.year,
    }
    parts = ""
    if newest.numerator is not None and newest.denominator is not None:
        parts = _("%(numerator)s out of %(denominator)s") % {
            "numerator": plain(newest.numerator),
            "denominator": plain(newest.denominator),
        }
    if one.cut.is_of_one:
        form = (
            _("The figure of %(year)s is %(value)s (%(parts)s).")
            if parts
            else _("The figure of %(year)s is %(value)s.")
        )
        return form % {**values, "parts": parts}
    form = (
        _("The figure of %(year)s is %(value)s (%(parts)s), from %(counted)s of %(expected)s units.")
        if parts
        else _("The figure of %(year)s is %(value)s, from %(counted)s of %(expected)s units.")
    )
    return form % {**values, "parts": parts}


def _forecast_words(one: Measured) -> str:
    found = _forecast(one)
    if found is None:
        return ""
    form = _(
        "If the trend of the last years goes on, %(year)s ends at %(value)s (between %(low)s and %(high)s)."
    )
    if found.low == found.high:
        form = _("If the trend of the last years goes on, %(year)s ends at %(value)s.")
    return form % {
        "year": found.year,
        "value": one.words(found.number),
        "low": one.words(found.low),
        "high": one.words(found.high),
    }


def _ruler(one: Measured, captions: Captions) -> Picture:
    top = Decimal(100) if one.is_percent and max(m.high for m in one.marks) > 20 else _top(one)
    data = {
        "value": None if one.number is None else str(one.number),
        "value_words": "" if one.number is None else one.words(one.number),
        "top": str(top),
        "marks": [
            {"when": str(mark.year), "low": str(mark.low), "high": str(mark.high), "words": mark_words(mark)}
            for mark in one.marks
        ],
    }
    caption = captions.figure(_("%(name)s, against the marks") % {"name": one.name})
    return Picture("ruler", data, caption, _result_words(one))


def _top(one: Measured) -> Decimal:
    highest = max([*(mark.high for mark in one.marks), one.number or Decimal(0), Decimal(1)])
    return highest * Decimal("1.2")


def _line(one: Measured, captions: Captions) -> Picture:
    points = [
        {
            "year": year.year,
            "value": None if year.number is None else float(year.number),
            "counted": year.counted,
            "expected": year.expected,
        }
        for year in one.years
    ]
    found = _forecast(one)
    forecast = (
        {
            "year": found.year,
            "value": float(found.number),
            "low": float(found.low),
            "high": float(found.high),
        }
        if found
        else None
    )
    listed = "; ".join(f"{year.year}: {one.short(year.number)}" for year in one.years)
    return Picture(
        "line",
        {
            "points": points,
            "forecast": forecast,
            "marks": [{"year": m.year, "low": float(m.low), "high": float(m.high)} for m in one.marks],
            "unit": one.unit,
        },
        captions.figure(_("%(name)s, year by year") % {"name": one.name}),
        listed,
    )


def _years(one: Measured, captions: Captions) -> Table:
    """The same years as the line, in figures."""
    years = one.years
    rows = [Row((_("Value"), *(one.short(year.number) for year in years)))]
    if one.is_ratio:
        rows += [
            Row((_("Numerator"), *(number_words(year.numerator) for year in years))),
            Row((_("Denominator"), *(number_words(year.denominator) for year in years))),
        ]
    if not one.cut.is_of_one:
        rows.append(Row((_("Coverage"), *(year.coverage for year in years))))
    each = 80 // len(years)
    return Table(
        head=(_("Year"), *(str(year.year) for year in years)),
        aligned=("start", *("end",) * len(years)),
        widths=(100 - each * len(years), *(each,) * len(years)),
        rows=tuple(rows),
        caption=captions.table(_("%(name)s, year by year") % {"name": one.name}),
    )


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
            caption=captions.table(_("The targets by region, %(year)s") % {"year": cut.year}),
            note=_("In brackets: units with an approved figure over units of the region.")
            + " "
            + "; ".join(f"{one.raw['code']}: {one.name}" for one in measured)
            + ".",
        ),
    ]


def _region_words(one: Measured, slug: str) -> str:
    row = next((row for row in (one.figure or {})["regions"] if row["region"] == slug), None)
    if row is None or row["number"] is None:
        return NO_VALUE
    return f"{one.short(Decimal(row['number']))} ({row['counted']}/{row['expected']})"
