"""Of what kind a meeting is, and how far it has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    NATIONAL_CONFERENCE = "national conference", _("National conference")
    REGIONAL_CONFERENCE = "regional conference", _("Regional conference")
    ROUNDTABLE = "roundtable", _("Roundtable")
    FORUM = "forum", _("Forum")
    WORKSHOP = "workshop", _("Workshop")
    CAMPAIGN = "campaign", _("Campaign")
    RACE = "race", pgettext_lazy("event", "Run")


class Status(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open for registration")
    UNDER_WAY = "under way", _("Under way")
    HELD = "held", pgettext_lazy("event", "Held")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def icon(self) -> str:
        """The shape that stands before the word."""
        shapes = {"open": "pace", "under way": "pace", "held": "info", "cancelled": "failed"}
        return shapes.get(self.value, "none")
