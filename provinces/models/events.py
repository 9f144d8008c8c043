"""What changed the map: dated, typed events that cite their instrument, and who succeeded whom."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import day_words
from foundation.models import Record
from foundation.text import Bilingual

from .units import Province


class BoundaryEvent(Record):
    """One change of units. Mergers, splits and part transfers have heirs; the others keep the unit."""

    class Kind(models.TextChoices):
        MERGER = "merger", _("merger")
        SPLIT = "split", _("split")
        PART_TRANSFER = "part_transfer", _("part transfer")
        RENAMING = "renaming", _("renaming")
        TYPE_CHANGE = "type_change", _("change of type")

    KEEPS_THE_UNIT = frozenset({"renaming", "type_change"})

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    effective_on = models.DateField(_("in effect from"))
    unit = models.ForeignKey(
        Province,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events_kept",
        verbose_name=_("unit"),
        help_text=_("For a renaming or a change of type: the unit, which stays the same."),
    )
    instrument_number = models.CharField(_("instrument: number"), max_length=60, blank=True)
    instrument_issuer_vi = models.CharField(_("instrument: issuer (Vietnamese)"), max_length=120, blank=True)
    instrument_issuer_en = models.CharField(_("instrument: issuer (English)"), max_length=120, blank=True)
    instrument_date = models.DateField(_("instrument: date"), null=True, blank=True)
    instrument_url = models.URLField(_("instrument: address"), blank=True)
    note_vi = models.TextField(_("note (Vietnamese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)

    history = HistoricalRecords()

    instrument_issuer = Bilingual()
    note = Bilingual()

    class Meta:
        verbose_name = _("boundary event")
        verbose_name_plural = _("boundary events")
        ordering = ["effective_on", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["renaming", "type_change"], unit__isnull=False)
                | Q(kind__in=["merger", "split", "part_transfer"], unit__isnull=True),
                name="boundary_event_names_its_unit",
                violation_error_message=_(
                    "A renaming or a change of type names its unit; other events name predecessors and heirs."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {day_words(self.effective_on)}"

    def clean(self) -> None:
        super().clean()
        if self.unit and self.effective_on and self.effective_on <= self.unit.valid_from:
            raise ValidationError(
                {
                    "effective_on": _("%(unit)s begins on %(day)s; the event must come later.")
                    % {"unit": self.unit.name, "day": day_words(self.unit.valid_from)}
                }
            )


class Succession(models.Model):
    """One predecessor and one heir of an event."""

    event = models.ForeignKey(
        BoundaryEvent, models.CASCADE, related_name="successions", verbose_name=_("event")
    )
    predecessor = models.ForeignKey(
        Province, models.PROTECT, related_name="successions_to", verbose_name=_("predecessor")
    )
    heir = models.ForeignKey(
        Province, models.PROTECT, related_name="successions_from", verbose_name=_("heir")
    )
    note_vi = models.CharField(_("note (Vietnamese)"), max_length=200, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=200, blank=True)

    note = Bilingual()

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["event", "predecessor", "heir"]
        constraints = [
            models.UniqueConstraint(fields=["event", "predecessor", "heir"], name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("heir")),
                name="succession_not_into_itself",
                violation_error_message=_("A unit cannot be its own heir."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.heir}"

    def clean(self) -> None:
        super().clean()
        if self.event_id and self.predecessor_id and self.heir_id:
            wrong = {**self._predecessor_fault(), **self._heir_fault()}
            if wrong:
                raise ValidationError(wrong)

    def _predecessor_fault(self) -> dict[str, Any]:
        unit, day = self.predecessor, self.event.effective_on
        if unit.valid_from >= day:
            sentence = _("%(unit)s did not exist before %(day)s.")
        elif self.event.kind in BoundaryEvent.KEEPS_THE_UNIT:
            sentence = _("A renaming or a change of type has no heirs: the unit stays.")
        elif self.event.kind != BoundaryEvent.Kind.PART_TRANSFER and unit.valid_to != day:
            sentence = _("%(unit)s must end on %(day)s for its heir to begin.")
        else:
            return {}
        return {"predecessor": sentence % {"unit": unit.name, "day": day_words(day)}}

    def _heir_fault(self) -> dict[str, Any]:
        unit, day = self.heir, self.event.effective_on
        if self.event.kind == BoundaryEvent.Kind.PART_TRANSFER:
            if unit.exists_on(day):
                return {}
            sentence = _("%(unit)s does not exist on %(day)s.")
        elif unit.valid_from == day:
            return {}
        else:
            sentence = _("%(unit)s must begin on %(day)s, the day of the event.")
        return {"heir": sentence % {"unit": unit.name, "day": day_words(day)}}
