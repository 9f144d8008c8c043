"""The web process speaks to the queue that the settings name."""

import subprocess
import sys
from pathlib import Path

import pytest

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
