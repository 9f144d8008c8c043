"""The portal compiles what is due by itself: the newest period, each document once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import transaction

from foundation import jobs
from foundation.models import Job, OutboxMail
from programmes.models import Indicator
from reporting import tasks  # noqa: F401 -- says whom builds are told
from reporting.documents import actions, asking, scheduling
from reporting.documents.scheduling import compile_due, due_of, half_due_on
from reporting.documents.spans import second_half_of
from reporting.models import CompiledReport, DataCut, Period, Regime, ReportKind
from tests.reporting import factories
from tests.reporting.approved import approve, national, t3, year_of
from tests.threads import at_once, until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 12, 31)  # 30 days after 1 December
NIGHT = datetime(2026, 12, 30, 19, 30, tzinfo=UTC)


@pytest.fixture
def kind(province):
    indicator = t3()
    approve(province, 2025, indicator, numerator=41, denominator=66)
    approve(province, 2026, indicator, numerator=52, denominator=66)
    return national()


def run(today=DAY, at=NIGHT):
    return compile_due(today=today, at=at)


def made():
    return [
        (one.cut.period.year, one.language, one.scheduled_on) for one in CompiledReport.objects.order_by("pk")
    ]


def test_the_newest_period_is_compiled_in_each_language_once_its_day_has_come(kind):
    assert {one.period.year for one in due_of(kind, date(2026, 12, 30))} == {2025}

    outcomes = run()

    assert [one.is_new for one in outcomes] == [True, True]
    assert made() == [(2026, "vi", DAY), (2026, "en", DAY)]
    assert Job.objects.filter(by=None).count() == 2
    assert DataCut.objects.count() == 1  # both speak of the same figures


def test_the_next_night_compiles_nothing_more(kind):
    run()

    assert [one.is_new for one in run(date(2027, 1, 1))] == [False, False]
    assert CompiledReport.objects.count() == 2


def test_nights_that_were_missed_are_caught_up_once(kind):
    run(date(2027, 3, 1))

    assert made() == [(2026, "vi", date(2027, 3, 1)), (2026, "en", date(2027, 3, 1))]


def test_two_schedulers_at_one_moment_compile_once(kind):
    outcomes = at_once(run, run)

    assert sorted(sum(one.is_new for one in outcome) for outcome in outcomes) in ([0, 2], [1, 1])
    assert CompiledReport.objects.count() == 2
    assert DataCut.objects.count() == 1


def test_what_nobody_approved_yet_is_asked_for_again_the_next_night(kind, province):
    year_of(2027)

    outcomes = run(date(2027, 12, 31))
    assert [one.report for one in outcomes] == [None, None]
    assert "duyệt" in outcomes[0].sentence

    approve(province, 2027, Indicator.objects.get(code="T3"), numerator=60, denominator=66)
    run(date(2028, 1, 1))
    assert made()[0] == (2027, "vi", date(2028, 1, 1))


def test_one_that_fails_stops_none_of_the_others(kind):
    ReportKind.objects.create(
        code="hong", position=0, name_vi="Hỏng", title_vi="Hỏng", sections=["opening"],
        languages=["vi"], formats=["pdf"], is_scheduled=True,
    )  # fmt: skip
    ReportKind.objects.create(
        code="tat", name_vi="Tắt", title_vi="Tắt", sections=["opening"], languages=["vi"], formats=["pdf"],
        is_scheduled=True, is_active=False,
    )  # fmt: skip
    ReportKind.objects.filter(code="hong").update(languages=["no such language", "vi"])

    outcomes = run()

    assert {one.due.kind.code for one in outcomes} == {"hong", "national"}
    assert [one.is_new for one in outcomes if one.due.kind.code == "national"] == [True, True]
    assert [one.is_new for one in outcomes if one.due.kind.code == "hong"] == [False, True]


def test_a_document_compiled_by_hand_since_the_day_is_enough(kind, minh):
    period = year_of(2026)
    wanted = asking.Wanted(kind, period, "vi", asking.default_lens(kind, period))
    actions.compile_report(wanted, by=minh, at=datetime(2027, 1, 2, tzinfo=UTC))

    outcomes = run(date(2027, 1, 3))

    assert [one.is_new for one in outcomes] == [False, True]


def test_a_draft_from_before_the_day_over_the_same_figures_is_taken_and_told(kind, minh):
    period = year_of(2026)
    wanted = asking.Wanted(kind, period, "vi", asking.default_lens(kind, period))
    report = actions.compile_report(wanted, by=minh, at=datetime(2026, 12, 18, tzinfo=UTC))
    jobs.run(report.job_id)
    OutboxMail.objects.all().delete()

    run()
    run(date(2027, 1, 1))

    assert CompiledReport.objects.filter(language="vi").count() == 1
    assert OutboxMail.objects.get().recipient == minh.email


def test_a_build_of_somebody_under_way_is_taken_and_its_end_told_to_those_who_approve(kind, minh, thu):
    period = year_of(2026)
    wanted = asking.Wanted(kind, period, "vi", asking.default_lens(kind, period))
    report = actions.compile_report(wanted, by=minh, at=datetime(2026, 12, 18, tzinfo=UTC))
    Job.objects.update(by=thu)  # who approved then and does so no more

    run()
    assert not OutboxMail.objects.exists()
    jobs.run(report.job_id)

    subjects = {mail.recipient: mail.subject for mail in OutboxMail.objects.all()}
    assert set(subjects) == {minh.email, thu.email}
    assert ("chờ" in subjects[minh.email], "chờ" in subjects[thu.email]) == (True, False)


def test_a_build_that_fails_just_as_it_is_taken_is_told_to_those_who_approve_too(kind, minh, thu):
    ReportKind.objects.update(languages=["vi"])
    period = year_of(2026)
    wanted = asking.Wanted(kind, period, "vi", asking.default_lens(kind, period))
    report = actions.compile_report(wanted, by=minh, at=datetime(2026, 12, 18, tzinfo=UTC))
    Job.objects.update(by=thu)
    worker = jobs._claim(report.job_id, at=NIGHT)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            worker.fail("Ổ đĩa đã đầy.")
            night = pool.submit(at_once, run)
            until_somebody_waits()
        night.result()

    report.refresh_from_db()
    told = {mail.recipient: mail.subject for mail in OutboxMail.objects.all()}
    assert report.scheduled_on == DAY
    assert told == dict.fromkeys([minh.email, thu.email], f"Không dựng được: {report.title_text}")


@pytest.mark.parametrize(
    ("first", "middle"),
    [
        (date(2025, 12, 15), date(2026, 6, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 3, 31), date(2026, 9, 30)),
    ],
)
def test_the_second_half_begins_half_a_year_on_or_on_the_last_day_of_that_month(first, middle):
    assert second_half_of(first) == middle


def test_kinds_over_several_years_and_half_years_have_their_own_days(kind):
    kind.span, kind.first_year, kind.last_year = "since_start", 2021, 2025
    assert {(one.period.year, one.half) for one in due_of(kind, DAY)} == {(2025, None)}

    kind.span, kind.first_year, kind.last_year = "half", None, None
    assert half_due_on(year_of(2026), 1) == date(2026, 6, 14)
    assert {(one.period.year, one.half) for one in due_of(kind, date(2026, 7, 13))} == {(2025, 2)}
    assert {(one.period.year, one.half) for one in due_of(kind, date(2026, 7, 14))} == {(2026, 1)}
    assert {(one.period.year, one.half) for one in due_of(kind, DAY)} == {(2026, 2)}


def test_half_a_year_waits_for_its_own_deadline_where_provinces_owe_a_report(kind):
    factories.PeriodFactory(
        regime=factories.RegimeFactory(code="nua-nam", months=6), year=2026, number=1,
        first_day=date(2025, 12, 15), last_day=date(2026, 6, 14), opens_on=date(2026, 6, 1),
        due_on=date(2026, 6, 30), government_due_on=date(2026, 7, 5),
    )  # fmt: skip
    kind.span = "half"

    assert {(one.period.year, one.half) for one in due_of(kind, date(2026, 7, 29))} == {(2025, 2)}
    assert {(one.period.year, one.half) for one in due_of(kind, date(2026, 7, 30))} == {(2026, 1)}


def test_the_command_says_what_it_did(kind, capsys):
    call_command("compile_due_reports", "--today", "2026-12-31")
    call_command("compile_due_reports", "--today", "2026-12-31")

    said = capsys.readouterr().out
    assert "national 2026, vi" in said
    assert "compiled=2" in said
    assert said.rstrip().endswith("compiled=0")


def test_nothing_is_due_where_there_is_no_period(db):
    ReportKind.objects.all().delete()
    national()

    assert scheduling.compile_due(today=DAY, at=NIGHT) == []


def test_a_request_on_a_theme_takes_the_place_of_no_year(kind):
    theme = Regime.objects.create(
        code="tui-ni-long", name_vi="Giảm túi ni-lông", kind=Regime.Kind.THEMATIC, months=12
    )
    for number in (1, 2):
        Period.objects.create(
            regime=theme, year=2026, number=number, title_vi="Giảm túi ni-lông", first_day=date(2026, 1, 1),
            last_day=date(2026, 12, 31), opens_on=date(2026, 1, 1), due_on=date(2027, 1, 15),
            government_due_on=date(2027, 1, 25),
        )  # fmt: skip

    assert {one.period.regime.code for one in due_of(kind, date(2027, 3, 1))} == {"hang-nam-thu"}
    assert {one.period.year for one in due_of(kind, date(2026, 1, 20))} == {2025}
    assert [one.is_new for one in run(date(2027, 3, 1))] == [True, True]
