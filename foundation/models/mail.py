"""Mail waits in the outbox until it is sent, so a broken mail server loses nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxMail(models.Model):
    key = models.CharField(
        max_length=120, unique=True, help_text=_("One mail per key: a repeated deed sends nothing twice.")
    )
    recipient = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("body"))
    html = models.TextField(_("body as a page"), blank=True, default="")
    queued_at = models.DateTimeField(_("queued at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    failure = models.CharField(_("reason of failure"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail in the outbox")
        verbose_name_plural = _("mails in the outbox")
        ordering = ["-queued_at"]
        indexes = [
            models.Index(fields=["queued_at"], name="mail_waiting", condition=models.Q(sent_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"
