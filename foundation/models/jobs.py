"""Long work as rows: state, steps, progress, result, reason of failure."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..text import Bilingual
from .files import StoredFile


class JobQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])


class Job(models.Model):
    """Changed only by ``foundation.jobs``. A worker holds a lease; without it, it may not write."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=120)  # one open job per kind and key
    arguments = models.JSONField(_("arguments"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField(_("queued at"))
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease = models.CharField(max_length=32, blank=True, default="")
    leased_until = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(_("reason of failure"), blank=True)
    result = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("result")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["queued", "running"]),
                name="one_open_job_per_key",
            )
        ]
        indexes = [
            models.Index(fields=["state", "leased_until"], name="jobs_to_pick_up"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)


class JobStep(models.Model):
    """One real step of a job; ``done`` of ``total`` equal pieces of work."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    note_vi = models.CharField(max_length=200, blank=True)
    note_en = models.CharField(max_length=200, blank=True)
    total = models.PositiveIntegerField(default=1)
    done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    name = Bilingual()
    note = Bilingual()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="job_steps_are_numbered"),
            models.CheckConstraint(
                condition=Q(done__lte=models.F("total")), name="job_step_done_within_total"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name_vi}"

    @property
    def seconds(self) -> float | None:
        """How long it took, or has taken until now."""
        if self.started_at is None:
            return None
        return ((self.finished_at or timezone.now()) - self.started_at).total_seconds()
