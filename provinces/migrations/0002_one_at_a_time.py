"""What only PostgreSQL can promise: no two units hold one code on one day, no two names one unit.

Codes and keys are compared as one-number ranges, which range types index by themselves: no extension is
needed, so an ordinary owner of the database may run this.
"""

from django.db import migrations

RULES = {
    "province_code_held_once": (
        "provinces_province",
        "int4range(code::integer, code::integer, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&",
        "",
    ),
    "province_name_held_once": (
        "provinces_provincename",
        "int8range(province_id, province_id, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&",
        "",
    ),
    "province_region_held_once": (
        "provinces_regionmembership",
        "int8range(province_id, province_id, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&",
        "",
    ),
    "one_frame_plan_at_a_time": (
        "provinces_provincialplan",
        "int8range(province_id, province_id, '[]') WITH &&, "
        "int4range(first_year::integer, last_year::integer, '[]') WITH &&, "
        "int4range(is_demo::integer, is_demo::integer, '[]') WITH &&",
        "WHERE (kind = 'frame' AND status = 'issued' AND first_year IS NOT NULL AND last_year IS NOT NULL)",
    ),
}


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, (table, expression, where) in RULES.items():
            schema_editor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist ({expression}) {where}"
            )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, (table, _expression, _where) in RULES.items():
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


class Migration(migrations.Migration):
    dependencies = [("provinces", "0001_initial")]

    operations = [migrations.RunPython(add, drop)]
