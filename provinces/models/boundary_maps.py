"""The ministry's own boundaries, as a file gave them and as the portal draws them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import day_words
from foundation.models import StoredFile
from foundation.text import Bilingual

from .cutovers import person


class BoundaryMap(models.Model):
    """One loaded file. It is entered, shown and taken from the pages in ``provinces.boundary_maps`` alone.

    Of several shown maps of the same units, the one of the newest day is drawn.
    """

    units_of = models.DateField(
        _("draws the units of"), help_text=_("A day on which the file's units were in force.")
    )
    source_vi = models.CharField(
        _("source (Vietnamese)"),
        max_length=300,
        help_text=_("Publisher, number and date of the document; printed under every map."),
    )
    source_en = models.CharField(_("source (English)"), max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    shapes = models.JSONField(_("what is drawn"))
    is_shown = models.BooleanField(_("shown on the pages"), default=False)
    loaded_by = person(_("loaded by"))
    loaded_at = models.DateTimeField(_("loaded at"))

    history = HistoricalRecords(excluded_fields=["shapes"])

    source = Bilingual()

    class Meta:
        verbose_name = _("boundary map")
        verbose_name_plural = _("boundary maps")
        ordering = ["-units_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source_vi=""),
                name="boundary_map_names_its_source",
                violation_error_message=_("Name the publisher, number and date of the document."),
            )
        ]

    def __str__(self) -> str:
        return gettext("Boundaries of the units of %(day)s") % {"day": day_words(self.units_of)}

    def get_absolute_url(self) -> str:
        return reverse("admin:provinces_boundarymap_change", args=[self.pk])
