"""Build a document without a browser, in this process; the last line printed is its data cut."""

import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation import jobs
from foundation.actions import ActionRefused
from foundation.models import Job
from foundation.text import LANGUAGES
from reporting.command_line import why_not_written
from reporting.documents import actions, telling  # noqa: F401 -- says whom builds are told
from reporting.documents.asking import (
    Wanted,
    default_lens,
    faults,
    lens_of,
    no_period_words,
    of_kind,
    subject_of,
)
from reporting.documents.building import rebuilt
from reporting.lenses import Lens, LensKind
from reporting.models import CompiledReport, DataCut, Format, Period, ReportFile, ReportKind, Span

WAIT_SECONDS = 3600  # for a worker that already builds the same document; longer than any build
OF_A_CUT = ("lens", "year", "half")
TYPED_AS = {
    "kind": "KIND", "language": "--lang", "subject": "--about", "period": "--year", "half": "--half",
    "map_day": "--lens",
}  # fmt: skip


def _lens(written: str) -> Lens:
    lens = Lens.parse(written, "", today=date.min)
    if written.partition(":")[0] not in LensKind.values or (
        lens.kind != LensKind.AS_REPORTED and lens.day == date.min
    ):
        words = _("“%(written)s” is no lens: as_reported, on:YYYY-MM-DD or constant:YYYY-MM-DD")
        raise CommandError(words % {"written": written})
    return lens


def _no_kind_words(code: str) -> str:
    known = ", ".join(ReportKind.objects.values_list("code", flat=True))
    if not known:
        return _("There is no kind of document yet: run “manage.py load_facts”.")
    return _("There is no kind “%(code)s”. Known: %(known)s.") % {"code": code, "known": known}


class Command(BaseCommand):
    help = "Compile a document of KIND and build its files. Unchanged data re-use the newest data cut."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", metavar="KIND", help="national, or another kind's code")
        parser.add_argument("--cut", metavar="ID", help="build again from this data cut, such as C-2026-01")
        parser.add_argument(
            "--year", type=int, help="the period's year; the newest with approved reports if not given"
        )
        parser.add_argument("--half", type=int, choices=[1, 2], help="for half-year documents")
        parser.add_argument("--about", default="", help="region:ID, province:ID or task_group:ID")
        parser.add_argument("--lens", help="as_reported, on:YYYY-MM-DD, constant:YYYY-MM-DD")
        parser.add_argument("--lang", choices=LANGUAGES, default="vi")
        parser.add_argument("--format", choices=Format.values, default=Format.PDF)
        parser.add_argument("--out", type=Path, help="copy the file here")

    def handle(self, *args: Any, **options: Any) -> None:
        """What it says, refusals as well, is in the document's language."""
        with override(options["lang"]):
            self._handle(options)

    def _handle(self, options: dict[str, Any]) -> None:
        cut = self._cut(options["cut"])
        if cut:
            self._refuse_what_a_cut_says(options)
        try:
            wanted = self._wanted(options, cut)
            if cut is None:
                self._refuse_faults(wanted)
            report = actions.compile_report(wanted, by=None, at=timezone.now(), cut=cut)
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._built(report)
        file = self._file(report, options["format"])
        if cut:
            self._compare(report, file)
        if options["out"]:
            self._copy(file, options["out"])
        self.stdout.write(str(options["out"] or file.file.file.path))
        self.stdout.write(f"sha256={file.file.sha256}")
        self.stdout.write(f"cut={report.cut.number}")

    def _refuse_what_a_cut_says(self, options: dict[str, Any]) -> None:
        for name in OF_A_CUT:
            if options[name] is not None:
                words = _("A data cut has its own: leave out %(option)s, or --cut.")
                raise CommandError(words % {"option": f"--{name}"})

    def _refuse_faults(self, wanted: Wanted) -> None:
        for field, sentence in faults(wanted, today=timezone.localdate()):
            raise CommandError(f"{TYPED_AS[field]}: {sentence}")

    def _cut(self, number: str | None) -> DataCut | None:
        if number is None:
            return None
        cuts = DataCut.objects.select_related("period")
        cut: DataCut | None = cuts.filter(number=number.strip().upper()).first()
        if cut is None:
            raise CommandError(_("There is no data cut “%(number)s”.") % {"number": number})
        return cut

    def _wanted(self, options: dict[str, Any], cut: DataCut | None) -> Wanted:
        kind = ReportKind.objects.filter(code=options["kind"]).first()
        if kind is None:
            raise CommandError(_no_kind_words(options["kind"]))
        period = cut.period if cut else self._period(kind, options["year"])
        half = cut.half if cut else options["half"]
        asked = _lens(options["lens"]) if options["lens"] else None
        lens = lens_of(cut) if cut else asked or default_lens(kind, period, half)
        subject = subject_of(options["about"])
        return Wanted(kind, period, options["lang"], lens, half=half, subject=subject)

    def _period(self, kind: ReportKind, year: int | None) -> Period:
        """The newest yearly period with an approved report, or the one the kind or the call names."""
        years = of_kind(kind)
        if year and kind.span != Span.SINCE_START:
            found = years.filter(year=year).first()
            sentence = _("There is no yearly period %(year)s: open it first.") % {"year": year}
        else:
            found = years.filter(obligations__report__state="approved").first() or years.first()
            sentence = no_period_words(kind)
        if found is None:
            raise CommandError(sentence)
        return found

    def _built(self, report: CompiledReport) -> None:
        """Here, or by the worker that has the job already."""
        assert report.job_id is not None
        jobs.run(report.job_id)
        waited = 0
        while (job := Job.objects.get(pk=report.job_id)).is_open and waited < WAIT_SECONDS:
            time.sleep(1)
            waited += 1
        report.refresh_from_db()
        if report.file is None:
            state = _("The job ended as “%(state)s”.") % {"state": job.get_state_display()}
            raise CommandError(job.failure or state)

    def _file(self, report: CompiledReport, form: str) -> ReportFile:
        found: ReportFile | None = (
            report.files.filter(edition=report.edition, format=form).select_related("file").first()
        )
        if found is None:
            words = _("Documents of the kind “%(kind)s” are not made as %(format)s.")
            raise CommandError(words % {"kind": report.kind.code, "format": form})
        return found

    def _compare(self, report: CompiledReport, file: ReportFile) -> None:
        """Really built once more: a difference is said, and the file given out before stands."""
        with file.file.file.open("rb") as kept:
            if kept.read() == rebuilt(report, Format(file.format)):
                return
        self.stderr.write(
            _(
                "Built again, the bytes differ from the file given out before: other versions of libraries "
                "or fonts. The file given out stands."
            )
        )

    def _copy(self, file: ReportFile, out: Path) -> None:
        try:
            with file.file.file.open("rb") as kept:
                out.write_bytes(kept.read())
        except OSError as fault:
            raise CommandError(why_not_written(out, fault)) from fault
