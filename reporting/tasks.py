"""Tasks decide nothing: they take ids and make one call."""

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def open_periods() -> None:
    actions.open_periods(today=timezone.localdate())
