"""A unit that ends: what its posts had in hand comes back with a reason, and undoing gives it back."""

from datetime import date

import pytest

from accounts.models import Occupancy, Post
from reporting import actions
from reporting.models import Obligation, SectionTask, SignOff, StatusReport
from scp_portal.cutover import door
from scp_portal.cutover.dry_run import dry_run
from tests.accounts.factories import OccupancyFactory, UserFactory
from tests.cutover.dumps import differences, dump
from tests.cutover.invented import BEGUN, DAY, LATER, NOON, PAPER, merger
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.check_rules import kept_rule

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

Role = Post.Role


@pytest.fixture
def expert(bare):
    return in_post("Mai Văn Son", Role.PROVINCE_EDITOR, province=bare[0], title="Chuyên viên Sở")


@pytest.fixture
def finance(bare):
    return in_post("Tạ Thị Ngân", Role.PROVINCE_CONTRIBUTOR, province=bare[0], title="Sở Tài chính")


def merged(bare, an, minh):
    cutover = door.prepare(merger(*bare), PAPER, by=an, at=NOON)
    door.ask(cutover.pk, by=an, at=NOON)
    return door.confirm(cutover.pk, by=minh, at=LATER)


def test_a_section_handed_out_comes_back_with_a_reason(bare, expert, finance, an, minh):
    report = factories.draft(bare[0])
    actions.delegate(
        report.pk, section="money", post=finance.posts_today[0], due_on=date(2026, 11, 25), by=expert, at=NOON
    )
    before = dump()

    cutover = merged(bare, an, minh)

    task = SectionTask.objects.get()
    assert (task.outcome, task.closed_by_name) == ("ended", "Phạm Văn Minh")
    assert task.why == "Đơn vị đã kết thúc; các vị trí của đơn vị kế thừa làm tiếp."
    assert StatusReport.objects.get().handed_out() == {}
    door.undo(cutover.pk, by=minh, at=LATER, reason="Nhầm.")
    assert differences(before, dump()) == {}


def test_a_chain_that_runs_ends_with_a_reason(bare, expert, an, minh):
    report = factories.filled(bare[0], expert)
    actions.declare_ready(report.pk, by=expert, at=NOON)
    before = dump()

    cutover = merged(bare, an, minh)

    run = SignOff.objects.get()
    assert (run.end, run.why != "", StatusReport.objects.get().sign_off) == ("ended", True, None)
    door.undo(cutover.pk, by=minh, at=LATER, reason="Nhầm.")
    assert differences(before, dump()) == {}


def test_the_dry_run_says_what_comes_back(bare, expert, finance, an):
    report = factories.draft(bare[0])
    actions.delegate(
        report.pk, section="money", post=finance.posts_today[0], due_on=date(2026, 11, 25), by=expert, at=NOON
    )
    cutover = door.prepare(merger(*bare), PAPER, by=an, at=NOON)

    (line,) = [one for one in dry_run(cutover).lines if one.item.kind == "obligation"]

    assert "1 mục đang giao" in line.item.state
    assert Obligation.objects.count() == 1


def test_an_absence_goes_on_at_the_heir_with_both_names(bare, expert, an, minh):
    deputy = UserFactory(full_name="Mai Thị Thay")
    OccupancyFactory(
        post=expert.posts_today[0], user=deputy, acting_for=expert, basis="12/QĐ", valid_from=BEGUN,
        valid_to=date(2027, 1, 20),
    )  # fmt: skip

    merged(bare, an, minh)

    held = Occupancy.objects.get(post__province__valid_from=DAY, acting_for=expert)
    assert (held.user, held.valid_from, held.last_day, held.basis) == (
        deputy, DAY, date(2027, 1, 19), "12/QĐ",
    )  # fmt: skip


def test_one_absent_from_two_units_has_one_deputy_at_the_heir(bare, expert, an, minh):
    other = in_post("Đỗ Văn Hai", Role.PROVINCE_EDITOR, province=bare[1], title="Chuyên viên Sở")
    OccupancyFactory(post=other.posts_today[0], user=expert, valid_from=BEGUN)
    for post in (expert.posts_today[0], other.posts_today[0]):
        OccupancyFactory(post=post, user=UserFactory(), acting_for=expert, valid_from=BEGUN)

    merged(bare, an, minh)

    assert Occupancy.objects.filter(post__province__valid_from=DAY, acting_for=expert).count() == 1


def test_all_that_hangs_on_a_returned_report_comes_back_when_it_is_undone(
    bare, expert, finance, an, minh, thu
):
    report = factories.filled(bare[0], expert)
    kept_rule(test="order", scope="kind", target="money", part="spent", other_part="planned", threshold=None)
    over = {**factories.ANSWERS["money.local"], "spent": "101"}
    actions.save_draft(report.pk, answers={"money.local": over}, seen=report.version, by=expert, at=NOON)
    justified = {"rule": "r", "address": "money.local", "text": "Theo sổ"}
    actions.justify(report.pk, **justified, by=expert, at=NOON)
    head = in_post("Tô Văn Ký", Role.PROVINCE_SIGNATORY, province=bare[0], title="Giám đốc Sở")
    factories.submit(report, head)
    actions.mark_items(report.pk, addresses=["indicators.T4"], kind="approved", seen=1, by=minh, at=NOON)
    actions.remark(report.pk, address="money.local", text="Xem lại", by=thu, at=NOON)
    asked = {"text": "Gửi sổ", "post": expert.posts_today[0], "due_on": date(2027, 3, 31)}
    actions.ask_follow_up(report.pk, **asked, by=thu, at=NOON)
    actions.send_back(report.pk, by=minh, at=NOON)
    post = finance.posts_today[0]
    actions.delegate(report.pk, section="money", post=post, due_on=date(2026, 11, 25), by=expert, at=NOON)
    actions.reply(report.remarks.get().pk, reply="kept", text="Đúng sổ", by=finance, at=NOON)
    before = dump()

    cutover = merged(bare, an, minh)

    assert SectionTask.objects.get().outcome == "ended"
    door.undo(cutover.pk, by=minh, at=LATER, reason="Nhầm.")
    assert differences(before, dump()) == {}
