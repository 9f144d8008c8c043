from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from foundation.files import store_upload
from tests.matrix import Row
from tests.provinces.factories import PlanFactory


def a_unit(people):
    return {"slug": people.province.slug}


def unknown(_people):
    return {"slug": "khong-co"}


def a_plan(people):
    return {"pk": PlanFactory(province=people.province).pk}


def a_draft(people):
    return {"pk": PlanFactory(province=people.province, published_at=None).pk}


def _with_file(plan):
    pdf = SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.7")
    stored = store_upload(pdf, by=None, at=timezone.now(), is_public=True)
    return {"pk": plan.pk, "file_pk": plan.files.create(file=stored).pk}


def a_file(people):
    return _with_file(PlanFactory(province=people.province))


def a_draft_file(people):
    return _with_file(PlanFactory(province=people.province, published_at=None))


def as_csv(_people):
    return {"kind": "csv"}


def as_pdf(_people):
    return {"kind": "pdf"}


ROWS = [
    Row("provinces:province_list", everyone=200),
    Row("provinces:province", a_unit, everyone=200),
    Row("provinces:province", unknown, everyone=404),
    Row("provinces:plan_list", everyone=200),
    Row("provinces:plan_table", as_csv, everyone=200),
    Row("provinces:plan_table", as_pdf, everyone=404),
    Row("provinces:issuer_list", everyone=200),
    Row("provinces:issuer_table", as_csv, everyone=200),
    Row("provinces:issuer_table", as_pdf, everyone=404),
    Row("provinces:plan", a_plan, everyone=200),
    Row("provinces:plan", a_draft, everyone=404, an=200),
    Row("provinces:plan_file", a_file, everyone=200),
    Row("provinces:plan_file", a_draft_file, everyone=404, an=200),
]
