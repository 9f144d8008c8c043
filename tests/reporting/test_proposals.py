"""Once only: what the portal already counts is proposed, confirmed or corrected, and never retyped."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Post
from foundation.dates import PartialDate
from provinces.models import BoundaryEvent, ProvincialPlan, Succession
from reporting import actions
from reporting.models import CountAnswer, Obligation, StatusReport, Submission
from reporting.portal_numbers import verdict
from reporting.proposals import SOURCES, proposals_for
from reporting.questions import PROPOSED_FROM, faults_of_definition
from reporting.workbooks.layout import PROPOSED
from tests.events.factories import EventFactory
from tests.library.factories import PilotModelFactory
from tests.people import in_post
from tests.programmes.factories import ProgrammeFactory
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.factories import NOON
from tests.reporting.test_leaks import public_pages
from tests.reporting.workbooks import cell, opened, taken
from tests.training.factories import CourseFactory, ParticipantFactory
from training.models import ReportedCount

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def section(report):
    return reverse("work:section", args=[report.pk, "portal"])


def asking(*sources):
    asked = [
        {"key": source.replace(".", "-"), "kind": "count", "label_vi": source, "proposed_from": source}
        for source in sources
    ]
    return {"sections": [{"key": "portal", "title_vi": "Số cổng đã có", "questions": asked}]}


def counted(report, source, at=NOON):
    """The number the portal proposes from one source."""
    report.definition = asking(source)
    found = proposals_for(StatusReport(obligation=report.obligation, definition=report.definition,
                                       is_demo=report.is_demo), report_questions(report), at=at)  # fmt: skip
    return next(iter(found.values())).value


def report_questions(report):
    return StatusReport(definition=report.definition).questions.values()


@pytest.fixture
def report(province):
    return factories.counting(province)


# --- What is counted --------------------------------------------------------------------


def test_every_source_a_form_may_name_is_counted_somewhere():
    assert set(PROPOSED_FROM) == set(SOURCES)


def test_a_form_may_not_name_a_source_that_the_portal_does_not_have():
    assert len(faults_of_definition(asking("weather.sunny"))) == 1


def test_courses_held_by_the_unit_within_the_period_are_counted(report, neighbour):
    CourseFactory(begins_on=PartialDate(2025, 12, 15))
    CourseFactory(begins_on=PartialDate(2026, 12, 14))
    CourseFactory(begins_on=PartialDate(2025, 12, 14))
    CourseFactory(begins_on=PartialDate(2026, 12, 15))
    CourseFactory(status="planned")
    CourseFactory(published_at=None)
    CourseFactory(is_demo=True)
    CourseFactory(province=neighbour)

    assert counted(report, "training.courses") == 2


def test_demo_records_count_in_a_demo_report(report):
    CourseFactory(is_demo=True)
    report.is_demo = True

    assert counted(report, "training.courses") == 1


def test_a_course_of_which_the_month_is_known_counts_and_is_said_to_be_vague(client, lan, report):
    CourseFactory(begins_on=PartialDate(2026, 5))
    client.force_login(lan)

    page = client.get(section(report))

    proposal = page.context["page"].fields[1].proposal
    assert (proposal.value, proposal.is_about) == (1, True)


def test_people_are_counted_from_lists_and_else_as_organisers_told(report):
    listed, told = CourseFactory(), CourseFactory()
    ParticipantFactory(course=listed, sex="female")
    ParticipantFactory(course=listed, sex="male")
    ParticipantFactory(course=listed, sex="male", has_attended=False)
    ReportedCount.objects.create(course=listed, stage="attended", people_number=99)
    for sex, people in (("female", 12), ("male", 8)):
        ReportedCount.objects.create(course=told, stage="attended", sex=sex, people_number=people)

    proposal = proposals_for(report, report.questions.values(), at=NOON)["portal.trained"]

    assert (proposal.value, proposal.parts) == (22, {"female": 13, "male": 9})


def test_people_whose_sex_is_not_recorded_are_not_given_one(report):
    ReportedCount.objects.create(
        course=CourseFactory(), stage="attended", people_number=120, people_qualifier="about"
    )

    proposal = proposals_for(report, report.questions.values(), at=NOON)["portal.trained"]

    assert (proposal.value, proposal.parts, proposal.is_about) == (120, {}, True)


def test_events_that_were_held_are_counted(report, province):
    EventFactory(province=province, starts=PartialDate(2026, 4, 22))
    EventFactory(province=province, starts=PartialDate(2026, 12, 1))
    EventFactory(province=province, starts=PartialDate(2024, 4, 22))
    EventFactory(
        province=province, starts=PartialDate(2026, 5, 22), stated_status="cancelled", cancelled_at=NOON
    )
    EventFactory(starts=PartialDate(2026, 4, 22))

    assert counted(report, "events.held") == 1


def test_models_that_are_applied_are_counted_once(report, province):
    applied = PilotModelFactory(status="apply")
    applied.provinces.set([province, ProvinceFactory(code="51")])
    PilotModelFactory(status="pilot").provinces.add(province)

    assert counted(report, "library.models") == 1


def test_plans_in_force_in_the_year_are_counted(report, province):
    def plan(number, first, last, **fields):
        return ProvincialPlan.objects.create(
            province=province, kind="annual", number=number, first_year=first, last_year=last,
            published_at=NOON, **{"issued_on": PartialDate(2021, 5, 1), **fields},
        )  # fmt: skip

    plan("1/KH-UBND", 2021, 2030)
    plan("2/KH-UBND", 2021, 2025)
    plan("3/KH-UBND", 2021, 2030, status="replaced")
    plan("4/KH-UBND", 2021, 2030, status="drafting", issued_on=None)

    assert counted(report, "provinces.plans") == 1


@pytest.fixture
def old(province):
    """Quảng Nam, which Đà Nẵng carries on from 1 July 2026 in this test."""
    gone = ProvinceFactory(
        code="49", valid_from=date(2008, 8, 1), valid_to=date(2026, 7, 1), name_vi="Quảng Nam"
    )
    event = BoundaryEvent.objects.create(slug="sap-nhap", kind="merger", effective_on=date(2026, 7, 1))
    Succession.objects.create(event=event, predecessor=gone, heir=province)
    return gone


def test_an_heir_counts_what_the_units_it_carries_on_did(report, old):
    CourseFactory(province=old, begins_on=PartialDate(2026, 3, 1))

    assert counted(report, "training.courses") == 1


def test_a_part_of_the_period_is_counted_by_its_own_days(report, old):
    CourseFactory(province=old, begins_on=PartialDate(2026, 3, 1))
    CourseFactory(begins_on=PartialDate(2026, 8, 1))
    Obligation.objects.filter(pk=report.obligation_id).update(first_day=date(2026, 7, 1))
    theirs = factories.counting(old, obligation__period=report.period)
    Obligation.objects.filter(pk=theirs.obligation_id).update(last_day=date(2026, 6, 30))
    for one in (report, theirs):
        one.obligation.refresh_from_db()

    assert (counted(report, "training.courses"), counted(theirs, "training.courses")) == (1, 1)


# --- Confirmed or corrected -------------------------------------------------------------


def boxes(**typed):
    return {f"portal-courses-{name}": value for name, value in typed.items()}


def button(page, place=1):
    return {"take": f"{page.context['page'].fields[place].question.address}:"
                    f"{page.context['page'].fields[place].proposal.token}"}  # fmt: skip


def test_taking_over_needs_one_press_and_keeps_the_note(client, lan, report):
    CourseFactory.create_batch(3)
    client.force_login(lan)
    page = client.get(section(report))

    client.post(section(report), {"seen": "0", **button(page), **boxes(note="Đủ", value="nhiều")})

    row = CountAnswer.objects.get(address="portal.courses")
    assert (row.emptiness, row.value, row.note) == ("number", 3, "Đủ")
    assert (row.proposed["value"], row.proposed["source"]) == ("3", "training.courses")
    assert verdict(row.proposed, row.as_json()) == "confirmed"


def test_nothing_counted_is_taken_over_as_zero(client, lan, report):
    client.force_login(lan)

    client.post(section(report), {"seen": "0", **button(client.get(section(report)))})

    row = CountAnswer.objects.get()
    assert (row.emptiness, verdict(row.proposed, row.as_json())) == ("zero", "confirmed")


def test_the_parts_are_taken_over_with_the_whole(client, lan, report):
    course = CourseFactory()
    for sex in ("female", "female", "male"):
        ParticipantFactory(course=course, sex=sex)
    client.force_login(lan)

    client.post(section(report), {"seen": "0", **button(client.get(section(report)), 0)})

    assert CountAnswer.objects.get().parts == {"female": "2", "male": "1"}


def test_a_number_that_has_moved_since_the_page_was_loaded_is_shown_first(client, lan, report):
    client.force_login(lan)
    stale = button(client.get(section(report)))
    CourseFactory()

    answer = client.post(section(report), {"seen": "0", **stale})

    assert answer.status_code == 422
    assert answer.context["page"].fields[1].has_moved
    assert not CountAnswer.objects.exists()
    client.post(section(report), {"seen": "0", **button(answer)})
    assert CountAnswer.objects.get().value == 1


def test_enter_in_a_box_saves_and_takes_nothing_over(client, lan, report):
    client.force_login(lan)

    form = client.get(section(report)).text.partition('class="report-form"')[2]

    assert re.search(r"<button[^>]*>", form)[0].count('name="save"') == 1


def test_what_else_was_typed_is_saved_with_it(client, lan, report):
    client.force_login(lan)
    page = client.get(section(report))

    client.post(section(report), {"seen": "0", **button(page), "portal-trained-emptiness": "zero"})

    assert sorted(CountAnswer.objects.values_list("address", flat=True)) == [
        "portal.courses",
        "portal.trained",
    ]


def save(report, by, **answers):
    report.refresh_from_db()
    given = {f"portal.{key}": said for key, said in answers.items()}
    actions.save_draft(report.pk, answers=given, seen=report.version, by=by, at=NOON)


FIVE = {"emptiness": "number", "value": "5"}


def test_a_correction_has_to_say_why(lan, report):
    CourseFactory.create_batch(3)
    save(report, lan, courses=FIVE, trained={"emptiness": "zero"})

    lacking = [gap.address for gap in actions.gaps(report)]
    save(report, lan, courses={**FIVE, "note": "Hai lớp do doanh nghiệp mở"})

    assert lacking == ["portal.courses"]
    assert actions.gaps(report) == []


def test_a_note_does_not_move_what_was_confirmed(lan, report):
    CourseFactory()
    save(report, lan, courses={"emptiness": "number", "value": "1"})
    CourseFactory()

    save(report, lan, courses={"emptiness": "number", "value": "1", "note": "Đúng"})

    row = CountAnswer.objects.get()
    assert (row.proposed["value"], verdict(row.proposed, row.as_json())) == ("1", "confirmed")


def test_an_answer_that_is_taken_back_keeps_no_stamp(lan, report):
    save(report, lan, courses=FIVE)

    save(report, lan, courses={})

    assert CountAnswer.objects.get().proposed is None


def test_the_reviewer_reads_confirmed_or_corrected_from_the_submission_alone(
    client, tung, thu, province, report
):
    CourseFactory.create_batch(3)
    save(report, tung, courses={**FIVE, "note": "Hai lớp do doanh nghiệp mở"}, trained={"emptiness": "zero"})
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    CourseFactory()
    client.force_login(thu)

    sent = Submission.objects.get()
    page = client.get(reverse("work:review", args=[report.pk])).text

    assert sent.snapshot["proposed"]["portal.courses"]["value"] == "3"
    assert "đã sửa; cổng đếm được 3 khoá" in page
    assert "0 người, đã xác nhận" in page
    assert "Hai lớp do doanh nghiệp mở" in page


def test_a_submission_from_before_reads_without_it(client, tung, thu, province):
    report = factories.submitted(province, tung)
    client.force_login(thu)

    assert "proposed" not in report.submissions.get().snapshot
    assert client.get(reverse("work:review", args=[report.pk])).status_code == 200


def test_the_neighbour_is_not_told_what_the_unit_counts(client, hoa, report):
    client.force_login(hoa)

    assert client.get(section(report)).status_code == 404


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_cost_of_proposing_does_not_grow(report, item_count, django_assert_num_queries):
    for _one in range(item_count):
        ParticipantFactory(course=CourseFactory())
        EventFactory(province=report.province, starts=PartialDate(2026, 4, 22))
        PilotModelFactory(status="apply").provinces.add(report.province)
    questions = StatusReport(definition=asking(*PROPOSED_FROM)).questions.values()

    with django_assert_num_queries(7):
        found = proposals_for(report, questions, at=NOON)

    assert found["portal.training-people"].value == item_count


def test_a_workbook_says_what_the_portal_counts_and_takes_no_answer_from_there(client, lan, report):
    CourseFactory.create_batch(2)
    client.force_login(lan)

    book = opened(client.get(reverse("work:workbook", args=[report.pk])).content)

    assert cell(book, "portal.courses", PROPOSED).value == "2 khoá"
    assert cell(book, "portal.courses", PROPOSED).protection.locked
    cell(book, "portal.courses", PROPOSED).value = "9 khoá"
    assert taken(report, book, lan).outcome["taken"] == 0


def test_what_is_not_approved_is_on_no_public_page(tung, province, report):
    ProgrammeFactory(slug="sxtdbv-2021-2030")
    told = {"emptiness": "number", "value": "487", "note": "RÒ RỈ-889"}
    save(report, tung, courses=told, trained={"emptiness": "zero", "note": "RÒ RỈ-889"})
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    guest = Client()

    shown = "".join(guest.get(page).text for page in public_pages(province))

    assert ("RÒ RỈ-889" in shown, "487 khoá" in shown) == (False, False)


def test_a_signatory_of_another_unit_cannot_take_a_number_over(client, province, neighbour, report):
    son = in_post("Đinh Văn Sơn", Post.Role.PROVINCE_SIGNATORY, province=neighbour, title="Giám đốc")
    client.force_login(son)

    assert client.post(section(report), {"seen": "0", "take": "portal.courses:x"}).status_code == 404
    assert not CountAnswer.objects.exists()
