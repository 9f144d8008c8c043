"""The kinds of compiled documents: a new one needs a row and, if it looks different, a template."""

from string import Formatter
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import Record
from foundation.text import Bilingual

from ..lenses import LensKind
from ..outline import Reach

LONGEST_POSITION = 150  # “Cục trưởng Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công” has 65 letters
PLACEHOLDERS = {"year": 2026, "first_year": 2021, "half": "1", "scope": ""}


class Span(models.TextChoices):
    """The time a document covers."""

    YEAR = "year", _("one year")
    HALF = "half", _("half a year")
    SINCE_START = "since_start", _("several years")


class Format(models.TextChoices):
    """``PDF`` is always made; the others follow from the same cut."""

    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"
    DOCX = "docx", "DOCX"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"


def _is_plain(title: str) -> bool:
    """Whether braces hold known names alone: a width such as {year:999999999} would fill the memory."""
    try:
        parts = list(Formatter().parse(title))
    except ValueError:
        return False
    fields = [(name, how, kind) for _text, name, how, kind in parts if name is not None]
    return all(name in PLACEHOLDERS and not how and not kind for name, how, kind in fields)


class ReportKind(Record):
    """What a kind of document covers, says, and comes as. Its sections are names the composer knows."""

    code = models.SlugField(_("code"), max_length=24, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    title_vi = models.CharField(
        _("title (Vietnamese)"),
        max_length=250,
        help_text=_("May hold {year}, {first_year}, {half} and {scope}."),
    )
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    span = models.CharField(_("time covered"), max_length=11, choices=Span, default=Span.YEAR)
    first_year = models.PositiveSmallIntegerField(
        _("first year"), null=True, blank=True, help_text=_("Only for a document over several years.")
    )
    last_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, help_text=_("Only for a document over several years.")
    )
    reach = models.CharField(
        _("speaks of"),
        max_length=10,
        choices=[
            (Reach.NATION.value, _("the whole country")),
            (Reach.REGION.value, _("a region")),
            (Reach.PROVINCE.value, _("a province")),
            (Reach.TASK_GROUP.value, _("a task group")),
        ],
        default=Reach.NATION.value,
    )
    lens = models.CharField(_("see the figures by"), max_length=11, choices=LensKind, default=LensKind.ON)
    sections = models.JSONField(_("sections"), default=list)
    annexes = models.JSONField(_("annexes"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    formats = models.JSONField(_("formats"), default=list)
    template = models.CharField(_("template"), max_length=120, default="reporting/documents/official.html")
    authority = models.CharField(_("authority"), max_length=60, blank=True)  # KT. BỘ TRƯỞNG
    position_of_signatory = models.CharField(
        _("position of the signatory"), max_length=LONGEST_POSITION, blank=True
    )
    signatory = models.CharField(_("signatory"), max_length=80, blank=True)
    is_active = models.BooleanField(_("may be compiled"), default=True)
    is_scheduled = models.BooleanField(_("compiled by itself after each period"), default=False)
    days_after = models.PositiveSmallIntegerField(
        _("days after the provinces' deadline"),
        default=0,
        help_text=_("Only for what is compiled by itself."),
    )

    keeps_days = models.PositiveSmallIntegerField(
        _("days that files not published are kept"),
        default=90,
        validators=[MinValueValidator(1)],
        help_text=_("Preset by the portal: 90. The document and its figures stay; files are built again."),
    )

    history = HistoricalRecords()

    name = Bilingual()

    class Meta:
        verbose_name = _("kind of document")
        verbose_name_plural = _("kinds of documents")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(span=Span.SINCE_START, first_year__isnull=False, last_year__gte=F("first_year"))
                | (~Q(span=Span.SINCE_START) & Q(first_year__isnull=True, last_year__isnull=True)),
                name="report_kind_names_its_years",
                violation_error_message=_(
                    "Name the first and the last year of a document over several years, and only there."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_scheduled=False) | Q(reach=Reach.NATION.value),
                name="report_kind_by_itself_is_national",
                violation_error_message=_(
                    "Only documents about the whole country are compiled by themselves."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Each fault at its field; that sections exist is the composer's to say (see the admin's form)."""
        super().clean()
        faults: dict[str, Any] = {**self._title_faults(), **self._list_faults()}
        try:
            get_template(self.template)
        except TemplateDoesNotExist:
            faults["template"] = _("There is no such template.")
        except TemplateSyntaxError as fault:
            faults["template"] = _("This template cannot be read: %(fault)s") % {"fault": fault}
        if faults:
            raise ValidationError(faults)

    def _title_faults(self) -> dict[str, Any]:
        faults = {}
        for name in ("title_vi", "title_en"):
            if not _is_plain(getattr(self, name)):
                faults[name] = _("Only {year}, {first_year}, {half} and {scope} may stand in braces.")
        return faults

    def _list_faults(self) -> dict[str, Any]:
        allowed = {"languages": dict(settings.LANGUAGES), "formats": dict(Format.choices)}
        faults: dict[str, Any] = {}
        for name, known in allowed.items():
            given = getattr(self, name)
            if not isinstance(given, list) or not given or not all(one in known for one in given):
                faults[name] = _("Give a list of these: %(known)s.") % {"known": ", ".join(known)}
        if "formats" not in faults and Format.PDF not in self.formats:
            faults["formats"] = _("The PDF is always made: name it as well.")
        return faults
