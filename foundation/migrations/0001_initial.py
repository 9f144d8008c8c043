
import django.db.models.deletion
import foundation.models.files
from django.conf import settings
from foundation.migrating import CreateModels
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='PageRating',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('path', models.CharField(max_length=300, verbose_name='page')),
                        ('is_useful', models.BooleanField(null=True, verbose_name='useful')),
                        ('comment', models.TextField(blank=True, max_length=2000, verbose_name='comment')),
                        ('at', models.DateTimeField(verbose_name='at')),
                    ],
                    options={
                        'verbose_name': 'page rating',
                        'verbose_name_plural': 'page ratings',
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('is_useful__isnull', False), models.Q(('comment', ''), _negated=True), _connector='OR'), name='page_rating_says_something', violation_error_message='Answer the question or write a comment.')],
                    },
                ),
                migrations.CreateModel(
                    name='OutboxMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(help_text='One mail per key: a repeated deed sends nothing twice.', max_length=120, unique=True)),
                        ('recipient', models.EmailField(max_length=254, verbose_name='recipient')),
                        ('subject', models.CharField(max_length=200, verbose_name='subject')),
                        ('body', models.TextField(verbose_name='body')),
                        ('queued_at', models.DateTimeField(verbose_name='queued at')),
                        ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
                        ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                        ('failure', models.CharField(blank=True, max_length=300, verbose_name='reason of failure')),
                    ],
                    options={
                        'verbose_name': 'mail in the outbox',
                        'verbose_name_plural': 'mails in the outbox',
                        'ordering': ['-queued_at'],
                        'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['queued_at'], name='mail_waiting')],
                    },
                ),
                migrations.CreateModel(
                    name='StoredFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(max_length=200, upload_to=foundation.models.files.storage_path, verbose_name='file')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('media_type', models.CharField(max_length=120, verbose_name='media type')),
                        ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                        ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256')),
                        ('is_public', models.BooleanField(default=False, verbose_name='public')),
                        ('rights', models.CharField(blank=True, max_length=200, verbose_name='rights')),
                        ('credit', models.CharField(blank=True, max_length=200, verbose_name='credit')),
                        ('stored_at', models.DateTimeField(verbose_name='stored at')),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'stored file',
                        'verbose_name_plural': 'stored files',
                        'ordering': ['-stored_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='stored_file_is_not_empty')],
                    },
                ),
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=60, verbose_name='kind')),
                        ('key', models.CharField(max_length=120, verbose_name='key')),
                        ('arguments', models.JSONField(blank=True, default=dict, verbose_name='arguments')),
                        ('state', models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='queued', max_length=10, verbose_name='state')),
                        ('queued_at', models.DateTimeField(verbose_name='queued at')),
                        ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='started at')),
                        ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                        ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                        ('lease', models.CharField(blank=True, default='', max_length=32)),
                        ('leased_until', models.DateTimeField(blank=True, null=True)),
                        ('failure', models.TextField(blank=True, verbose_name='reason of failure')),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
                        ('result', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile', verbose_name='result')),
                    ],
                    options={
                        'verbose_name': 'job',
                        'verbose_name_plural': 'jobs',
                        'ordering': ['-queued_at', '-pk'],
                        'indexes': [models.Index(fields=['state', 'leased_until'], name='jobs_to_pick_up')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['queued', 'running'])), fields=('kind', 'key'), name='one_open_job_per_key')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(verbose_name='at')),
                        ('by_name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                        ('verb', models.CharField(max_length=60, verbose_name='deed')),
                        ('subject_type', models.CharField(max_length=60, verbose_name='kind of record')),
                        ('subject_id', models.CharField(max_length=40, verbose_name='record number')),
                        ('subject_text', models.CharField(max_length=200, verbose_name='record')),
                        ('detail', models.JSONField(blank=True, default=dict, verbose_name='detail')),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ],
                    options={
                        'verbose_name': 'audit entry',
                        'verbose_name_plural': 'audit entries',
                        'ordering': ['-at', '-pk'],
                        'indexes': [models.Index(fields=['subject_type', 'subject_id', '-at'], name='audit_of_one_record'), models.Index(fields=['-at'], name='audit_newest_first')],
                    },
                ),
                migrations.CreateModel(
                    name='JobStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('name_vi', models.CharField(max_length=120)),
                        ('name_en', models.CharField(blank=True, max_length=120)),
                        ('note_vi', models.CharField(blank=True, max_length=200)),
                        ('note_en', models.CharField(blank=True, max_length=200)),
                        ('total', models.PositiveIntegerField(default=1)),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='foundation.job')),
                    ],
                    options={
                        'ordering': ['position'],
                        'constraints': [models.UniqueConstraint(fields=('job', 'position'), name='job_steps_are_numbered'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='job_step_done_within_total')],
                    },
                ),
            ]
        )
    ]
