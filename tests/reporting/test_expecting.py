"""Who owes a report on a period: units that existed in it, for as long as they did, never twice."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from provinces.lineage import Link, Unit, build
from provinces.models import Province
from reporting.completeness import Completeness, Line, Owing
from reporting.expecting import Ended, covered_units, duties
from reporting.lenses import Lens, LensKind
from reporting.models import Period
from tests.reporting.test_figures import AFTER, BEFORE, BINH_DUONG, HUE, LINEAGE, NEW_CITY, OLD_CITY, VUNG_TAU

FIRST, LAST = date(2024, 12, 15), date(2025, 12, 14)
DAY_BEFORE = date(2025, 6, 30)


def test_the_heir_reports_for_the_whole_year_of_a_merger():
    owed = duties(LINEAGE, FIRST, LAST, Ended.COVERED)

    assert owed == [(NEW_CITY, FIRST, LAST), (HUE, FIRST, LAST)]
    assert covered_units(LINEAGE, FIRST, LAST, Ended.COVERED) == [
        (BINH_DUONG, NEW_CITY),
        (VUNG_TAU, NEW_CITY),
        (OLD_CITY, NEW_CITY),
    ]


def test_or_each_reports_on_its_own_part():
    assert duties(LINEAGE, FIRST, LAST, Ended.PART) == [
        (BINH_DUONG, FIRST, DAY_BEFORE),
        (VUNG_TAU, FIRST, DAY_BEFORE),
        (OLD_CITY, FIRST, DAY_BEFORE),
        (NEW_CITY, AFTER, LAST),
        (HUE, FIRST, LAST),
    ]


def test_nobody_covers_what_several_heirs_share():
    west, east = 7, 8
    split = build(
        [Unit(HUE, "46", BEFORE, AFTER), Unit(west, "46", AFTER), Unit(east, "47", AFTER)],
        [Link(HUE, west, AFTER), Link(HUE, east, AFTER)],
    )

    owed = duties(split, FIRST, LAST, Ended.COVERED)

    assert owed == [(HUE, FIRST, DAY_BEFORE), (west, AFTER, LAST), (east, AFTER, LAST)]


@given(st.dates(date(2020, 1, 1), date(2027, 12, 31)), st.integers(0, 800), st.sampled_from(list(Ended)))
def test_every_unit_of_the_period_owes_or_is_covered_and_owes_within_its_life(first, days, ended):
    last = date.fromordinal(first.toordinal() + days)
    owed = duties(LINEAGE, first, last, ended)
    covered = covered_units(LINEAGE, first, last, ended)

    existed = {u.key for u in LINEAGE.units.values() if u.first <= last and (u.end is None or u.end > first)}
    assert {duty.unit for duty in owed} | {one.unit for one in covered} == existed
    assert not {duty.unit for duty in owed} & {one.unit for one in covered}
    assert len({duty.unit for duty in owed}) == len(owed)
    for duty in owed:
        assert first <= duty.first_day <= duty.last_day <= last


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=4), max_size=40))
def test_of_those_expected_none_to_all_have_reported(reports):
    lines = tuple(
        Line(Province(pk=number), tuple(Owing(number, said, False, False) for said in owed))
        for number, owed in enumerate(reports)
    )

    found = Completeness(Period(), Lens(LensKind.AS_REPORTED, LAST), LAST, lines, (), (), None)

    assert len(found.received) + len(found.missing) == len(reports)
    assert (found.rate is None) if not reports else (0 <= found.rate <= 1)
    assert len(found.received) == sum(all(owed) for owed in reports)
