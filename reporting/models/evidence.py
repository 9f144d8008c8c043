"""Files that prove a claim of a report: of what kind, from which day, read by whom."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.models import StoredFile

from ..rights import units_of
from .reports import StatusReport


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """A unit sees its own files; the ministry those that were there when a round was submitted."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(report__obligation__province__in=units_of(user))
        if user.works_for_ministry:
            sent = Q(report__submissions__received_at__gte=F("attached_at"))
            kept = Q(removed_at__isnull=True) | Q(removed_at__gt=F("report__submissions__received_at"))
            seen |= sent & kept
        return self.filter(seen).distinct()


class Evidence(models.Model):
    """A file that proves one claim. Taking it away leaves the row, as earlier rounds may hold it."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("signed decision or document")
        LIST = "list", pgettext_lazy("evidence", "list")
        REPORT = "report", pgettext_lazy("evidence", "report")
        PHOTO = "photo", pgettext_lazy("evidence", "photo")
        STATEMENT = "statement", pgettext_lazy("evidence", "written statement")
        OTHER = "other", pgettext_lazy("evidence", "other")

    report = models.ForeignKey(StatusReport, models.PROTECT, related_name="evidence")
    address = models.CharField(_("field"), max_length=80)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.OTHER)
    dated_on = models.DateField(_("date of the file"), null=True, blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    attached_at = models.DateTimeField(_("attached at"))
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")
        ordering = ["attached_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "address", "file"],
                condition=Q(removed_at__isnull=True),
                name="evidence_once_per_claim",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["decision", "list", "report", "photo", "statement", "other"]),
                name="evidence_is_of_a_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.file}"
