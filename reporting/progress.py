"""Everything a reader may know of progress, under one lens: read once, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from django.db.models import QuerySet

from foundation.text import Text
from programmes.models import Indicator, Target
from programmes.querysets import OURS
from provinces.lineage import Lineage
from provinces.models import Province, Region
from provinces.register import Register

from .figures import Cell, Figure, Reported, Total, by_group, series
from .lenses import Lens
from .models import ApprovedValue, Period
from .models.reports import COUNTS
from .pace import ENOUGH, Mark, Pace, Standing, pace

YEARLY = 12


@dataclass(frozen=True)
class Place:
    """A unit as it is called and placed on the day of the map."""

    pk: int
    code: str
    name: Text
    kind: str
    url: str
    region: Region | None

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

    @cached_property
    def pace(self) -> Pace:
        if not self.indicator.is_numeric:
            return Pace(Standing.QUALITATIVE)
        newest = self.newest
        covered = newest.coverage if newest else Decimal(0)
        points = [(one.year, one.number) for one in self.figures if newest and one.year <= newest.year]
        return pace(points, self.marks, coverage=covered, top=Decimal(100) if self.is_percent else None)

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
            self._places[day] = {unit.pk: _place(unit, day) for unit in self.register.units.values()}
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


def load_progress(lens: Lens, *, last_year: int | None = None) -> Progress:
    """Approved values alone, up to a year. Ten queries, however many provinces, years or values."""
    values = list(_values(last_year))
    last_days = _last_days(last_year, {value.year for value in values})
    register = Register.load()
    by_indicator: dict[int, list[Reported]] = defaultdict(list)
    for value in values:
        by_indicator[value.indicator].append(value)
    measures = tuple(
        _measure(indicator, by_indicator[indicator.pk], lens, last_days, register.lineage)
        for indicator in _indicators()
    )
    return Progress(lens, measures, last_days, register, _has_demo(last_year))


def _approved(last_year: int | None) -> QuerySet[ApprovedValue]:
    found = ApprovedValue.objects.current().filter(
        indicator__programme__slug=OURS, period__regime__months=YEARLY
    )
    return found.filter(period__year__lte=last_year) if last_year else found


def _values(last_year: int | None) -> Iterable[Reported]:
    columns = (
        "province_id",
        "period__year",
        "indicator_id",
        "emptiness",
        "value",
        "numerator",
        "denominator",
        "reason",
    )
    for row in _approved(last_year).values_list(*columns):
        unit, year, indicator, emptiness, value, numerator, denominator, reason = row
        yield Reported(
            unit, year, indicator, emptiness, emptiness in COUNTS, value, numerator, denominator, reason
        )


def _has_demo(last_year: int | None) -> bool:
    return _approved(last_year).filter(is_demo=True).exists()


def _last_days(last_year: int | None, years: set[int]) -> dict[int, date]:
    periods = Period.objects.filter(
        regime__months=YEARLY, year__in=years | ({last_year} if last_year else set())
    )
    return dict(sorted(periods.values_list("year", "last_day")))


def _indicators() -> Iterable[Indicator]:
    return Indicator.objects.filter(programme__slug=OURS).prefetch_related("targets__phase")


def _measure(
    indicator: Indicator, values: list[Reported], lens: Lens, last_days: dict[int, date], lineage: Lineage
) -> Measure:
    by_year: dict[int, list[Reported]] = defaultdict(list)
    for value in values:
        by_year[value.year].append(value)
    figures = (
        series(indicator.carry_over, values, lens=lens, last_days=last_days, lineage=lineage)
        if indicator.is_numeric
        else ()
    )
    targets = sorted(indicator.targets.all(), key=attrgetter("phase.last_year"))
    for target in targets:
        target.indicator = indicator  # spares the query that ``words`` would make
    return Measure(indicator, tuple(targets), figures, {year: tuple(rows) for year, rows in by_year.items()})


def _place(unit: Province, day: date) -> Place:
    nearest = max(unit.valid_from, min(day, unit.last_day or day))
    return Place(
        unit.pk,
        unit.code,
        unit.name_on(nearest),
        unit.kind_on(nearest),
        unit.get_absolute_url(),
        unit.region_on(nearest),
    )
