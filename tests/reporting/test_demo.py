"""The demo shows every state, is marked throughout, and is made once."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts import demo as people
from accounts.models import Occupancy, User
from foundation.models import OutboxMail
from provinces.models import Province
from reporting import actions, snapshots
from reporting.clocks import clocks
from reporting.models import (
    ApprovedValue,
    CountAnswer,
    Evidence,
    Obligation,
    Period,
    Reminder,
    SectionTask,
    Standing,
    StatusReport,
    Submission,
    YearValue,
)
from reporting.portal_numbers import verdict

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Facts and demo, made once for the module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_facts", verbosity=0)
        call_command("make_demo", today=TODAY, verbosity=0)
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too, pytest.mark.usefixtures("made")]


def test_six_years_of_obligations_follow_the_map():
    yearly = Obligation.objects.filter(period__in=Period.objects.yearly())
    owed = Counter(yearly.values_list("period__year", flat=True))

    assert owed == {2021: 63, 2022: 63, 2023: 63, 2024: 63, 2025: 34, 2026: 34}


def test_the_year_in_progress_shows_every_state():
    states = set(StatusReport.objects.filter(obligation__period__year=2026).values_list("state", flat=True))
    current = Obligation.objects.filter(period__year=2026).select_related("period", "report")
    standings = {one.standing(TODAY) for one in current}

    assert states == {"draft", "submitted", "returned", "proposed", "approved"}
    assert standings == {Standing.DUE, Standing.OVERDUE, Standing.RETURNED, Standing.HANDED_IN}
    returned = StatusReport.objects.get(obligation__province__slug="dong-nai", obligation__period__year=2026)
    assert returned.remarks.sent().count() == 3


def test_a_region_is_asked_for_one_thematic_report():
    period = Period.objects.asked_for().get()

    assert (period.is_demo, period.regime.is_demo) == (True, True)
    assert 3 < period.obligations.filter(is_demo=True).count() < 20
    assert {one.standing(TODAY) for one in period.obligations.all()} == {Standing.DUE}


def test_the_year_in_progress_answers_the_newest_form_and_what_the_portal_counts():
    asked = set(StatusReport.objects.values_list("obligation__period__year", "form__number"))
    counts = CountAnswer.objects.filter(proposed__isnull=False)

    assert asked == {(year, 1) for year in range(2021, 2026)} | {(2026, 2)}
    assert {verdict(row.proposed, row.as_json()) for row in counts} == {"confirmed", "corrected"}


def test_two_units_handed_in_one_list_and_all_others_their_own():
    shared = Counter(Evidence.objects.values_list("file__sha256", flat=True))

    assert sorted(number for number in shared.values() if number > 1) == [2]


def test_every_year_is_added_up():
    """Pages read added-up years alone, so a year that is not would be missing on all of them."""
    said = ApprovedValue.objects.current().values_list("indicator", "period__year", "province")

    assert set(YearValue.objects.values_list("indicator", "year", "province")) == set(said)
    assert {year for _indicator, year, _unit in said} == set(range(2021, 2027))


def test_dong_nai_has_one_who_fills_in_one_who_checks_one_who_signs_and_finance():
    held = Occupancy.objects.filter(post__province__slug="dong-nai", post__is_demo=True)

    posts = sorted(held.values_list("post__role", "user__email"))
    assert posts == [
        ("province_contributor", "dong-nai.tai-chinh@demo.example"),
        ("province_editor", "dong-nai@demo.example"),
        ("province_head", "dong-nai.phong@demo.example"),
        ("province_signatory", "dong-nai.ky@demo.example"),
    ]
    assert sum(line.startswith("dong-nai") for line in people.sign_ins()) == 4


def test_a_section_is_in_other_hands_and_a_report_went_through_its_chain():
    task = SectionTask.objects.get()
    sent = Submission.objects.get(period__year=2026, report__obligation__province__slug="dong-nai")

    assert (task.report.province.slug, task.section, task.post.role) == (
        "da-nang", "money", "province_contributor",
    )  # fmt: skip
    assert [(one["step"], one["for_vacant"]) for one in sent.snapshot["clearances"]] == [
        ("declare", False), ("clear", False),
    ]  # fmt: skip


def test_values_are_marked_plausible_and_sometimes_empty():
    values = ApprovedValue.objects.all()

    assert not values.filter(is_demo=False).exists()
    assert {"number", "zero", "not_yet"} <= set(values.values_list("emptiness", flat=True))
    years = Counter(values.values_list("period__year", flat=True))
    assert all(years[year] > 300 for year in (2021, 2022, 2023, 2024))
    assert Province.objects.filter(approvedvalues__isnull=False, is_demo=True).count() == 0


def test_the_clocks_of_what_was_approved_have_stopped():
    reports = StatusReport.objects.filter(obligation__period__year=2021)

    spent = [clocks(report.events.all(), now=timezone.now()) for report in reports[:12]]

    assert {one.ministry for one in spent} == {4, 5, 6, 7, 8, 9, 10}
    assert all(5 < one.province < 48 for one in spent)


def test_the_first_run_of_reminders_says_nothing_of_the_years_before():
    actions.send_reminders(today=TODAY, at=timezone.now())

    assert set(Reminder.objects.values_list("obligation__period__year", flat=True)) == {2026}
    assert Reminder.objects.sent().exists()


def test_every_snapshot_bears_its_hash():
    for sent in Submission.objects.all()[:20]:
        assert sent.sha256 == snapshots.digest(sent.snapshot)


def test_nobody_is_sent_mail_about_invented_reports():
    assert not OutboxMail.objects.filter(sent_at__isnull=True).exists()


def test_a_second_run_changes_nothing():
    before = (StatusReport.objects.count(), Submission.objects.count(), User.objects.count())

    call_command("make_demo", today=TODAY, verbosity=0)

    assert (StatusReport.objects.count(), Submission.objects.count(), User.objects.count()) == before


def test_each_printed_account_signs_in_with_the_printed_password(client):
    lines = people.sign_ins()
    password = lines[-1].partition(": ")[2]

    for line in lines[:-1]:
        assert client.login(email=line.partition(":")[0], password=password)
