import secrets

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def give_codes(apps, schema_editor):
    """Every round received so far gets its code; its PDF is built when somebody asks."""
    letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    Submission = apps.get_model("reporting", "Submission")
    Receipt = apps.get_model("reporting", "Receipt")
    for key in Submission.objects.order_by("pk").values_list("pk", flat=True):
        code = "".join(secrets.choice(letters) for _place in range(8))
        Receipt.objects.create(submission_id=key, check_code=f"{code[:4]}-{code[4:]}")


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0004_mail_pages"),
        ("reporting", "0011_review"),
    ]

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_code", models.CharField(max_length=9, unique=True, verbose_name="check code")),
                ("language", models.CharField(choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi", max_length=2, verbose_name="language")),
                ("file", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="foundation.storedfile", verbose_name="PDF")),
                ("job", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="foundation.job", verbose_name="job")),
                ("submission", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="reporting.submission", verbose_name="submission")),
            ],
            options={"verbose_name": "receipt", "verbose_name_plural": "receipts", "ordering": ["submission"]},
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
    ]
