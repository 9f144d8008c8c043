"""Titles say “… 2021–2030, năm 2026”, with a comma. One that the ministry wrote, or a document bears, stays."""

from django.db import migrations

PROGRAMME = "Chương trình hành động quốc gia về sản xuất và tiêu dùng bền vững giai đoạn 2021–2030"
PRESETS = {
    "national": ("Kết quả thực hiện", "năm {year}"),
    "national-half": ("Tình hình thực hiện", "{half} {year}"),
    "region": ("Kết quả thực hiện", "năm {year}, vùng {scope}"),
    "province": ("Kết quả thực hiện", "năm {year}: {scope}"),
}


def put_commas(apps, schema_editor):
    kinds = apps.get_model("reporting", "ReportKind").objects
    for code, (what, when) in PRESETS.items():
        before, after = f"{what} {PROGRAMME} {when}", f"{what} {PROGRAMME}, {when}"
        kinds.filter(code=code, title_vi=before).update(title_vi=after)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0019_names_of_archives")]
    operations = [migrations.RunPython(put_commas, migrations.RunPython.noop, elidable=True)]
