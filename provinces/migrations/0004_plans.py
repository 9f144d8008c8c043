"""A plan says whether it amends or replaces the earlier one; it alone changes that one's state."""

from django.db import migrations, models


def say_how(apps, schema_editor):
    """What was entered before this column is told from the state of the earlier plan."""
    plans = apps.get_model("provinces", "ProvincialPlan").objects.filter(supersedes__isnull=False)
    plans.filter(supersedes__status="amended").update(supersession="amends")
    plans.exclude(supersedes__status="amended").update(supersession="replaces")


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0001_initial'),
        ('provinces', '0003_cutovers'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalprovincialplan',
            name='supersession',
            field=models.CharField(blank=True, choices=[('amends', 'amends it'), ('replaces', 'replaces it')], max_length=8, verbose_name='what it does to the earlier plan'),
        ),
        migrations.AddField(
            model_name='provincialplan',
            name='supersession',
            field=models.CharField(blank=True, choices=[('amends', 'amends it'), ('replaces', 'replaces it')], max_length=8, verbose_name='what it does to the earlier plan'),
        ),
        migrations.RunPython(say_how, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='provincialplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('supersedes__isnull', True), ('supersession', '')), models.Q(('supersedes__isnull', False), models.Q(('supersession', ''), _negated=True)), _connector='OR'), name='plan_says_how_it_supersedes', violation_error_message='Name the earlier plan, and say whether it is amended or replaced.'),
        ),
    ]
