"""Threads, judgements on single fields, the chain kept with a submission, who looks at it, follow-ups."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.migrating import CreateModels

TABLE = "reporting_followupstep"


def guard(apps: Any, schema_editor: Any) -> None:
    """On PostgreSQL the database itself refuses to change a step."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION reporting_written_once()"
        )


def unguard(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS written_once ON {TABLE}")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_posts'),
        ('foundation', '0004_mail_pages'),
        ('provinces', '0005_boundary_maps'),
        ('reporting', '0010_back_office'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalregime',
            name='needs_acceptance',
            field=models.BooleanField(default=False, help_text='What a report was submitted under holds for it; a change reaches later submissions.', verbose_name='approval waits for technical acceptance'),
        ),
        migrations.AddField(
            model_name='historicalregime',
            name='two_persons',
            field=models.BooleanField(default=False, help_text='Whoever accepted a report technically may not approve it.', verbose_name='acceptance and approval by two people'),
        ),
        migrations.AddField(
            model_name='regime',
            name='needs_acceptance',
            field=models.BooleanField(default=False, help_text='What a report was submitted under holds for it; a change reaches later submissions.', verbose_name='approval waits for technical acceptance'),
        ),
        migrations.AddField(
            model_name='regime',
            name='two_persons',
            field=models.BooleanField(default=False, help_text='Whoever accepted a report technically may not approve it.', verbose_name='acceptance and approval by two people'),
        ),
        migrations.AddField(
            model_name='remark',
            name='post_title',
            field=models.CharField(blank=True, max_length=200, verbose_name='post'),
        ),
        migrations.AddField(
            model_name='remark',
            name='replied_name',
            field=models.CharField(blank=True, max_length=200, verbose_name='answered by'),
        ),
        migrations.AddField(
            model_name='remark',
            name='replied_post',
            field=models.CharField(blank=True, max_length=200, verbose_name='post of the answer'),
        ),
        migrations.AddField(
            model_name='remark',
            name='resolved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remark',
            name='resolved_name',
            field=models.CharField(blank=True, max_length=200, verbose_name='resolved by'),
        ),
        migrations.AddField(
            model_name='remark',
            name='thread',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='reporting.remark'),
        ),
        migrations.AddField(
            model_name='statusreport',
            name='reviewer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports_held', to=settings.AUTH_USER_MODEL, verbose_name='looked at by'),
        ),
        migrations.AddField(
            model_name='statusreport',
            name='reviewer_since',
            field=models.DateTimeField(blank=True, null=True, verbose_name='looked at since'),
        ),
        migrations.AddField(
            model_name='submission',
            name='chain',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='steps of its approval'),
        ),
        CreateModels([
            migrations.CreateModel(
                name='FollowUp',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(blank=True, help_text='Where the record comes from.', max_length=300, verbose_name='source')),
                    ('is_demo', models.BooleanField(db_index=True, default=False, editable=False, verbose_name='demo data')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                    ('address', models.CharField(blank=True, max_length=80, verbose_name='field')),
                    ('text', models.TextField(verbose_name='what is to be done')),
                    ('due_on', models.DateField(verbose_name='due on')),
                    ('state', models.CharField(choices=[('open', 'to be done'), ('done', 'done, to be verified'), ('verified', 'verified'), ('cancelled', 'called off')], db_index=True, default='open', max_length=9, verbose_name='state')),
                    ('made_at', models.DateTimeField(verbose_name='asked for at')),
                    ('made_by_name', models.CharField(max_length=200, verbose_name='asked for by')),
                    ('made_post_title', models.CharField(blank=True, max_length=200, verbose_name='post')),
                    ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done at')),
                    ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='verified at')),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled at')),
                    ('cancelled_reason', models.TextField(blank=True, verbose_name='why cancelled')),
                    ('answered_by', models.ForeignKey(blank=True, help_text='The heir whose people carry it on.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups_answered', to='provinces.province', verbose_name='answered by')),
                    ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='accounts.post', verbose_name='owner post')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='reporting.statusreport')),
                    ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'follow-up action',
                    'verbose_name_plural': 'follow-up actions',
                    'ordering': ['due_on', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='follow_up_says_something', violation_error_message='Say what is to be done.'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True), ('state', 'open')), models.Q(('done_at__isnull', False), ('done_by__isnull', False), ('state__in', ['done', 'verified'])), ('state', 'cancelled'), _connector='OR'), name='follow_up_done_says_who_and_when', violation_error_message='Say who did it and when.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'verified'), ('verified_at__isnull', False), ('verified_by__isnull', False), models.Q(('verified_by', models.F('done_by')), _negated=True)), models.Q(models.Q(('state', 'verified'), _negated=True), ('verified_at__isnull', True), ('verified_by__isnull', True)), _connector='OR'), name='follow_up_verified_by_another', violation_error_message='Another person verifies it than the one who did it.'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('state', 'cancelled'), models.Q(('cancelled_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_at__isnull', True), ('cancelled_reason', '')), _connector='OR'), name='follow_up_cancelled_with_a_reason', violation_error_message='Say why it is cancelled.')],
                },
            ),
            migrations.CreateModel(
                name='FollowUpStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('done', 'reported as done'), ('verified', 'verified'), ('refused', 'not accepted'), ('cancelled', 'called off')], max_length=9, verbose_name='step')),
                    ('by_name', models.CharField(max_length=200, verbose_name='by')),
                    ('post_title', models.CharField(blank=True, max_length=200, verbose_name='post')),
                    ('at', models.DateTimeField(verbose_name='at')),
                    ('word', models.TextField(blank=True, verbose_name='in words')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                    ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='reporting.followup')),
                ],
                options={
                    'verbose_name': 'step of a follow-up action',
                    'verbose_name_plural': 'steps of follow-up actions',
                    'ordering': ['at', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'verified'), models.Q(('word', ''), _negated=True), _connector='OR'), name='follow_up_step_says_why', violation_error_message='Write a word with it.')],
                },
            ),
            migrations.CreateModel(
                name='ItemMark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.CharField(max_length=80, verbose_name='field')),
                    ('kind', models.CharField(choices=[('accepted', 'technically accepted'), ('approved', 'approved')], max_length=8, verbose_name='judgement')),
                    ('by_name', models.CharField(max_length=200, verbose_name='by')),
                    ('post_title', models.CharField(blank=True, max_length=200, verbose_name='post')),
                    ('at', models.DateTimeField(verbose_name='at')),
                    ('written_at', models.DateTimeField(blank=True, null=True, verbose_name='written as approved at')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='item_marks', to='reporting.statusreport')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='item_marks', to='reporting.submission')),
                ],
                options={
                    'verbose_name': 'judgement on a field',
                    'verbose_name_plural': 'judgements on fields',
                    'ordering': ['at', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('submission', 'address', 'kind'), name='item_mark_once_per_submission'), models.CheckConstraint(condition=models.Q(('written_at__isnull', True), ('kind', 'approved'), _connector='OR'), name='item_mark_written_when_approved', violation_error_message='Only what is approved is written as approved.')],
                },
            ),
        ]),
        migrations.AddConstraint(
            model_name='regime',
            constraint=models.CheckConstraint(condition=models.Q(('two_persons', False), ('needs_acceptance', True), _connector='OR'), name='regime_two_persons_need_two_steps', violation_error_message='Two people can only be asked for where acceptance comes first.'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('thread__isnull', True), ('resolved_at__isnull', True), _connector='OR'), name='remark_thread_is_resolved_at_its_head', violation_error_message='A thread is resolved as a whole.'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('resolved_by__isnull', True), ('resolved_at__isnull', False), _connector='OR'), name='remark_resolved_says_when', violation_error_message='Say when the thread was resolved.'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.UniqueConstraint(condition=models.Q(('sent_at__isnull', True)), fields=('thread',), name='remark_asks_again_once_at_a_time', violation_error_message='A question that was not sent yet stands in this thread.'),
        ),
        migrations.AddConstraint(
            model_name='statusreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewer__isnull', True), ('reviewer_since__isnull', True)), models.Q(('reviewer__isnull', False), ('reviewer_since__isnull', False)), _connector='OR'), name='report_looked_at_since_a_moment', violation_error_message='Say since when the report is looked at.'),
        ),
        migrations.RunPython(guard, unguard),
    ]
