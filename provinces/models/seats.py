"""Where organisations sit, and what the ministry does for a province."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import Record
from foundation.text import Bilingual

from .units import Province


class SeatQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        """A first day that is not known counts as past."""
        return self.exclude(valid_from__gt=on).exclude(valid_to__lte=on)


class OrganisationSeat(Record):
    """An organisation has its seat in a province for a time. Seats move."""

    organisation = models.ForeignKey(
        "programmes.Organisation", models.PROTECT, related_name="seats", verbose_name=_("organisation")
    )
    province = models.ForeignKey(Province, models.PROTECT, related_name="seats", verbose_name=_("province"))
    valid_from = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Empty: the first day is not known.")
    )
    valid_to = models.DateField(_("until (exclusive)"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("seat of an organisation")
        verbose_name_plural = _("seats of organisations")
        ordering = ["organisation", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "province", "valid_from"], name="organisation_seat_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="organisation_seat_ends_after_it_begins",
                violation_error_message=_("The last day must come after the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.province}"


class ProvinceSupport(Record):
    """What the ministry or a partner does for a province: drafting help, training, a pilot."""

    class Kind(models.TextChoices):
        PLANNING = "planning", _("help with a plan")
        TRAINING = "training", _("training")
        PILOT = "pilot", _("pilot model")
        EXPERTISE = "expertise", _("expert advice")
        FUNDING = "funding", _("funding")

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("announced")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    province = models.ForeignKey(
        Province, models.PROTECT, related_name="supports", verbose_name=_("province")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ANNOUNCED)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    provider = models.ForeignKey(
        "programmes.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supports_given",
        verbose_name=_("given by"),
    )
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    result_vi = models.TextField(_("result (Vietnamese)"), blank=True)
    result_en = models.TextField(_("result (English)"), blank=True)

    history = HistoricalRecords()

    title = Bilingual()
    result = Bilingual()

    class Meta:
        verbose_name = _("support to a province")
        verbose_name_plural = _("support to provinces")
        ordering = ["-year", "province"]

    def __str__(self) -> str:
        return str(self.title)
