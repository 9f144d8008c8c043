"""What a reminder says: in the mail as things stand on a day, in the list as it was planned."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.dates import day_words

from .ladder import Kind
from .models import FollowUp, Reminder


@dataclass(frozen=True)
class ReminderLine:
    """One line of a digest. ``days`` are those left of a deadline; those waited already are negative."""

    title: str
    sentence: str
    url: str
    days: int
    is_late: bool = False


def line_of(reminder: Reminder, *, today: date, url: str) -> ReminderLine:
    if reminder.follow_up:
        return _line_of_action(reminder, reminder.follow_up, today=today, url=url)
    obligation = reminder.obligation
    words = {"unit": obligation.province.name, "period": obligation.period}
    title = _("%(unit)s, report on %(period)s") % words
    if reminder.kind == Kind.IDLE:
        waited = (today - reminder.about_on).days
        return ReminderLine(title, _waited(waited, reminder), url, -waited)
    days = (obligation.last_day_to_submit - today).days
    return ReminderLine(title, _asked(reminder, days), url, days, is_late=days < 0)


def _line_of_action(reminder: Reminder, action: FollowUp, *, today: date, url: str) -> ReminderLine:
    words = {"unit": reminder.obligation.province.name, "text": Truncator(action.text).chars(80)}
    title = _("%(unit)s, follow-up action: %(text)s") % words
    if reminder.kind == Kind.VERIFY:
        waited = (today - reminder.about_on).days
        told = ngettext(
            "has waited %(n)s day to be verified, since %(day)s",
            "has waited %(n)s days to be verified, since %(day)s",
            waited,
        )
        sentence = told % {"n": waited, "day": day_words(reminder.about_on)}
        return ReminderLine(title, sentence, url, -waited)
    days = (action.due_on - today).days
    return ReminderLine(title, deadline_words(action.due_on, days), url, days, is_late=days < 0)


def _waited(days: int, reminder: Reminder) -> str:
    told = ngettext(
        "has waited %(n)s day for the ministry, since %(day)s",
        "has waited %(n)s days for the ministry, since %(day)s",
        days,
    )
    return told % {"n": days, "day": day_words(reminder.about_on)}


def _asked(reminder: Reminder, days: int) -> str:
    due = deadline_words(reminder.obligation.last_day_to_submit, days)
    if reminder.kind == Kind.RETURN:
        return _("the return is not answered: %(due)s") % {"due": due}
    if reminder.kind == Kind.OPENS:
        return _("reporting opens on %(day)s; %(due)s") % {"day": day_words(reminder.about_on), "due": due}
    return due


def deadline_words(day: date, days: int) -> str:
    """How a deadline stands with so many days left: late, today, or to come."""
    words: dict[str, Any] = {"n": abs(days), "day": day_words(day)}
    if days < 0:
        told = ngettext(
            "overdue by %(n)s day, was due on %(day)s", "overdue by %(n)s days, was due on %(day)s", -days
        )
    elif days == 0:
        told = _("due today, %(day)s")
    else:
        told = ngettext("due on %(day)s, %(n)s day left", "due on %(day)s, %(n)s days left", days)
    return told % words


def planned_words(reminder: Reminder) -> str:
    """3 days before 17/11/2026 · on 17/11/2026 · 7 days after 17/11/2026, with what happens on that day."""
    days = abs(reminder.step)
    if reminder.kind == Kind.OPENS:
        told = _("reporting opens on %(day)s")
    elif reminder.kind == Kind.IDLE:
        told = ngettext(
            "%(n)s day with the ministry, since %(day)s", "%(n)s days with the ministry, since %(day)s", days
        )
    elif reminder.kind == Kind.VERIFY:
        told = ngettext(
            "%(n)s day waiting to be verified, since %(day)s",
            "%(n)s days waiting to be verified, since %(day)s",
            days,
        )
    elif reminder.step < 0:
        told = ngettext(
            "%(n)s day before the deadline %(day)s", "%(n)s days before the deadline %(day)s", days
        )
    elif reminder.step == 0:
        told = _("on the deadline %(day)s")
    else:
        told = ngettext("%(n)s day after the deadline %(day)s", "%(n)s days after the deadline %(day)s", days)
    words = told % {"n": days, "day": day_words(reminder.about_on)}
    if reminder.follow_up:
        text = Truncator(reminder.follow_up.text).chars(60)
        return _("follow-up action “%(text)s”: %(words)s") % {"text": text, "words": words}
    return _("return not answered: %(words)s") % {"words": words} if reminder.kind == Kind.RETURN else words
