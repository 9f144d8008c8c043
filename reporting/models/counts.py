"""Counts with their parts by a controlled list: as a province answers them, and as they were approved."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..pace import plain as plain_number
from ..questions import Question
from .reports import COUNTS, Answer, Emptiness, not_negative, plain
from .values import Approved, ApprovedQuerySet, once


def count_field(verbose_name: Any) -> models.DecimalField:
    """Whole pieces. What is not whole is refused with a sentence before it gets here."""
    return models.DecimalField(verbose_name, max_digits=13, decimal_places=0, null=True, blank=True)


def parts_field() -> models.JSONField:
    return models.JSONField(_("parts"), default=dict, blank=True)


class CountAnswer(Answer):
    """A whole number that is counted, with its parts by code: {"female": "12"}.

    ``proposed`` is what the portal counted when the answer was last changed: confirmed by it, or corrected.
    """

    VALUES = ("emptiness", "value", "parts", "reason", "expected_on", "note")

    emptiness = models.CharField(max_length=14, choices=Emptiness, blank=True, default="")
    value = count_field(_("value"))
    parts = parts_field()
    reason = models.TextField(blank=True)
    expected_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    proposed = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "address"], name="count_answer_once"),
            models.CheckConstraint(condition=not_negative("value"), name="count_answer_not_negative"),
        ]

    def take(self, value: dict[str, Any]) -> None:
        super().take({**value, "parts": tidy_parts(value.get("parts") or {})})


def tidy_parts(parts: Any) -> dict[str, str]:
    """Only what was said, numbers canonical, in one order: the same parts are the same JSON."""
    if not isinstance(parts, Mapping):
        raise ValidationError(_("The parts of a count are numbers by code."))
    said = {str(code): amount for code, amount in parts.items() if amount not in (None, "")}
    try:
        return {code: plain(Decimal(str(said[code]))) for code in sorted(said)}
    except InvalidOperation:
        raise ValidationError(_("The parts of a count are numbers by code.")) from None


class ApprovedCountQuerySet(ApprovedQuerySet):
    def newest_of_each(self) -> list["ApprovedCount"]:
        """The newest current row of each question, beside those asked for once; one query."""
        newest: dict[tuple[str, int], ApprovedCount] = {}
        rows = self.current().select_related("period__regime")
        for row in rows.order_by("-period__year", "-period__last_day", "pk"):
            newest.setdefault((row.address, row.period.theme), row)
        return list(newest.values())


class ApprovedCount(Approved):
    """A count as it was approved; ``asked`` is the question with its list, as the report kept it."""

    address = models.CharField(_("field"), max_length=80)
    emptiness = models.CharField(_("kind of answer"), max_length=14, choices=Emptiness)
    value = count_field(_("value"))
    asked = models.JSONField(_("question"))
    parts = parts_field()
    reason = models.TextField(_("reason"), blank=True)
    expected_on = models.DateField(_("expected on"), null=True, blank=True)

    objects: ClassVar[Any] = ApprovedCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("approved count")
        verbose_name_plural = _("approved counts")
        ordering = ["period", "province", "address"]
        constraints = [
            *once("approved_count", "address"),
            models.CheckConstraint(condition=not_negative("value"), name="approved_count_not_negative"),
            models.CheckConstraint(
                condition=Q(emptiness__in=COUNTS) | Q(value__isnull=True),
                name="approved_count_empty_has_no_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province}, {self.period}, {self.address}"

    @property
    def question(self) -> Question:
        return Question(self.address.partition(".")[0], self.asked)

    def words(self) -> str:
        """20 people (women 12, men 8); or why there is no number."""
        if self.emptiness not in COUNTS:
            return str(self.get_emptiness_display())
        whole = f"{plain_number(self.value or Decimal(0))} {self.question.unit}".strip()
        parts = ", ".join(self._parts())
        return f"{whole} ({parts})" if parts else whole

    def _parts(self) -> Iterator[str]:
        codes = self.question.breakdown.codes if self.question.breakdown else {}
        for code, name in codes.items():
            if code in self.parts:
                yield f"{name} {plain_number(Decimal(self.parts[code]))}"
