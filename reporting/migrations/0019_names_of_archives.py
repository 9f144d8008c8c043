"""A document's tables are kept as a ZIP archive: its name says so, as an office program would not open it."""

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Concat


def name_archives(apps, schema_editor):
    tables = apps.get_model("reporting", "ReportFile").objects.filter(format="csv")
    files = apps.get_model("foundation", "StoredFile").objects.filter(pk__in=tables.values("file"))
    files.filter(name__endswith=".csv").update(name=Concat(F("name"), Value(".zip")))


class Migration(migrations.Migration):
    dependencies = [("foundation", "0004_mail_pages"), ("reporting", "0018_longer_positions")]
    operations = [migrations.RunPython(name_archives, migrations.RunPython.noop, elidable=True)]
