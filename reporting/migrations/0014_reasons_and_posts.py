"""A reason may be reworded by its writer until the report is sent; then it is written once, as before.

Posts beside remarks and follow-up actions keep their English title as well. Older ones are Vietnamese alone.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

POSTS = (
    ("remark", "post_title_en", "post (English)"),
    ("remark", "replied_post_en", "post of the answer (English)"),
    ("followup", "made_post_title_en", "post (English)"),
    ("followupstep", "post_title_en", "post (English)"),
)
DROP = "DROP TRIGGER IF EXISTS written_once ON reporting_justification"
FUNCTION = """
CREATE OR REPLACE FUNCTION reporting_reason_until_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'rows of % are never deleted', TG_TABLE_NAME;
    END IF;
    IF (NEW.report_id, NEW.rule, NEW.address, NEW.round, NEW.by_id)
        IS DISTINCT FROM (OLD.report_id, OLD.rule, OLD.address, OLD.round, OLD.by_id) THEN
        RAISE EXCEPTION 'of rows of % the wording alone is changed', TG_TABLE_NAME;
    END IF;
    IF EXISTS (SELECT 1 FROM reporting_submission WHERE report_id = OLD.report_id AND round > OLD.round) THEN
        RAISE EXCEPTION 'rows of % are never changed once they are sent', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""


def unguard(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


def guard(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)  # the per cent signs are PostgreSQL's
        schema_editor.execute(
            "CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON reporting_justification "
            "FOR EACH ROW EXECUTE FUNCTION reporting_reason_until_sent()"
        )


def guard_as_before(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON reporting_justification "
            "FOR EACH ROW EXECUTE FUNCTION reporting_written_once()"
        )
        schema_editor.execute("DROP FUNCTION IF EXISTS reporting_reason_until_sent()")


def count_rounds(apps: Any, schema_editor: Any) -> None:
    """A reason of before belongs to the round that was sent next: those sent until then are counted."""
    sent = apps.get_model("reporting", "Submission").objects.filter(
        report=OuterRef("report"), received_at__lt=OuterRef("at")
    )
    last = sent.values("report").annotate(last=Max("round")).values("last")
    apps.get_model("reporting", "Justification").objects.update(round=Coalesce(Subquery(last), 0))


class Migration(migrations.Migration):
    dependencies = [("reporting", "0013_requests_and_actions")]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name=name,
                field=models.CharField(blank=True, default="", max_length=200, verbose_name=words),
                preserve_default=False,
            )
            for model, name, words in POSTS
        ),
        migrations.RunPython(unguard, guard_as_before),
        migrations.AddField(
            model_name="justification",
            name="round",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="rounds sent before it"),
        ),
        migrations.RunPython(count_rounds, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
