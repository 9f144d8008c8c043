from typing import Any

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from foundation.migrating import CreateModels


def guard(apps: Any, schema_editor: Any) -> None:
    """Reasons are written once, as the tables of ``0002_written_once`` are."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON reporting_justification "
            "FOR EACH ROW EXECUTE FUNCTION reporting_written_once()"
        )


def unguard(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS written_once ON reporting_justification")


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0008_counts_and_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='HistoricalCheckRule',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('source', models.CharField(blank=True, help_text='Where the record comes from.', max_length=300, verbose_name='source')),
                    ('is_demo', models.BooleanField(db_index=True, default=False, editable=False, verbose_name='demo data')),
                    ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='created at')),
                    ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='updated at')),
                    ('code', models.SlugField(help_text='Stays as it is: submissions name the rule by it.', max_length=40, validators=[django.core.validators.RegexValidator('^[a-z0-9-]+\\Z', 'Small letters, digits and dashes only.')], verbose_name='code')),
                    ('scope', models.CharField(choices=[('field', 'one field'), ('section', 'every field of a section'), ('kind', 'every field of a kind')], default='field', max_length=7, verbose_name='looks at')),
                    ('target', models.CharField(help_text='Address of a field such as indicators.T3, key of a section such as money, or a kind: ratio, number, yes_no, money, activity, text.', max_length=80, verbose_name='which')),
                    ('test', models.CharField(choices=[('jump', 'jump against the period before'), ('range', 'lies in a range'), ('sum', 'agrees with the sum of parts'), ('order', 'does not exceed another number'), ('note', 'needs a note'), ('text', 'text agrees with a number'), ('unchanged', 'is not what it was in the period before')], max_length=9, verbose_name='kind of check')),
                    ('part', models.CharField(blank=True, choices=[('', 'its own number: share in per cent, count'), ('numerator', 'numerator'), ('denominator', 'total'), ('planned', 'money planned'), ('received', 'money received'), ('spent', 'money spent'), ('percent', 'per cent done'), ('spent_central', 'spent from the central budget'), ('spent_local', 'spent from the local budget'), ('spent_enterprise', 'spent by enterprises'), ('spent_international', 'spent from international sources'), ('spent_other', 'spent from other lawful sources')], default='', max_length=19, verbose_name='number looked at')),
                    ('measure', models.CharField(blank=True, choices=[('percent', 'per cent of the number before'), ('points', 'points, for shares in per cent')], default='', max_length=7, verbose_name='measured in')),
                    ('direction', models.CharField(blank=True, choices=[('both', 'up and down'), ('up', 'up'), ('down', 'down')], default='', max_length=4, verbose_name='direction')),
                    ('threshold', models.DecimalField(blank=True, decimal_places=4, help_text='Found when the change is greater.', max_digits=18, null=True, verbose_name='limit of the jump')),
                    ('minimum', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='at least')),
                    ('maximum', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='at most')),
                    ('summands', models.TextField(blank=True, help_text='One a line: a field and its number, such as “activities.* spent_local”. {key} stands for the key of the field looked at.', verbose_name='parts that add up')),
                    ('relation', models.CharField(blank=True, choices=[('equal', 'the parts add up to it'), ('at_most', 'the parts are not more than it')], default='', max_length=7, verbose_name='how they agree')),
                    ('tolerance', models.DecimalField(blank=True, decimal_places=4, help_text='Of the sum; empty: none.', max_digits=18, null=True, verbose_name='tolerance, %')),
                    ('other', models.CharField(blank=True, help_text='Its address; empty: the same field.', max_length=80, verbose_name='other field')),
                    ('other_part', models.CharField(blank=True, choices=[('', 'its own number: share in per cent, count'), ('numerator', 'numerator'), ('denominator', 'total'), ('planned', 'money planned'), ('received', 'money received'), ('spent', 'money spent'), ('percent', 'per cent done'), ('spent_central', 'spent from the central budget'), ('spent_local', 'spent from the local budget'), ('spent_enterprise', 'spent by enterprises'), ('spent_international', 'spent from international sources'), ('spent_other', 'spent from other lawful sources')], default='', max_length=19, verbose_name='number of the other field')),
                    ('condition', models.CharField(blank=True, choices=[('number', 'there is a number, or yes'), ('zero', 'zero, or no'), ('not_applicable', 'not applicable'), ('nothing', 'zero, no, or not applicable')], default='', max_length=14, verbose_name='needs a note when')),
                    ('aliases', models.TextField(blank=True, help_text='One a line. A number counts only where it follows one of them in the same clause.', verbose_name='names of the field in texts')),
                    ('severity', models.CharField(choices=[('blocker', 'blocker'), ('error', 'error'), ('warning', 'warning'), ('note', 'note')], default='warning', help_text='Only a blocker stops submission. Errors and warnings ask for a reason, notes for nothing.', max_length=7, verbose_name='severity')),
                    ('message_vi', models.CharField(max_length=300, verbose_name='what people are told (Vietnamese)')),
                    ('message_en', models.CharField(blank=True, max_length=300, verbose_name='what people are told (English)')),
                    ('instruction_vi', models.CharField(max_length=500, verbose_name='how to mend it (Vietnamese)')),
                    ('instruction_en', models.CharField(blank=True, max_length=500, verbose_name='how to mend it (English)')),
                    ('legal_reference_vi', models.CharField(blank=True, max_length=300, verbose_name='legal reference (Vietnamese)')),
                    ('legal_reference_en', models.CharField(blank=True, max_length=300, verbose_name='legal reference (English)')),
                    ('is_preset', models.BooleanField(default=False, editable=False, help_text='Its limits were set by the portal, not by the ministry or a legal text.', verbose_name='preset of the portal')),
                    ('version', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='version')),
                    ('is_active', models.BooleanField(default=False, verbose_name='switched on')),
                    ('in_force_from', models.DateField(blank=True, help_text='Drafts are checked by it from this day on.', null=True, verbose_name='in force from')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('regime', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: all regimes.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reporting.regime', verbose_name='reporting regime')),
                ],
                options={
                    'verbose_name': 'historical check rule',
                    'verbose_name_plural': 'historical check rules',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='CheckRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(blank=True, help_text='Where the record comes from.', max_length=300, verbose_name='source')),
                    ('is_demo', models.BooleanField(db_index=True, default=False, editable=False, verbose_name='demo data')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                    ('code', models.SlugField(help_text='Stays as it is: submissions name the rule by it.', max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9-]+\\Z', 'Small letters, digits and dashes only.')], verbose_name='code')),
                    ('scope', models.CharField(choices=[('field', 'one field'), ('section', 'every field of a section'), ('kind', 'every field of a kind')], default='field', max_length=7, verbose_name='looks at')),
                    ('target', models.CharField(help_text='Address of a field such as indicators.T3, key of a section such as money, or a kind: ratio, number, yes_no, money, activity, text.', max_length=80, verbose_name='which')),
                    ('test', models.CharField(choices=[('jump', 'jump against the period before'), ('range', 'lies in a range'), ('sum', 'agrees with the sum of parts'), ('order', 'does not exceed another number'), ('note', 'needs a note'), ('text', 'text agrees with a number'), ('unchanged', 'is not what it was in the period before')], max_length=9, verbose_name='kind of check')),
                    ('part', models.CharField(blank=True, choices=[('', 'its own number: share in per cent, count'), ('numerator', 'numerator'), ('denominator', 'total'), ('planned', 'money planned'), ('received', 'money received'), ('spent', 'money spent'), ('percent', 'per cent done'), ('spent_central', 'spent from the central budget'), ('spent_local', 'spent from the local budget'), ('spent_enterprise', 'spent by enterprises'), ('spent_international', 'spent from international sources'), ('spent_other', 'spent from other lawful sources')], default='', max_length=19, verbose_name='number looked at')),
                    ('measure', models.CharField(blank=True, choices=[('percent', 'per cent of the number before'), ('points', 'points, for shares in per cent')], default='', max_length=7, verbose_name='measured in')),
                    ('direction', models.CharField(blank=True, choices=[('both', 'up and down'), ('up', 'up'), ('down', 'down')], default='', max_length=4, verbose_name='direction')),
                    ('threshold', models.DecimalField(blank=True, decimal_places=4, help_text='Found when the change is greater.', max_digits=18, null=True, verbose_name='limit of the jump')),
                    ('minimum', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='at least')),
                    ('maximum', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='at most')),
                    ('summands', models.TextField(blank=True, help_text='One a line: a field and its number, such as “activities.* spent_local”. {key} stands for the key of the field looked at.', verbose_name='parts that add up')),
                    ('relation', models.CharField(blank=True, choices=[('equal', 'the parts add up to it'), ('at_most', 'the parts are not more than it')], default='', max_length=7, verbose_name='how they agree')),
                    ('tolerance', models.DecimalField(blank=True, decimal_places=4, help_text='Of the sum; empty: none.', max_digits=18, null=True, verbose_name='tolerance, %')),
                    ('other', models.CharField(blank=True, help_text='Its address; empty: the same field.', max_length=80, verbose_name='other field')),
                    ('other_part', models.CharField(blank=True, choices=[('', 'its own number: share in per cent, count'), ('numerator', 'numerator'), ('denominator', 'total'), ('planned', 'money planned'), ('received', 'money received'), ('spent', 'money spent'), ('percent', 'per cent done'), ('spent_central', 'spent from the central budget'), ('spent_local', 'spent from the local budget'), ('spent_enterprise', 'spent by enterprises'), ('spent_international', 'spent from international sources'), ('spent_other', 'spent from other lawful sources')], default='', max_length=19, verbose_name='number of the other field')),
                    ('condition', models.CharField(blank=True, choices=[('number', 'there is a number, or yes'), ('zero', 'zero, or no'), ('not_applicable', 'not applicable'), ('nothing', 'zero, no, or not applicable')], default='', max_length=14, verbose_name='needs a note when')),
                    ('aliases', models.TextField(blank=True, help_text='One a line. A number counts only where it follows one of them in the same clause.', verbose_name='names of the field in texts')),
                    ('severity', models.CharField(choices=[('blocker', 'blocker'), ('error', 'error'), ('warning', 'warning'), ('note', 'note')], default='warning', help_text='Only a blocker stops submission. Errors and warnings ask for a reason, notes for nothing.', max_length=7, verbose_name='severity')),
                    ('message_vi', models.CharField(max_length=300, verbose_name='what people are told (Vietnamese)')),
                    ('message_en', models.CharField(blank=True, max_length=300, verbose_name='what people are told (English)')),
                    ('instruction_vi', models.CharField(max_length=500, verbose_name='how to mend it (Vietnamese)')),
                    ('instruction_en', models.CharField(blank=True, max_length=500, verbose_name='how to mend it (English)')),
                    ('legal_reference_vi', models.CharField(blank=True, max_length=300, verbose_name='legal reference (Vietnamese)')),
                    ('legal_reference_en', models.CharField(blank=True, max_length=300, verbose_name='legal reference (English)')),
                    ('is_preset', models.BooleanField(default=False, editable=False, help_text='Its limits were set by the portal, not by the ministry or a legal text.', verbose_name='preset of the portal')),
                    ('version', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='version')),
                    ('is_active', models.BooleanField(default=False, verbose_name='switched on')),
                    ('in_force_from', models.DateField(blank=True, help_text='Drafts are checked by it from this day on.', null=True, verbose_name='in force from')),
                    ('regime', models.ForeignKey(blank=True, help_text='Empty: all regimes.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='check_rules', to='reporting.regime', verbose_name='reporting regime')),
                ],
                options={
                    'verbose_name': 'check rule',
                    'verbose_name_plural': 'check rules',
                    'ordering': ['code'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('is_active', False), ('in_force_from__isnull', False), _connector='OR'), name='check_rule_switched_on_from_a_day', violation_error_message='A rule is switched on from a day: write it under “in force from”.'), models.CheckConstraint(condition=models.Q(('threshold__isnull', True), ('threshold__gt', 0), _connector='OR'), name='check_rule_threshold_above_zero', violation_error_message='Write a limit above 0.'), models.CheckConstraint(condition=models.Q(('minimum__isnull', True), ('maximum__isnull', True), ('maximum__gte', models.F('minimum')), _connector='OR'), name='check_rule_range_in_order', violation_error_message='The most is not below the least.')],
                },
            ),
            migrations.CreateModel(
                name='Justification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rule', models.CharField(max_length=40, verbose_name='check rule')),
                    ('address', models.CharField(max_length=80, verbose_name='field')),
                    ('text', models.TextField(blank=True, verbose_name='reason')),
                    ('finding', models.JSONField(verbose_name='what it was given for')),
                    ('at', models.DateTimeField(verbose_name='at')),
                    ('by_name', models.CharField(max_length=200, verbose_name='name')),
                    ('post_title', models.CharField(blank=True, max_length=200, verbose_name='post')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='justifications', to='reporting.statusreport', verbose_name='status report')),
                ],
                options={
                    'verbose_name': 'reason given for a check',
                    'verbose_name_plural': 'reasons given for checks',
                    'ordering': ['pk'],
                    'indexes': [models.Index(fields=['report', 'rule', 'address'], name='reasons_of_one_finding')],
                },
            ),
        ]),
        migrations.RunPython(guard, unguard),
    ]
