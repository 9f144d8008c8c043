"""What most records share: where they come from, and when the public may see them."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """A row the programme keeps. Demo rows say so and never count as facts."""

    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Where the record comes from.")
    )
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False, db_index=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True


class PublishableQuerySet(models.QuerySet):
    def published(self, at: datetime | None = None) -> Self:
        """Out by ``at`` (now by default) and not withdrawn."""
        at = at or timezone.now()
        return self.filter(published_at__lte=at).filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at))

    def visible_to(self, user: Any) -> Self:
        """All of it to those who may change it, the published part to everyone else."""
        app, model = self.model._meta.app_label, self.model._meta.model_name
        return self.all() if user.has_perm(f"{app}.change_{model}") else self.published()


class Publishable(models.Model):
    """A record the public may read from ``published_at`` until it is withdrawn."""

    published_at = models.DateTimeField(
        _("published from"), null=True, blank=True, help_text=_("Empty: a draft that only staff see.")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn from"), null=True, blank=True)

    objects = PublishableQuerySet.as_manager()

    # Moments at which the public sees another thing though nobody writes anything.
    TURNS: ClassVar[tuple[str, ...]] = ("published_at", "withdrawn_at")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=F("published_at")),
                name="%(app_label)s_%(class)s_withdrawn_after_published",
                violation_error_message=_("A record is withdrawn after it was published, not before."),
            )
        ]

    @property
    def is_published(self) -> bool:
        now = timezone.now()
        return (
            self.published_at is not None
            and self.published_at <= now
            and (self.withdrawn_at is None or self.withdrawn_at > now)
        )
