"""The sections of the news, such as policy or training."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.text import Bilingual


class Section(models.Model):
    """A shelf of the news room, with feeds of its own."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    summary_vi = models.CharField(_("summary (Vietnamese)"), max_length=300, blank=True)
    summary_en = models.CharField(_("summary (English)"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = HistoricalRecords()

    name = Bilingual()
    summary = Bilingual()

    class Meta:
        verbose_name = _("news section")
        verbose_name_plural = _("news sections")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("news:section", args=[self.slug])
