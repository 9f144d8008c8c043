"""The web process speaks to the queue that the settings name."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from scp_portal.celery import app

pytestmark = pytest.mark.sqlite_too


def test_a_process_that_only_loads_django_knows_the_broker():
    asked = "from celery import current_app; print(current_app.main, current_app.conf.broker_url)"

    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", asked],
        cwd=Path(__file__).parent.parent,
        env={"PATH": "/usr/bin:/bin", "DEBUG": "1", "QUEUE_DIR": "queue", "REDIS_URL": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    name, broker = told.stdout.split()
    assert name == "scp_portal"
    assert broker.startswith("filesystem://")


def test_everything_scheduled_is_a_task_that_exists():
    app.loader.import_default_modules()

    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled <= set(app.tasks)
    assert "reporting.tasks.open_periods" in scheduled
