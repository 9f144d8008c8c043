"""Lays out the tables of a test database once, and copies them ever after.

Running all migrations takes half a minute; a copy takes a blink. The copy is kept under a name made
of the migrations' own text, so a changed migration is run anew. What is copied is what migrations
made, triggers and all: never a short cut past them.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from tools import debian

KEPT = settings.BASE_DIR / ".pytest_cache" / "tables"
TEMPLATE = "laid_out"  # the name of PostgreSQL's copy


def lay_out() -> None:
    """Make this process's test database, with all tables, before Django looks for it."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        shutil.copy(sqlite_copy(), name)
    else:
        postgresql_copy(name)


def fingerprint() -> str:
    """Changes with every migration of ours, every package's release, and what tables are watched."""
    told = hashlib.sha256((settings.BASE_DIR / "requirements.lock").read_bytes())
    told.update((settings.BASE_DIR / "foundation" / "editions.py").read_bytes())
    for room in settings.ROOMS:
        folder = settings.BASE_DIR / room
        for path in [*sorted((folder / "migrations").glob("*.py")), folder / "apps.py"]:
            told.update(f"{room}/{path.name}".encode() + path.read_bytes())
    return told.hexdigest()[:16]


def migrate(url: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": url}, check=True)


def sqlite_copy() -> Path:
    copy = KEPT / f"{fingerprint()}.sqlite3"
    with alone("sqlite"):
        if not copy.exists():
            draft = KEPT / f"{os.getpid()}.draft"
            migrate(f"sqlite:///{draft}")
            draft.rename(copy)
            forget_all_but(copy)
    return copy


def postgresql_copy(name: str) -> None:
    """Fill one database of the private server, from the kept text if there is one; copy it."""
    server = {"host": connection.settings_dict["HOST"], "user": connection.settings_dict["USER"]}
    with alone("postgresql"), psycopg.connect(**server, dbname="postgres", autocommit=True) as owner:
        there = {row[0] for row in owner.execute("SELECT datname FROM pg_database")}
        if TEMPLATE not in there:
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
            fill_template(server)
        copying = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        owner.execute(copying.format(sql.Identifier(name), sql.Identifier(TEMPLATE)))


def fill_template(server: dict[str, str]) -> None:
    initdb = debian.find("initdb")
    assert initdb is not None
    kept = KEPT / f"{fingerprint()}.sql"
    address = ["--host", server["host"], "--username", server["user"], "--dbname", TEMPLATE]
    if kept.exists():
        restore = [initdb.parent / "psql", *address, "--quiet", "--set", "ON_ERROR_STOP=1", "--file", kept]
        subprocess.run(restore, stdout=subprocess.DEVNULL, check=True)
        return
    migrate(f"postgres://{server['user']}@/{server['host']}/{TEMPLATE}")
    draft = KEPT / f"{os.getpid()}.draft"
    subprocess.run([initdb.parent / "pg_dump", *address, "--no-owner", "--file", draft], check=True)
    draft.rename(kept)
    forget_all_but(kept)


def forget_all_but(newest: Path) -> None:
    for path in KEPT.glob(f"*{newest.suffix}"):
        if path != newest:
            path.unlink()


@contextmanager
def alone(vendor: str) -> Iterator[None]:
    """One test process at a time; the others find the work done."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
