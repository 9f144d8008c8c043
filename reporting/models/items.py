"""Single fields of a submission that the ministry has found in order, while others may go back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .reports import StatusReport
from .review import Submission


class ItemMark(models.Model):
    """Somebody's judgement on one field of one submission; the value meant is the one its snapshot holds.

    An approver's mark takes effect with the next decision on the report, which writes the approved rows.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("technically accepted")
        APPROVED = "approved", _("approved")

    report = models.ForeignKey(StatusReport, models.PROTECT, related_name="item_marks")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="item_marks")
    address = models.CharField(_("field"), max_length=80)
    kind = models.CharField(_("judgement"), max_length=8, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(_("by"), max_length=200)
    post_title = models.CharField(_("post"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"))
    written_at = models.DateTimeField(_("written as approved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("judgement on a field")
        verbose_name_plural = _("judgements on fields")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "address", "kind"], name="item_mark_once_per_submission"
            ),
            models.CheckConstraint(
                condition=Q(written_at__isnull=True) | Q(kind="approved"),
                name="item_mark_written_when_approved",
                violation_error_message=_("Only what is approved is written as approved."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.get_kind_display()}"
