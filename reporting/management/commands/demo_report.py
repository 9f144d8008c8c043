"""Build the national report over the demo data without a browser, and print where the PDF lies."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, F, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Post, User
from foundation import jobs
from foundation.models import Job
from foundation.text import LANGUAGES
from reporting.documents.actions import compile_report
from reporting.documents.asking import Signing, Wanted, default_lens
from reporting.models import Period, ReportKind, State


class Command(BaseCommand):
    help = "Compile the newest year's national report, build its PDF here, print the PDF's path last."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--language", choices=LANGUAGES, default="vi")

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            self._handle(options["language"])

    def _handle(self, language: str) -> None:
        period = self._period()
        kind = ReportKind.objects.get(code="national")
        report = compile_report(
            Wanted(kind, period, language, default_lens(kind, period)),
            signing=Signing("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Nguyễn Văn A"),
            by=self._approver(),
            at=now(),
        )
        assert report.job_id is not None
        jobs.run(report.job_id)
        job = Job.objects.get(pk=report.job_id)
        if job.state != Job.State.DONE or job.result is None:
            state = _("The job ended as “%(state)s”.") % {"state": job.get_state_display()}
            raise CommandError(job.failure or state)
        self.stdout.write(job.result.file.path)

    def _period(self) -> Period:
        """The newest year of which at least half is approved, or else the newest with anything."""
        years = Period.objects.yearly().annotate(
            owed=Count("obligations"),
            approved=Count("obligations", filter=Q(obligations__report__state=State.APPROVED)),
        )
        begun = years.filter(approved__gt=0).order_by("-year")
        newest = begun.filter(approved__gte=F("owed") / 2).first() or begun.first()
        if newest is None:
            raise CommandError(
                _("Nothing is approved yet: run “manage.py load_facts” and “manage.py make_demo”.")
            )
        return newest

    def _approver(self) -> User:
        found = User.objects.filter(
            occupancies__post__role=Post.Role.MINISTRY_APPROVER, is_active=True
        ).first()
        if found is None:
            raise CommandError(_("Nobody holds the approver's post. Run “manage.py make_demo”."))
        return found
