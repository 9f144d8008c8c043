"""How a report is approved is frozen with its submission: two steps, by two people where so asked."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from foundation.actions import ActionRefused
from foundation.models import OutboxMail
from reporting import actions
from reporting.models import ApprovedValue, ItemMark, Regime, State, Submission
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def ask_for(**fields):
    Regime.objects.update(**fields)


@pytest.fixture
def strict(tung, province):
    """Submitted under a regime that asks for two steps by two people."""
    factories.RegimeFactory(needs_acceptance=True, two_persons=True)
    return factories.submitted(province, tung)


def test_the_chain_is_kept_with_the_submission(strict):
    assert Submission.objects.get().chain == {"needs_acceptance": True, "two_persons": True}


def test_approval_waits_for_technical_acceptance(strict, thu, minh):
    with pytest.raises(ActionRefused):
        actions.approve(strict.pk, by=minh, at=NOON)
    actions.propose(strict.pk, by=thu, at=NOON)
    actions.approve(strict.pk, by=minh, at=NOON)

    strict.refresh_from_db()
    assert strict.state == State.APPROVED


def test_whoever_accepted_does_not_approve(strict, minh):
    binh = in_post("Cao Thanh Bình", "ministry_approver", title="Phó Cục trưởng")
    actions.propose(strict.pk, by=minh, at=NOON)

    with pytest.raises(ActionRefused):
        actions.approve(strict.pk, by=minh, at=NOON)
    actions.approve(strict.pk, by=binh, at=NOON)

    strict.refresh_from_db()
    assert strict.state == State.APPROVED


def test_a_chain_edited_after_submission_leaves_the_review_as_it_was(tung, minh, province):
    report = factories.submitted(province, tung)
    ask_for(needs_acceptance=True, two_persons=True)

    actions.approve(report.pk, by=minh, at=NOON)

    report.refresh_from_db()
    assert report.state == State.APPROVED


def test_a_chain_loosened_after_submission_still_holds(strict, minh):
    ask_for(needs_acceptance=False, two_persons=False)

    with pytest.raises(ActionRefused):
        actions.approve(strict.pk, by=minh, at=NOON)

    strict.refresh_from_db()
    assert strict.state == State.SUBMITTED


def test_an_idle_step_escalates_and_never_approves_by_itself(tung, thu, minh, province):
    report = factories.submitted(province, tung)

    for days in (6, 11, 21, 90):
        moment = NOON + timedelta(days=days)
        actions.send_reminders(today=moment.date(), at=moment)

    report.refresh_from_db()
    assert report.state == State.SUBMITTED
    assert not ApprovedValue.objects.exists()
    told = OutboxMail.objects.filter(key__startswith="reminders-").values_list("recipient", flat=True)
    assert set(told) >= {thu.email, minh.email}


def test_the_next_round_is_under_the_chain_of_its_day(tung, thu, minh, province):
    report = factories.returned(province, tung, thu)
    ask_for(needs_acceptance=True)
    actions.reply(report.remarks.get().pk, reply="fixed", text="", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    with pytest.raises(ActionRefused):
        actions.approve(report.pk, by=minh, at=NOON)

    assert [one.chain["needs_acceptance"] for one in Submission.objects.order_by("round")] == [False, True]


def test_a_submission_from_before_there_were_chains_asks_for_neither_step(tung, minh, province):
    report = factories.submitted(province, tung)
    sent = Submission.objects.get()
    sent.chain = {}

    assert actions.why_not_approve(report, sent, minh) == ""


def test_the_chain_holds_for_a_single_field_as_for_all(strict, thu, minh):
    given = {"addresses": ["indicators.T4"], "seen": 1, "at": NOON}

    with pytest.raises(ActionRefused):
        actions.mark_items(strict.pk, kind="approved", by=minh, **given)
    actions.mark_items(strict.pk, kind="accepted", by=minh, **given)
    with pytest.raises(ActionRefused):
        actions.mark_items(strict.pk, kind="approved", by=minh, **given)
    actions.unmark_items(strict.pk, by=minh, **given)
    actions.mark_items(strict.pk, kind="accepted", by=thu, **given)
    actions.mark_items(strict.pk, kind="approved", by=minh, **given)

    assert sorted(ItemMark.objects.values_list("kind", "by__full_name")) == [
        ("accepted", "Vũ Thị Thu"), ("approved", "Phạm Văn Minh"),
    ]  # fmt: skip


def test_two_people_need_two_steps():
    regime = factories.RegimeFactory.build(two_persons=True)

    with pytest.raises(ValidationError) as refusal:
        regime.validate_constraints()

    assert "hai người" in str(refusal.value)


def test_the_page_says_why_approval_waits(client, strict, minh):
    client.force_login(minh)

    page = client.get(f"/work/review/{strict.pk}/approve/confirm/").text

    assert "Thẩm định kỹ thuật phải xong trước" in page
    assert f'action="/work/review/{strict.pk}/approve/"' not in page
