from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import translation

from foundation.actions import ActionRefused
from foundation.models import AuditEntry
from reporting import actions
from reporting.facts import load_facts
from reporting.models import Code, FormVersion, Obligation, Period, Regime, Standing, State, StatusReport
from tests.provinces.factories import ProvinceFactory, merge
from tests.reporting import factories
from tests.reporting.factories import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def test_the_command_opens_the_year_once(province, neighbour, capsys):
    factories.RegimeFactory()

    call_command("open_periods", today=TODAY)
    call_command("open_periods", today=TODAY)

    assert capsys.readouterr().out == "bao-cao-nam 2026/1: 2\n" * 2
    period = Period.objects.get()
    assert (period.first_day, period.last_day) == (date(2025, 12, 15), date(2026, 12, 14))
    assert set(period.obligations.values_list("province", "due_on")) == {
        (province.pk, date(2026, 11, 17)), (neighbour.pk, date(2026, 11, 17)),
    }  # fmt: skip


def test_a_scheduler_that_was_down_catches_up(province):
    factories.PeriodFactory(year=2023)

    actions.open_periods(today=TODAY)

    assert sorted(Period.objects.values_list("year", flat=True)) == [2023, 2024, 2025, 2026]


def test_a_first_start_does_not_open_years_long_gone(province):
    factories.RegimeFactory()

    actions.open_periods(today=TODAY)

    assert [period.year for period in Period.objects.all()] == [2026]


def test_only_units_that_existed_in_the_period_owe_a_report(province):
    closed = ProvinceFactory(code="49", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1))
    merge(closed, heir=province)
    regime = factories.RegimeFactory()

    actions.open_periods(today=TODAY)

    assert not Obligation.objects.filter(province=closed, period__regime=regime).exists()
    assert Obligation.objects.filter(province=province).count() == 1


def test_a_change_of_the_regime_moves_no_stored_day(province):
    regime = factories.RegimeFactory()
    actions.open_periods(today=TODAY)
    regime.due_day, regime.due_shift = 1, 0
    regime.save()

    actions.open_periods(today=TODAY)

    assert Obligation.objects.get().due_on == date(2026, 11, 17)


def test_an_inactive_regime_opens_nothing(province):
    factories.RegimeFactory(is_active=False)

    assert actions.open_periods(today=TODAY) == []


# --- Beginning a report -----------------------------------------------------------------


def test_a_report_begins_with_its_own_copy_of_the_form(lan, province):
    factories.measured()
    factories.plan_activity(province)
    obligation = factories.ObligationFactory(province=province)
    form = factories.FormVersionFactory()

    report = actions.start_report(obligation.pk, by=lan, at=NOON)
    form.definition = {"sections": []}
    form.save()

    report = StatusReport.objects.get(pk=report.pk)
    assert [section.key for section in report.sections] == ["general", "activities", "indicators", "money"]
    assert report.questions["indicators.T3"].kind == "ratio"
    assert report.questions["indicators.T8"].kind == "yes_no"
    assert [question.label for question in report.sections[1].questions] == ["Tập huấn tại cụm công nghiệp"]


def test_the_form_keeps_both_languages_whichever_its_author_reads(lan, province):
    factories.plan_activity(province)
    factories.FormVersionFactory()
    obligation = factories.ObligationFactory(province=province)

    with translation.override("en"):
        report = actions.start_report(obligation.pk, by=lan, at=NOON)

    (activity,) = report.sections[1].questions
    assert activity.raw["help_vi"] == "Kế hoạch 1/KH-UBND"
    assert activity.raw["help_en"] == "Plan 1/KH-UBND"


def test_beginning_twice_gives_the_same_report(lan, province):
    factories.FormVersionFactory()
    obligation = factories.ObligationFactory(province=province)

    first, second = (actions.start_report(obligation.pk, by=lan, at=NOON) for _time in range(2))

    assert first == second
    assert first.events.count() == 1


def test_the_neighbour_does_not_begin_it(hoa, province):
    factories.FormVersionFactory()
    obligation = factories.ObligationFactory(province=province)

    with pytest.raises(ActionRefused):
        actions.start_report(obligation.pk, by=hoa, at=NOON)

    assert not StatusReport.objects.exists()


def test_nothing_begins_before_the_period_opens(lan, province):
    factories.FormVersionFactory()
    obligation = factories.ObligationFactory(province=province)

    with pytest.raises(ActionRefused):
        actions.start_report(obligation.pk, by=lan, at=datetime(2026, 9, 30, 5, 0, tzinfo=UTC))

    assert not StatusReport.objects.exists()


def test_the_day_of_opening_begins_at_midnight_in_viet_nam(lan, province):
    factories.FormVersionFactory()
    obligation = factories.ObligationFactory(province=province)

    report = actions.start_report(obligation.pk, by=lan, at=datetime(2026, 9, 30, 17, 30, tzinfo=UTC))

    assert report.state == State.DRAFT


def test_without_a_form_nothing_begins(lan, province):
    obligation = factories.ObligationFactory(province=province)

    with pytest.raises(ActionRefused):
        actions.start_report(obligation.pk, by=lan, at=NOON)

    assert not StatusReport.objects.exists()


# --- Standing and extension -------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2026, 9, 30), Standing.NOT_YET_DUE),
        (date(2026, 10, 1), Standing.DUE),
        (date(2026, 11, 30), Standing.DUE),
        (date(2026, 12, 1), Standing.OVERDUE),
    ],
)
def test_the_standing_follows_the_day_and_not_the_state(today, standing, province):
    obligation = factories.ObligationFactory(province=province)

    assert obligation.standing(today) == standing
    factories.StatusReportFactory(obligation=obligation)
    assert Obligation.objects.get(pk=obligation.pk).standing(today) == standing


def test_what_was_handed_in_is_never_overdue(tung, province):
    report = factories.submitted(province, tung)

    assert report.obligation.standing(date(2030, 1, 1)) == Standing.HANDED_IN


def test_an_extension_keeps_the_stored_due_date(minh, province):
    obligation = factories.ObligationFactory(province=province)
    later = obligation.due_on + timedelta(days=10)

    actions.extend_deadline(obligation.pk, until=later, reason="Bão số 9", by=minh, at=NOON)

    obligation.refresh_from_db()
    assert (obligation.due_on, obligation.last_day_to_submit) == (date(2026, 11, 30), later)
    assert (obligation.standing(later), obligation.days_late(later + timedelta(2))) == (Standing.DUE, 2)
    assert AuditEntry.objects.get().detail["reason"] == "Bão số 9"


@pytest.mark.parametrize(("days", "reason", "who"), [(0, "Bão", "minh"), (5, " ", "minh"), (5, "Bão", "thu")])
def test_an_extension_without_sense_reason_or_right_is_refused(days, reason, who, request, province):
    obligation = factories.ObligationFactory(province=province)
    until = obligation.due_on + timedelta(days=days)

    with pytest.raises(ActionRefused):
        actions.extend_deadline(
            obligation.pk, until=until, reason=reason, by=request.getfixturevalue(who), at=NOON
        )

    obligation.refresh_from_db()
    assert obligation.extended_to is None


# --- Facts ------------------------------------------------------------------------------


def test_the_facts_load_twice_without_a_second_line_of_history():
    load_facts()
    load_facts()

    regime, form = Regime.objects.get(), FormVersion.objects.get(number=1)
    assert (regime.code, regime.return_days, regime.history.count()) == ("bao-cao-nam", 10, 1)
    assert [one.history.count() for one in FormVersion.objects.all()] == [1, 1]
    assert [one.history.count() for one in Code.objects.all()] == [1, 1, 1]
    keys = [question["key"] for question in form.definition["sections"][2]["questions"]]
    assert keys == ["T2", "T3", "T4", "T5", "T6", "T8"]
