"""Starts one of the portal's processes: ``python -m scp_portal.start web|worker|beat``.

Procfile and Compose say the same three lines. Each looks around first: a wrong variable, a
database or broker out of reach, or a port in use gives one sentence and exit code 1.
"""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from . import surroundings

Command = list[str]


class CannotStart(Exception):
    """The text says what to mend."""


def main() -> None:
    kinds: dict[str, Callable[[], Command]] = {"web": web, "worker": worker, "beat": beat}
    if sys.argv[1:] not in [[kind] for kind in kinds]:
        sys.exit("Say what to start: python -m scp_portal.start web, worker or beat.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scp_portal.settings")
    try:
        look_around()
        command = kinds[sys.argv[1]]()
    except (CannotStart, ImproperlyConfigured) as fault:
        sys.exit(str(fault))
    os.execv(sys.executable, [sys.executable, "-m", *command])  # noqa: S606 -- becomes the process


def web() -> Command:
    host = os.environ.get("HOST") or "127.0.0.1"
    port = free_port(host, os.environ.get("PORT") or "8000")
    keep_address(host, port)
    workers = os.environ.get("WEB_WORKERS") or "2"
    return [
        *("granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", workers, "--blocking-threads", "4", "--respawn-failed-workers"),
        *("--no-ws", "--log-level", "warning", "scp_portal.wsgi:application"),
    ]


def worker() -> Command:
    reach_broker()
    concurrency = os.environ.get("WORKER_CONCURRENCY") or "1"
    return [
        *("celery", "--quiet", "--app", "scp_portal.celery", "worker"),
        *("--concurrency", concurrency, "--without-gossip", "--without-mingle"),
    ]


def beat() -> Command:
    reach_broker()
    return ["celery", "--quiet", "--app", "scp_portal.celery", "beat", "--pidfile", ""]


def look_around() -> None:
    """Read the settings, make the folders, reach the database."""
    make_folders()
    reach_database()


def make_folders() -> None:
    from django.conf import settings  # noqa: PLC0415 -- reads the settings, which may be wrong

    for folder in (settings.DATA_DIR, settings.QUEUE_DIR / "control", settings.MEDIA_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)


def reach_database() -> None:
    """Connect once, without the pool, which would go on trying."""
    from django.db import OperationalError, connection  # noqa: PLC0415 -- needs the settings

    settings = connection.settings_dict
    if connection.vendor == "postgresql":
        settings["OPTIONS"] = {**settings["OPTIONS"], "pool": False, "connect_timeout": 5}
    try:
        connection.ensure_connection()
    except OperationalError as fault:
        reason = str(fault).strip().splitlines()[0]
        name = settings["NAME"]
        raise CannotStart(
            f"The database “{name}” cannot be reached: {reason}. Start it or correct DATABASE_URL."
        ) from None
    connection.close()


def reach_broker() -> None:
    from kombu import Connection  # noqa: PLC0415 -- only worker and beat need it
    from kombu.exceptions import OperationalError  # noqa: PLC0415 -- only worker and beat need it

    from .celery import app  # noqa: PLC0415 -- needs the settings

    with Connection(app.conf.broker_url, connect_timeout=5) as broker:
        try:
            broker.ensure_connection(max_retries=1, interval_start=0.5, timeout=5)
        except OperationalError as fault:
            reason = str(fault).rstrip(".")
            raise CannotStart(
                f"The message broker cannot be reached: {reason}. Start Redis or correct REDIS_URL."
            ) from None


def keep_address(host: str, port: int) -> None:
    """Say to commands typed beside the portal where it is; a place open to others names SITE_ADDRESS."""
    from django.conf import settings  # noqa: PLC0415 -- reads the settings, which may be wrong

    if not settings.DEBUG:
        return
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 -- compared
    address = os.environ.get("SITE_ADDRESS") or f"http://{name}:{port}"
    (Path(settings.DATA_DIR) / surroundings.ADDRESS).write_text(f"{address}\n")


def free_port(host: str, text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT is “{text}”. Write a number from 1 to 65535.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(text)))
        except OSError as fault:
            raise CannotStart(f"Port {text} on {host} cannot be used: {fault.strerror}.") from None
    return int(text)


if __name__ == "__main__":
    main()
