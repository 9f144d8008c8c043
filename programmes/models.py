"""The framework: programmes, targets, task groups, tasks; organisations and persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import Record
from foundation.text import Bilingual


class Organisation(Record):
    """A body that leads, co-ordinates, organises or takes part."""

    name_vi = models.CharField(_("name (Vietnamese)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)

    history = HistoricalRecords()

    name = Bilingual()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_vi"]

    def __str__(self) -> str:
        return str(self.name)
