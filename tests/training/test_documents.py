"""The paper of a certificate, and the job that prints it."""

import io

import pikepdf
import pytest

from foundation import jobs
from foundation.actions import ActionRefused
from foundation.models import Job
from tests.training.factories import NOON, CertificateFactory, CourseFactory, ParticipantFactory
from training import actions, tasks
from training.documents import certificate_html, write_certificate

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def test_the_paper_says_everything_in_both_languages():
    certificate = CertificateFactory(holder="Nguyễn Thị Ước", signer="Trần Thị Ký", signer_post_vi="Giám đốc")

    html = certificate_html(certificate)

    for said in (
        "Nguyễn Thị Ước", "Khoá về quản lý chất thải", "Course on waste management", "21–24/4/2026",
        "21–24 April 2026", "Đà Nẵng", "Da Nang", certificate.number, certificate.code, "Trần Thị Ký",
        "GIÁM ĐỐC", f"http://testserver/training/certificates/{certificate.code}/",
    ):  # fmt: skip
        assert said in html
    assert "Bản minh hoạ" not in html


def test_an_example_says_on_its_face_that_it_is_one():
    assert "Bản minh hoạ" in certificate_html(CertificateFactory(is_demo=True))


def test_the_paper_is_one_tagged_page_and_always_the_same():
    certificate = CertificateFactory(
        holder="Nguyễn Phước Quý Thị Ước Mơ Bền Vững Dài Tên",
        course_title_vi="Khoá " + "về quản lý tài nguyên và chất thải " * 4,
        topic_names_vi="; ".join(["Thiết kế theo hướng bền vững"] * 6),
        topic_names_en="; ".join(["Sustainable design"] * 6),
    )

    document = write_certificate(certificate)

    with document.file.open() as file:
        data = file.read()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked
    assert not document.is_public
    assert write_certificate(certificate).sha256 == document.sha256


def test_the_job_prints_each_certificate_once(an):
    course = CourseFactory()
    ParticipantFactory.create_batch(2, course=course)
    issued = actions.issue_certificates(course.pk, by=an, at=NOON)
    job = Job.objects.get()

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.failure) == (Job.State.DONE, "")
    assert job.steps.get().done == 2
    for certificate in issued:
        certificate.refresh_from_db()
        assert certificate.document.name == f"{certificate.number}.pdf"


def test_only_record_keepers_print(thu):
    with pytest.raises(ActionRefused):
        actions.print_certificates([CertificateFactory()], by=thu, at=NOON)

    assert not Job.objects.exists()


def test_printing_again_leaves_a_printed_paper_alone(an):
    certificate = CertificateFactory()
    job = actions.print_certificates([certificate], by=an, at=NOON)
    jobs.run(job.pk)
    certificate.refresh_from_db()
    first = certificate.document

    assert actions.print_certificates([certificate], by=an, at=NOON) is None
    again = Job.objects.create(kind=tasks.JOB_KIND, key="x", arguments=job.arguments, queued_at=NOON)
    again.steps.create(position=1, name_vi="In")
    jobs.run(again.pk)

    certificate.refresh_from_db()
    again.refresh_from_db()
    assert certificate.document == again.result == first
