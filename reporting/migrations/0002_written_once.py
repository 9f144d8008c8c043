"""On PostgreSQL the database itself refuses to change or delete what was written once."""

from typing import Any

from django.db import migrations

TABLES = ("reporting_submission", "reporting_reportevent", "reporting_answerchange", "reporting_datacut")


def guard(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        """
        CREATE OR REPLACE FUNCTION reporting_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME;
        END $$
        """,
        params=None,  # the per cent sign is PostgreSQL's, not a placeholder
    )
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION reporting_written_once()"
        )


def unguard(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS written_once ON {table}")
    schema_editor.execute("DROP FUNCTION IF EXISTS reporting_written_once()")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
