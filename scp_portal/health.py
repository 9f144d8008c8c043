"""Asks a running process whether it is well: ``python -m scp_portal.health web|worker|beat``."""

import os
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

LONGEST_SILENCE = 10 * 60  # seconds; beat writes its schedule every three minutes


def main() -> None:
    checks: dict[str, Callable[[], bool]] = {"web": web, "worker": worker, "beat": beat}
    if sys.argv[1:] not in [[kind] for kind in checks]:
        sys.exit("Say what to ask: python -m scp_portal.health web, worker or beat.")
    sys.exit(0 if checks[sys.argv[1]]() else f"The {sys.argv[1]} process does not answer.")


def web() -> bool:
    # The portal answers only to its own host names, also on loopback.
    host = os.environ.get("ALLOWED_HOSTS", "").partition(",")[0] or "localhost"
    address = f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}/healthz"
    request = urllib.request.Request(address, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310 -- our own address
            return bool(answer.read() == b"ok")
    except OSError:
        return False


def worker() -> bool:
    from .celery import app  # noqa: PLC0415 -- needs the settings, which web and beat do not

    return bool(app.control.ping(timeout=5))


def beat() -> bool:
    from django.conf import settings  # noqa: PLC0415 -- needs the settings, which web does not

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scp_portal.settings")
    schedule = Path(settings.CELERY_BEAT_SCHEDULE_FILENAME)
    written = [path.stat().st_mtime for path in schedule.parent.glob(f"{schedule.name}*")]
    return bool(written) and time.time() - max(written) < LONGEST_SILENCE


if __name__ == "__main__":
    main()
