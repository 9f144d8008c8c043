"""Tasks decide nothing: they take ids and make one call."""

from celery import shared_task
from django.utils import timezone

from . import actions
from .documents import building, receipts  # noqa: F401 -- say how their jobs are done
from .workbooks.actions import forget_overdue


@shared_task
def open_periods() -> None:
    actions.open_periods(today=timezone.localdate())


@shared_task
def send_reminders() -> None:
    actions.send_reminders(today=timezone.localdate(), at=timezone.now())


@shared_task
def forget_workbooks() -> None:
    forget_overdue(at=timezone.now())
