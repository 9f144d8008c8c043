"""The door of certificates: who may, when, once each, frozen, revoked in public."""

import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, connections, transaction
from django.urls import reverse

from foundation.actions import ActionRefused
from foundation.models import AuditEntry, Job
from tests.processes import surroundings
from tests.training.factories import (
    NOON,
    CertificateFactory,
    CourseFactory,
    ParticipantFactory,
    TopicFactory,
)
from training import actions, attempts
from training.codes import as_issued, new_code
from training.models import Certificate, Course
from training.models.certificates import initials

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def course():
    return CourseFactory(
        title_vi="Khoá về quản lý chất thải",
        topics=[TopicFactory(name_vi="Quản lý chất thải", name_en="Waste management")],
        signer="Trần Thị Ký",
        signer_post_vi="Giám đốc",
    )


def revoked(certificate, by):
    return actions.revoke_certificate(certificate.pk, by=by, at=NOON, because_vi="Cấp nhầm.")


def test_everybody_who_attended_gets_one(an, course):
    came = ParticipantFactory(course=course, name="Ước Thị Đến")
    ParticipantFactory(course=course, has_attended=False)

    (certificate,) = actions.issue_certificates(course.pk, by=an, at=NOON)

    assert certificate.participant == came
    assert certificate.number == "SXTDBV-2026-0001"
    assert certificate.holder == "Ước Thị Đến"
    assert certificate.topic_names_en == "Waste management"
    assert certificate.province_name_vi == "Đà Nẵng"
    assert AuditEntry.objects.get().detail == {"numbers": ["SXTDBV-2026-0001"]}


def test_issuing_queues_one_job_for_all(an, course):
    ParticipantFactory.create_batch(3, course=course)

    issued = actions.issue_certificates(course.pk, by=an, at=NOON)

    job = Job.objects.get()
    assert (job.kind, job.by) == ("certificate_pdf", an)
    assert job.arguments == {"certificates": [one.pk for one in issued]}
    assert job.steps.get().total == 3


def test_numbers_run_through_all_courses_of_the_year(an, course):
    for one in (course, CourseFactory()):
        ParticipantFactory.create_batch(2, course=one)
        actions.issue_certificates(one.pk, by=an, at=NOON)

    assert sorted(Certificate.objects.values_list("number", flat=True)) == [
        f"SXTDBV-2026-000{number}" for number in range(1, 5)
    ]


def test_latecomers_get_theirs_and_nobody_a_second_one(an, course):
    ParticipantFactory(course=course)
    actions.issue_certificates(course.pk, by=an, at=NOON)
    late = ParticipantFactory(course=course)

    issued = actions.issue_certificates(course.pk, by=an, at=NOON)

    assert [one.participant for one in issued] == [late]
    assert Certificate.objects.count() == 2


@pytest.mark.parametrize("person", ["lan", "thu", "minh"])
def test_only_record_keepers_issue(request, course, person):
    ParticipantFactory(course=course)

    with pytest.raises(ActionRefused):
        actions.issue_certificates(course.pk, by=request.getfixturevalue(person), at=NOON)

    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    "lacking", [{"status": Course.Status.OPEN}, {"organiser": None}], ids=["not held", "no organiser"]
)
def test_a_course_that_is_not_ready_issues_nothing(an, lacking):
    course = CourseFactory(**lacking)
    ParticipantFactory(course=course)

    with pytest.raises(ActionRefused):
        actions.issue_certificates(course.pk, by=an, at=NOON)

    assert not Certificate.objects.exists()


def test_without_anybody_who_waits_the_refusal_says_what_to_do(an, course):
    ParticipantFactory(course=course, has_attended=False)

    with pytest.raises(ActionRefused, match=r"Nobody waits|Không ai"):
        actions.issue_certificates(course.pk, by=an, at=NOON)


def test_a_certificate_keeps_its_words_when_the_course_changes(an, course):
    ParticipantFactory(course=course)
    (certificate,) = actions.issue_certificates(course.pk, by=an, at=NOON)

    course.title_vi = "Tên khác"
    course.save()

    certificate.refresh_from_db()
    assert certificate.course_title_vi == "Khoá về quản lý chất thải"


def test_revoking_keeps_the_row_with_who_when_and_why(an):
    certificate = revoked(CertificateFactory(), an)

    assert (certificate.revoked_by, certificate.revoked_at) == (an, NOON)
    assert certificate.revoked_because_vi == "Cấp nhầm."
    assert AuditEntry.objects.get().verb == "revoke"


def test_a_certificate_is_revoked_once_and_with_a_reason(an):
    certificate = CertificateFactory()

    with pytest.raises(ActionRefused):
        actions.revoke_certificate(certificate.pk, by=an, at=NOON, because_vi=" ")
    revoked(certificate, an)
    with pytest.raises(ActionRefused, match=certificate.number):
        revoked(certificate, an)

    assert AuditEntry.objects.count() == 1


def test_a_reviewer_may_not_revoke(thu):
    certificate = CertificateFactory()

    with pytest.raises(ActionRefused):
        revoked(certificate, thu)

    certificate.refresh_from_db()
    assert certificate.is_valid


def test_issuing_again_never_replaces_a_revoked_one_by_itself(an, course):
    certificate = CertificateFactory(participant=ParticipantFactory(course=course))
    revoked(certificate, an)

    with pytest.raises(ActionRefused):
        actions.issue_certificates(course.pk, by=an, at=NOON)


def test_a_revoked_certificate_can_be_issued_anew(an, course):
    old = CertificateFactory(
        participant=ParticipantFactory(course=course, name="Tên Đã Sửa"), holder="Tên Sai"
    )
    revoked(old, an)

    new = actions.reissue_certificate(old.pk, by=an, at=NOON)

    assert new.holder == "Tên Đã Sửa"
    assert new.code != old.code
    with pytest.raises(ActionRefused):
        actions.reissue_certificate(old.pk, by=an, at=NOON)


def test_the_database_keeps_one_valid_certificate_per_participant():
    certificate = CertificateFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateFactory(participant=certificate.participant)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_who_issue_at_once_give_each_participant_one(an, course):
    ParticipantFactory.create_batch(8, course=course)
    start = threading.Barrier(2)
    outcomes = []

    def press():
        start.wait()
        try:
            outcomes.append(len(actions.issue_certificates(course.pk, by=an, at=NOON)))
        except ActionRefused:
            outcomes.append(0)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _person in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [0, 8]
    assert Certificate.objects.count() == 8


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_courses_issued_at_once_share_no_number(an):
    courses = [CourseFactory(), CourseFactory()]
    for course in courses:
        ParticipantFactory.create_batch(5, course=course)
    start = threading.Barrier(2)

    def press(course):
        start.wait()
        try:
            actions.issue_certificates(course.pk, by=an, at=NOON)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[course]) for course in courses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert numbers == [f"SXTDBV-2026-{number:04d}" for number in range(1, 11)]


# --- The public check -------------------------------------------------------------------


def test_the_check_shows_initials_unless_the_holder_agreed(client):
    hidden = CertificateFactory(participant__name="Đặng Thị Kín")
    shown = CertificateFactory(participant__name="Đặng Thị Mở", participant__name_consent_on="2026-04-21")

    closed, opened = (client.get(one.get_absolute_url()).content.decode() for one in (hidden, shown))

    assert "Đ. T. K." in closed
    assert "Kín" not in closed
    assert "Đặng Thị Mở" in opened


def test_a_withdrawn_consent_hides_the_name_again(client):
    certificate = CertificateFactory(
        participant__name="Đặng Thị Kín",
        participant__name_consent_on="2026-04-21",
        participant__name_consent_withdrawn_on="2026-06-01",
    )

    assert "Kín" not in client.get(certificate.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("language", "valid", "why"),
    [
        ("vi", "Giấy chứng nhận này còn hiệu lực.", "Cấp nhầm."),
        ("en", "This certificate is valid.", "Cấp nhầm."),
    ],
)
def test_the_check_says_valid_or_revoked_and_why(client, an, language, valid, why):
    certificate = CertificateFactory()
    prefix = "/en" if language == "en" else ""
    address = f"{prefix}/training/certificates/{certificate.code}/"

    before = client.get(address).content.decode()
    revoked(certificate, an)
    after = client.get(address).content.decode()

    assert valid in before
    assert valid not in after
    assert why in after
    assert "20/11/2026" in after or "20 November 2026" in after


@pytest.mark.parametrize("typed", ["8kqm2xpdzt4r", " 8KQM 2XPD ZT4R ", "8KQM-2XPD-ZT4R"])
def test_a_code_may_be_typed_as_people_type(client, typed):
    CertificateFactory(code="8KQM-2XPD-ZT4R")

    response = client.get(reverse("training:certificate_check"), {"code": typed}, follow=True)

    assert response.status_code == 200
    assert response.request["PATH_INFO"] == "/training/certificates/8KQM-2XPD-ZT4R/"


@pytest.mark.parametrize("wrong", ["8KQM-2XPD-ZT4S", "1", "x" * 300, "Đặng"])
def test_a_wrong_code_gets_one_and_the_same_sentence(client, wrong):
    CertificateFactory(code="8KQM-2XPD-ZT4R")

    response = client.get(f"/training/certificates/{wrong}/")

    assert response.status_code == 404
    assert "Không có giấy chứng nhận nào mang mã này" in response.content.decode()


def test_an_empty_field_asks_for_the_code(client):
    page = client.get(reverse("training:certificate_check"), {"code": " "}).content.decode()

    assert "Gõ mã in trên giấy chứng nhận" in page


def test_after_many_wrong_codes_the_right_one_must_wait_too(client):
    right = CertificateFactory().get_absolute_url()
    for _attempt in range(20):
        client.get("/training/certificates/ZZZZ-ZZZZ-ZZZZ/")

    assert client.get(right).status_code == 429
    assert client.get(right, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_visitors_behind_one_proxy_are_counted_apart(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    right = CertificateFactory().get_absolute_url()
    for _attempt in range(20):
        client.get("/training/certificates/ZZZZ-ZZZZ-ZZZZ/", HTTP_X_FORWARDED_FOR="203.0.113.7")

    assert client.get(right, HTTP_X_FORWARDED_FOR="203.0.113.7").status_code == 429
    assert client.get(right, HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 200
    assert client.get(right, HTTP_X_FORWARDED_FOR="203.0.113.9, 203.0.113.7").status_code == 429


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_wrong_codes_are_counted_by_all_processes_together():
    for _attempt in range(attempts.MOST):
        attempts.note_wrong("203.0.113.7")

    asking = "from training import attempts; print(attempts.too_many('203.0.113.7'))"
    other = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", asking],
        cwd=settings.BASE_DIR, env=surroundings(), capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert other.stdout.split()[-1] == "True"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_wrong_codes_typed_at_once_are_all_counted():
    start = threading.Barrier(4)

    def guess():
        start.wait()
        try:
            for _attempt in range(attempts.MOST // 4):
                attempts.note_wrong("203.0.113.7")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guess) for _process in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert attempts.too_many("203.0.113.7")
    assert not attempts.too_many("203.0.113.9")


def test_right_codes_are_not_counted(client):
    right = CertificateFactory().get_absolute_url()

    assert {client.get(right).status_code for _look in range(25)} == {200}


def test_the_check_is_kept_out_of_search_engines_and_caches(client):
    response = client.get(CertificateFactory().get_absolute_url())

    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "no-store"


def test_a_certificate_outlives_the_page_of_its_course(client):
    certificate = CertificateFactory(participant__course__published_at=None)

    page = client.get(certificate.get_absolute_url()).content.decode()

    assert certificate.course_title_vi in page
    assert certificate.participant.course.slug not in page


def test_codes_are_long_and_cannot_be_misread():
    codes = {new_code() for _one in range(200)}

    assert len(codes) == 200
    assert all(len(code) == 14 and not set(code) & set("01OILU") for code in codes)
    assert all(as_issued(code.lower().replace("-", " ")) == code for code in codes)


@pytest.mark.parametrize(("name", "short"), [("Nguyễn Thị Ước", "N. T. Ư."), ("Đạt", "Đ.")])
def test_initials(name, short):
    assert initials(name) == short
