"""What the database and the forms refuse, with the sentence people read; and how people are counted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from foundation.dates import PartialDate
from tests.provinces.factories import ProvinceFactory
from tests.training.factories import (
    CertificateFactory,
    CourseFactory,
    CurriculumFactory,
    CurriculumLevelFactory,
    ExpertFactory,
    MaterialFactory,
    ModuleFactory,
    ParticipantFactory,
)
from training.figures import figures_of
from training.models import Course, ExpertConsent, Purpose, ReportedCount

pytestmark = pytest.mark.django_db


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_cancelled_course_needs_a_reason():
    refused(lambda: CourseFactory(status=Course.Status.CANCELLED))


def test_a_course_has_seats_or_does_not_say():
    refused(lambda: CourseFactory(seats=0))


def test_a_list_number_is_used_once():
    one = ParticipantFactory()

    refused(lambda: ParticipantFactory(course=one.course, list_number=one.list_number))


def test_a_consent_is_withdrawn_after_it_was_given():
    refused(lambda: ParticipantFactory(name_consent_on="2026-05-02", name_consent_withdrawn_on="2026-05-01"))


def test_a_consent_is_in_force_once_and_can_be_given_again():
    expert = ExpertFactory()
    again = {"expert": expert, "purpose": Purpose.REGISTER, "given_on": date(2026, 11, 1)}

    refused(lambda: ExpertConsent.objects.create(**again))
    expert.consents.update(withdrawn_on=date(2026, 10, 1))

    assert ExpertConsent.objects.create(**again).pk


def test_a_level_stands_once_in_a_curriculum():
    one = CurriculumLevelFactory()

    refused(lambda: CurriculumLevelFactory(curriculum=one.curriculum, level=one.level))


def test_a_module_has_its_own_position():
    one = ModuleFactory()

    refused(lambda: ModuleFactory(curriculum=one.curriculum, level=one.level, topic=one.topic))


def test_a_curriculum_does_not_replace_itself():
    curriculum = CurriculumFactory()
    curriculum.predecessor = curriculum

    refused(curriculum.save)


def test_a_revoked_certificate_needs_a_reason():
    refused(lambda: CertificateFactory(revoked_at="2026-11-20T05:00Z"))


@pytest.mark.parametrize(
    ("begins", "fits"),
    [
        (PartialDate(2024, 9, 10), True),
        (PartialDate(2025, 6, 30), True),
        (PartialDate(2025, 7, 1), False),
        (PartialDate(2025, 6), True),
        (PartialDate(2025), True),
        (PartialDate(2026), False),
        (PartialDate(2008, 7), False),
        (PartialDate(2025, 12), False),
        (PartialDate(None, 9, 27), True),
        (None, True),
    ],
    ids=str,
)
def test_a_course_stands_under_a_unit_that_existed_then(begins, fits):
    gone = ProvinceFactory(code="49", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1))
    course = CourseFactory.build(province=gone, begins_on=begins, ends_on=None)

    if fits:
        course.clean()
    else:
        with pytest.raises(ValidationError) as refusal:
            course.clean()
        assert list(refusal.value.message_dict) == ["province"]


@pytest.mark.parametrize(
    ("begins", "ends", "fits"),
    [
        (PartialDate(2026, 5, 12), PartialDate(2026, 5), True),
        (PartialDate(2026, 5), PartialDate(2026, 5, 3), True),
        (PartialDate(2026, 5, 12), PartialDate(2026, 5, 11), False),
        (PartialDate(2026, 5, 12), PartialDate(2025), False),
    ],
)
def test_a_course_ends_after_it_begins_as_far_as_is_known(begins, ends, fits):
    course = CourseFactory.build(province=ProvinceFactory(), begins_on=begins, ends_on=ends)

    if fits:
        course.clean()
    else:
        with pytest.raises(ValidationError, match=r"last day|Ngày cuối"):
            course.clean()


def test_a_module_of_another_curriculum_is_refused_in_words():
    material = MaterialFactory(module=ModuleFactory())

    with pytest.raises(ValidationError) as refusal:
        material.clean()

    assert list(refusal.value.message_dict) == ["module"]


def test_a_public_file_says_who_may_use_it():
    material = MaterialFactory(rights_vi="")

    with pytest.raises(ValidationError) as refusal:
        material.clean()

    assert list(refusal.value.message_dict) == ["rights_vi"]


def test_nobody_confirms_tomorrow():
    expert = ExpertFactory(confirmed_on=date(2999, 1, 1))

    with pytest.raises(ValidationError) as refusal:
        expert.clean()

    assert list(refusal.value.message_dict) == ["confirmed_on"]


# --- Who took part ----------------------------------------------------------------------


def told(figures):
    return [(stage.people.words(), len(stage.by_sex), len(stage.by_kind)) for stage in figures.stages]


def test_people_are_counted_from_the_list_where_there_is_one():
    course = CourseFactory()
    CertificateFactory(participant=ParticipantFactory(course=course, sex="female"))
    ParticipantFactory(course=course, sex="male", organisation_kind="state")
    ParticipantFactory(course=course, sex="", has_attended=False)
    ReportedCount.objects.create(course=course, stage="attended", people_number=99)

    figures = figures_of(course)

    assert told(figures) == [("3", 3, 2), ("2", 2, 2), ("1", 1, 1)]
    assert not figures.is_reported


def test_a_revoked_certificate_does_not_count():
    certificate = CertificateFactory(revoked_at="2026-11-20T05:00Z", revoked_because_vi="Cấp nhầm.")

    assert told(figures_of(certificate.participant.course))[2] == ("0", 0, 0)


def test_without_a_list_the_reported_counts_stand_as_reported():
    course = CourseFactory()
    count = {"course": course, "stage": "attended"}
    ReportedCount.objects.create(**count, people_number=30, people_qualifier="more than")
    ReportedCount.objects.create(**count, sex="female", people_number=12)

    figures = figures_of(course)

    assert told(figures) == [("hơn 30", 1, 0)]
    assert figures.is_reported


def test_parts_without_a_whole_are_added_up_and_stay_unsure():
    course = CourseFactory()
    count = {"course": course, "stage": "attended"}
    ReportedCount.objects.create(**count, sex="female", people_number=12, people_qualifier="about")
    ReportedCount.objects.create(**count, sex="male", people_number=10)

    assert told(figures_of(course)) == [("khoảng 22", 2, 0)]


def test_without_list_and_report_nothing_is_counted():
    assert figures_of(CourseFactory()).stages == []
