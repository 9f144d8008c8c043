"""Splits, part transfers, renamings and changes of type: what each does to what hangs on the unit."""

from datetime import UTC, datetime

import pytest
import time_machine

from accounts.models import Post
from provinces.lineage import load
from provinces.models import BoundaryEvent, Province
from provinces.proposals import Draft, Proposal
from reporting.models import Obligation
from scp_portal.cutover import door
from scp_portal.cutover.dry_run import dry_run
from tests.cutover.dumps import differences, dump
from tests.cutover.invented import DAY, LATER, NOON, PAPER, furnish, merger
from training.models import Course

ON_THE_DAY = datetime(2027, 1, 1, 5, 0, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def confirmed(proposal, an, minh, picks=None, at=LATER):
    cutover = door.prepare(proposal, PAPER, by=an, at=NOON)
    if picks:
        door.choose(cutover.pk, picks(dry_run(cutover)), by=an, at=NOON)
    door.ask(cutover.pk, by=an, at=NOON)
    return door.confirm(cutover.pk, by=minh, at=at)


def split(unit, place):
    east = Draft("97", "Sông Mây Đông", "", "tinh", place.pk, "song-may-dong")
    west = Draft("93", "Sông Mây Tây", "", "tinh", place.pk, "song-may-tay")
    return Proposal("split", DAY, (unit.pk,), heirs=(east, west))


def to_the_second(run):
    return {line.item.key: door.Pick(line.choice, heir=2) for line in run.lines if line.needs_heir}


def test_of_a_split_somebody_must_choose_the_heir(bare, an, minh):
    furnish(bare[0])
    cutover = door.prepare(split(bare[0], bare[2]), PAPER, by=an, at=NOON)

    with pytest.raises(door.ActionRefused, match="đơn vị kế thừa"):
        door.ask(cutover.pk, by=an, at=NOON)

    gaps = {line.item.kind for line in dry_run(cutover).gaps}
    assert gaps == {"plan", "support", "seat", "post", "course", "expert", "event", "obligation"}


def test_a_split_gives_each_item_to_the_chosen_heir(bare, an, minh):
    unit = furnish(bare[0])
    before = dump()

    cutover = confirmed(split(unit, bare[2]), an, minh, to_the_second)

    east, west = Province.objects.filter(valid_from=DAY).order_by("-code")
    assert load().heirs_on(unit.pk, DAY) == {east.pk, west.pk}
    assert Course.objects.get(status="planned").province == west
    report = Obligation.objects.get(period__year=2026).report
    assert report.answers_to(Post.objects.get(province=west))
    assert not report.answers_to(Post(province=east))
    door.undo(cutover.pk, by=minh, at=LATER, reason="Nhầm.")
    assert differences(before, dump()) == {}


def test_after_a_part_is_given_away_both_go_on_and_keep_what_they_have(bare, an, minh):
    unit, other = furnish(bare[0]), bare[1]
    before = dump()

    cutover = confirmed(Proposal("part_transfer", DAY, (unit.pk,), receiver=other.pk), an, minh)

    changed = differences(before, dump())
    assert set(changed) == {"provinces_boundaryevent", "provinces_succession"}
    assert Province.objects.filter(valid_to=None, pk__in=[unit.pk, other.pk]).count() == 2
    door.undo(cutover.pk, by=minh, at=LATER, reason="Nhầm.")
    assert differences(before, dump()) == {}


def test_a_course_in_the_part_that_moves_can_go_with_it(bare, an, minh):
    unit, other = furnish(bare[0]), bare[1]

    def with_course(run):
        return {line.item.key: door.Pick("inherit") for line in run.lines if line.item.kind == "course"}

    confirmed(Proposal("part_transfer", DAY, (unit.pk,), receiver=other.pk), an, minh, with_course)

    assert Course.objects.get(status="planned").province == other
    assert Course.objects.get(status="held").province == unit


def test_a_renaming_dates_the_name_and_touches_nothing_else(bare, an, minh):
    unit = furnish(bare[0])
    before = dump()

    renaming = Proposal("renaming", DAY, (unit.pk,), heirs=(Draft(name_vi="Sông Trăng"),))
    cutover = confirmed(renaming, an, minh, at=ON_THE_DAY)

    unit.refresh_from_db()
    assert (unit.name_vi, unit.slug, unit.valid_to) == ("Sông Trăng", "song-may", None)
    names = [(row.name_vi, row.valid_to) for row in unit.names.all()]
    assert names == [("Sông Mây", DAY), ("Sông Trăng", None)]
    assert BoundaryEvent.objects.get().unit == unit
    assert dry_run(cutover).shelves == ()
    door.undo(cutover.pk, by=minh, at=LATER, reason="Nhầm.")
    assert differences(before, dump()) == {}


def test_a_name_and_a_type_of_one_day_share_one_row(bare, an, minh):
    unit = bare[0]
    renaming = Proposal("renaming", DAY, (unit.pk,), heirs=(Draft(name_vi="Sông Trăng"),))
    confirmed(renaming, an, minh, at=ON_THE_DAY)
    confirmed(Proposal("type_change", DAY, (unit.pk,), heirs=(Draft(kind="thanh-pho"),)), an, minh)

    assert [(row.name_vi, row.kind) for row in unit.names.all()] == [
        ("Sông Mây", "tinh"),
        ("Sông Trăng", "thanh-pho"),
    ]


def test_a_new_name_is_not_confirmed_before_its_day(bare, an, minh):
    renaming = Proposal("renaming", DAY, (bare[0].pk,), heirs=(Draft(name_vi="Sông Trăng"),))
    before = dump()

    with pytest.raises(door.ActionRefused, match="Hãy xác nhận vào ngày 01/01/2027 hoặc sau đó"):
        confirmed(renaming, an, minh)

    assert differences(before, dump()) == {}


def test_until_the_day_everything_is_told_as_coming(client, bare, minh, asked):
    door.confirm(asked.pk, by=minh, at=LATER)

    with time_machine.travel(LATER):
        first, second = (client.get(f"/provinces/{slug}/") for slug in ("song-may", "nui-gio"))
        found = client.get("/provinces/", {"q": "nui gio"}).context["found"]
        note = Province.searchable_by(None).get(slug="nui-gio").search_hit.note

    assert first.context["province"].valid_to == DAY, "the bare address leads to the unit in force"
    title = "Núi Gió là một đơn vị đến hết 31/12/2026. Sau đó đơn vị kế thừa sẽ là: Sông Mây."
    assert second.context["banner"].title == title == found[0][1].title
    assert (first.context["heirs"], second.context["heirs"], note) == ([], [], "đến 31/12/2026")


def test_a_unit_to_come_says_so_where_it_has_an_address_of_its_own(client, bare, an, minh):
    confirmed(merger(*bare, slug="may-gio"), an, minh)
    confirmed(
        Proposal("type_change", DAY.replace(month=6), (heir().pk,), heirs=(Draft(kind="thanh-pho"),)),
        an,
        minh,
    )

    with time_machine.travel(LATER):
        banner = client.get("/provinces/may-gio/").context["banner"]

    assert banner.title.startswith("Đơn vị này bắt đầu từ 01/01/2027")
    assert banner.sentences[1].startswith("Sẽ là thành phố từ 01/6/2027")


def heir():
    return Province.objects.get(valid_from=DAY)


@time_machine.travel(ON_THE_DAY)
def test_the_old_address_leads_on(client, bare, an, minh, asked):
    door.confirm(asked.pk, by=minh, at=LATER)

    heir = client.get("/provinces/song-may/")
    closed = client.get("/provinces/nui-gio/")

    assert "song-may-2025" in heir.content.decode()
    assert "Núi Gió không còn là một đơn vị từ 01/01/2027" in closed.content.decode()
