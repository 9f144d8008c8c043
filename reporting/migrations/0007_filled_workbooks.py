import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.migrating import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0003_editions'),
        ('reporting', '0006_reminders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='FilledWorkbook',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uploaded_at', models.DateTimeField(verbose_name='uploaded at')),
                    ('expires_at', models.DateTimeField(verbose_name='kept until')),
                    ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='answers taken at')),
                    ('outcome', models.JSONField(blank=True, default=dict, verbose_name='what became of it')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile', verbose_name='file')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workbooks', to='reporting.statusreport', verbose_name='status report')),
                ],
                options={
                    'verbose_name': 'filled workbook',
                    'verbose_name_plural': 'filled workbooks',
                    'ordering': ['-uploaded_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('uploaded_at'))), name='workbook_is_kept_for_a_while')],
                },
            ),
        ]),
    ]
