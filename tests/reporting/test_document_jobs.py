"""How a build ends: whom it is told, how long its files are kept, how they come back."""

import time
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import transaction

from foundation import jobs
from foundation.actions import ActionRefused
from foundation.models import AuditEntry, Job, OutboxMail
from reporting import tasks  # noqa: F401 -- says whom builds are told
from reporting.documents import actions, asking
from reporting.documents.letting_go import is_there, let_go_of_files
from reporting.documents.verifying import editions_of, verdict_on
from reporting.lenses import Lens, LensKind
from reporting.models import CompiledReport, ReportKind
from tests.reporting.approved import approve, national, t3, year_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LATER = datetime(2026, 12, 18, 8, 30, tzinfo=UTC)


@pytest.fixture
def report(province, minh):
    indicator = t3()
    approve(province, 2026, indicator, numerator=52, denominator=66)
    period = year_of(2026)
    wanted = asking.Wanted(national(), period, "vi", Lens(LensKind.ON, period.last_day))
    return actions.compile_report(wanted, by=minh, at=LATER)


def built(report):
    jobs.run(report.job_id)
    report.refresh_from_db()
    return report


def broken(report):
    """A build that fails: it names a section that nobody can compose any more."""
    CompiledReport.objects.update(outline={**report.outline, "sections": ["khong-co"]})
    return built(report)


def after(report, days):
    report.job.refresh_from_db()
    return report.job.finished_at + timedelta(days=days)


def test_whoever_asked_gets_one_mail_when_it_is_built(report, minh, thu):
    built(report)
    jobs.run(report.job_id)

    mail = OutboxMail.objects.get()
    assert mail.recipient == minh.email
    assert mail.subject == "Đã dựng: Báo cáo tiến độ quốc gia hằng năm, 2026"
    assert report.cut.number in mail.body
    assert "90 ngày" in mail.body
    assert f"/work/national/{report.pk}/" in mail.html


def test_a_failed_build_says_why_in_its_mail(report, minh):
    broken(report)

    report.job.refresh_from_db()
    assert report.job.state == Job.State.FAILED
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.subject[:12]) == (minh.email, "Không dựng được"[:12])
    assert report.job.failure in mail.body


def test_a_stopped_build_and_one_of_a_command_are_told_to_nobody(report, minh):
    actions.stop(report.pk, by=minh, at=LATER)
    built(report)
    Job.objects.update(state=Job.State.QUEUED, by=None)
    built(report)

    assert report.file is not None
    assert not OutboxMail.objects.exists()


def test_a_draft_of_the_portal_itself_waits_for_those_who_approve(report, minh, thu):
    CompiledReport.objects.update(scheduled_on=LATER.date())
    Job.objects.update(by=None)

    built(report)

    mail = OutboxMail.objects.get()
    assert (mail.recipient, "chờ" in mail.subject) == (minh.email, True)


def test_a_fault_in_the_telling_undoes_no_work(report):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(jobs._AFTER, report.job.kind, lambda _job: 1 / 0)
        built(report)

    report.job.refresh_from_db()
    assert (report.job.state, report.file is not None) == (Job.State.DONE, True)


def test_files_nobody_published_are_let_go_in_time_and_come_back_the_same(report, minh):
    file = built(report).file
    with file.file.open("rb") as kept:
        data = kept.read()

    assert let_go_of_files(at=after(report, 89)) == 0
    assert let_go_of_files(at=after(report, 91)) == 1
    assert let_go_of_files(at=after(report, 92)) == 0

    report.refresh_from_db()
    assert (report.file, report.let_go_at) == (None, after(report, 91))
    assert not is_there(file)
    assert verdict_on(data).is_genuine  # a copy that somebody kept
    again = built(actions.build_again(report.pk, by=minh, at=LATER))
    with again.file.file.open("rb") as kept:
        assert kept.read() == data
    assert (again.file, again.edition, again.let_go_at) == (file, 1, None)
    assert AuditEntry.objects.filter(verb="let files go").count() == 1


def test_files_of_what_was_published_are_kept_for_good(report, minh):
    file = built(report).file
    actions.publish(report.pk, by=minh, at=datetime(2026, 1, 1, tzinfo=UTC))
    actions.withdraw(report.pk, reason="Sai số.", by=minh, at=LATER)

    assert let_go_of_files(at=after(report, 4000)) == 0

    assert is_there(file)


def test_each_kind_keeps_its_files_as_long_as_it_says(report):
    built(report)
    ReportKind.objects.update(keeps_days=3)

    assert let_go_of_files(at=after(report, 2)) == 0
    assert let_go_of_files(at=after(report, 3)) == 1


def test_what_is_being_built_again_is_not_let_go(report, minh):
    built(report)
    Job.objects.update(state=Job.State.RUNNING)

    assert let_go_of_files(at=after(report, 91)) == 0


def test_publishing_and_letting_go_at_one_moment_is_one_of_both(report, minh):
    file = built(report).file
    at = after(report, 91)

    outcomes = at_once(lambda: let_go_of_files(at=at), lambda: actions.publish(report.pk, by=minh, at=LATER))

    report.refresh_from_db()
    assert bool(report.published_at) == is_there(file) == (outcomes[0] == 0)
    assert isinstance(outcomes[1], ActionRefused) == (outcomes[0] == 1)


def test_bytes_left_by_a_process_that_died_after_letting_go_are_thrown_away_the_next_night(report):
    file = built(report).file
    CompiledReport.objects.update(file=None, let_go_at=after(report, 91))  # and the process died

    let_go_of_files(at=after(report, 92))

    assert not is_there(file)


def test_bytes_that_are_wanted_again_are_not_thrown_away(report, minh):
    file = built(report).file
    CompiledReport.objects.update(file=None, let_go_at=after(report, 91))
    again = actions.build_again(report.pk, by=minh, at=LATER)

    let_go_of_files(at=after(report, 92))
    assert is_there(file)

    assert built(again).file == file
    let_go_of_files(at=LATER)
    assert is_there(file)


def test_files_built_again_while_they_are_let_go_are_kept(report):
    file = built(report).file
    at, is_held = after(report, 91), Event()

    def build_ends():
        with transaction.atomic():
            CompiledReport.objects.select_for_update().get(pk=report.pk)
            is_held.set()
            time.sleep(0.3)  # by now the round has found it overdue and waits for the row
            Job.objects.update(finished_at=at - timedelta(days=1))

    def let_go():
        is_held.wait(5)
        return let_go_of_files(at=at)

    assert at_once(build_ends, let_go) == [None, 0]

    assert is_there(file)


def test_a_fault_of_the_worker_after_letting_go_makes_no_new_edition(report, minh):
    file = built(report).file
    let_go_of_files(at=after(report, 91))
    outline = report.outline
    CompiledReport.objects.update(outline={**outline, "sections": ["khong-co"]})
    failed = built(actions.build_again(report.pk, by=minh, at=LATER))
    assert failed.file is None
    CompiledReport.objects.update(outline=outline)

    again = built(actions.build_again(report.pk, by=minh, at=LATER))

    assert (again.edition, again.file) == (1, file)


def test_files_that_come_out_otherwise_become_a_new_edition(report, minh):
    """The portal's libraries have changed since: here, the place of issue has, behind every door."""
    built(report)
    let_go_of_files(at=after(report, 91))
    CompiledReport.objects.update(place="Huế")

    failed = built(actions.build_again(report.pk, by=minh, at=LATER))
    assert failed.file is None
    failed.job.refresh_from_db()
    assert "bản mới" in failed.job.failure

    again = built(actions.build_again(report.pk, by=minh, at=LATER))
    assert (again.edition, again.file is not None, again.is_unlike_before) == (2, True, False)
    (sentence,) = {said for one, said in editions_of(again)[1].files if one.format == "pdf"}
    assert "bản trước: các tệp đã được làm lại với nội dung khác" in sentence
