"""The national progress report, composed from a data cut by fixed rules. Same cut, same words.

Nothing here reads the database: everything printed stands in the cut's content (see ``cutting``).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.dates import day_words

from ..outline import Outline
from ..pace import Standing, plain, sentences
from .annexes import annexes
from .blocks import Document, Foot, Head, Heading, Paragraph, Picture, Row, Table
from .reading import NO_VALUE, Cut, Measured, decimal, mark_words

NO_BREAK = "\u00a0"


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


def compose(content: dict[str, Any], outline: Outline, *, language: str, envelope: Envelope) -> Document:
    """The whole document in one language."""
    with translation.override(language):
        cut = Cut(content, language)
        figures = count(1)  # numbered as they are read
        title = outline.title(language)
        return Document(
            language=language,
            title=title,
            head=_head(cut, envelope, title),
            blocks=tuple(block for name in outline.sections for block in SECTIONS[name](cut, figures)),
            annexes=tuple(annexes(cut)) if outline.annexes else (),
            foot=_foot(envelope),
            running=_running(cut, envelope),
            code_words=_("Check code %(code)s") % {"code": envelope.check_code},
            check_words=_check_words(envelope),
            annex_reference=_(
                "(Attached to Report No. %(blank)s/BC-BCT of %(blank)s %(year)s of the Ministry "
                "of Industry and Trade)"
            )
            % {"year": cut.year, "blank": NO_BREAK * 6},
            demo=_("Demo copy: the figures are of no use") if content["is_demo"] else "",
            figures=len(cut.numeric) + 1,
        )


def _head(cut: Cut, envelope: Envelope, title: str) -> Head:
    return Head(
        superior="",
        issuer=_("MINISTRY OF INDUSTRY AND TRADE"),
        number=_("No.: %(number)s/BC-BCT") % {"number": envelope.number or NO_BREAK * 8},
        state=_("SOCIALIST REPUBLIC OF VIET NAM"),
        motto=_("Independence - Freedom - Happiness"),
        place_and_date=_place_and_date(envelope, cut),
        kind=_("REPORT"),
        abstract=title,
        addressed_to=_("To: The Prime Minister."),
    )


def _place_and_date(envelope: Envelope, cut: Cut) -> str:
    day = envelope.issued_on
    if day is None:
        return _("%(place)s, %(blank)s December %(year)s") % {
            "place": envelope.place,
            "blank": NO_BREAK * 6,
            "year": cut.year,
        }
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    if cut.language == "vi":
        return f"{envelope.place}, ngày {day.day:02d} tháng {month} năm {day.year}"
    return f"{envelope.place}, {day_words(day)}"


def _running(cut: Cut, envelope: Envelope) -> str:
    reports = cut.raw["reports"]
    return _("Data cut %(cut)s · map of %(day)s · %(counted)s/%(expected)s units") % {
        "cut": envelope.cut_number,
        "day": day_words(cut.map_day),
        "counted": len(reports["approved"]),
        "expected": reports["expected"],
    }


def _check_words(envelope: Envelope) -> str:
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


def _opening(cut: Cut) -> list[Any]:
    return [
        Paragraph(
            _(
                "Carrying out Decision No. 889/QĐ-TTg of 24 June 2020 of the Prime Minister "
                "approving the National "
                "Action Programme on Sustainable Consumption and Production 2021–2030, the "
                "Ministry of Industry and "
                "Trade reports on the work of %(year)s, with data from %(first)s to %(last)s, "
                "as follows:"
            )
            % {"year": cut.year, "first": day_words(cut.first_day), "last": day_words(cut.last_day)},
            "opening",
        )
    ]


def _results(cut: Cut, figures: Iterator[int]) -> list[Any]:
    blocks: list[Any] = [
        Heading(1, "I", _("RESULTS AGAINST THE TARGETS")),
        Heading(2, "1", _("Overall")),
        Paragraph(_overall(cut), "targets.overall"),
        _summary(cut),
    ]
    drawn_by_year = next((one for one in cut.numeric if one.is_out_of_hundred and one.has_years), None)
    for place, one in enumerate(cut.numeric, 2):
        words = Paragraph(_result_words(one), f"targets.{one.raw['code']}")
        blocks += [Heading(2, str(place), one.name), words, _ruler(one, next(figures))]
        if one is drawn_by_year:
            blocks.append(_line(one, next(figures)))
    blocks += _texts(cut, "results", first=len(cut.numeric) + 2)
    return blocks


def _overall(cut: Cut) -> str:
    reports = cut.raw["reports"]
    standings = Counter(one.pace.standing for one in cut.indicators)
    opening = _("When the data were cut, %(counted)s of %(expected)s provinces had an approved report.") % {
        "counted": len(reports["approved"]),
        "expected": reports["expected"],
    }
    pieces = [words for count, words in _counted_standings(standings) if count]
    return f"{opening} " + _("Of the %(count)s targets, %(pieces)s.") % {
        "count": len(cut.indicators),
        "pieces": ", ".join(pieces),
    }


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


def _summary(cut: Cut) -> Table:
    rows = [
        Row(
            (
                one.name,
                one.words(one.number) if one.raw["is_numeric"] else _("qualitative"),
                one.target_words(2025),
                one.target_words(2030),
                str(one.pace.standing.label),
                one.coverage if one.raw["is_numeric"] else NO_VALUE,
            )
        )
        for one in cut.indicators
    ]
    return Table(
        head=(_("Target"), str(cut.year), _("Mark 2025"), _("Mark 2030"), _("State"), _("Coverage")),
        aligned=("start", "end", "end", "end", "start", "centre"),
        rows=tuple(rows),
        note=_("Coverage: units with an approved figure over units in force."),
    )


def _result_words(one: Measured) -> str:
    number = one.number
    if number is None:
        return _("No approved figure is available for %(year)s.") % {"year": one.cut.year}
    values = {"value": one.words(number), "counted": one.counted, "expected": len(one.cells)}
    if one.newest and one.newest["denominator"] is not None:
        numerator, denominator = decimal(one.newest["numerator"]), decimal(one.newest["denominator"])
        assert numerator is not None
        assert denominator is not None
        values |= {"numerator": plain(numerator), "denominator": plain(denominator)}
        opening = _(
            "The figure is %(value)s (%(numerator)s out of %(denominator)s), from %(counted)s "
            "of %(expected)s units."
        )
    else:
        opening = _("The figure is %(value)s, from %(counted)s of %(expected)s units.")
    return f"{opening % values} {sentences(one.pace, unit=one.unit, is_percent=one.is_percent)}"


def _ruler(one: Measured, place: int) -> Picture:
    top = Decimal(100) if one.is_percent and max((m.high for m in one.marks), default=0) > 20 else _top(one)
    data = {
        "value": None if one.number is None else str(one.number),
        "value_words": "" if one.number is None else one.words(one.number),
        "top": str(top),
        "marks": [
            {"when": str(mark.year), "low": str(mark.low), "high": str(mark.high), "words": mark_words(mark)}
            for mark in one.marks
        ],
    }
    return Picture(
        "ruler",
        data,
        _("Figure %(n)s. %(name)s, against the marks") % {"n": place, "name": one.name},
        _result_words(one),
    )


def _top(one: Measured) -> Decimal:
    highest = max([*(mark.high for mark in one.marks), one.number or Decimal(0), Decimal(1)])
    return highest * Decimal("1.2")


def _line(one: Measured, place: int) -> Picture:
    found = one.pace
    points = [
        {
            "year": figure["year"],
            "value": None if figure["number"] is None else float(figure["number"]),
            "counted": sum(cell["number"] is not None for cell in figure["cells"]),
            "expected": len(figure["cells"]),
        }
        for figure in one.raw["figures"]
    ]
    forecast = (
        {
            "year": found.forecast.year,
            "value": float(found.forecast.number),
            "low": float(found.forecast.low),
            "high": float(found.forecast.high),
        }
        if found.forecast
        else None
    )
    listed = "; ".join(
        f"{point['year']}: {plain(Decimal(str(point['value']))) if point['value'] is not None else NO_VALUE}"
        for point in points
    )
    return Picture(
        "line",
        {
            "points": points,
            "forecast": forecast,
            "marks": [{"year": m.year, "low": float(m.low), "high": float(m.high)} for m in one.marks],
            "unit": one.unit,
        },
        _("Figure %(n)s. %(name)s, year by year") % {"n": place, "name": one.name},
        listed,
    )


def _plans(cut: Cut, figures: Iterator[int]) -> list[Any]:
    by_state = {state: [] for state in ("issued", "inherited", "none")}  # type: dict[str, list[int]]
    for plan in cut.raw["plans"]:
        by_state[plan["state"]].append(plan["unit"])
    values = {
        "total": len(cut.units),
        "issued": len(by_state["issued"]),
        "inherited": len(by_state["inherited"]),
        "none": len(by_state["none"]),
    }
    words = _(
        "The register holds plans that %(issued)s of %(total)s units issued themselves; "
        "%(inherited)s inherited the "
        "plans of units before 1 July 2025; for %(none)s it holds no document, which does not "
        "mean that none was issued. "
        "The list stands in the last annex."
    )
    return [
        Heading(1, "II", _("PLANS OF PROVINCES AND CITIES")),
        Paragraph(words % values, "plans"),
        Picture(
            "cartogram",
            {
                "on": cut.map_day.isoformat(),
                "tiles": [_plan_tile(cut, plan) for plan in cut.raw["plans"]],
                "boundary_map": (_boundaries(cut) or {}).get("map"),
            },
            _map_caption(cut, next(figures)),
            words % values,
        ),
    ]


def _boundaries(cut: Cut) -> dict[str, Any] | None:
    """Cuts made before there were boundary maps do not speak of them."""
    found: dict[str, Any] | None = cut.raw.get("boundaries")
    return found


def _map_caption(cut: Cut, place: int) -> str:
    caption = _("Figure %(n)s. Plans in the register, map of %(day)s") % {
        "n": place,
        "day": day_words(cut.map_day),
    }
    if boundaries := _boundaries(cut):
        source = boundaries["source_en"] if cut.language == "en" else ""
        caption += ". " + _("Boundaries: %(source)s") % {"source": source or boundaries["source_vi"]}
    return caption


def _plan_tile(cut: Cut, plan: dict[str, Any]) -> dict[str, Any]:
    words = {"issued": _("issued"), "inherited": _("inherited"), "none": _("no document in the register")}
    return {
        "code": cut.units[plan["unit"]]["code"],
        "name": cut.unit_name(plan["unit"]),
        "word": words[plan["state"]],
        "level": {"issued": 5, "inherited": 2, "none": 0}[plan["state"]],
        "inherited": plan["state"] == "inherited",
    }


def _work(cut: Cut) -> list[Any]:
    states = cut.raw["activities"]
    total = sum(state["count"] for state in states)
    blocks: list[Any] = [Heading(1, "III", _("ACTIVITIES AND MONEY"))]
    if total:
        listed = ", ".join(f"{cut.text(state, 'name')} {state['count']}" for state in states)
        blocks.append(
            Paragraph(
                _("Approved reports cover %(total)s plan activities: %(listed)s.")
                % {"total": total, "listed": listed},
                "work",
            )
        )
    else:
        blocks.append(Paragraph(_("No approved report covers plan activities yet."), "work"))
    if cut.raw["money"]:
        blocks.append(_money(cut))
    return blocks


def _money(cut: Cut) -> Table:
    rows = [
        Row((cut.text(line, "name"), *(_sum(line[column]) for column in ("planned", "received", "spent"))))
        for line in cut.raw["money"]
    ]
    return Table(
        head=(
            pgettext("money", "Source"),
            pgettext("money", "Planned"),
            pgettext("money", "Received"),
            pgettext("money", "Spent"),
        ),
        aligned=("start", "end", "end", "end"),
        rows=tuple(rows),
        caption=_("Money by source, million VND"),
        note=_("Sums of the approved reports alone."),
    )


def _sum(text: str | None) -> str:
    return NO_VALUE if text is None else plain(Decimal(text))


def _difficulties(cut: Cut) -> list[Any]:
    blocks: list[Any] = [Heading(1, "IV", _("DIFFICULTIES AND PROPOSALS OF THE PROVINCES"))]
    said = _texts(cut, "difficulties", first=1)
    none = _("The approved reports name no difficulty and make no proposal.")
    return blocks + (said or [Paragraph(none, "difficulties")])


def _texts(cut: Cut, chapter: str, *, first: int) -> list[Any]:
    """The provinces' own words that belong to a chapter, under headings numbered from ``first``."""
    groups = [group for group in cut.raw["texts"] if group.get("chapter") == chapter]
    blocks: list[Any] = []
    for place, group in enumerate(groups, first):
        blocks.append(Heading(2, str(place), cut.text(group, "name")))
        blocks += [
            Paragraph(f"– {cut.unit_name(line['unit'])}: {line['text'].strip()}") for line in group["lines"]
        ]
    return blocks


def _closing(cut: Cut) -> list[Any]:
    return [
        Paragraph(
            _(
                "The Ministry of Industry and Trade respectfully submits to the Prime Minister "
                "this report on the National Action "
                "Programme on Sustainable Consumption and Production in %(year)s./."
            )
            % {"year": cut.year},
            "closing",
        )
    ]


def _foot(envelope: Envelope) -> Foot:
    return Foot(
        closing="",
        recipients_title=_("Recipients:"),
        recipients=(
            _("- As above;"),
            _("- Government Office;"),
            _("- Ministries and ministerial agencies;"),
            _("- People's Committees of provinces and cities;"),
            _("- Departments of Industry and Trade;"),
            _("- Archives: VT, ĐCK."),
        ),
        authority=envelope.authority,
        position=envelope.position,
        signature_note=_("(digital signature and seal of the Ministry)"),
        signatory=envelope.signatory,
    )


# What a kind of document may list, by name, in whatever order it wants.
SECTIONS: dict[str, Callable[[Cut, Iterator[int]], list[Any]]] = {
    "opening": lambda cut, _figures: _opening(cut),
    "targets": _results,
    "plans": _plans,
    "work": lambda cut, _figures: _work(cut),
    "difficulties": lambda cut, _figures: _difficulties(cut),
    "closing": lambda cut, _figures: _closing(cut),
}
ANNEXES = ("indicators", "plans")
