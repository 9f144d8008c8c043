"""The queue. Start it with ``celery -A scp_portal.celery``; the package itself imports nothing."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scp_portal.settings")

app = Celery("scp_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_django_logging(**_kwargs: object) -> None:
    """Worker and web write the same log lines: Celery leaves Django's configuration alone."""
