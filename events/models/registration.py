"""Who wants to come. As little about a person as a seat needs, and no longer than it needs it."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.collation import in_vietnamese_order

from .event import Event

CONFIRM_WITHIN = timedelta(days=3)


class RegistrationQuerySet(models.QuerySet):
    def seated(self) -> Self:
        return self.filter(state=Registration.State.CONFIRMED)

    def in_line(self) -> Self:
        """The waiting list, first come first."""
        return self.filter(state=Registration.State.WAITING).order_by("confirmed_at", "pk")

    def standing(self) -> Self:
        return self.exclude(state=Registration.State.WITHDRAWN)

    def to_be_named(self) -> Self:
        """Those with a seat who agreed to be named in public."""
        return self.seated().filter(may_be_named=True).order_by(in_vietnamese_order("full_name"))


class Registration(models.Model):
    """Changed only by ``events.actions``. No history is kept: it would outlive an erasure."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("address not confirmed")
        CONFIRMED = "confirmed", _("has a seat")
        WAITING = "waiting", _("on the waiting list")
        WITHDRAWN = "withdrawn", pgettext_lazy("registration", "withdrawn")

    event = models.ForeignKey(Event, models.PROTECT, related_name="registrations", verbose_name=_("event"))
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    may_be_named = models.BooleanField(_("agreed to be named in the list"), default=False)
    language = models.CharField(_("language"), max_length=2, default="vi")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNCONFIRMED)
    registered_at = models.DateTimeField(_("registered at"))
    confirmed_at = models.DateTimeField(_("address confirmed at"), null=True, blank=True)
    seated_at = models.DateTimeField(_("seat given at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["event", "registered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=~Q(email=""),
                name="one_registration_per_address",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False, email="", full_name="")
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="withdrawn_registration_is_erased",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(seated_at__isnull=False, confirmed_at__isnull=False),
                name="seat_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["event", "state", "confirmed_at"], name="seats_and_line")]

    def __str__(self) -> str:
        """Without the name: the audit repeats this text and is never erased."""
        return f"№ {self.pk}, {self.event}"

    @property
    def icon(self) -> str:
        """The shape that stands before the state."""
        shapes = {"confirmed": "done", "waiting": "pace", "unconfirmed": "info"}
        return shapes.get(self.state, "none")

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def can_be_withdrawn(self) -> bool:
        return self.state in (self.State.UNCONFIRMED, self.State.CONFIRMED, self.State.WAITING)

    def awaits_confirmation(self, at: datetime) -> bool:
        return self.state == self.State.UNCONFIRMED and not self.is_too_late(at) and self.event.is_ahead(at)

    def place_in_line(self) -> int:
        """1 for the first on the waiting list."""
        ahead = Q(confirmed_at__lt=self.confirmed_at) | Q(confirmed_at=self.confirmed_at, pk__lte=self.pk)
        return self.event.registrations.in_line().filter(ahead).count()

    def is_too_late(self, at: datetime) -> bool:
        return self.state == self.State.UNCONFIRMED and at > self.registered_at + CONFIRM_WITHIN
