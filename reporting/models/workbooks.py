"""A workbook somebody sent back, kept until its answers are taken or its time is over."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.models import StoredFile

from ..rights import units_of
from .reports import StatusReport

KEPT_FOR = timedelta(days=7)


class FilledWorkbookQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever sent it, while they speak for the unit: nobody else finishes another's preview."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(by=user, report__obligation__province__in=units_of(user))

    def overdue(self, at: datetime) -> Self:
        return self.filter(expires_at__lte=at)


class FilledWorkbook(models.Model):
    """``outcome`` is empty until the answers are taken; then counts, and the rows that were refused, their
    sentences in the workbook's language: ``{"language": "vi", "taken": 3, "theirs": 0, "unchanged": 9,
    "refused": [{"address": …, "sheet": …, "complaints": [[place, sentence], …]}]}``.
    """

    report = models.ForeignKey(
        StatusReport, models.PROTECT, related_name="workbooks", verbose_name=_("status report")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    uploaded_at = models.DateTimeField(_("uploaded at"))
    expires_at = models.DateTimeField(_("kept until"))
    taken_at = models.DateTimeField(_("answers taken at"), null=True, blank=True)
    outcome = models.JSONField(_("what became of it"), default=dict, blank=True)

    objects = FilledWorkbookQuerySet.as_manager()

    class Meta:
        verbose_name = _("filled workbook")
        verbose_name_plural = _("filled workbooks")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("uploaded_at")), name="workbook_is_kept_for_a_while"
            )
        ]

    def __str__(self) -> str:
        return str(self.file)

    def get_absolute_url(self) -> str:
        return reverse("work:workbook_preview", args=[self.pk])
