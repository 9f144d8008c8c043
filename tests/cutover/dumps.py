"""Every row of every table as text, to compare what was with what is."""

from django.db import connection

# What happened stays written: events, history, jobs, mail, and the cut-over's own record.
APPEND_ONLY = ("provinces_cutover", "foundation_auditentry", "foundation_outboxmail", "foundation_job",
               "foundation_change")  # fmt: skip
COUNTERS = ("sqlite_sequence",)
# How SQLite's full-text engine stores the index inside itself; the entries it was made from are compared.
INSIDES = ("modelsearch_indexentry_fts_",)


def is_left_out(table: str) -> bool:
    return table.startswith((*APPEND_ONLY, *INSIDES)) or "historical" in table or table in COUNTERS


def dump() -> dict[str, list[str]]:
    """By table, its rows in a fixed order."""
    tables = [name for name in connection.introspection.table_names() if not is_left_out(name)]
    return {table: _rows(table) for table in tables}


def _rows(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return sorted(repr(row) for row in cursor.fetchall())


def differences(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[str]]:
    """Tables that differ, with the rows only one side has."""
    return {
        table: sorted(set(before.get(table, [])) ^ set(after.get(table, [])))
        for table in {*before, *after}
        if before.get(table) != after.get(table)
    }
