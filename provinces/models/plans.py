"""The plan register: what a province promised, when, in which document. Plans never move to an heir."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import PartialDateField
from foundation.models import Publishable, PublishableQuerySet, Record, StoredFile
from foundation.searching import Hit, Searchable, columns_text
from foundation.text import Bilingual

from . import plan_rules
from .units import Province


class PlanQuerySet(PublishableQuerySet):
    def real(self) -> Self:
        """Facts only: the demo's plans are left out."""
        return self.filter(is_demo=False)

    def issued(self) -> Self:
        """Every document that came out, also one since amended, replaced or run out."""
        return self.exclude(status__in=ProvincialPlan.IN_PREPARATION)


class ProvincialPlan(Searchable, Record, Publishable):
    """A document of one unit as it then was. What the source does not say stays empty."""

    class Kind(models.TextChoices):
        FRAME = "frame", _("frame plan")
        ANNUAL = "annual", _("annual plan")
        INTEGRATION = "integration", _("integrated into another plan")
        UNKNOWN = "unknown", _("kind not in the source")

    class Status(models.TextChoices):
        DRAFTING = "drafting", _("being drafted")
        CONSULTING = "consulting", _("sent for opinion")
        ISSUED = "issued", _("issued")
        AMENDED = "amended", _("amended")
        REPLACED = "replaced", _("replaced")
        EXPIRED = "expired", _("expired")

    class Supersession(models.TextChoices):
        """What a later plan does to the earlier one it names."""

        AMENDS = "amends", _("amends it")
        REPLACES = "replaces", _("replaces it")

    IN_PREPARATION = frozenset({"drafting", "consulting"})

    province = models.ForeignKey(Province, models.PROTECT, related_name="plans", verbose_name=_("issued by"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.ISSUED)
    number = models.CharField(
        _("number"), max_length=60, blank=True, help_text=_("As printed: 202/KH-UBND. Empty: not known.")
    )
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    issued_on = PartialDateField(_("issued on"))
    reported_on = PartialDateField(
        _("reported on"), help_text=_("When a source spoke of it, if the day of issue is not known.")
    )
    signer = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_post_vi = models.CharField(_("signer's post (Vietnamese)"), max_length=160, blank=True)
    signer_post_en = models.CharField(_("signer's post (English)"), max_length=160, blank=True)
    first_year = models.PositiveSmallIntegerField(
        _("first year"), null=True, blank=True, validators=[MinValueValidator(2000)]
    )
    last_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, validators=[MinValueValidator(2000)]
    )
    scope_vi = models.CharField(_("scope (Vietnamese)"), max_length=200, blank=True)
    scope_en = models.CharField(_("scope (English)"), max_length=200, blank=True)
    lead = models.ForeignKey(
        "programmes.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans_led",
        verbose_name=_("lead body"),
    )
    lead_text_vi = models.CharField(_("lead body as printed (Vietnamese)"), max_length=200, blank=True)
    lead_text_en = models.CharField(_("lead body as printed (English)"), max_length=200, blank=True)
    frame = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annual_plans",
        verbose_name=_("under the frame plan"),
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("amends or replaces"),
    )
    supersession = models.CharField(
        _("what it does to the earlier plan"), max_length=8, choices=Supersession, blank=True
    )
    reason_vi = models.TextField(_("reason of the amendment (Vietnamese)"), blank=True)
    reason_en = models.TextField(_("reason of the amendment (English)"), blank=True)
    note_vi = models.TextField(_("note (Vietnamese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)

    objects = PlanQuerySet.as_manager()  # type: ignore[misc]
    history = HistoricalRecords()

    title = Bilingual()
    signer_post = Bilingual()
    scope = Bilingual()
    lead_text = Bilingual()
    reason = Bilingual()
    note = Bilingual()

    class Meta(Publishable.Meta):
        verbose_name = _("provincial plan")
        verbose_name_plural = _("provincial plans")
        ordering = ["-first_year", "province__name_vi", "number"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_year__isnull=True)
                | Q(first_year__isnull=True)
                | Q(last_year__gte=F("first_year")),
                name="plan_ends_after_it_begins",
                violation_error_message=_("The last year must not come before the first."),
            ),
            models.UniqueConstraint(
                fields=["province", "number", "issued_on"],
                condition=~Q(number=""),
                name="plan_number_once_per_day",
                violation_error_message=_("The register already holds this number of this unit."),
            ),
            models.CheckConstraint(
                condition=~Q(supersedes=F("id")),
                name="plan_does_not_supersede_itself",
                violation_error_message=_("A plan cannot replace itself."),
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, supersession="")
                | Q(supersedes__isnull=False) & ~Q(supersession=""),
                name="plan_says_how_it_supersedes",
                violation_error_message=_(
                    "Name the earlier plan, and say whether it is amended or replaced."
                ),
            ),
        ]
        indexes = [models.Index(fields=["province", "kind"], name="plans_of_a_unit")]

    def __str__(self) -> str:
        """Kế hoạch 202/KH-UBND · Kế hoạch khung 2021–2030."""
        if self.number:
            return gettext("Plan %(number)s") % {"number": self.number}
        if self.title_vi:
            return str(self.title)
        return f"{self.get_kind_display()} {self.period_words}".strip().capitalize()

    def get_absolute_url(self) -> str:
        return reverse("provinces:plan", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        wrong = plan_rules.faults(self)
        if wrong:
            raise ValidationError(wrong)

    @property
    def is_out(self) -> bool:
        return self.status not in self.IN_PREPARATION

    @property
    def known_from(self) -> date | None:
        """Where it stands in a unit's decade: the first day it may have been issued, or its first year's.

        Whether it had come out by a day is ``was_out``.
        """
        for day in (self.issued_on, self.reported_on):
            if day and day.first_day:
                return day.first_day
        return date(self.first_year, 1, 1) if self.first_year else None

    @property
    def out_by(self) -> date | None:
        """The first day by which it had certainly come out; on every page it counts from then.

        Issued or reported in a year or month: its last day. Without any day: when it entered the register.
        """
        told = [day.last_day for day in (self.issued_on, self.reported_on) if day]
        entered = timezone.localdate(self.published_at) if self.published_at else None
        return min((day for day in (*told, entered) if day), default=None)

    def was_out(self, day: date) -> bool:
        return self.is_out and self.out_by is not None and self.out_by <= day

    @property
    def period_words(self) -> str:
        """2021–2030 · 2024 · nothing when not known."""
        if self.first_year is None or self.last_year is None:
            return str(self.first_year or self.last_year or "")
        years = f"{self.first_year}–{self.last_year}"
        return str(self.first_year) if self.first_year == self.last_year else years

    def covers_year(self, year: int) -> bool:
        return (self.first_year or year) <= year <= (self.last_year or year)

    @classmethod
    def searchable_by(cls, user: Any) -> models.QuerySet:
        return cls.objects.visible_to(user).select_related("province")

    def search_title(self) -> str:
        issuer = f"{self.province.name_vi} \n {self.province.name_en}"
        return " \n ".join([*columns_text(self, ("number", "title")), issuer])

    def search_text(self) -> str:
        return " \n ".join([self.period_words, *columns_text(self, ("scope", "signer", "note"))])

    @property
    def search_hit(self) -> Hit:
        return Hit(
            title=str(self),
            url=self.get_absolute_url(),
            summary=self.title,
            kind=str(self.get_kind_display()),
            date=self.issued_on or self.reported_on,
            note=str(self.province),
        )


class PlanFile(models.Model):
    """A file of a plan: the signed document, an annex."""

    plan = models.ForeignKey(ProvincialPlan, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    label_vi = models.CharField(_("label (Vietnamese)"), max_length=120, blank=True)
    label_en = models.CharField(_("label (English)"), max_length=120, blank=True)

    label = Bilingual()

    class Meta:
        verbose_name = _("file of the plan")
        verbose_name_plural = _("files of the plan")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "file"], name="plan_file_once")]

    def __str__(self) -> str:
        return str(self.label) or self.file.name
