"""The page of reminders: what will be sent, what went to whom, and what did not go and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.text import sort_key, whole_number
from provinces.models import Province

from .models import Delivery, Holiday, Obligation, Reminder
from .reminder_words import planned_words

PER_PAGE = 40


@dataclass(frozen=True)
class ReminderRow:
    """One reminder, as one reader sees it on a day."""

    reminder: Reminder
    about: str
    icon: str
    state: str
    deliveries: list[Delivery]


class RemindersPage:
    """Of one kind at a time: ``coming`` by day, ``sent`` and ``dropped`` with the newest first."""

    SHOWS = ("coming", "sent", "dropped")

    def __init__(self, user: Any, asked: Mapping[str, str], *, today: date) -> None:
        self.user, self.today = user, today
        self.show = asked.get("show", "") if asked.get("show") in self.SHOWS else "coming"
        wanted = whole_number(asked.get("unit"))
        self.unit: Province | None = next((one for one in self.units if one.pk == wanted), None)
        self.page = Paginator(self._found(), PER_PAGE).get_page(asked.get("page"))

    @cached_property
    def units(self) -> list[Province]:
        """In Vietnamese order, a former unit after the one that bears its name now."""
        owed = Obligation.objects.visible_to(self.user).values("province")
        found = Province.objects.filter(pk__in=owed).order_by("-valid_from")
        return sorted(found, key=lambda unit: sort_key(str(unit.name)))

    def _found(self) -> QuerySet[Reminder]:
        found = Reminder.objects.visible_to(self.user)
        if self.unit:
            found = found.filter(obligation__province=self.unit)
        found = found.select_related("obligation__province", "obligation__period__regime", "follow_up")
        found = found.prefetch_related("deliveries__mail")
        if self.show == "sent":
            return found.sent().order_by("-sent_at", "-pk")
        if self.show == "dropped":
            return found.dropped().order_by("-dropped_at", "-day", "-pk")
        return found.to_come(self.today).order_by("day", "obligation__province__name_vi", "pk")

    @property
    def rows(self) -> list[ReminderRow]:
        return [self._row(one) for one in self.page.object_list]

    def _row(self, one: Reminder) -> ReminderRow:
        deliveries = list(one.deliveries.all())
        icon, state = self._state(one, deliveries)
        return ReminderRow(one, planned_words(one), icon, state, deliveries)

    def _state(self, one: Reminder, deliveries: list[Delivery]) -> tuple[str, str]:
        if one.sent_at:
            return _how_far(deliveries)
        if one.dropped_at:
            return "none", str(one.get_dropped_because_display())
        if one.day <= self.today:
            return "late", _("waits for the next mail, or for somebody in the post")
        return "none", _("planned")

    @property
    def tabs(self) -> list[dict[str, Any]]:
        names = {"coming": _("To be sent"), "sent": _("Sent"), "dropped": _("Not sent")}
        unit = f"&unit={self.unit.pk}" if self.unit else ""
        address = reverse("work:reminders")
        return [
            {"name": name, "url": f"{address}?show={show}{unit}", "is_current": show == self.show}
            for show, name in names.items()
        ]

    @cached_property
    def days_off(self) -> int:
        """Days off entered from today on; the portal knows none by itself."""
        return Holiday.objects.filter(day__gte=self.today, is_worked=False).count()

    @property
    def holidays_url(self) -> str:
        may = self.user.has_perm("reporting.change_holiday")
        return reverse("admin:reporting_holiday_changelist") if may else ""


def _how_far(deliveries: list[Delivery]) -> tuple[str, str]:
    """A reminder is sent when each of its mails has left; a mail that was erased counts as gone."""
    waiting = [one.mail for one in deliveries if one.mail and not one.mail.sent_at]
    if any(mail.failure for mail in waiting):
        return "failed", _("not delivered yet")
    if waiting:
        return "pace", _("in the outbox")
    return "done", pgettext("a reminder", "sent")
