"""Everything a reader may know of progress, under one lens.

The framework and the register change a few times a year and are kept in the process, and so are the
figures of each year (``year_figures``). As long as nothing was published, a page costs one small query
(``foundation.editions``).
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from foundation.editions import Kept, asked_once, edition
from foundation.text import Text
from programmes.models import CarryOver, Indicator, Phase, Programme, Target
from programmes.querysets import OURS
from provinces.models import Province, Region
from provinces.register import Register

from . import year_figures
from .figures import Cell, Figure, Reported, Total, by_group
from .lenses import Lens
from .pace import ENOUGH, Mark, Pace, Standing, added_up, pace
from .year_figures import YearFigure

KEPT = 64


@dataclass(frozen=True)
class Place:
    """A unit as it is called and placed on the day of the map, in the language of whoever asks."""

    unit: Province
    day: date

    @property
    def pk(self) -> int:
        return self.unit.pk

    @property
    def code(self) -> str:
        return self.unit.code

    @property
    def name(self) -> Text:
        return self.unit.name_on(self._nearest)

    @property
    def kind(self) -> str:
        return self.unit.kind_on(self._nearest)

    @property
    def url(self) -> str:
        return self.unit.get_absolute_url()

    @cached_property
    def region(self) -> Region | None:
        return self.unit.region_on(self._nearest)

    @cached_property
    def _nearest(self) -> date:
        """The day, or the nearest one of the unit's life."""
        return max(self.unit.valid_from, min(self.day, self.unit.last_day or self.day))

    @property
    def region_name(self) -> str:
        return str(self.region.name) if self.region else ""


@dataclass
class Measure:
    """One indicator with its targets and its figures, oldest year first."""

    indicator: Indicator
    targets: tuple[Target, ...]
    figures: tuple[Figure, ...]
    values: dict[int, tuple[Reported, ...]]  # by year

    @property
    def is_percent(self) -> bool:
        return self.indicator.unit_vi == "%"

    @property
    def newest(self) -> Figure | None:
        """The newest year in which enough units gave a number; while none is, the newest with any."""
        known = [figure for figure in self.figures if figure.number is not None]
        return next((one for one in reversed(known) if one.coverage >= ENOUGH), known[-1] if known else None)

    @property
    def unfinished(self) -> Figure | None:
        """A later year that has begun to come in."""
        newest = self.newest
        later = [one for one in self.figures if newest and one.year > newest.year and one.counted]
        return later[-1] if later else None

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(
            Mark(target.phase.last_year, target.low, target.high)
            for target in self.targets
            if target.low is not None and target.high is not None
        )

    @property
    def is_added_up(self) -> bool:
        """Whether each year counts what began in it, so that marks are held against the sum of the years."""
        return bool(self.indicator.carry_over == CarryOver.SUM and self.marks)

    @cached_property
    def sums(self) -> list[tuple[int, Decimal | None]]:
        """Year by year what has been added up since the first."""
        return added_up([(one.year, one.number) for one in self.figures])

    def sum_by(self, year: int) -> Decimal | None:
        """Added up from the first year to this one; nothing where the indicator is not added up."""
        return dict(self.sums).get(year) if self.is_added_up else None

    @property
    def compared(self) -> tuple[int, Decimal] | None:
        """What is held against the marks: the newest year, or the sum up to the last mark's year."""
        newest = self.newest
        if newest is None or newest.number is None:
            return None
        if not self.is_added_up:
            return newest.year, newest.number
        last = min(newest.year, self.marks[-1].year)
        known = [(year, number) for year, number in self.sums if year <= last and number is not None]
        return known[-1] if known else None

    @property
    def can_only_grow(self) -> bool:
        """Whether a unit that gave no number could only make it more: a share of units, or a sum."""
        return self.indicator.is_share or self.indicator.carry_over == CarryOver.SUM

    def missing_in(self, figure: Figure) -> int:
        """Units that gave no number; of a sum also those from before whose heir's number lacks theirs."""
        lacking = figure.lacking if self.indicator.carry_over == CarryOver.SUM else ()
        return len(figure.missing) + len(lacking)

    def is_least(self, figure: Figure) -> bool:
        return self.can_only_grow and figure.number is not None and self.missing_in(figure) > 0

    @property
    def is_compared_least(self) -> bool:
        """The same of what is held against the marks."""
        if self.is_added_up:
            return self.is_least_added
        return self.newest is not None and self.is_least(self.newest)

    @property
    def is_least_added(self) -> bool:
        """Whether a year in the sum lacks units, which could only add to it."""
        return self.is_least_by(self.compared[0] if self.compared else 0)

    def is_least_by(self, year: int) -> bool:
        return any(not one.is_complete for one in self.figures if one.year <= year)

    @cached_property
    def pace(self) -> Pace:
        if not self.indicator.is_numeric:
            return Pace(Standing.QUALITATIVE)
        last = self.compared[0] if self.compared else 0
        covered = next((one.coverage for one in self.figures if one.year == last), Decimal(0))
        rows = self.sums if self.is_added_up else [(one.year, one.number) for one in self.figures]
        points = [(year, number) for year, number in rows if year <= last]
        top = Decimal(100) if self.is_percent else None
        return pace(points, self.marks, coverage=covered, top=top, most=self._most())

    def _most(self) -> Decimal | None:
        """A share of units, if all that said nothing did it; a sum that lacks units has no bound."""
        if self.is_added_up and self.is_least_added:
            return Decimal("Infinity")
        newest = self.newest
        if newest is None or not (self.indicator.is_share and self.is_least(newest)):
            return None
        return Decimal(len(newest.doing) + len(newest.missing)) / max(newest.expected, 1) * 100

    def target(self, year: int) -> Target | None:
        return next((target for target in self.targets if target.phase.last_year == year), None)

    def cell(self, unit: int, year: int | None = None) -> Cell | None:
        """What one unit shows in a year, the newest by default."""
        figure = self.newest if year is None else next((f for f in self.figures if f.year == year), None)
        return next((cell for cell in figure.cells if cell.unit == unit), None) if figure else None


@dataclass(frozen=True)
class Progress:
    lens: Lens
    measures: tuple[Measure, ...]
    last_days: dict[int, date]
    register: Register
    is_demo: bool
    _places: dict[date, dict[int, Place]] = field(default_factory=dict, repr=False)

    def measure(self, slug: str) -> Measure | None:
        return next((one for one in self.measures if one.indicator.slug == slug), None)

    def map_day(self, year: int) -> date:
        return self.lens.map_day(self.last_days[year])

    def places_on(self, day: date) -> dict[int, Place]:
        """Every unit as it was called and placed on a day, or on the nearest day of its life."""
        if day not in self._places:
            self._places[day] = {unit.pk: Place(unit, day) for unit in self.register.units.values()}
        return self._places[day]

    def places_in(self, year: int) -> dict[int, Place]:
        """The units as the map that shows the year calls them."""
        return self.places_on(self.map_day(year))

    def regions(self, measure: Measure, figure: Figure) -> list[tuple[str, Total, int, int]]:
        """(region, total, units counted, units) in the order of the regions."""
        rule, places = measure.indicator.carry_over, self.places_in(figure.year)
        region_of = {cell.unit: places[cell.unit].region_name for cell in figure.cells}
        values = measure.values.get(figure.year, ())
        totals = by_group(rule, figure.cells, values, region_of.__getitem__)
        rows = []
        for name, total in totals.items():
            cells = [cell for cell in figure.cells if region_of[cell.unit] == name]
            rows.append((name, total, sum(cell.number is not None for cell in cells), len(cells)))
        return sorted(rows, key=lambda row: (row[1].number is None, -(row[1].number or 0)))


_kept: "OrderedDict[tuple[int, Lens, int | None, int | None], Progress]" = OrderedDict()


def load_progress(lens: Lens, *, last_year: int | None = None) -> Progress:
    """All indicators up to a year. One query while nothing was published, three when values were."""
    return _load(lens, None, last_year)


def load_measure(indicator: Indicator, lens: Lens) -> Progress:
    """One indicator alone: what a chart or the open data asks for."""
    return _load(lens, indicator, None)


def _load(lens: Lens, only: Indicator | None, last_year: int | None) -> Progress:
    with asked_once():
        now = edition(*framework.reads, *Register.reads, *year_figures.READS)
        wanted = (now, lens, last_year, only.pk if only else None)
        found = _kept.get(wanted)
        if found is None:
            found = _kept[wanted] = _make(lens, [only] if only else framework(), last_year)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        return found


def _make(lens: Lens, indicators: Sequence[Indicator], last_year: int | None) -> Progress:
    units = Register.load()
    made = year_figures.read(lens, indicators, units, last_year=last_year)
    measures = tuple(_measure(one, made.by_indicator[one.pk]) for one in indicators)
    return Progress(lens, measures, made.last_days, units, made.is_demo)


def _read_framework() -> list[Indicator]:
    found = list(Indicator.objects.filter(programme__slug=OURS).prefetch_related("targets__phase"))
    for indicator in found:
        for target in indicator.targets.all():
            target.indicator = indicator  # spares the query that ``words`` would make
    return found


framework = Kept(_read_framework, (Programme, Phase, Indicator, Target))


def _measure(indicator: Indicator, years: Sequence[YearFigure]) -> Measure:
    targets = tuple(sorted(indicator.targets.all(), key=attrgetter("phase.last_year")))
    figures = tuple(year.figure for year in years if year.figure)
    return Measure(indicator, targets, figures, {year.year: year.values for year in years if year.values})
