"""The plan register: what a province promised, when, in which document. Plans never move to an heir."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.amounts import Qualified, qualifier_field
from foundation.dates import PartialDateField, day_words
from foundation.models import Publishable, PublishableQuerySet, Record, StoredFile
from foundation.searching import Hit, Searchable, columns_text
from foundation.text import Bilingual

from .units import Province


class PlanQuerySet(PublishableQuerySet):
    def real(self) -> Self:
        """Facts only: the demo's plans are left out."""
        return self.filter(is_demo=False)

    def issued(self) -> Self:
        """Every document that came out, also one since amended, replaced or run out."""
        return self.exclude(status__in=[ProvincialPlan.Status.DRAFTING, ProvincialPlan.Status.CONSULTING])


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
        self._refuse_foreign_day()
        if self.kind == self.Kind.FRAME and self.status == self.Status.ISSUED:
            self._refuse_second_frame()
        if self.supersedes_id and not self.reason_vi:
            raise ValidationError({"reason_vi": _("Say why this plan amends or replaces the earlier one.")})

    def _refuse_foreign_day(self) -> None:
        """A plan without a known day is accepted; the page says so."""
        day = self.issued_on.exact if self.issued_on else None
        if day and self.province_id and not self.province.exists_on(day):
            raise ValidationError(
                {
                    "issued_on": _("%(unit)s was not in force on %(day)s. Choose the unit of that day.")
                    % {"unit": self.province, "day": day_words(day)}
                }
            )

    def _refuse_second_frame(self) -> None:
        if not (self.province_id and self.first_year and self.last_year):
            return
        others = ProvincialPlan.objects.filter(
            province=self.province_id,
            kind=self.Kind.FRAME,
            status=self.Status.ISSUED,
            is_demo=self.is_demo,
            first_year__lte=self.last_year,
            last_year__gte=self.first_year,
        ).exclude(pk=self.pk)
        other = others.first()
        if other and other.pk != self.supersedes_id:
            raise ValidationError(
                {
                    "first_year": _("%(plan)s of this unit is in force in these years. Amend or replace it.")
                    % {"plan": other}
                }
            )

    @property
    def is_out(self) -> bool:
        return self.status not in (self.Status.DRAFTING, self.Status.CONSULTING)

    @property
    def known_from(self) -> date | None:
        """The first day the register can vouch for the document: issued, reported, or its first year."""
        for day in (self.issued_on, self.reported_on):
            if day and day.first_day:
                return day.first_day
        return date(self.first_year, 1, 1) if self.first_year else None

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


class PlanTarget(Record):
    """What a plan promises, with its own denominator: enterprises in parks are not parks."""

    plan = models.ForeignKey(ProvincialPlan, models.CASCADE, related_name="targets", verbose_name=_("plan"))
    position = models.PositiveSmallIntegerField(_("position"))
    indicator = models.ForeignKey(
        "programmes.Indicator",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_targets",
        verbose_name=_("national indicator it serves"),
    )
    statement_vi = models.CharField(_("target (Vietnamese)"), max_length=300)
    statement_en = models.CharField(_("target (English)"), max_length=300, blank=True)
    denominator_vi = models.CharField(_("counted over (Vietnamese)"), max_length=200, blank=True)
    denominator_en = models.CharField(_("counted over (English)"), max_length=200, blank=True)
    low = models.DecimalField(_("from"), max_digits=12, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("to"), max_digits=12, decimal_places=2, null=True, blank=True)
    qualifier = qualifier_field()
    unit_vi = models.CharField(_("unit (Vietnamese)"), max_length=40, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=40, blank=True)

    history = HistoricalRecords()

    statement = Bilingual()
    denominator = Bilingual()
    unit = Bilingual()

    class Meta:
        verbose_name = _("target of a plan")
        verbose_name_plural = _("targets of plans")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="plan_targets_are_in_order"),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True) | Q(low__isnull=False, high__gte=F("low")),
                name="plan_target_range_is_in_order",
                violation_error_message=_("The upper end must not lie below the lower end."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.statement)

    def words(self) -> str:
        """5–8% · 70% · at least 2 campaigns · “not in the source”."""
        if self.low is None or self.high is None:
            return gettext("no number in the source")
        low, high = (number_format(end.normalize() + 0, force_grouping=True) for end in (self.low, self.high))
        span = low if self.low == self.high else f"{low}–{high}"
        unit = str(self.unit)
        text = f"{span}%" if unit == "%" else f"{span} {unit}".strip()
        return gettext("at least %(number)s") % {"number": text} if self.qualifier == "at least" else text


class PlanActivity(Record):
    """One activity of a plan, tied to a national task where there is one."""

    plan = models.ForeignKey(
        ProvincialPlan, models.CASCADE, related_name="activities", verbose_name=_("plan")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    task = models.ForeignKey(
        "programmes.Task",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_activities",
        verbose_name=_("national task it serves"),
    )
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    lead = models.CharField(
        _("lead department"), max_length=200, blank=True, help_text=_("As printed in the plan.")
    )
    coordinators = models.CharField(_("co-ordinating bodies"), max_length=400, blank=True)
    begins_on = PartialDateField(_("begins on"))
    ends_on = PartialDateField(_("ends on"))

    history = HistoricalRecords()

    title = Bilingual()

    class Meta:
        verbose_name = _("activity of a plan")
        verbose_name_plural = _("activities of plans")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="plan_activities_are_in_order")
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        super().clean()
        first, last = (day.first_day if day else None for day in (self.begins_on, self.ends_on))
        if first and last and last < first:
            raise ValidationError({"ends_on": _("The end must not come before the beginning.")})


class ActivityBudget(models.Model):
    """Money for an activity from one source: planned, received, spent. Unknown is empty, not zero."""

    class Source(models.TextChoices):
        CENTRAL = "central", _("central budget")
        LOCAL = "local", _("local budget")
        ENTERPRISE = "enterprise", _("enterprises")
        INTERNATIONAL = "international", _("international partners")
        OTHER = "other", _("other lawful sources")

    activity = models.ForeignKey(PlanActivity, models.CASCADE, related_name="budgets")
    source = models.CharField(_("source"), max_length=15, choices=Source)
    planned_number = models.DecimalField(_("planned"), max_digits=16, decimal_places=0, null=True, blank=True)
    planned_qualifier = qualifier_field(_("planned: how sure"))
    received_number = models.DecimalField(
        _("received"), max_digits=16, decimal_places=0, null=True, blank=True
    )
    received_qualifier = qualifier_field(_("received: how sure"))
    spent_number = models.DecimalField(_("spent"), max_digits=16, decimal_places=0, null=True, blank=True)
    spent_qualifier = qualifier_field(_("spent: how sure"))
    currency = models.CharField(_("currency"), max_length=3, default="VND")

    planned = Qualified()
    received = Qualified()
    spent = Qualified()

    class Meta:
        verbose_name = _("money for the activity")
        verbose_name_plural = _("money for the activity")
        ordering = ["activity", "source"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "source"], name="activity_budget_once_per_source"),
            models.CheckConstraint(
                condition=(Q(planned_number__isnull=True) | Q(planned_number__gte=0))
                & (Q(received_number__isnull=True) | Q(received_number__gte=0))
                & (Q(spent_number__isnull=True) | Q(spent_number__gte=0)),
                name="activity_budget_not_negative",
                violation_error_message=_("An amount of money cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_source_display()

    @property
    def planned_currency(self) -> str:
        return self.currency

    received_currency = spent_currency = planned_currency  # ``Qualified`` asks each amount for its own
