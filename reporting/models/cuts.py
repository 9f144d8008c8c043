"""Data cuts and the documents compiled from them. A cut is never changed; a document pins one."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.models import AppendOnly, Job, Publishable, PublishableQuerySet, Record, StoredFile
from foundation.text import Text
from programmes.models import TaskGroup
from provinces.models import Province, Region

from .kinds import LONGEST_POSITION, Format, ReportKind, Span
from .periods import Period


class DataCut(AppendOnly, Record):
    """The approved figures as they stood at one moment; the same cut gives the same content for ever."""

    number = models.CharField(_("number"), max_length=16, unique=True)  # C-2026-03
    period = models.ForeignKey(Period, models.PROTECT, related_name="cuts", verbose_name=_("period"))
    span = models.CharField(_("time covered"), max_length=11, choices=Span, default=Span.YEAR)
    half = models.PositiveSmallIntegerField(_("half-year"), null=True, blank=True)
    cut_at = models.DateTimeField(_("cut at"))
    lens = models.CharField(_("lens"), max_length=24)  # see reporting.lenses
    content = models.JSONField(_("figures"))
    sha256 = models.CharField("SHA-256", max_length=64)
    counted = models.PositiveSmallIntegerField(_("units with an approved report"))
    expected = models.PositiveSmallIntegerField(_("units expected"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("data cut")
        verbose_name_plural = _("data cuts")
        ordering = ["-cut_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(counted__lte=models.F("expected")), name="cut_counts_no_more_than_expected"
            ),
            models.CheckConstraint(
                condition=Q(span=Span.HALF, half__in=[1, 2]) | (~Q(span=Span.HALF) & Q(half__isnull=True)),
                name="cut_names_its_half_year",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CompiledReportQuerySet(PublishableQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for the ministry, the published ones for everyone."""
        return self.all() if getattr(user, "works_for_ministry", False) else self.published()

    def ever_published(self) -> Self:
        """Out once, even if withdrawn since: whoever holds a copy may ask about it."""
        return self.filter(published_at__lte=timezone.now())

    def ever_visible_to(self, user: Any) -> Self:
        return self.all() if getattr(user, "works_for_ministry", False) else self.ever_published()

    def drafts(self) -> Self:
        return self.filter(published_at=None)

    def withdrawn(self) -> Self:
        return self.filter(withdrawn_at__isnull=False)

    def being_built(self) -> Self:
        return self.filter(job__in=Job.objects.open())

    def not_being_built(self) -> Self:
        return self.exclude(job__in=Job.objects.open())

    def built(self) -> Self:
        return self.filter(file__isnull=False)

    def without_files(self) -> Self:
        """And none on their way."""
        return self.filter(file__isnull=True).not_being_built()

    def alike(self, report: "CompiledReport") -> Self:
        """Documents of the same kind about the same matter, time and language through the same lens.

        Another lens, or the map of another day, shows other units: one does not replace the other.
        """
        return self.filter(
            kind=report.kind_id,
            language=report.language,
            region=report.region_id,
            province=report.province_id,
            task_group=report.task_group_id,
            cut__period=report.cut.period_id,
            cut__span=report.cut.span,
            cut__half=report.cut.half,
            cut__lens=report.cut.lens,
        )

    def newer_than(self, report: "CompiledReport") -> Self:
        """Published later than this one, newest first: from a later cut, or signed anew over the same."""
        later = Q(cut__cut_at__gt=report.cut.cut_at) | Q(cut=report.cut_id, pk__gt=report.pk)
        return self.published().alike(report).filter(later)

    def earlier_than(self, report: "CompiledReport") -> Self:
        return self.alike(report).filter(pk__lt=report.pk)

    def with_parts(self) -> Self:
        """Without the figures and the composed words: megabytes each, which a list never prints."""
        found = self.select_related("kind", "cut__period__regime", "job__result", "file")
        return found.defer("content", "cut__content")


class CompiledReport(Record, Publishable):
    """An official document over one cut in one language. ``file`` is kept and never rebuilt over."""

    kind = models.ForeignKey(ReportKind, models.PROTECT, related_name="reports", verbose_name=_("kind"))
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    province = models.ForeignKey(
        Province, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("province")
    )
    task_group = models.ForeignKey(
        TaskGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("task group")
    )
    cut = models.ForeignKey(DataCut, models.PROTECT, related_name="reports", verbose_name=_("data cut"))
    # See reporting.outline: the kind as it was when the document was asked for. The kind may change.
    outline = models.JSONField(_("what it says"), default=dict)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="vi")
    title_text = models.CharField(_("title"), max_length=250)
    content = models.JSONField(_("composed document"), default=dict, blank=True)
    check_code = models.CharField(_("check code"), max_length=9, unique=True)  # 7K4M-92QD
    # Where the portal was then: printed in the document, so a later move changes nothing in it.
    site_address = models.CharField(_("address of the portal"), max_length=200, blank=True)
    number = models.CharField(_("official number"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=60, default="Hà Nội")
    issued_on = models.DateField(_("date of the document"), null=True, blank=True)
    authority = models.CharField(_("authority"), max_length=60, blank=True)  # KT. BỘ TRƯỞNG
    position = models.CharField(_("position of the signatory"), max_length=LONGEST_POSITION, blank=True)
    signatory = models.CharField(_("signatory"), max_length=80, blank=True)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="compiled_reports", verbose_name=_("job")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("PDF")
    )
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)  # counts on when the words change
    scheduled_on = models.DateField(_("asked for by the portal on"), null=True, blank=True)
    let_go_at = models.DateTimeField(_("files let go at"), null=True, blank=True)
    is_unlike_before = models.BooleanField(_("built again, its files came out otherwise"), default=False)
    withdrawn_reason = models.TextField(_("why withdrawn"), blank=True)
    page_count = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)

    objects: ClassVar[Any] = CompiledReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("compiled report")
        verbose_name_plural = _("compiled reports")
        ordering = ["-cut__cut_at", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(file__isnull=False),
                name="compiled_report_published_with_its_file",
                violation_error_message=_("A report is published once its PDF has been built."),
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=True, province__isnull=True)
                | Q(region__isnull=True, task_group__isnull=True)
                | Q(province__isnull=True, task_group__isnull=True),
                name="compiled_report_speaks_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.title_text

    def get_absolute_url(self) -> str:
        return reverse("reporting:document", args=[self.check_code])

    @property
    def official_number(self) -> str:
        """With the symbol of the ministry's reports, as the head prints it; empty where none is given."""
        return f"{self.number}/BC-BCT" if self.number else ""

    @property
    def signed_by(self) -> list[str]:
        """The lines under the text: in what form the authority is held, the position, the name."""
        return [line for line in (self.authority, self.position, self.signatory) if line]

    def get_title(self) -> Text:
        """The title with its language, for pages in the other one."""
        return Text(self.title_text, self.language)


class ReportFile(AppendOnly):
    """A file given out for a report. All that were ever made stay, so that a copy can be recognised."""

    report = models.ForeignKey(
        CompiledReport, models.PROTECT, related_name="files", verbose_name=_("compiled report")
    )
    edition = models.PositiveSmallIntegerField(_("edition"))
    format = models.CharField(_("format"), max_length=4, choices=Format)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, related_name="report_file", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["report", "edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "edition", "format"], name="report_file_once_per_edition"
            )
        ]

    def __str__(self) -> str:
        return self.file.name

    @property
    def is_current(self) -> bool:
        return self.edition == self.report.edition
