"""How an indicator moves towards its marks: gap, yearly gain, what is needed, a forecast. All pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

YEARS_LOOKED_BACK = 3
MOST_PLACES = 4
ENOUGH = Decimal("0.5")  # of the units; below it no pace is stated


class Standing(models.TextChoices):
    """What the figure is worth against the marks; shown as a shape and words."""

    QUALITATIVE = "qualitative", _("under way")
    UNKNOWN = "unknown", _("not enough data")
    MET = "met", _("2025 mark met")
    FINAL = "final", _("2030 mark met")
    ON_PACE = "on_pace", _("on pace")
    BEHIND = "behind", _("behind pace")
    MISSED = "missed", _("mark missed")
    MISSED_ON_PACE = "missed_on_pace", _("2025 mark missed, on pace for 2030")
    MISSED_BEHIND = "missed_behind", _("2025 mark missed, behind pace")


SHAPES = {
    Standing.QUALITATIVE: "pace",
    Standing.UNKNOWN: "none",
    Standing.MET: "done",
    Standing.FINAL: "done",
    Standing.ON_PACE: "pace",
    Standing.BEHIND: "late",
    Standing.MISSED: "failed",
    Standing.MISSED_ON_PACE: "late",
    Standing.MISSED_BEHIND: "failed",
}


@dataclass(frozen=True)
class Mark:
    """What should be reached by the end of a year; ``low`` equals ``high`` unless it is a range."""

    year: int
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Forecast:
    year: int
    number: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Pace:
    """Where the newest figure stands. Gains and gaps are in the indicator's unit a year."""

    standing: Standing
    year: int | None = None
    number: Decimal | None = None
    gap: Decimal | None = None  # to the nearer mark; negative while below it
    gain: Decimal | None = None
    needed: Decimal | None = None
    forecast: Forecast | None = None
    marks: tuple[Mark, ...] = ()


def pace(
    points: Sequence[tuple[int, Decimal | None]],
    marks: Sequence[Mark],
    *,
    coverage: Decimal,
    top: Decimal | None,
    most: Decimal | None = None,
) -> Pace:
    """``points`` are (year, number) oldest first; ``top`` is 100 for percentages.

    ``most`` is what the newest number may still become while units are missing: where a mark that it is held
    against lies between, nothing is judged.
    """
    known = [(year, number) for year, number in points if number is not None]
    if not known:
        return Pace(Standing.UNKNOWN, marks=tuple(marks))
    year, number = known[-1]
    gains = _gains(known)
    gain = sum(gains, Decimal(0)) / len(gains) if gains else None
    ahead = [mark for mark in marks if mark.year > year]
    final = ahead[-1] if ahead else None
    needed = max((final.low - number) / (final.year - year), Decimal(0)) if final else None
    nearer = _nearer(year, marks)
    missed = missed_mark(year, number, marks)
    against = [mark.low for mark in (nearer, missed) if mark is not None]
    if most is not None and any(number < low <= most for low in against):
        return Pace(Standing.UNKNOWN, year, number, marks=tuple(marks))
    return Pace(
        standing=_standing(number, nearer, final, gain, needed, coverage, missed=missed is not None),
        year=year,
        number=number,
        gap=number - nearer.low if nearer else None,
        gain=gain,
        needed=needed,
        forecast=_forecast(year, number, gains, final, top),
        marks=tuple(marks),
    )


def added_up(
    points: Sequence[tuple[int, Decimal | None]], *, until: int | None = None
) -> list[tuple[int, Decimal | None]]:
    """What is counted anew every year, as the sum since the first; a year without a number stays without."""
    total, sums = Decimal(0), []
    for year, number in points:
        total += number or Decimal(0)
        if until is None or year <= until:
            sums.append((year, None if number is None else total))
    return sums


def _gains(known: Sequence[tuple[int, Decimal]]) -> list[Decimal]:
    recent = known[-(YEARS_LOOKED_BACK + 1) :]
    return [
        (later - earlier) / (later_year - earlier_year)
        for (earlier_year, earlier), (later_year, later) in pairwise(recent)
    ]


def _nearer(year: int, marks: Sequence[Mark]) -> Mark | None:
    """The first mark that is not long past: 2025's is still the measure in 2026."""
    return next((mark for mark in marks if mark.year >= year - 1), marks[-1] if marks else None)


def _standing(
    number: Decimal,
    nearer: Mark | None,
    final: Mark | None,
    gain: Decimal | None,
    needed: Decimal | None,
    coverage: Decimal,
    *,
    missed: bool,
) -> Standing:
    if coverage < ENOUGH or nearer is None:
        return Standing.UNKNOWN
    if final and number >= final.low and final != nearer:
        return Standing.FINAL
    if number >= nearer.low:
        return Standing.MET if nearer.year <= 2025 else Standing.FINAL
    if gain is None or needed is None:
        return Standing.MISSED if missed else Standing.UNKNOWN if final else Standing.BEHIND
    if gain >= needed:
        return Standing.MISSED_ON_PACE if missed else Standing.ON_PACE
    return Standing.MISSED_BEHIND if missed else Standing.BEHIND


def missed_mark(year: int, number: Decimal, marks: Sequence[Mark]) -> Mark | None:
    """The last mark whose year is over, where the figure lies below it."""
    past = [mark for mark in marks if mark.year <= year]
    return past[-1] if past and number < past[-1].low else None


def _forecast(
    year: int, number: Decimal, gains: Sequence[Decimal], final: Mark | None, top: Decimal | None
) -> Forecast | None:
    """The last gains carried on: their mean, with the slowest and the fastest as the fan."""
    if final is None or not gains:
        return None
    years = final.year - year
    mean = sum(gains, Decimal(0)) / len(gains)
    ends = [number + gain * years for gain in (mean, min(gains), max(gains))]
    middle, low, high = (max(Decimal(0), min(end, top) if top else end) for end in ends)
    return Forecast(final.year, middle, low, high)


def sentences(found: Pace, *, unit: str, is_percent: bool, is_least: bool = False) -> str:
    """The pace in fixed forms; nothing is said that the numbers do not carry.

    ``is_least``: the number can only become more, and so can what it is above a mark.
    """
    if found.number is None or found.standing == Standing.UNKNOWN:
        return gettext("There are not enough approved figures to state a pace.")
    parts = [
        _at_least_against_mark(found, unit, is_percent)
        if is_least
        else _against_mark(found, unit, is_percent)
    ]
    if found.gain is not None and found.needed is not None and found.forecast:
        parts.append(_gain_words(found, unit, is_percent))
    return " ".join(part for part in parts if part)


def _at_least_against_mark(found: Pace, unit: str, is_percent: bool) -> str:
    """Below a mark only where no unit that is missing could lift it there; then by so much at most."""
    mark = _nearer(found.year, found.marks) if found.year is not None else None
    if mark is None or found.year is None or found.number is None or found.gap is None:
        return ""
    if missed := missed_mark(found.year, found.number, found.marks):
        return gettext("The %(year)s mark was missed by at most %(gap)s.") % {
            "year": missed.year,
            "gap": amount(missed.low - found.number, unit, points=is_percent),
        }
    values = {"year": mark.year, "gap": amount(abs(found.gap), unit, points=is_percent)}
    if found.gap < 0:
        return gettext("At most %(gap)s below the %(year)s mark.") % values
    if mark.low != mark.high:
        return _against_mark(found, unit, is_percent)  # “within or above” holds for more as well
    if found.gap == 0:
        return gettext("At the %(year)s mark or above it.") % values
    return gettext("At least %(gap)s above the %(year)s mark.") % values


def _against_mark(found: Pace, unit: str, is_percent: bool) -> str:
    if found.year is None or found.number is None:
        return ""
    if missed := missed_mark(found.year, found.number, found.marks):
        return gettext("The %(year)s mark was missed by %(gap)s.") % {
            "year": missed.year,
            "gap": amount(missed.low - found.number, unit, points=is_percent),
        }
    mark = _nearer(found.year, found.marks)
    if mark is None or found.gap is None:
        return ""
    values = {"year": mark.year, "gap": amount(abs(found.gap), unit, points=is_percent)}
    if mark.low != mark.high and mark.low <= found.number:
        values["range"] = f"{plain(mark.low)}–{plain(mark.high)}"
        return gettext("Within or above the range of %(range)s set for %(year)s.") % values
    if found.gap < 0:
        return gettext("%(gap)s below the %(year)s mark.") % values
    if found.gap == 0:
        return gettext("At the %(year)s mark.") % values
    return gettext("%(gap)s above the %(year)s mark.") % values


def _gain_words(found: Pace, unit: str, is_percent: bool) -> str:
    if found.gain is None or not found.needed:
        return ""
    final = found.marks[-1]
    values = {
        "gain": amount(abs(found.gain), unit, points=is_percent),
        "needed": amount(found.needed, unit, points=is_percent),
        "goal": f"{plain(final.low)}%" if is_percent else f"{plain(final.low)} {unit}",
        "year": final.year,
    }
    if found.gain < 0:
        return (
            gettext(
                "The last years lost %(gain)s a year on average; reaching %(goal)s by %(year)s takes "
                "a gain of %(needed)s a year."
            )
            % values
        )
    return (
        gettext(
            "The last years gained %(gain)s a year on average; reaching %(goal)s by %(year)s takes "
            "%(needed)s a year."
        )
        % values
    )


def amount(number: Decimal, unit: str, *, points: bool) -> str:
    """6 percentage points · 2 models. What is not nothing never reads as 0."""
    places = next((places for places in range(1, MOST_PLACES + 1) if round(number, places)), 1)
    shown = trimmed(number, places)
    if points:
        count = 1 if shown == "1" else 2  # English says “1 point”, but “1.2 points”
        return ngettext("%(number)s percentage point", "%(number)s percentage points", count) % {
            "number": shown
        }
    return f"{shown} {unit}"


def fixed(number: Decimal, places: int = 1) -> str:
    """So many decimal places always, so that a column lines up: 5.7, 64.0."""
    return number_format(round(number, places), decimal_pos=places, force_grouping=True)


def deciding_places(numbers: Iterable[Decimal], mark: Decimal | None, *, least: int = 1) -> int:
    """As many decimal places as keep every number on its side of the mark: 4.95 is not yet 5."""
    known = list(numbers)
    for places in range(least, MOST_PLACES):
        if mark is None or all((round(one, places) >= mark) == (one >= mark) for one in known):
            return places
    return MOST_PLACES


def plain(number: Decimal) -> str:
    """One decimal place, none when it is whole: 5.7, 64."""
    return trimmed(number, 1)


def trimmed(number: Decimal, places: int) -> str:
    """At most so many decimal places, none when it is whole."""
    rounded = round(number, places)
    whole = rounded == rounded.to_integral_value()
    return number_format(rounded, decimal_pos=0 if whole else places, force_grouping=True)
