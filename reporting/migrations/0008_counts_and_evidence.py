import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from foundation.migrating import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('foundation', '0004_mail_pages'),
        ('provinces', '0005_boundary_maps'),
        ('reporting', '0007_filled_workbooks'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='CodeList',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(blank=True, help_text='Where the record comes from.', max_length=300, verbose_name='source')),
                    ('is_demo', models.BooleanField(db_index=True, default=False, editable=False, verbose_name='demo data')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                    ('key', models.CharField(max_length=30, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*\\Z', 'Small letters, digits and hyphens, such as “state-body”.')], verbose_name='key')),
                    ('name_vi', models.CharField(max_length=120, verbose_name='name (Vietnamese)')),
                    ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name (English)')),
                    ('is_complete', models.BooleanField(default=False, help_text='Everybody falls under one of the codes, so the parts must make the whole.', verbose_name='complete')),
                ],
                options={
                    'verbose_name': 'controlled list',
                    'verbose_name_plural': 'controlled lists',
                    'ordering': ['key'],
                },
            ),
            migrations.CreateModel(
                name='Code',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=30, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*\\Z', 'Small letters, digits and hyphens, such as “state-body”.')], verbose_name='key')),
                    ('name_vi', models.CharField(max_length=120, verbose_name='name (Vietnamese)')),
                    ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name (English)')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('ended_on', models.DateField(blank=True, help_text='Not offered for periods that begin on or after it.', null=True, verbose_name='ended on')),
                    ('list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='reporting.codelist', verbose_name='controlled list')),
                ],
                options={
                    'verbose_name': 'code',
                    'verbose_name_plural': 'codes',
                    'ordering': ['list', 'position', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('list', 'key'), name='code_once_in_its_list', violation_error_message='The list has this code already.')],
                },
            ),
            migrations.CreateModel(
                name='CountAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.CharField(max_length=80, verbose_name='field')),
                    ('version', models.PositiveIntegerField(default=0)),
                    ('emptiness', models.CharField(blank=True, choices=[('', 'not answered'), ('number', 'a number'), ('zero', 'zero'), ('not_applicable', 'not applicable'), ('not_yet', 'not yet available'), ('withheld', 'withheld')], default='', max_length=14)),
                    ('value', models.DecimalField(blank=True, decimal_places=0, max_digits=13, null=True, verbose_name='value')),
                    ('parts', models.JSONField(blank=True, default=dict, verbose_name='parts')),
                    ('reason', models.TextField(blank=True)),
                    ('expected_on', models.DateField(blank=True, null=True)),
                    ('note', models.TextField(blank=True)),
                    ('proposed', models.JSONField(blank=True, null=True)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='reporting.statusreport')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('report', 'address'), name='count_answer_once'), models.CheckConstraint(condition=models.Q(('value__isnull', True), ('value__gte', 0), _connector='OR'), name='count_answer_not_negative')],
                },
            ),
            migrations.CreateModel(
                name='ApprovedCount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(blank=True, help_text='Where the record comes from.', max_length=300, verbose_name='source')),
                    ('is_demo', models.BooleanField(db_index=True, default=False, editable=False, verbose_name='demo data')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                    ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                    ('approved_at', models.DateTimeField(verbose_name='approved at')),
                    ('superseded_at', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('address', models.CharField(max_length=80, verbose_name='field')),
                    ('emptiness', models.CharField(choices=[('', 'not answered'), ('number', 'a number'), ('zero', 'zero'), ('not_applicable', 'not applicable'), ('not_yet', 'not yet available'), ('withheld', 'withheld')], max_length=14, verbose_name='kind of answer')),
                    ('value', models.DecimalField(blank=True, decimal_places=0, max_digits=13, null=True, verbose_name='value')),
                    ('asked', models.JSONField(verbose_name='question')),
                    ('parts', models.JSONField(blank=True, default=dict, verbose_name='parts')),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('expected_on', models.DateField(blank=True, null=True, verbose_name='expected on')),
                    ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='reporting.period', verbose_name='reporting period')),
                    ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='provinces.province', verbose_name='province')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='reporting.submission', verbose_name='submission')),
                ],
                options={
                    'verbose_name': 'approved count',
                    'verbose_name_plural': 'approved counts',
                    'ordering': ['period', 'province', 'address'],
                    'constraints': [models.UniqueConstraint(fields=('province', 'period', 'address', 'version'), name='approved_count_once_per_version'), models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('province', 'period', 'address'), name='approved_count_one_current'), models.CheckConstraint(condition=models.Q(('value__isnull', True), ('value__gte', 0), _connector='OR'), name='approved_count_not_negative'), models.CheckConstraint(condition=models.Q(('emptiness__in', ('number', 'zero')), ('value__isnull', True), _connector='OR'), name='approved_count_empty_has_no_number')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalCodeList',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('source', models.CharField(blank=True, help_text='Where the record comes from.', max_length=300, verbose_name='source')),
                    ('is_demo', models.BooleanField(db_index=True, default=False, editable=False, verbose_name='demo data')),
                    ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='created at')),
                    ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='updated at')),
                    ('key', models.CharField(db_index=True, max_length=30, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*\\Z', 'Small letters, digits and hyphens, such as “state-body”.')], verbose_name='key')),
                    ('name_vi', models.CharField(max_length=120, verbose_name='name (Vietnamese)')),
                    ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name (English)')),
                    ('is_complete', models.BooleanField(default=False, help_text='Everybody falls under one of the codes, so the parts must make the whole.', verbose_name='complete')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical controlled list',
                    'verbose_name_plural': 'historical controlled lists',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalCode',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('key', models.CharField(max_length=30, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*\\Z', 'Small letters, digits and hyphens, such as “state-body”.')], verbose_name='key')),
                    ('name_vi', models.CharField(max_length=120, verbose_name='name (Vietnamese)')),
                    ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name (English)')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('ended_on', models.DateField(blank=True, help_text='Not offered for periods that begin on or after it.', null=True, verbose_name='ended on')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('list', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reporting.codelist', verbose_name='controlled list')),
                ],
                options={
                    'verbose_name': 'historical code',
                    'verbose_name_plural': 'historical codes',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
        ]),
        migrations.AddField(
            model_name='evidence',
            name='dated_on',
            field=models.DateField(blank=True, null=True, verbose_name='date of the file'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='kind',
            field=models.CharField(choices=[('decision', 'signed decision or document'), ('list', 'list'), ('report', 'report'), ('photo', 'photo'), ('statement', 'written statement'), ('other', 'other')], default='other', max_length=9, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['decision', 'list', 'report', 'photo', 'statement', 'other'])), name='evidence_is_of_a_known_kind'),
        ),
    ]
