"""What is there to learn from and to work by: materials, guidelines, criteria, norms, photos."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import StoredFile
from foundation.text import Bilingual
from programmes.models import Assignment

from .documents import Document
from .entry import Entry, Kind


class Material(Entry):
    """A training or knowledge document, in its versions."""

    KIND = Kind.MATERIAL

    class Type(models.TextChoices):
        COURSE = "course", _("training document")
        HANDBOOK = "handbook", _("handbook")
        DESIGN = "design", _("design guide")
        LEAFLET = "leaflet", _("leaflet")
        OTHER = "other", _("other")

    type = models.CharField(_("type"), max_length=10, choices=Type)
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    topic_vi = models.CharField(_("topic (Vietnamese)"), max_length=200, blank=True)
    topic_en = models.CharField(_("topic (English)"), max_length=200, blank=True)
    audience_vi = models.CharField(_("audience (Vietnamese)"), max_length=200, blank=True)
    audience_en = models.CharField(_("audience (English)"), max_length=200, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    cover = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    assignment = models.ForeignKey(
        Assignment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("commissioned by the assignment"),
    )

    history = HistoricalRecords(excluded_fields=["folded"])

    topic = Bilingual()
    audience = Bilingual()

    class Meta:
        verbose_name = _("training or knowledge document")
        verbose_name_plural = _("training and knowledge documents")

    def search_words(self) -> list[Any]:
        return [*super().search_words(), self.authors, self.topic_vi, self.topic_en, self.audience_vi]


class Guideline(Entry):
    """Technical guidelines for a sector. One row may stand for several the source does not name."""

    KIND = Kind.GUIDELINE

    authors = models.CharField(_("authors"), max_length=300, blank=True)
    count = models.PositiveSmallIntegerField(
        _("number of guidelines"), default=1, validators=[MinValueValidator(1)]
    )

    history = HistoricalRecords(excluded_fields=["folded"])

    class Meta:
        verbose_name = _("technical guideline")
        verbose_name_plural = _("technical guidelines")
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="guideline_counts_at_least_one")
        ]


class CriteriaSet(Entry):
    """What an object is judged by: a tree of weighted criteria with a threshold."""

    KIND = Kind.CRITERIA

    object_vi = models.CharField(_("what is judged (Vietnamese)"), max_length=200)
    object_en = models.CharField(_("what is judged (English)"), max_length=200, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    threshold = models.DecimalField(
        _("threshold"), max_digits=6, decimal_places=2, null=True, blank=True, help_text=_("Points needed.")
    )
    act = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="criteria_sets",
        verbose_name=_("issued by the text"),
    )

    history = HistoricalRecords(excluded_fields=["folded"])

    object = Bilingual()

    class Meta:
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")

    def search_words(self) -> list[Any]:
        return [*super().search_words(), self.object_vi, self.object_en]


class Criterion(models.Model):
    """One criterion; those under it share its weight."""

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="criteria")
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("under the criterion"),
    )
    code = models.CharField(_("code"), max_length=12)
    name_vi = models.CharField(_("criterion (Vietnamese)"), max_length=300)
    name_en = models.CharField(_("criterion (English)"), max_length=300, blank=True)
    weight = models.DecimalField(
        _("weight"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    name = Bilingual()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "code"],
                name="criterion_code_once",
                violation_error_message=_("Another criterion of this set has this code."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=100), name="criterion_weight_within_hundred"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="criterion_is_not_its_own_part"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def clean(self) -> None:
        if self.parent and self.parent.criteria_set_id != self.criteria_set_id:
            raise ValidationError({"parent": _("Choose a criterion of the same set.")})


class ConsumptionNorm(Entry):
    """How much of an input a unit of product may take."""

    KIND = Kind.NORM

    product_vi = models.CharField(_("product (Vietnamese)"), max_length=160)
    product_en = models.CharField(_("product (English)"), max_length=160, blank=True)
    input_vi = models.CharField(_("input (Vietnamese)"), max_length=160, blank=True)
    input_en = models.CharField(_("input (English)"), max_length=160, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True, help_text=_("For example kWh per tonne."))
    lowest = models.DecimalField(_("from"), max_digits=14, decimal_places=4, null=True, blank=True)
    highest = models.DecimalField(
        _("to"),
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("As “from”: one value."),
    )
    baseline_year = models.PositiveSmallIntegerField(_("baseline year"), null=True, blank=True)
    method_vi = models.TextField(_("method (Vietnamese)"), blank=True)
    method_en = models.TextField(_("method (English)"), blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until (exclusive)"), null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["folded"])

    product = Bilingual()
    input = Bilingual()
    method = Bilingual()

    class Meta:
        verbose_name = _("consumption norm")
        verbose_name_plural = _("consumption norms")
        constraints = [
            models.CheckConstraint(
                condition=Q(lowest__isnull=True, highest__isnull=True)
                | Q(lowest__gte=0, highest__isnull=False, highest__gte=F("lowest")),
                name="norm_range_is_in_order",
                violation_error_message=_("Give both ends of the range, the smaller first."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="norm_ends_after_it_begins",
                violation_error_message=_("The last day must come after the first."),
            ),
        ]

    def search_words(self) -> list[Any]:
        return [*super().search_words(), self.product_vi, self.product_en, self.input_vi, self.input_en]

    @property
    def value_words(self) -> str:
        """“12,5 kWh/t”, “10–12 kWh/t”, or nothing when the source gives no value."""
        if self.lowest is None or self.highest is None:
            return ""
        ends = [number_format(end.normalize(), force_grouping=True) for end in (self.lowest, self.highest)]
        return f"{'–'.join(dict.fromkeys(ends))} {self.unit}".strip()


class Photo(Entry):
    """A photograph or drawing with its credit; the title is its caption."""

    KIND = Kind.PHOTO

    alt_vi = models.CharField(_("text alternative (Vietnamese)"), max_length=250, blank=True)
    alt_en = models.CharField(_("text alternative (English)"), max_length=250, blank=True)
    credit = models.CharField(_("credit"), max_length=160, blank=True)
    is_illustrative = models.BooleanField(
        _("illustrative"),
        default=False,
        help_text=_("It shows something like the matter."),
    )
    picture = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    history = HistoricalRecords(excluded_fields=["folded"])

    alt = Bilingual()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def search_words(self) -> list[Any]:
        return [*super().search_words(), self.alt_vi, self.alt_en, self.credit]
