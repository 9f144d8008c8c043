from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from foundation.files import store_upload
from provinces import boundary_maps
from tests.matrix import Row
from tests.provinces.factories import PlanFactory
from tests.provinces.invented_boundaries import NOON, load, of_two_units


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


def a_map(people):
    return {"pk": load(people.an, document=of_two_units()).pk}


def a_shown_map(people):
    made = a_map(people)
    boundary_maps.show_map(made["pk"], by=people.minh, at=NOON)
    return made


def a_map_to_look_at(people):
    return {"object_id": a_map(people)["pk"]}


def no_map(_people):
    return {"pk": 999_999}


def no_map_to_look_at(_people):
    return {"object_id": "khong-co"}


def as_csv(_people):
    return {"kind": "csv"}


def as_pdf(_people):
    return {"kind": "pdf"}


MAP = "admin:provinces_boundarymap"
OUTSIDE = {"guest": 302, "lan": 302, "hoa": 302}  # to the admin's own door, which leads to the sign-in

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
    Row(f"{MAP}_changelist", **OUTSIDE, everyone=200),
    Row(f"{MAP}_add", **OUTSIDE, everyone=403, an=200),
    Row(f"{MAP}_add", **OUTSIDE, method="post", everyone=403, an=200),
    Row(f"{MAP}_change", a_map_to_look_at, **OUTSIDE, everyone=200),
    Row(f"{MAP}_change", no_map_to_look_at, **OUTSIDE, everyone=404),
    Row(f"{MAP}_show", a_map, **OUTSIDE, everyone=403, minh=200),
    Row(f"{MAP}_show", a_map, **OUTSIDE, method="post", everyone=403, minh=302),
    Row(f"{MAP}_show", no_map, **OUTSIDE, method="post", everyone=403, minh=404),
    Row(f"{MAP}_stop", a_shown_map, **OUTSIDE, everyone=403, minh=200),
    Row(f"{MAP}_stop", a_shown_map, **OUTSIDE, method="post", everyone=403, minh=302),
    Row(f"{MAP}_file", a_map, **OUTSIDE, everyone=403, an=200, minh=200),
    Row(f"{MAP}_file", no_map, **OUTSIDE, everyone=403, an=404, minh=404),
]
