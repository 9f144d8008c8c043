"""Who succeeded whom, and that nothing is invented or lost on the way."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provinces import facts, lineage
from provinces.lineage import BrokenLineage, Link, Unit, build

pytestmark = pytest.mark.sqlite_too

MERGER = date(2025, 7, 1)
START = date(2020, 1, 1)
DATA = Path(facts.__file__).parent / "data"


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def real():
    """The real register, keyed by place in the file; and the keys by address."""
    listed = rows("units")
    keys = {row["slug"]: key for key, row in enumerate(listed)}
    units = [
        Unit(
            keys[row["slug"]],
            row["code"],
            date.fromisoformat(row["valid_from"]),
            MERGER if row["valid_to"] else None,
        )
        for row in listed
    ]
    links = [
        Link(keys[old], keys[row["heir"]], MERGER)
        for row in rows("events")
        if row["kind"] == "merger"
        for old in row["predecessors"].split()
    ]
    return build(units, links), keys


def test_there_were_63_units_until_the_merger_and_34_from_then_on(real):
    register, _keys = real

    assert len(register.units) == 86
    assert len(register.units_in_force(date(2024, 6, 30))) == 63
    assert len(register.units_in_force(MERGER - timedelta(days=1))) == 63
    assert len(register.units_in_force(MERGER)) == 34


def test_the_predecessors_of_the_34_are_exactly_the_63(real):
    register, _keys = real
    before = MERGER - timedelta(days=1)

    ancestors = [register.ancestors_on(unit, before) for unit in register.units_in_force(MERGER)]

    assert sum(map(len, ancestors)) == 63
    assert frozenset().union(*ancestors) == register.units_in_force(before)


def test_each_old_unit_has_one_heir(real):
    register, _keys = real

    heirs = [register.heirs_on(unit, MERGER) for unit in register.units_in_force(date(2024, 1, 1))]

    assert {len(found) for found in heirs} == {1}


def test_tien_giang_goes_to_dong_thap_alone(real):
    register, keys = real

    assert register.heirs_on(keys["tien-giang"], MERGER) == {keys["dong-thap"]}


def test_units_keep_their_land_until_a_part_of_it_moves():
    first, moved, later = date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)
    units = [Unit(1, "01", first), Unit(2, "02", first, later), Unit(3, "02", later)]
    lineage = build(units, [Link(1, 2, moved, is_part=True), Link(2, 3, later)])

    assert lineage.unchanged_around(date(2021, 5, 5)) == (first, moved)
    assert lineage.unchanged_around(moved) == (moved, later)
    assert lineage.unchanged_around(later) == (later, None)
    assert lineage.unchanged_around(date(2019, 1, 1)) == (date(2019, 1, 1), first)


def test_seven_codes_pass_to_a_unit_of_another_name():
    names = {}
    for row in rows("units"):
        names.setdefault(row["code"], []).append(row["name_vi"])

    passed = sorted(code for code, borne in names.items() if len(set(borne)) == 2)

    assert passed == ["15", "24", "44", "52", "80", "82", "91"]


def test_a_unit_that_begins_later_has_no_heirs_yet(real):
    register, keys = real

    assert register.heirs_on(keys["can-tho"], date(2024, 1, 1)) == frozenset()


def test_a_unit_that_ended_has_no_ancestors_among_later_units(real):
    register, keys = real

    assert register.ancestors_on(keys["hau-giang"], MERGER) == frozenset()


def test_counts_of_the_three_predecessors_of_ho_chi_minh_city_add(real):
    register, keys = real
    counts = {keys["ho-chi-minh-2008"]: 5, keys["binh-duong"]: 3, keys["ba-ria-vung-tau"]: 2}

    (heir,) = frozenset().union(*(register.heirs_on(unit, MERGER) for unit in counts))

    assert heir == keys["ho-chi-minh"]
    assert sum(counts[unit] for unit in register.ancestors_on(heir, date(2023, 1, 1))) == 10


def test_the_family_of_a_closed_unit_leads_to_its_siblings(real):
    register, keys = real

    assert register.roots(keys["can-tho"]) == {
        keys[slug] for slug in ("can-tho", "can-tho-2008", "hau-giang", "soc-trang")
    }
    assert register.family(keys["hau-giang"]) == {keys["hau-giang"], keys["can-tho"]}


def test_the_loaded_register_is_the_same_as_the_files(real, register):
    loaded = lineage.load()

    assert len(loaded.units) == 86
    assert len(loaded.links) == 52


# --- Refusals ---------------------------------------------------------------------------


def test_a_unit_is_not_its_own_heir():
    with pytest.raises(BrokenLineage, match="own heir"):
        build([Unit(1, "01", START)], [Link(1, 1, MERGER)])


def test_a_unit_that_ends_needs_an_heir():
    with pytest.raises(BrokenLineage, match="gap"):
        build([Unit(1, "01", START, MERGER)], [])


def test_an_heir_begins_the_day_its_predecessor_ends():
    late = Unit(2, "02", MERGER + timedelta(days=1))

    with pytest.raises(BrokenLineage, match="gap or a loop"):
        build([Unit(1, "01", START, MERGER), late], [Link(1, 2, MERGER)])


def test_two_units_cannot_succeed_each_other():
    units = [Unit(1, "01", START, MERGER), Unit(2, "02", MERGER, MERGER + timedelta(days=9))]

    with pytest.raises(BrokenLineage):
        build(units, [Link(1, 2, MERGER), Link(2, 1, MERGER + timedelta(days=9))])


def test_a_link_names_units_of_the_register():
    with pytest.raises(BrokenLineage, match="not in the register"):
        build([Unit(1, "01", START)], [Link(1, 7, MERGER)])


def test_a_unit_ends_after_it_begins():
    with pytest.raises(BrokenLineage):
        build([Unit(1, "01", START, START)], [Link(1, 1, START)])
    with pytest.raises(BrokenLineage, match="before it begins"):
        build([Unit(1, "01", MERGER, START)], [])


def test_two_units_cannot_hold_one_code_on_one_day():
    with pytest.raises(BrokenLineage, match="hold code 01"):
        build([Unit(1, "01", START), Unit(2, "01", MERGER)], [])


def test_a_part_transfer_needs_both_units_to_go_on():
    with pytest.raises(BrokenLineage):
        build([Unit(1, "01", START), Unit(2, "02", MERGER)], [Link(1, 2, START, is_part=True)])


def test_after_a_part_transfer_an_earlier_value_has_two_heirs_and_a_later_one_has_one():
    day = MERGER + timedelta(days=30)
    register = build([Unit(1, "01", START), Unit(2, "02", START)], [Link(1, 2, MERGER, is_part=True)])

    assert register.heirs_on(1, day) == {1, 2}
    assert register.heirs_on(1, day, since=MERGER) == {1}
    assert register.ancestors_on(2, START) == {1, 2}


def test_what_moves_later_does_not_count_for_what_was_before():
    """The first unit takes a part of the second in 2027; its value of 2025 is shown on the map of 2024."""
    moved = Link(2, 1, date(2027, 3, 1), is_part=True)
    register = build([Unit(1, "01", START), Unit(2, "02", START)], [moved])

    assert register.answering(1, date(2024, 6, 30), as_of=date(2025, 12, 31)) == {1}
    assert register.standing(date(2025, 12, 31), date(2024, 6, 30)).torn == {}
    assert register.answering(1, date(2024, 6, 30), as_of=date(2027, 3, 1)) == {1, 2}


def test_only_the_standings_asked_last_are_kept():
    register = build([Unit(1, "01", START)], [])
    kept = register.standing(MERGER, START)

    for count in range(200):
        register.standing(MERGER, START + timedelta(days=count))
        assert register.standing(MERGER, START) is kept

    assert len(register._standings) == lineage.MOST_STANDINGS


# --- Any sequence of valid events -------------------------------------------------------


class World:
    """Units that live, and what has happened to them."""

    def __init__(self, count):
        self.units = {key: Unit(key, f"{key:03d}", START) for key in range(count)}
        self.links = []
        self.day = START

    def alive(self):
        return sorted(key for key, unit in self.units.items() if unit.end is None)

    def begin(self, code):
        key = len(self.units)
        self.units[key] = Unit(key, code, self.day)
        return key

    def end(self, key):
        unit = self.units[key]
        self.units[key] = Unit(key, unit.code, unit.first, self.day)
        return unit.code

    def merge(self, keys):
        codes = [self.end(key) for key in keys]
        heir = self.begin(codes[0])
        self.links += [Link(key, heir, self.day) for key in keys]

    def split(self, key):
        code = self.end(key)
        heirs = [self.begin(code), self.begin(f"{len(self.units):03d}+")]
        self.links += [Link(key, heir, self.day) for heir in heirs]

    def transfer(self, giver, taker):
        self.links.append(Link(giver, taker, self.day, is_part=True))


@st.composite
def worlds(draw):
    """Some units, then up to eight events in order of time."""
    world = World(draw(st.integers(2, 7)))
    for _ in range(draw(st.integers(0, 8))):
        world.day += timedelta(days=draw(st.integers(1, 400)))
        alive = world.alive()
        deed = draw(st.sampled_from(["merge", "split", "transfer"] if len(alive) > 1 else ["split"]))
        if deed == "split":
            world.split(draw(st.sampled_from(alive)))
        else:
            chosen = draw(st.permutations(alive))
            if deed == "merge":
                world.merge(chosen[: draw(st.integers(2, min(3, len(chosen))))])
            else:
                world.transfer(*chosen[:2])
    return build(world.units.values(), world.links)


days = st.integers(0, 3400).map(lambda count: START + timedelta(days=count))
two_days = st.tuples(days, days).map(sorted)
three_days = st.tuples(days, days, days).map(sorted)


@given(worlds(), two_days)
def test_every_unit_has_heirs_in_force_and_every_later_unit_comes_from_somebody(world, between):
    early, late = between
    heirs = [world.heirs_on(unit, late, since=early) for unit in world.units_in_force(early)]

    assert all(heirs)
    assert frozenset().union(*heirs) == world.units_in_force(late)


@given(worlds(), two_days, st.data())
def test_carrying_values_forward_conserves_their_sum(world, between, data):
    early, late = between
    values = {unit: data.draw(st.integers(0, 1000)) for unit in sorted(world.units_in_force(early))}
    carried, set_aside = dict.fromkeys(world.units_in_force(late), 0), 0
    for unit, value in values.items():
        heirs = world.heirs_on(unit, late, since=early)
        if len(heirs) == 1:
            carried[min(heirs)] += value
        else:
            set_aside += value  # between two heirs a value is given to neither

    assert sum(carried.values()) + set_aside == sum(values.values())


@given(worlds(), two_days)
def test_forward_and_back_agree(world, between):
    early, late = between
    forward = {
        (unit, heir)
        for unit in world.units_in_force(early)
        for heir in world.heirs_on(unit, late, since=early)
    }
    back = {
        (unit, heir)
        for heir in world.units_in_force(late)
        for unit in world.ancestors_on(heir, early, until=late + timedelta(days=1))
    }

    assert forward == back


@given(worlds(), three_days)
def test_going_by_way_of_a_day_between_ends_in_the_same_place(world, between):
    early, middle, late = between
    for unit in world.units_in_force(early):
        steps = [
            world.heirs_on(heir, late, since=middle) for heir in world.heirs_on(unit, middle, since=early)
        ]

        assert frozenset().union(*steps) == world.heirs_on(unit, late, since=early)


@given(worlds(), two_days)
def test_answering_is_the_same_question_asked_from_either_day(world, between):
    early, late = between
    forward = {
        (unit, heir)
        for unit in world.units_in_force(early)
        for heir in world.answering(unit, late, as_of=early)
    }
    back = {
        (unit, heir)
        for heir in world.units_in_force(late)
        for unit in world.answering(heir, early, as_of=late)
    }

    assert forward == back
