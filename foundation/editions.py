"""The edition: a number that is another one as soon as a change to what the public sees is committed.

Whoever keeps an answer keeps the edition it was made from. One small query tells whether the answer still
holds, in every process and without waiting: nothing has to be told to forget.

    before = edition()          # ask first, then read: a change in between only costs a second reading
    page = make_page()
    ...
    if edition() == before:     # the page is what a new reading would give

Triggers in the database write a row of random weight for each change, in the transaction of the change;
the edition is the sum of the rows that are visible. So it cannot tell of a change before it is committed,
a change undone leaves it as it was, and no two histories meet at one number. Writers never wait for each
other, as each adds a row of its own. Rooms name the tables that no page shows in ``AppConfig.unseen``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connection, models, transaction

from .models import Change

Made = TypeVar("Made")
HEAP = 200  # rows that may lie about before they are folded up

NOTE_POSTGRESQL = """
CREATE OR REPLACE FUNCTION foundation_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO foundation_change (subject, weight)
    VALUES (TG_TABLE_NAME, floor(random() * 4294967295)::bigint + 1);
    RETURN NULL;
END $$
"""
TRIGGER_POSTGRESQL = """
CREATE OR REPLACE TRIGGER noted AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION foundation_note_change()
"""
TRIGGER_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_noted_{deed} AFTER {deed} ON {table} BEGIN
    INSERT INTO foundation_change (subject, weight) VALUES ('{table}', abs(random()) % 4294967295 + 1);
END
"""


SUM = "SELECT sum(weight) FROM foundation_change"
SUMS = "SELECT subject, sum(weight) FROM foundation_change GROUP BY subject"
Sums = dict[str, int]
_asked: ContextVar[Sums | None] = ContextVar("sums asked for once", default=None)


def edition(*models_read: type[models.Model]) -> int:
    """The edition of these models, or of everything shown; one query, none within ``asked_once``."""
    known = _asked.get()
    sums = _sums() if known is None else known
    if not models_read:
        return sum(sums.values())
    return sum(sums.get(model._meta.db_table, 0) for model in models_read)


@contextmanager
def asked_once() -> Iterator[int]:
    """Ask now, and give everyone inside the same answer: for what only reads. Inside another, no query."""
    known = _asked.get()
    token = _asked.set(_sums() if known is None else known)
    try:
        yield edition()
    finally:
        _asked.reset(token)


def _sums() -> Sums:
    # Written out, as it stands before every answer and building the query would cost more than asking it.
    with connection.cursor() as cursor:
        cursor.execute(SUMS)
        return {subject: int(weight) for subject, weight in cursor.fetchall()}


@dataclass
class Kept(Generic[Made]):
    """Something costly that is made once an edition of the models it reads, and shared by all threads.

    What it gives must not be changed by those who use it.
    """

    make: Callable[[], Made]
    reads: tuple[type[models.Model], ...]
    _held: tuple[int, Made] | None = None

    def __call__(self) -> Made:
        """The thing as of now; one query, and the reading itself when something has changed."""
        now = edition(*self.reads)
        held = self._held
        if held is None or held[0] != now:
            held = self._held = (now, self.make())
        return held[1]


@transaction.atomic
def fold_up() -> int:
    """Replace many small rows by one a table; every edition stays what it is. Returns rows taken away."""
    rows = list(Change.objects.select_for_update().order_by("pk"))
    if len(rows) <= HEAP:
        return 0
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.subject] = sums.get(row.subject, 0) + row.weight
    Change.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Change.objects.bulk_create(Change(subject=subject, weight=weight) for subject, weight in sums.items())
    return len(rows) - len(sums)


def shown_models() -> Iterator[type[models.Model]]:
    """Every model of the rooms but histories and what a room says no page shows."""
    for room in settings.ROOMS:
        config = apps.get_app_config(room)
        unseen: frozenset[str] = getattr(config, "unseen", frozenset())
        for model in config.get_models(include_auto_created=True):
            if not model.__name__.startswith("Historical") and model.__name__ not in unseen:
                yield model


def watch_tables(sender: AppConfig, **_about_migrate: Any) -> None:
    """Put the triggers on; runs after each ``migrate``, as SQLite drops them when it alters a table."""
    there = set(connection.introspection.table_names())
    if Change._meta.db_table not in there:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(NOTE_POSTGRESQL)
        for table in sorted({model._meta.db_table for model in shown_models()} & there):
            for statement in _triggers(table):
                cursor.execute(statement)


def _triggers(table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return [TRIGGER_POSTGRESQL.format(table=connection.ops.quote_name(table))]
    return [TRIGGER_SQLITE.format(table=table, deed=deed) for deed in ("INSERT", "UPDATE", "DELETE")]
