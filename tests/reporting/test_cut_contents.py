"""What a data cut freezes beside the figures: every room's published records, and nobody's name."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from foundation.dates import PartialDate
from programmes.models import TaskBody
from reporting import actions
from reporting.models import ApprovedActivity, ApprovedMoney, ApprovedValue
from reporting.snapshots import canonical
from tests.events.factories import EventFactory, SeriesFactory
from tests.library.factories import GuidelineFactory, PilotModelFactory
from tests.programmes.factories import (
    DeliverableFactory,
    OrganisationFactory,
    TaskFactory,
    TaskGroupFactory,
)
from tests.provinces.factories import ProvinceFactory, merge
from tests.reporting import factories
from tests.reporting.approved import NOON, approve, submission_of, t3, year_of
from tests.reporting.composed import cut_of, in_region
from tests.training.factories import CourseFactory, ExpertFactory, ParticipantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def indicator():
    return t3()


def spend(unit, year, **amounts):
    """Approved money of the local budget in a year."""
    return ApprovedMoney.objects.create(
        province=unit, period=year_of(year), submission=submission_of(unit, year), approved_at=NOON,
        money_source="local", emptiness="number", **amounts,
    )  # fmt: skip


def carry_out(unit, year, activity, progress, **fields):
    return ApprovedActivity.objects.create(
        province=unit, period=year_of(year), submission=submission_of(unit, year), approved_at=NOON,
        activity=activity, progress=progress, **fields,
    )  # fmt: skip


def everything(unit, indicator, task):
    """One row of everything a cut reads, of one unit."""
    approve(unit, 2026, indicator, numerator=52, denominator=66)
    spend(unit, 2026, planned=100, received=90, spent=80)
    carry_out(unit, 2026, factories.plan_activity(unit), "doing", spent_local=5, result="đang làm")
    course = CourseFactory(province=unit)
    ParticipantFactory(course=course)
    ExpertFactory(province=unit)
    EventFactory(province=unit, series=SeriesFactory())
    GuidelineFactory()
    PilotModelFactory().provinces.add(unit)
    DeliverableFactory(programme=indicator.programme, task=task)


@pytest.mark.parametrize("units", [1, 3])
def test_a_cut_asks_as_many_questions_however_many_units_there_are(
    indicator, units, django_assert_num_queries
):
    task = TaskFactory(programme=indicator.programme, group=TaskGroupFactory(programme=indicator.programme))
    TaskBody.objects.create(task=task, organisation=OrganisationFactory(), part="lead")
    for _place in range(units):
        everything(ProvinceFactory(), indicator, task)
    period = year_of(2026)
    cut_of(period)  # the register and the framework are kept from now on

    with django_assert_num_queries(38):
        cut_of(period)


def test_a_cut_counts_people_and_names_none(indicator, province):
    course = CourseFactory(province=province)
    ParticipantFactory(course=course, name="Nguyễn Thị Ước")
    ParticipantFactory(course=course, name="Trần Văn Đủ", sex="male", has_attended=False)
    ExpertFactory(name="Lê Văn Giỏi", province=province)
    ExpertFactory(name="Phạm Thị Kín", province=province, agreed=())

    content = cut_of(year_of(2026))

    people = content["courses"][0]["people"]
    assert people["registered"] == {"number": "2", "qualifier": "", "women": "1", "of_known_sex": "2"}
    assert people["attended"] == {"number": "1", "qualifier": "", "women": "1", "of_known_sex": "1"}
    assert content["experts"]["total"] == 1
    written = canonical(content).decode()
    for name in ("Nguyễn Thị Ước", "Trần Văn Đủ", "Lê Văn Giỏi", "Phạm Thị Kín", "example.vn"):
        assert name not in written


def test_what_is_not_published_is_not_cut(indicator, province):
    CourseFactory(province=province, published_at=None)
    EventFactory(province=province, published_at=None)
    GuidelineFactory(published_at=None)

    content = cut_of(year_of(2026))

    assert (content["courses"], content["events"], content["library"]) == ([], [], [])


def test_demo_records_stand_in_demo_cuts_alone(indicator, province):
    CourseFactory(province=province, is_demo=True)
    assert cut_of(year_of(2026))["courses"] == []

    approve(province, 2026, indicator, numerator=1, denominator=2, is_demo=True)

    assert len(cut_of(year_of(2026))["courses"]) == 1


def test_a_value_approved_anew_keeps_what_stood_before(indicator, province):
    approve(province, 2026, indicator, numerator=41, denominator=66)
    ApprovedValue.objects.update(superseded_at=NOON)
    approve(province, 2026, indicator, numerator=52, denominator=66, version=2)

    (revised,) = cut_of(year_of(2026))["revisions"]

    assert (revised["code"], revised["unit"], revised["year"]) == ("T3", province.pk, 2026)
    assert (revised["before"]["numerator"], revised["after"]["numerator"]) == ("41", "52")


def test_a_value_approved_again_unchanged_is_no_revision(indicator, province):
    approve(province, 2026, indicator, numerator=41, denominator=66)
    ApprovedValue.objects.update(superseded_at=NOON)
    approve(province, 2026, indicator, numerator=41, denominator=66, version=2)

    assert cut_of(year_of(2026))["revisions"] == []


def test_the_last_word_on_an_activity_counts(indicator, province):
    activity = factories.plan_activity(province)
    carry_out(province, 2025, activity, "doing", spent_local=10)
    carry_out(province, 2026, activity, "done", spent_local=7)

    content = cut_of(year_of(2026), span="since_start", first_year=2021)

    assert [(row["year"], row["progress"]) for row in content["activity_rows"]] == [(2026, "done")]
    assert [(row["year"], row["local"]) for row in content["task_money"]] == [(2025, "10"), (2026, "7")]


def test_half_a_year_is_told_by_its_own_period(indicator, province):
    spend(province, 2026, planned=100, received=90, spent=80)
    half = factories.PeriodFactory(
        regime=factories.RegimeFactory(code="nua-nam", months=6), year=2026, number=1,
        first_day=date(2025, 12, 15), last_day=date(2026, 6, 14), opens_on=date(2026, 6, 1),
        due_on=date(2026, 6, 20), government_due_on=date(2026, 6, 25),
    )  # fmt: skip
    ApprovedMoney.objects.create(
        province=province, period=half, submission=submission_of(province, 2026), approved_at=NOON,
        money_source="local", emptiness="number", planned=60,
    )  # fmt: skip

    content = cut_of(year_of(2026), span="half", half=1)

    assert [row["planned"] for row in content["money_rows"]] == ["60"]


def test_half_a_year_without_a_period_of_its_own_takes_no_money_of_the_year(indicator, province):
    spend(province, 2026, planned=100, received=90, spent=80)

    assert cut_of(year_of(2026), span="half", half=1)["money_rows"] == []


def test_a_report_that_came_late_says_when(province, tung, minh):
    report = factories.submitted(province, tung)
    actions.approve(report.pk, by=minh, at=NOON)

    (row,) = cut_of(report.period)["reports"]["rows"]

    assert (row["state"], row["due_on"], row["received_on"]) == ("approved", "2026-11-30", "2026-11-20")
    assert row["receipt"] == "0001"
    assert len(row["sha256"]) == 64


def test_a_former_unit_names_the_one_that_answers_for_it(indicator, province):
    old = ProvinceFactory(code="60", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1))
    merge(old, heir=province)

    content = cut_of(year_of(2026))

    assert content["former_units"][str(old.pk)]["heirs"] == [province.pk]


def test_regions_are_added_up_from_parts(indicator, province, neighbour):
    region = in_region(province, neighbour, ProvinceFactory())
    approve(province, 2026, indicator, numerator=52, denominator=66)
    approve(neighbour, 2026, indicator, numerator=8, denominator=34)

    (row,) = cut_of(year_of(2026))["indicators"][0]["figures"][-1]["regions"]

    assert (row["region"], row["number"], row["numerator"], row["denominator"]) == (
        region.pk, "60", "60", "100",
    )  # fmt: skip
    assert (row["counted"], row["expected"]) == (2, 3)


def test_an_event_whose_year_is_unknown_is_kept_as_the_source_has_it(indicator):
    EventFactory(starts=PartialDate(None, 9, 27), stated_status="held")

    assert cut_of(year_of(2026))["events"][0]["starts"] == "XXXX-09-27"


def test_the_same_is_cut_on_any_day(indicator, province):
    everything(province, indicator, TaskFactory(programme=indicator.programme))

    with time_machine.travel(datetime(2026, 12, 1, tzinfo=UTC)):
        once = canonical(cut_of(year_of(2026)))
    with time_machine.travel(datetime(2027, 6, 1, tzinfo=UTC)):
        assert canonical(cut_of(year_of(2026))) == once
