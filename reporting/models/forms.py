"""What is asked: versions of a regime's form. A report keeps its own copy, so no change breaks a draft."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import Record

from ..far_days import far_words, is_far
from ..form_changes import breaking
from ..questions import PLAN_ACTIVITIES, faults_of_definition, lists_in
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

    @property
    def activities_section(self) -> str:
        """Key of the section that the register of plans fills; empty: there is none."""
        sections = (one["key"] for one in self.definition["sections"] if one.get("from") == PLAN_ACTIVITIES)
        return next(sections, "")

    def clean(self) -> None:
        super().clean()
        if self.in_force_from and is_far(self.in_force_from, timezone.localdate()):
            raise ValidationError({"in_force_from": far_words(self.in_force_from)})
        if faults := faults_of_definition(self.definition) or list(unknown_lists(self.definition)):
            raise ValidationError({"definition": faults})
        if self.pk:
            self._refuse_breaking_what_is_used()

    def _refuse_breaking_what_is_used(self) -> None:
        """Reports were asked by this version: it may grow and loosen, all else is a new version."""
        stored = FormVersion.objects.filter(pk=self.pk, reports__isnull=False).first()
        if stored is None:
            return
        if (stored.regime_id, stored.number) != (self.regime_id, self.number):
            raise ValidationError(_("Reports use this version, so its regime and number stay as they are."))
        broken = breaking(stored.definition, self.definition)
        if broken:
            told = [f"“{change.label}” ({change.address}): {change.sentence}" for change in broken]
            number = self.regime.forms.aggregate(last=models.Max("number"))["last"] + 1
            advice = gettext(
                "Reports use this version. Make version %(number)s instead; begun reports keep theirs."
            )
            raise ValidationError({"definition": [*told, advice % {"number": number}]})


def unknown_lists(definition: dict[str, Any]) -> Iterator[str]:
    asked = lists_in(definition)
    known = set(CodeList.objects.filter(key__in=asked).values_list("key", flat=True)) if asked else set()
    for key in sorted(asked - known):
        yield gettext("“by” names the list “%(list)s”, which the portal does not have.") % {"list": key}
