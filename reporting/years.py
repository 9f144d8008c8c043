"""Adds approved values up to years: over the periods of a year and the parts of a whole.

A year that was reported under several regimes is told by one of them, or it would be counted twice: by the
one with the longest periods, as the yearly report has seen the half-yearly ones; of equals by the older. What
a thematic or an ad-hoc report says is no year's figure: it has its own days, and enters none. Called in the
transaction that changes approved values, so that whoever reads next reads the change.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, Sum

from provinces.models import Province

from .models import COUNTS, ApprovedValue, Emptiness, Regime, YearValue

CHUNK = 2000
PERIODIC = Q(period__regime__kind=Regime.Kind.PERIODIC)
OF_THE_PERIOD = ("period__regime", "period__regime__months", "period__last_day")


class Piece(NamedTuple):
    """What one unit said of one indicator in one period, its parts added up."""

    indicator: int
    year: int
    unit: int
    regime: int
    months: int
    last_day: Any
    answers: int
    total: Decimal | None
    highest: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    empty: str | None
    reason: str | None
    demo: int


class Scope(NamedTuple):
    """Which rows are added up anew; ``None`` is any."""

    unit: int | None = None
    year: int | None = None

    def condition(self, *, unit: str, year: str = "") -> Q:
        """As a condition on these columns."""
        wanted = ((unit, self.unit), (year, self.year))
        return Q(**{column: value for column, value in wanted if column and value is not None})


EVERYTHING = Scope()


@transaction.atomic(savepoint=False)
def add_up(scope: Scope = EVERYTHING) -> int:
    """Write the years of the scope anew from the current approved values; returns how many there are.

    The units' rows are locked first, so that two approvals of one unit add up one after the other.
    """
    locked = Province.objects.select_for_update(no_key=True).filter(scope.condition(unit="pk"))
    list(locked.order_by("pk").values_list("pk"))
    rows = [_year(list(pieces)) for _key, pieces in groupby(_pieces(scope), key=lambda piece: piece[:3])]
    YearValue.objects.bulk_create(
        rows,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["indicator", "year", "province"],
        update_fields=["answers", *YearValue.NUMBERS, "emptiness", "reason", "is_demo", "stamp"],
    )
    _forget_what_nobody_says(scope)
    return len(rows)


def add_up_if_empty() -> None:
    there = connection.introspection.table_names()
    if YearValue._meta.db_table in there and not YearValue.objects.exists():
        add_up()


def _pieces(scope: Scope) -> Iterator[Piece]:
    """In the order of indicator, year, unit and day; one aggregate query."""
    wanted = scope.condition(unit="province", year="period__year")
    counted = Q(emptiness__in=COUNTS)
    found = (
        ApprovedValue.objects.current()
        .filter(wanted, PERIODIC)
        .values_list("indicator_id", "period__year", "province_id", *OF_THE_PERIOD)
        .annotate(
            answers=Count("pk", filter=counted),
            sum=Sum("value"),
            top=Max("value"),
            parts=Sum("numerator"),
            whole=Sum("denominator"),
            empty=Max("emptiness", filter=~counted),
            why=Max("reason", filter=~counted),
            demo=Count("pk", filter=Q(is_demo=True)),
        )
        .order_by("indicator_id", "period__year", "province_id", "period__last_day")
    )
    # A cursor on the server keeps the memory small, and costs three more trips: not for one unit's year.
    rows = found.iterator(CHUNK) if scope == EVERYTHING else found
    return map(Piece._make, rows)


def _year(pieces: Sequence[Piece]) -> YearValue:
    teller = max(pieces, key=lambda piece: (piece.months, -piece.regime)).regime
    told = [piece for piece in pieces if piece.regime == teller]
    counted = [piece for piece in told if piece.answers]
    empty = next((piece for piece in told if not piece.answers), None)
    return YearValue(
        indicator_id=told[0].indicator,
        year=told[0].year,
        province_id=told[0].unit,
        answers=sum(piece.answers for piece in told),
        total=_sum(piece.total for piece in counted),
        highest=max((piece.highest for piece in counted if piece.highest is not None), default=None),
        latest=counted[-1].total if counted else None,
        numerator=_sum(piece.numerator for piece in counted),
        denominator=_sum(piece.denominator for piece in counted),
        emptiness=Emptiness.NUMBER if counted or empty is None else empty.empty or "",
        reason="" if counted or empty is None else empty.reason or "",
        is_demo=any(piece.demo for piece in told),
    )


def _sum(numbers: Iterator[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known else None


def _forget_what_nobody_says(scope: Scope) -> None:
    """Years whose last approved value was withdrawn; one query."""
    said = ApprovedValue.objects.current().filter(
        PERIODIC,
        indicator=OuterRef("indicator"),
        province=OuterRef("province"),
        period__year=OuterRef("year"),
    )
    standing = YearValue.objects.filter(scope.condition(unit="province", year="year"))
    standing.filter(~Exists(said)).delete()
