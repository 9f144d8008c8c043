"""Tasks decide nothing: they take ids and make one call."""

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def forget_overdue_registrations() -> None:
    actions.forget_overdue(at=timezone.now())
