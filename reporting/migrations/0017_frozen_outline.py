"""A document keeps what it was asked to say; those from before get it from their kind as it is today.

It also remembers that its files, let go and built again, came out otherwise.
"""

from datetime import date

from django.db import migrations, models

HALVES = {
    "vi": ("6 tháng đầu năm", "6 tháng cuối năm"),
    "en": ("the first half", "the second half"),
}


def freeze(apps, schema_editor):
    reports = apps.get_model("reporting", "CompiledReport").objects.select_related(
        "kind", "cut__period", "region", "province", "task_group"
    )
    for report in reports.defer("content", "cut__content"):
        report.outline = outline_of(report)
        report.save(update_fields=["outline"])


def outline_of(report):
    kind, scope = report.kind, scope_of(report)
    return {
        "code": kind.code,
        "title_vi": titled(kind.title_vi, report, scope["name_vi"], "vi"),
        "title_en": titled(kind.title_en or kind.title_vi, report, scope["name_en"] or scope["name_vi"], "en"),
        "sections": kind.sections,
        "annexes": kind.annexes,
        "scope": scope,
        "template": kind.template,
        "formats": kind.formats,
    }


def scope_of(report):
    for reach, subject in (("region", report.region), ("task_group", report.task_group)):
        if subject is not None:
            return scope(reach, subject.pk, subject.name_vi, subject.name_en)
    if report.province is None:
        return scope("nation", None, "", "")
    name = name_on(report.province, map_day(report.cut))
    return scope("province", report.province.pk, name.name_vi, name.name_en or name.name_vi)


def scope(reach, key, name_vi, name_en):
    return {"reach": reach, "key": key, "name_vi": name_vi, "name_en": name_en}


def map_day(cut):
    _kind, _colon, day = cut.lens.partition(":")
    return date.fromisoformat(day) if day else cut.period.last_day


def name_on(unit, day):
    """The name of that day; outside its life, that of its nearest day."""
    names = list(unit.names.order_by("valid_from"))
    begun = [name for name in names if name.valid_from <= day]
    return begun[-1] if begun else names[0] if names else unit


def titled(pattern, report, name, language):
    cut = report.cut
    return pattern.format(
        year=cut.period.year,
        first_year=report.kind.first_year or cut.period.year,
        half="" if cut.half is None else HALVES[language][cut.half - 1],
        scope=name,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0016_edited_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='compiledreport',
            name='outline',
            field=models.JSONField(default=dict, verbose_name='what it says'),
        ),
        migrations.AddField(
            model_name='compiledreport',
            name='is_unlike_before',
            field=models.BooleanField(default=False, verbose_name='built again, its files came out otherwise'),
        ),
        migrations.RunPython(freeze, migrations.RunPython.noop),
    ]
