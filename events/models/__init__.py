"""Meetings and campaigns: what was said, by whom, in which role; and who wants to come."""

from .content import EventOrganiser, Outcome, Paper, Photo, Session, Speaker, Statement, Theme
from .event import Event
from .finding import EventQuerySet
from .kinds import Kind, Status
from .registration import Registration, RegistrationQuerySet
from .series import EventSeries

__all__ = [
    "Event",
    "EventOrganiser",
    "EventQuerySet",
    "EventSeries",
    "Kind",
    "Outcome",
    "Paper",
    "Photo",
    "Registration",
    "RegistrationQuerySet",
    "Session",
    "Speaker",
    "Statement",
    "Status",
    "Theme",
]
