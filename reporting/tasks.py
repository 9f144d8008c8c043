"""Tasks decide nothing: they take ids and make one call."""

from celery import shared_task
from django.utils import timezone

from . import actions
from .documents import building, receipts, telling  # noqa: F401 -- say how their jobs are done
from .documents.letting_go import let_go_of_files
from .documents.scheduling import compile_due
from .workbooks.actions import forget_overdue


@shared_task
def open_periods() -> None:
    actions.open_periods(today=timezone.localdate())


@shared_task
def send_reminders() -> None:
    actions.send_reminders(today=timezone.localdate(), at=timezone.now())


@shared_task
def compile_due_reports() -> None:
    compile_due(today=timezone.localdate(), at=timezone.now())


@shared_task
def let_go_of_unpublished_files() -> None:
    let_go_of_files(at=timezone.now())


@shared_task
def forget_workbooks() -> None:
    forget_overdue(at=timezone.now())
