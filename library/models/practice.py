"""What has been tried and what it brought: models, case studies, projects, products, funding."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.amounts import Qualified, qualifier_field
from foundation.dates import PartialDateField
from foundation.models import Record
from foundation.text import Bilingual
from programmes.models import Organisation
from provinces.models import Province

from .entry import Entry, Kind


def money_field(verbose_name: Any) -> models.DecimalField:
    """The number of a sum of money; its qualifier and currency stand beside it."""
    return models.DecimalField(verbose_name, max_digits=18, decimal_places=0, null=True, blank=True)


def currency_field() -> models.CharField:
    return models.CharField(_("currency"), max_length=3, default="VND", blank=True)


class PilotModel(Entry):
    """A pilot or demonstration; its status says how far it has come."""

    KIND = Kind.MODEL

    class Type(models.TextChoices):
        ENERGY = "energy", _("alternative or renewable energy")
        ENERGY_MANAGEMENT = "management", _("energy management")
        CIRCULAR = "circular", _("circular economy")
        RECYCLING = "recycling", _("recycling")
        PARK = "park", _("eco-industrial park")
        PROCUREMENT = "procurement", _("green public procurement")
        CITY = "city", _("sustainable city")
        TECHNOLOGY = "technology", _("clean technology")
        TOOL = "tool", _("resource-efficiency tool")

    type = models.CharField(_("type"), max_length=12, choices=Type)
    host = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_models",
        verbose_name=_("host facility"),
    )
    provinces = models.ManyToManyField(
        Province,
        blank=True,
        related_name="pilot_models",
        verbose_name=_("provinces"),
        help_text=_("The unit that existed then."),
    )
    technology_vi = models.CharField(_("technology (Vietnamese)"), max_length=250, blank=True)
    technology_en = models.CharField(_("technology (English)"), max_length=250, blank=True)
    scale_vi = models.CharField(_("scale (Vietnamese)"), max_length=160, blank=True)
    scale_en = models.CharField(_("scale (English)"), max_length=160, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replications",
        verbose_name=_("replicates"),
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="partnered_models", verbose_name=_("partners")
    )
    cost_number = money_field(_("cost"))
    cost_qualifier = qualifier_field(_("cost: how sure"))
    cost_currency = currency_field()
    results_vi = models.TextField(_("results (Vietnamese)"), blank=True)
    results_en = models.TextField(_("results (English)"), blank=True)
    counts_toward_target = models.BooleanField(
        _("counts toward target 4"), default=False, help_text=_("Models built and applied, 2021–2025.")
    )

    history = HistoricalRecords(excluded_fields=["folded"])

    technology = Bilingual()
    scale = Bilingual()
    results = Bilingual()
    cost = Qualified()

    class Meta:
        verbose_name = _("pilot model")
        verbose_name_plural = _("pilot models")
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("entry_ptr")),
                name="model_does_not_replicate_itself",
                violation_error_message=_("A model cannot replicate itself."),
            ),
            models.CheckConstraint(
                condition=Q(cost_number__isnull=True) | Q(cost_number__gte=0), name="model_cost_not_negative"
            ),
        ]

    def search_words(self) -> list[Any]:
        return [
            *super().search_words(),
            self.get_type_display(),
            self.technology_vi,
            self.technology_en,
            self.results_vi,
            self.results_en,
        ]


class CaseStudy(Entry):
    """What a facility did and saved by it."""

    KIND = Kind.CASE

    facility = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="case_studies",
        verbose_name=_("facility"),
    )
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="case_studies",
        verbose_name=_("province"),
        help_text=_("The unit that existed then."),
    )
    measure_vi = models.CharField(_("measure (Vietnamese)"), max_length=250)
    measure_en = models.CharField(_("measure (English)"), max_length=250, blank=True)
    saved_number = money_field(_("money saved in a year"))
    saved_qualifier = qualifier_field(_("money saved: how sure"))
    saved_currency = currency_field()
    investment_number = money_field(_("investment"))
    investment_qualifier = qualifier_field(_("investment: how sure"))
    investment_currency = currency_field()
    payback_months = models.PositiveSmallIntegerField(_("payback in months"), null=True, blank=True)
    co2_tonnes = models.DecimalField(
        _("CO₂ avoided in a year, tonnes"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    verified_by = models.CharField(_("verified by"), max_length=200, blank=True)

    history = HistoricalRecords(excluded_fields=["folded"])

    measure = Bilingual()
    saved = Qualified()
    investment = Qualified()

    class Meta:
        verbose_name = _("case study with savings")
        verbose_name_plural = _("case studies with savings")
        constraints = [
            models.CheckConstraint(
                condition=(Q(saved_number__isnull=True) | Q(saved_number__gte=0))
                & (Q(investment_number__isnull=True) | Q(investment_number__gte=0))
                & (Q(co2_tonnes__isnull=True) | Q(co2_tonnes__gte=0)),
                name="case_amounts_not_negative",
                violation_error_message=_("A saving or an investment is not below zero."),
            )
        ]

    def search_words(self) -> list[Any]:
        facility = (self.facility.name_vi, self.facility.name_en) if self.facility else ()
        place = (self.province.name_vi, self.province.name_en) if self.province else ()
        return [*super().search_words(), self.measure_vi, self.measure_en, *facility, *place]


class Saving(models.Model):
    """One resource before and after the measure, over the same period."""

    case = models.ForeignKey(CaseStudy, models.CASCADE, related_name="savings")
    resource_vi = models.CharField(_("resource (Vietnamese)"), max_length=120)
    resource_en = models.CharField(_("resource (English)"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=40)
    before = models.DecimalField(_("before"), max_digits=16, decimal_places=3)
    after = models.DecimalField(_("after"), max_digits=16, decimal_places=3)
    period = models.CharField(_("period"), max_length=60, blank=True)

    resource = Bilingual()

    class Meta:
        verbose_name = _("saving")
        verbose_name_plural = _("savings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__gte=0, after__gte=0),
                name="saving_not_negative",
                violation_error_message=_("An amount used is not below zero."),
            )
        ]

    def __str__(self) -> str:
        return str(self.resource)

    @property
    def saved(self) -> Any:
        return self.before - self.after


class PartnerProject(Entry):
    """A project carried out with partners, its results and what becomes of them."""

    KIND = Kind.PROJECT

    donor_text = models.CharField(_("donor as printed"), max_length=200, blank=True)
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="partner_projects", verbose_name=_("partners")
    )
    begins_on = PartialDateField(_("begins on"))
    ends_on = PartialDateField(_("ends on"))
    budget_number = money_field(_("budget"))
    budget_qualifier = qualifier_field(_("budget: how sure"))
    budget_currency = currency_field()
    countries_vi = models.CharField(_("countries (Vietnamese)"), max_length=250, blank=True)
    countries_en = models.CharField(_("countries (English)"), max_length=250, blank=True)
    results_vi = models.TextField(_("results (Vietnamese)"), blank=True)
    results_en = models.TextField(_("results (English)"), blank=True)
    afterwards_vi = models.TextField(_("after the project ends (Vietnamese)"), blank=True)
    afterwards_en = models.TextField(_("after the project ends (English)"), blank=True)

    history = HistoricalRecords(excluded_fields=["folded"])

    countries = Bilingual()
    results = Bilingual()
    afterwards = Bilingual()
    budget = Qualified()

    class Meta:
        verbose_name = _("partner project")
        verbose_name_plural = _("partner projects")
        constraints = [
            models.CheckConstraint(
                condition=Q(budget_number__isnull=True) | Q(budget_number__gte=0),
                name="project_budget_not_negative",
            )
        ]

    def search_words(self) -> list[Any]:
        return [*super().search_words(), self.donor_text, self.results_vi, self.results_en]


class SustainableProduct(Record):
    """A product or innovation that came out of a project."""

    class Category(models.TextChoices):
        FOOD = "food", _("food")
        CLOTHING = "clothing", _("clothing")
        HOUSING = "housing", _("housing")
        OTHER = "other", _("other")

    project = models.ForeignKey(
        PartnerProject, models.PROTECT, related_name="products", verbose_name=_("project")
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    category = models.CharField(_("category"), max_length=8, choices=Category)
    maker = models.CharField(_("maker"), max_length=200, blank=True)
    label = models.CharField(_("eco-label"), max_length=120, blank=True)
    market_vi = models.CharField(_("on the market (Vietnamese)"), max_length=200, blank=True)
    market_en = models.CharField(_("on the market (English)"), max_length=200, blank=True)

    history = HistoricalRecords()

    name = Bilingual()
    market = Bilingual()

    class Meta:
        verbose_name = _("sustainable product")
        verbose_name_plural = _("sustainable products")
        ordering = ["category", "name_vi"]

    def __str__(self) -> str:
        return str(self.name)


class FundingOpportunity(Entry):
    """Money on offer: by whom, for what, until when."""

    KIND = Kind.FUNDING

    donor_text = models.CharField(_("donor as printed"), max_length=200, blank=True)
    region_vi = models.CharField(_("region (Vietnamese)"), max_length=160, blank=True)
    region_en = models.CharField(_("region (English)"), max_length=160, blank=True)
    priorities_vi = models.TextField(_("priorities (Vietnamese)"), blank=True)
    priorities_en = models.TextField(_("priorities (English)"), blank=True)
    eligibility_vi = models.TextField(_("who may apply (Vietnamese)"), blank=True)
    eligibility_en = models.TextField(_("who may apply (English)"), blank=True)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)

    history = HistoricalRecords(excluded_fields=["folded"])

    region = Bilingual()
    priorities = Bilingual()
    eligibility = Bilingual()

    class Meta:
        verbose_name = _("funding opportunity")
        verbose_name_plural = _("funding opportunities")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(closes_on__gte=F("opens_on")),
                name="funding_closes_after_it_opens",
                violation_error_message=_("The last day must not come before the first."),
            )
        ]

    def search_words(self) -> list[Any]:
        return [*super().search_words(), self.donor_text, self.priorities_vi, self.priorities_en]
