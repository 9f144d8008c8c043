from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0017_frozen_outline'),
    ]

    operations = [
        migrations.AlterField(
            model_name='compiledreport',
            name='position',
            field=models.CharField(blank=True, max_length=150, verbose_name='position of the signatory'),
        ),
        migrations.AlterField(
            model_name='historicalreportkind',
            name='position_of_signatory',
            field=models.CharField(blank=True, max_length=150, verbose_name='position of the signatory'),
        ),
        migrations.AlterField(
            model_name='reportkind',
            name='position_of_signatory',
            field=models.CharField(blank=True, max_length=150, verbose_name='position of the signatory'),
        ),
    ]
