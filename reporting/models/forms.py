"""What is asked: versions of a regime's form. A report keeps its own copy, so no change breaks a draft."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import Record

from ..questions import faults_of_definition, lists_in
from .codes import CodeList
from .regimes import Regime


class FormVersion(Record):
    """Sections and questions of a regime, as data (see ``reporting.questions``)."""

    regime = models.ForeignKey(Regime, models.PROTECT, related_name="forms", verbose_name=_("regime"))
    number = models.PositiveSmallIntegerField(_("version"))
    in_force_from = models.DateField(_("in force from"))
    definition = models.JSONField(_("sections and questions"))
    changes_vi = models.TextField(_("what changed (Vietnamese)"), blank=True)
    changes_en = models.TextField(_("what changed (English)"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("form version")
        verbose_name_plural = _("form versions")
        ordering = ["regime", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "number"], name="form_version_once_per_regime")
        ]

    def __str__(self) -> str:
        return f"{self.regime}, {self.number}"

    def clean(self) -> None:
        super().clean()
        if faults := faults_of_definition(self.definition) or list(unknown_lists(self.definition)):
            raise ValidationError({"definition": faults})


def unknown_lists(definition: dict[str, Any]) -> Iterator[str]:
    asked = lists_in(definition)
    known = set(CodeList.objects.filter(key__in=asked).values_list("key", flat=True)) if asked else set()
    for key in sorted(asked - known):
        yield gettext("“by” names the list “%(list)s”, which the portal does not have.") % {"list": key}
