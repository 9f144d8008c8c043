"""The desk of the room: issuing, revoking with a reason, files through their door."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.models import Job
from tests.training.factories import (
    CertificateFactory,
    CourseFactory,
    CurriculumFactory,
    MaterialFactory,
    ParticipantFactory,
)
from training.models import Certificate, Course, Material

pytestmark = pytest.mark.django_db

COURSES = "admin:training_course_changelist"
CERTIFICATES = "admin:training_certificate_changelist"


def act(client, url_name, action, rows, **data):
    chosen = {"action": action, "_selected_action": [row.pk for row in rows], **data}
    return client.post(reverse(url_name), chosen, follow=True)


@pytest.fixture
def desk(client, an):
    client.force_login(an)
    return client


def test_certificates_are_issued_from_the_list_of_courses(desk):
    course = CourseFactory()
    ParticipantFactory.create_batch(2, course=course)

    page = act(desk, COURSES, "issue_certificates", [course]).content.decode()

    assert "đã cấp 2 giấy chứng nhận" in page
    assert Certificate.objects.count() == 2


def test_a_refusal_is_shown_as_a_sentence(desk):
    course = CourseFactory(status=Course.Status.OPEN)
    ParticipantFactory(course=course)

    page = act(desk, COURSES, "issue_certificates", [course]).content.decode()

    assert "Chỉ cấp giấy chứng nhận khi khoá đã tổ chức" in page


def test_revoking_asks_for_the_reason_first(desk):
    certificate = CertificateFactory()

    asked = act(desk, CERTIFICATES, "revoke", [certificate]).content.decode()
    done = act(desk, CERTIFICATES, "revoke", [certificate], because_vi="Cấp nhầm.").content.decode()

    assert "because_vi" in asked
    assert f"Đã thu hồi {certificate.number}" in done
    certificate.refresh_from_db()
    assert certificate.revoked_because_vi == "Cấp nhầm."


def test_an_empty_reason_revokes_nothing(desk):
    certificate = CertificateFactory()

    act(desk, CERTIFICATES, "revoke", [certificate], because_vi="")

    certificate.refresh_from_db()
    assert certificate.is_valid


def test_a_revoked_certificate_is_issued_anew(desk):
    certificate = CertificateFactory(revoked_at="2026-11-20T05:00Z", revoked_because_vi="Cấp nhầm.")

    act(desk, CERTIFICATES, "issue_again", [certificate])

    assert certificate.participant.certificates.valid().count() == 1


def test_missing_papers_are_queued(desk):
    act(desk, CERTIFICATES, "make_documents", [CertificateFactory(), CertificateFactory()])

    assert len(Job.objects.get().arguments["certificates"]) == 2


def test_reviewers_are_offered_no_deed(client, thu):
    client.force_login(thu)
    CertificateFactory()

    page = client.get(reverse(CERTIFICATES)).content.decode()

    assert 'value="revoke"' not in page


def material_form(**changed):
    return {
        "curriculum": CurriculumFactory().pk, "title_vi": "Cẩm nang", "slug": "cam-nang", "kind": "handbook",
        "language": "vi", "rights_vi": "Dùng tự do", **changed,
    }  # fmt: skip


def test_a_file_is_kept_with_its_hash(desk):
    upload = SimpleUploadedFile("Cẩm nang.pdf", b"%PDF-1.7 thu")

    desk.post(reverse("admin:training_material_add"), material_form(upload=upload))

    file = Material.objects.get().file
    assert (file.name, file.is_public, len(file.sha256)) == ("Cẩm nang.pdf", True, 64)


def test_a_wrong_file_is_refused_in_words(desk):
    upload = SimpleUploadedFile("Cẩm nang.pdf", b"not a pdf")

    response = desk.post(reverse("admin:training_material_add"), material_form(upload=upload))

    assert "upload" in response.context["adminform"].form.errors
    assert not Material.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("url_name", "make", "queries"),
    [
        (COURSES, lambda: ParticipantFactory().course, 8),
        (CERTIFICATES, CertificateFactory, 8),
        ("admin:training_material_changelist", MaterialFactory, 6),
    ],
    ids=["courses", "certificates", "materials"],
)
def test_admin_list_query_count(desk, count, url_name, make, queries, django_assert_num_queries):
    for _number in range(count):
        make()

    with django_assert_num_queries(queries):
        response = desk.get(reverse(url_name))

    assert response.context["cl"].result_count == count


def test_a_day_that_does_not_exist_is_refused_at_its_field(client, an, province):
    client.force_login(an)
    address = reverse("admin:training_course_add")

    answer = client.post(
        address, {"province": province.pk, "begins_on": "31/02/2026", "title_vi": "Khoá thử"}
    )

    assert answer.status_code == 200
    assert "begins_on" in answer.context["adminform"].form.errors
