"""The desk of compiled documents: each kind asks for what it needs, and the list finds what was made."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from foundation.models import Job
from reporting.kind_form import KindForm
from reporting.models import CompiledReport, DataCut, ReportKind
from tests.programmes.factories import ProgrammeFactory
from tests.provinces.factories import ProvinceFactory
from tests.reporting.approved import approve, national, t3, year_of
from tests.reporting.test_document_lists import published

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def desk(client, minh, province):
    approve(province, 2026, t3(), numerator=52, denominator=66)
    national()
    client.force_login(minh)
    return reverse("reporting:compiled_list")


def kind(code, **more):
    more.setdefault("name_vi", f"Loại {code}")
    return ReportKind.objects.create(
        code=code, position=9, title_vi="Tiến độ {year} {scope}",
        sections=["opening"], languages=["vi"], formats=["pdf"], **more,
    )  # fmt: skip


def typed(code, **more):
    return {"compile": code, "period": year_of(2026).pk, "language": "vi", "lens": "on", **more}


def test_a_kind_whose_template_cannot_be_read_is_refused_at_its_field(db, settings, tmp_path):
    (tmp_path / "broken.html").write_text("{% if %}", encoding="utf-8")
    settings.TEMPLATES = [
        {**one, "DIRS": [*one["DIRS"], tmp_path]} if "DIRS" in one else one for one in settings.TEMPLATES
    ]

    with pytest.raises(ValidationError) as fault:
        kind("hong", template="broken.html").full_clean()

    assert list(fault.value.message_dict) == ["template"]


def test_each_kind_shows_the_boxes_it_needs(client, desk):
    kind("nua-nam", span="half")
    kind("tinh", reach="province")

    boxes = {
        code: set(client.get(desk, {"compile": code}).context["form"].fields)
        for code in ("national", "nua-nam", "tinh")
    }

    assert boxes["nua-nam"] - boxes["national"] == {"half"}
    assert boxes["tinh"] - boxes["national"] == {"subject"}
    languages = client.get(desk, {"compile": "tinh"}).context["form"].fields["language"].choices
    assert [code for code, _name in languages] == ["vi"]


def test_a_document_about_a_province_is_compiled(client, desk, province):
    kind("tinh", reach="province")

    answer = client.post(desk, typed("tinh", subject=f"province:{province.pk}"))

    report = CompiledReport.objects.get()
    assert answer.url == reverse("reporting:compiled", args=[report.pk])
    assert (report.province, report.kind.code, report.job.state) == (province, "tinh", Job.State.QUEUED)


@pytest.mark.parametrize(
    ("code", "wrong", "field"),
    [
        ("tinh", {"subject": "province:999999"}, "subject"),
        ("tinh", {"subject": "khong-co"}, "subject"),
        ("tinh", {}, "subject"),
        ("nua-nam", {}, "half"),
        ("nua-nam", {"half": "3"}, "half"),
        ("national", {"language": "fr"}, "language"),
        ("national", {"map_day": "1901-01-01"}, "map_day"),
        ("national", {"map_day": "31/31/2026"}, "map_day"),
        ("national", {"map_day": "9999-12-31"}, "map_day"),
        ("national", {"period": "999999"}, "period"),
        ("national", {"lens": "xa"}, "lens"),
        ("national", {"signatory": "a" * 81}, "signatory"),
        ("nhieu-nam", {}, "period"),
    ],
)
def test_what_cannot_be_is_said_at_its_box(client, desk, code, wrong, field):
    kind("nua-nam", span="half")
    kind("tinh", reach="province")
    kind("nhieu-nam", span="since_start", first_year=2021, last_year=2025)

    page = client.post(desk, typed(code, **wrong))

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert not DataCut.objects.exists()


def test_an_unknown_kind_gives_the_first_one_and_compiles_nothing(client, desk):
    page = client.get(desk, {"compile": "khong-co"})

    assert page.context["desk"].kind.code == "national"


@pytest.mark.parametrize("asked", ["zz", "", "nghi"])
def test_a_kind_that_is_unknown_or_switched_off_is_refused_and_no_other_compiled(client, desk, asked):
    kind("nghi", is_active=False)

    page = client.post(desk, {**typed(asked), "signatory": "Lê A"})

    assert (page.status_code, CompiledReport.objects.count(), DataCut.objects.count()) == (200, 0, 0)
    assert "Chưa dựng văn bản nào" in page.text
    assert page.context["form"]["signatory"].value() == "Lê A"


def test_without_any_kind_the_page_says_so(client, desk):
    ReportKind.objects.update(is_active=False)

    page = client.get(desk)

    assert page.context["form"] is None
    assert "Hiện không có loại văn bản nào" in page.text


def test_a_reviewer_sees_the_list_and_no_form(client, desk, thu):
    client.force_login(thu)

    assert client.get(desk).context["form"] is None
    assert client.post(desk, typed("national")).status_code == 200
    assert not CompiledReport.objects.exists()


def shown(client, desk, **filters):
    return [report.check_code for report in client.get(desk, filters).context["desk"].page]


def test_the_list_is_narrowed_by_kind_year_and_state(client, desk):
    published(0)
    published(1)
    other = kind("khac")
    CompiledReport.objects.filter(check_code="AAAA-AA01").update(kind=other, published_at=None)

    assert shown(client, desk) == ["AAAA-AA00", "AAAA-AA01"]
    assert shown(client, desk, kind="khac") == ["AAAA-AA01"]
    assert shown(client, desk, state="published") == ["AAAA-AA00"]
    assert shown(client, desk, state="draft", year="2026", kind="khac") == ["AAAA-AA01"]
    assert shown(client, desk, year="1999") == []
    assert shown(client, desk, kind="x", state="y", year="z", page="-3") == ["AAAA-AA00", "AAAA-AA01"]
    assert "Không có văn bản nào khớp" in client.get(desk, {"year": "1999"}).text


def test_every_state_of_a_document_is_in_one_filter(client, desk):
    published(0)
    report = CompiledReport.objects.get()
    now = datetime(2026, 1, 2, tzinfo=UTC)
    job = Job.objects.create(kind="k", key="1", queued_at=now)
    states = {
        "published": {},
        "withdrawn": {"withdrawn_at": now, "withdrawn_reason": "Sai."},
        "draft": {"withdrawn_at": None, "withdrawn_reason": "", "published_at": None},
        "unbuilt": {"file": None},
        "being-built": {"job": job},
    }
    for state, changes in states.items():
        CompiledReport.objects.filter(pk=report.pk).update(**changes)
        found = [name for name in states if shown(client, desk, state=name)]
        assert found == [state]


def test_documents_stand_under_their_kinds(client, desk):
    ProgrammeFactory()
    ProvinceFactory()
    published(0)
    published(1)
    CompiledReport.objects.filter(check_code="AAAA-AA01").update(kind=kind("khac"))

    groups = client.get(desk).context["desk"].groups

    assert [(one.code, len(rows)) for one, rows in groups] == [("national", 1), ("khac", 1)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_vi": "Năm {nope}"}, "title_vi"),
        ({"title_vi": "Năm {year"}, "title_vi"),
        ({"title_en": "Year {year:999999999999}"}, "title_en"),
        ({"title_en": "Year {year.__class__}"}, "title_en"),
        ({"sections": "opening\nkhong-co"}, "sections"),
        ({"sections": "opening\nopening"}, "sections"),
        ({"annexes": "khong-co"}, "annexes"),
        ({"languages": ["fr"]}, "languages"),
        ({"formats": ["xlsx"]}, "formats"),
        ({"template": "khong/co.html"}, "template"),
        ({"keeps_days": "0"}, "keeps_days"),
        ({"code": "national"}, "code"),
    ],
)
def test_a_kind_that_cannot_be_made_is_said_at_its_box(desk, changes, field):
    given = {
        "code": "moi", "position": "3", "name_vi": "Mới", "title_vi": "Năm {year} {scope}", "span": "year",
        "reach": "nation", "lens": "on", "sections": "opening\nclosing", "languages": ["vi"],
        "formats": ["pdf"], "template": "reporting/documents/official.html", "days_after": "0",
        "keeps_days": "90", "is_active": "on",
    }  # fmt: skip
    assert KindForm(given).is_valid()

    form = KindForm({**given, **changes})

    assert list(form.errors) == [field]


def test_the_admin_shows_documents_and_changes_none(client, desk, admin_user):
    published(0)
    client.force_login(admin_user)
    report = CompiledReport.objects.get()

    for model, row in (("datacut", report.cut), ("compiledreport", report)):
        listed = client.get(reverse(f"admin:reporting_{model}_changelist"))
        opened = client.get(reverse(f"admin:reporting_{model}_change", args=[row.pk]))
        assert (listed.status_code, opened.status_code) == (200, 200)
        assert 'name="_save"' not in opened.text
    for model in ("reportfile", "editedwords"):
        assert client.get(reverse(f"admin:reporting_{model}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:reporting_{model}_add")).status_code == 403


def test_a_kind_whose_last_year_is_not_open_says_so_and_offers_no_button(client, desk):
    kind("tong-ket", span="since_start", first_year=2021, last_year=2030)

    page = client.get(desk, {"compile": "tong-ket"}).text
    client.post(desk, {"compile": "tong-ket", "language": "vi", "lens": "on"})

    assert "Năm 2030 chưa được mở" in page
    assert "Cắt số liệu" not in page
    assert not CompiledReport.objects.exists()


def test_the_form_comes_before_the_list(client, desk):
    client.post(desk, typed("national"))

    page = client.get(desk).text

    assert page.index('id="compile"') < page.index('id="kind-')


@pytest.mark.parametrize(
    ("fields", "chosen", "title"),
    [
        ({"span": "half"}, {"half": "1"}, "Loại moi, 6 tháng đầu năm 2026"),
        ({}, {}, "Loại moi, 2026"),
        (
            {"span": "since_start", "first_year": 2021, "last_year": 2026, "name_vi": "Sơ kết 2021–2026"},
            {},
            "Sơ kết 2021–2026",
        ),
    ],
)
def test_a_document_is_named_by_its_time_once(client, desk, fields, chosen, title):
    kind("moi", **{"name_vi": "Loại moi", **fields})

    client.post(desk, typed("moi", **chosen))

    assert CompiledReport.objects.get().title_text == title
