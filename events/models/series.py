"""Series of meetings, and the wider families some of them belong to."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import Publishable, Record
from foundation.text import Bilingual


class EventSeries(Publishable, Record):
    """Meetings that follow each other, or a wider family of such series."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    summary_vi = models.TextField(_("summary (Vietnamese)"), blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("The wider series whose meetings are shown together with these."),
    )

    history = HistoricalRecords()
    title = Bilingual()
    summary = Bilingual()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title_vi"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="event_series_is_not_part_of_itself",
                violation_error_message=_("A series cannot be part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("events:series", args=[self.slug])

    def clean(self) -> None:
        if self.part_of and self.part_of.part_of_id:
            raise ValidationError({"part_of": _("Choose a series that is not itself part of another.")})
