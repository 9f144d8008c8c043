"""Certificates: frozen when they are issued, checked by anyone, revoked with a reason."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import PartialDateField, range_words
from foundation.models import Record, StoredFile
from foundation.text import Bilingual

from .courses import Participant


class CertificateNumbering(models.Model):
    """The last running number of a year. The row is locked while numbers are given."""

    year = models.PositiveSmallIntegerField(unique=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last_number}"


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The whole row with the full name is for staff; what the public reads needs the code."""
        return self.all() if user.has_perm("training.view_certificate") else self.none()

    def valid(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class Certificate(Record):
    """Made only by ``actions.issue_certificates``. It keeps its words, whatever becomes of the course."""

    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="certificates", verbose_name=_("participant")
    )
    number = models.CharField(_("number"), max_length=40, unique=True)
    code = models.CharField(_("check code"), max_length=14, unique=True)
    issued_on = models.DateField(_("day of issue"))
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("certificate given by"),
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    revoked_because_vi = models.CharField(_("why revoked (Vietnamese)"), max_length=250, blank=True)
    revoked_because_en = models.CharField(_("why revoked (English)"), max_length=250, blank=True)
    document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("PDF")
    )
    # What was true on the day of issue.
    holder = models.CharField(_("holder"), max_length=120)
    course_title_vi = models.CharField(_("course (Vietnamese)"), max_length=250)
    course_title_en = models.CharField(_("course (English)"), max_length=250, blank=True)
    level_name_vi = models.CharField(_("level (Vietnamese)"), max_length=80)
    level_name_en = models.CharField(_("level (English)"), max_length=80, blank=True)
    topic_names_vi = models.TextField(_("topics (Vietnamese)"), blank=True)
    topic_names_en = models.TextField(_("topics (English)"), blank=True)
    province_name_vi = models.CharField(_("province (Vietnamese)"), max_length=120)
    province_name_en = models.CharField(_("province (English)"), max_length=120, blank=True)
    organiser_name_vi = models.CharField(_("organiser (Vietnamese)"), max_length=200)
    organiser_name_en = models.CharField(_("organiser (English)"), max_length=200, blank=True)
    begins_on = PartialDateField(_("begins on"))
    ends_on = PartialDateField(_("ends on"))
    signer = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_post_vi = models.CharField(_("signer's post (Vietnamese)"), max_length=160, blank=True)
    signer_post_en = models.CharField(_("signer's post (English)"), max_length=160, blank=True)

    objects = CertificateQuerySet.as_manager()
    history = HistoricalRecords()

    revoked_because = Bilingual()
    course_title = Bilingual()
    level_name = Bilingual()
    topic_names = Bilingual()
    province_name = Bilingual()
    organiser_name = Bilingual()
    signer_post = Bilingual()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(revoked_at__isnull=True),
                name="one_valid_certificate_per_participant",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoked_because_vi=""),
                name="certificate_revoked_with_a_reason",
                violation_error_message=_("Say in Vietnamese why the certificate is revoked."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("training:certificate", args=[self.code])

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None

    @property
    def dates(self) -> str:
        return range_words(self.begins_on, self.ends_on)

    @property
    def shown_holder(self) -> str:
        """The name where its bearer agreed to it, initials otherwise."""
        return self.holder if self.participant.shows_name else initials(self.holder)


def initials(name: str) -> str:
    """Nguyễn Thị Lan → N. T. L."""
    return " ".join(f"{word[0]}." for word in name.split())
