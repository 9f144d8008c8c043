"""The receipt of a round: a PDF with a code under which everyone finds what was received and when."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.models import Job, StoredFile

from .review import Submission


class Receipt(models.Model):
    """One for each submission, from the moment it was received; the file follows from a worker."""

    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="receipt", verbose_name=_("submission")
    )
    check_code = models.CharField(_("check code"), max_length=9, unique=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="vi")
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("PDF")
    )

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["submission"]

    def __str__(self) -> str:
        return self.check_code

    def get_absolute_url(self) -> str:
        """Where everybody may check it."""
        return reverse("reporting:document", args=[self.check_code])
