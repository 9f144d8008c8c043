"""Programmes and strategies, their phases, the commitments behind them, the life cycle of a product."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import PartialDateField
from foundation.models import Record
from foundation.searching import Searchable
from foundation.text import Bilingual

from .organisations import Organisation


class LifeCycleStage(models.Model):
    """One of the nine stages of a product's life. The ninth, disposal, is the one to shrink."""

    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    slug = models.SlugField(_("address"), max_length=40, unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60, blank=True)

    name = Bilingual()

    class Meta:
        verbose_name = _("life-cycle stage")
        verbose_name_plural = _("life-cycle stages")
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.name)


class Commitment(Record):
    """An international commitment that a programme serves."""

    name_vi = models.CharField(_("name (Vietnamese)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    forum_vi = models.CharField(_("forum (Vietnamese)"), max_length=120, blank=True)
    forum_en = models.CharField(_("forum (English)"), max_length=120, blank=True)
    announced_on = PartialDateField(_("announced on"))
    target_year = models.PositiveSmallIntegerField(_("target year"), null=True, blank=True)

    history = HistoricalRecords()

    name = Bilingual()
    forum = Bilingual()

    class Meta:
        verbose_name = _("international commitment")
        verbose_name_plural = _("international commitments")
        ordering = ["name_vi"]

    def __str__(self) -> str:
        return str(self.name)


class Programme(Searchable, Record):
    """A national programme or strategy."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_FORCE = "in_force", _("in force")
        ENDED = "ended", _("ended")
        REPLACED = "replaced", _("replaced")

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("programme")
        STRATEGY = "strategy", _("strategy")
        SCHEME = "scheme", _("scheme")

    name_vi = models.CharField(_("name (Vietnamese)"), max_length=250)
    name_en = models.CharField(_("name (English)"), max_length=250, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PROGRAMME)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    number = models.CharField(_("number"), max_length=40, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issuer = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes_issued",
        verbose_name=_("issuer"),
    )
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes_led",
        verbose_name=_("lead body"),
    )
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    summary_vi = models.TextField(_("summary (Vietnamese)"), blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("replaces"),
    )
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("commitment served"),
    )
    stages = models.ManyToManyField(
        LifeCycleStage, blank=True, related_name="programmes", verbose_name=_("life-cycle stages")
    )

    history = HistoricalRecords()

    name = Bilingual()
    summary = Bilingual()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-first_year", "name_vi"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="programme_ends_after_it_begins",
                violation_error_message=_("The last year must not come before the first."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme", args=[self.slug])

    @classmethod
    def searchable_by(cls, user: Any) -> models.QuerySet["Programme"]:
        return cls.objects.all()


class Phase(models.Model):
    """A stretch of years inside a programme: 2021–2025, 2026–2030."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="phases")
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["first_year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "last_year"], name="phase_of_programme_once"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="phase_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_year}–{self.last_year}"
