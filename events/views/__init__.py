"""What the public sees of events, and the pages behind a registration's signed link."""

from .calendars import event_calendar, series_calendar, upcoming_calendar
from .pages import event, event_list, paper_file, photo, series
from .registrations import confirm, register, registered, registration, withdraw

__all__ = [
    "confirm",
    "event",
    "event_calendar",
    "event_list",
    "paper_file",
    "photo",
    "register",
    "registered",
    "registration",
    "series",
    "series_calendar",
    "upcoming_calendar",
    "withdraw",
]
