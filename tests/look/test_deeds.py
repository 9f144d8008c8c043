"""Every deed the audit writes down is told on the desk in words."""

import re

from django.conf import settings

from scp_portal.desk import DEEDS

WRITTEN = re.compile(r"write_down\(\s*\"([^\"]+)\"")


def test_no_deed_is_shown_by_its_key():
    rooms = [settings.BASE_DIR / room for room in settings.ROOMS]
    verbs = {
        verb for room in rooms for path in room.rglob("*.py") for verb in WRITTEN.findall(path.read_text())
    }

    assert verbs - set(DEEDS) == set()
