"""How numbers add up over places: sums, ratios from their parts, shares as lists of names."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provinces.lineage import Link, Unit, build
from reporting.figures import Blank, Reported, by_group, combined, figure
from reporting.lenses import Lens, LensKind

BEFORE, AFTER = date(2008, 8, 1), date(2025, 7, 1)
BINH_DUONG, VUNG_TAU, OLD_CITY, NEW_CITY, HUE = 1, 2, 3, 4, 5
LINEAGE = build(
    [
        Unit(BINH_DUONG, "74", BEFORE, AFTER),
        Unit(VUNG_TAU, "77", BEFORE, AFTER),
        Unit(OLD_CITY, "79", BEFORE, AFTER),
        Unit(NEW_CITY, "79", AFTER),
        Unit(HUE, "46", BEFORE),
    ],
    [Link(old, NEW_CITY, AFTER) for old in (BINH_DUONG, VUNG_TAU, OLD_CITY)],
)
AS_REPORTED = Lens(LensKind.AS_REPORTED, AFTER)
TODAY = Lens(LensKind.ON, date(2026, 11, 20))


def number(unit, value, year=2023):
    return Reported(unit, year, 1, "number", True, Decimal(value))


def parts(unit, numerator, denominator, year=2023):
    return Reported(unit, year, 1, "number", True, None, Decimal(numerator), Decimal(denominator))


def empty(unit, emptiness="not_yet", year=2023):
    return Reported(unit, year, 1, emptiness, False, reason="chưa kiểm kê")


def shown(rule, values, lens, year=2023):
    return figure(rule, year, values, lens=lens, last_day=date(year, 12, 14), lineage=LINEAGE)


def test_counts_of_the_merged_add_up_under_the_heir():
    found = shown("sum", [number(BINH_DUONG, 2), number(VUNG_TAU, 3), number(OLD_CITY, 5)], TODAY)

    city = next(cell for cell in found.cells if cell.unit == NEW_CITY)
    assert (city.number, city.parts, city.is_inherited) == (10, (BINH_DUONG, VUNG_TAU, OLD_CITY), True)
    assert found.number == 10


def test_percentages_are_recomputed_never_averaged():
    found = shown("ratio", [parts(BINH_DUONG, 1, 2), parts(VUNG_TAU, 9, 10)], TODAY)

    city = next(cell for cell in found.cells if cell.unit == NEW_CITY)
    assert city.number == Decimal(10) / 12 * 100
    assert (city.total.numerator, city.total.denominator) == (10, 12)
    assert city.lacking == (OLD_CITY,)


def test_a_merged_unit_of_which_a_part_is_missing_is_not_complete():
    reported = [number(BINH_DUONG, 2), number(VUNG_TAU, 3), number(HUE, 1)]

    in_part, whole = shown("sum", reported, TODAY), shown("sum", [*reported, number(OLD_CITY, 5)], TODAY)

    assert (in_part.counted, in_part.expected) == (whole.counted, whole.expected) == (2, 2)
    assert (in_part.lacking, in_part.is_complete) == ((OLD_CITY,), False)
    assert (whole.lacking, whole.is_complete) == ((), True)


def test_as_reported_shows_the_units_that_existed_then():
    found = shown("sum", [number(BINH_DUONG, 2)], AS_REPORTED)

    assert [cell.unit for cell in found.cells] == [BINH_DUONG, VUNG_TAU, OLD_CITY, HUE]
    assert found.counted == 1
    assert found.missing == (VUNG_TAU, OLD_CITY, HUE)


def test_a_value_of_several_old_units_is_given_to_none_of_them():
    found = shown("sum", [number(NEW_CITY, 7, 2026)], Lens(LensKind.ON, date(2024, 1, 1)), year=2026)

    assert [cell.number for cell in found.cells] == [None, None, None, None]
    assert found.number == 7


def test_a_share_is_a_list_of_names_over_a_list_of_names():
    found = shown("share_of_units", [number(BINH_DUONG, 1), number(VUNG_TAU, 0), number(HUE, 0)], TODAY)

    assert (found.total.numerator, found.total.denominator, found.number) == (1, 2, 50)


def test_emptiness_never_counts_as_zero():
    found = shown("sum", [empty(HUE)], TODAY)

    hue = next(cell for cell in found.cells if cell.unit == HUE)
    assert (hue.number, hue.emptiness, hue.reason) == (None, "not_yet", "chưa kiểm kê")
    assert (found.number, found.counted) == (None, 0)


def test_zero_is_a_number():
    found = shown("sum", [Reported(HUE, 2023, 1, "zero", True)], TODAY)

    assert (found.number, found.counted) == (0, 1)


@pytest.mark.parametrize(("rule", "expected"), [("maximum", 5), ("latest", None), ("not_additive", None)])
def test_other_rules_hold(rule, expected):
    assert combined(rule, [number(HUE, 2), number(NEW_CITY, 5)]).number == expected


def test_a_single_value_that_cannot_be_added_is_still_shown():
    assert combined("not_additive", [number(HUE, 2)]).number == 2


def test_regions_add_parts_not_percentages():
    values = [parts(BINH_DUONG, 1, 2), parts(HUE, 9, 10)]
    found = shown("ratio", values, TODAY)

    totals = by_group("ratio", found.cells, values, lambda unit: "South" if unit == NEW_CITY else "North")

    assert {name: total.number for name, total in totals.items()} == {"South": 50, "North": 90}


@given(
    st.dictionaries(st.sampled_from([BINH_DUONG, VUNG_TAU, OLD_CITY, HUE]), st.integers(0, 1000)),
    st.sampled_from([AS_REPORTED, TODAY, Lens(LensKind.CONSTANT, AFTER)]),
)
def test_no_lens_loses_or_invents_a_count(values, lens):
    found = shown("sum", [number(unit, value) for unit, value in values.items()], lens)

    shown_or_named = [cell.number or 0 for cell in found.cells]
    kept_back = [cell for cell in found.cells if cell.blank == Blank.INCOMPLETE]
    assert found.number == (sum(values.values()) if values else None)
    assert kept_back or sum(shown_or_named) == sum(values.values())
    assert not kept_back or lens.kind == LensKind.CONSTANT
    assert 0 <= found.counted <= found.expected


def test_a_year_is_comparable_only_when_all_its_units_reported():
    """On one map for all years, two of three would look like a fall."""
    values = [number(BINH_DUONG, 2), number(OLD_CITY, 5)]

    on, constant = (shown("sum", values, Lens(kind, AFTER)) for kind in (LensKind.ON, LensKind.CONSTANT))

    def city(found):
        return next(cell for cell in found.cells if cell.unit == NEW_CITY)

    assert (city(on).number, city(on).lacking) == (7, (VUNG_TAU,))
    assert (city(constant).number, city(constant).blank, city(constant).lacking) == (
        None,
        Blank.INCOMPLETE,
        (VUNG_TAU,),
    )
    assert constant.number == on.number == 7


def test_what_cannot_be_split_says_whose_it_is():
    found = shown("sum", [number(NEW_CITY, 7, 2026)], Lens(LensKind.ON, date(2024, 1, 1)), year=2026)

    old = next(cell for cell in found.cells if cell.unit == OLD_CITY)
    assert (old.number, old.blank, old.torn) == (None, Blank.TORN, (NEW_CITY,))
    assert found.left_out == (NEW_CITY,)


def test_what_cannot_be_added_says_so():
    found = shown("not_additive", [number(BINH_DUONG, 2), number(OLD_CITY, 5)], TODAY)

    city = next(cell for cell in found.cells if cell.unit == NEW_CITY)
    assert (city.number, city.blank) == (None, Blank.NOT_ADDITIVE)


def test_the_part_of_a_year_before_the_merger_joins_the_rest():
    """Bình Dương reported on the part of 2025 in which it existed, its heir on the rest."""
    values = [number(BINH_DUONG, 2, 2025), number(NEW_CITY, 5, 2025)]

    today, then = (shown("sum", values, lens, year=2025) for lens in (TODAY, AS_REPORTED))

    assert [(cell.unit, cell.number) for cell in today.cells] == [(NEW_CITY, 7), (HUE, None)]
    assert {cell.unit: cell.number for cell in then.cells} == {NEW_CITY: 5, HUE: None, BINH_DUONG: 2}
    assert today.number == then.number == 7


def test_a_share_names_those_who_do_and_those_who_do_not():
    found = shown("share_of_units", [number(BINH_DUONG, 1), number(HUE, 0)], TODAY)

    assert (found.doing, found.not_doing) == ((NEW_CITY,), (HUE,))
