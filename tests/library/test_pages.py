"""The page of each kind: both languages, relations both ways, files with rights, constant queries."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from foundation.files import store_bytes
from library.models import DocumentRelation, EntryFile, Saving, Status
from programmes.models import LifeCycleStage
from provinces.models import BoundaryEvent
from tests.library.factories import (
    ALL,
    LONG_AGO,
    CaseFactory,
    CommentFactory,
    ConsultationFactory,
    CriteriaSetFactory,
    CriterionFactory,
    DocumentFactory,
    DraftArticleFactory,
    EntryFileFactory,
    MaterialFactory,
    PhotoFactory,
    PilotModelFactory,
    ProductFactory,
    ProjectFactory,
)
from tests.programmes.factories import OrganisationFactory, TaskFactory
from tests.provinces.factories import ProvinceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def read(client, record, language="vi"):
    with translation.override(language):
        address = record.get_absolute_url()
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("make", ALL)
def test_every_kind_reads_in_both_languages_and_leaves_nothing_blank(client, make):
    record = make(title_vi="Bản tiếng Việt", title_en="English version")

    assert "Bản tiếng Việt" in read(client, record)
    assert "English version" in read(client, record, "en")
    assert "<dd></dd>" not in read(client, record)


@pytest.mark.parametrize("make", ALL)
def test_the_page_of_a_draft_is_not_there_for_the_public(client, an, make):
    draft = make(published_at=None)

    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(an)
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_a_kind_without_english_is_marked_as_vietnamese(client):
    page = read(client, DocumentFactory(title_vi="Quyết định"), "en")

    assert '<span lang="vi">Quyết định</span>' in page


def test_relations_show_on_both_texts(client):
    old, new = DocumentFactory(number="76/QĐ-TTg"), DocumentFactory(number="889/QĐ-TTg")
    DocumentRelation.objects.create(document=new, kind="replaces", target=old, dated_on="2020-06-24")

    assert "Thay thế từ 24/6/2020" in " ".join(read(client, new).split())
    assert "Được thay bằng từ 24/6/2020" in " ".join(read(client, old).split())
    assert "889/QĐ-TTg" in read(client, old)


def test_a_resolution_shows_the_units_it_changed(client):
    old = ProvinceFactory(
        code="93", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1), name_vi="Hậu Giang"
    )
    new = ProvinceFactory(code="92", name_vi="Cần Thơ")
    city = ProvinceFactory(code="75", name_vi="Đồng Nai")
    merger = BoundaryEvent.objects.create(slug="sap-nhap", kind="merger", effective_on="2025-07-01")
    merger.successions.create(predecessor=old, heir=new)
    change = BoundaryEvent.objects.create(
        slug="thanh-pho", kind="type_change", effective_on="2026-04-30", unit=city
    )
    text = DocumentFactory()
    text.boundary_events.set([merger, change])

    page = " ".join(re.sub(r"<[^>]+>", "", read(client, text)).split())

    assert "Sáp nhập, 01/7/2025: Hậu Giang → Cần Thơ" in page
    assert "30/4/2026: Đồng Nai" in page


def test_a_text_whose_force_is_unknown_says_so(client):
    assert "Hiệu lực chưa có trong nguồn" in read(client, DocumentFactory())
    assert "Còn hiệu lực" in read(client, DocumentFactory(status=Status.IN_FORCE))


def test_a_file_stands_with_its_size_and_rights(client):
    row = EntryFileFactory(entry=MaterialFactory(rights="Dùng lại có ghi nguồn"))

    page = read(client, row.entry)

    assert row.get_absolute_url() in page
    assert "Dùng lại có ghi nguồn" in page


def test_without_a_file_the_page_says_who_would_supply_it(client):
    assert "Cổng chưa được cung cấp tệp" in read(client, MaterialFactory())


def test_a_public_file_comes_as_a_download(client):
    response = client.get(EntryFileFactory().get_absolute_url())

    assert response["Content-Disposition"] == 'attachment; filename="toan-van.pdf"'
    assert b"".join(response.streaming_content) == b"%PDF-1.7 minh hoa"


def test_a_file_that_is_not_public_is_neither_named_nor_sent(client, an):
    row = EntryFileFactory(is_public=False)

    assert row.get_absolute_url() not in read(client, row.entry)
    assert client.get(row.get_absolute_url()).status_code == 404
    client.force_login(an)
    assert row.get_absolute_url() in read(client, row.entry)
    answer = client.get(row.get_absolute_url())
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 minh hoa"


def test_a_public_file_of_a_draft_is_not_sent(client):
    row = EntryFileFactory(entry=MaterialFactory(published_at=None))

    assert client.get(row.get_absolute_url()).status_code == 404


def test_a_photo_is_shown_with_its_credit(client):
    stored = store_bytes(b"GIF", name="a.png", media_type="image/png", by=None, at=LONG_AGO)
    photo = PhotoFactory(picture=stored, alt_vi="Đại biểu", credit="Quốc Dũng/TTXVN")

    page = read(client, photo)
    response = client.get(reverse("library:picture", args=["photo", photo.slug]))

    assert 'alt="Đại biểu"' in page
    assert "Quốc Dũng/TTXVN" in page
    assert response["Content-Type"] == "image/png"
    assert b"".join(response.streaming_content) == b"GIF"


def test_a_case_shows_what_each_resource_saved(client):
    case = CaseFactory(saved_number=1_300_000_000, saved_qualifier="nearly")
    Saving.objects.create(case=case, resource_vi="Than", unit="t", before=100, after=78)

    page = read(client, case)

    assert "gần 1,3 tỷ đồng" in page
    assert '<td class="number" data-label="Tiết kiệm">22' in page


def test_a_criteria_tree_reads_top_down(client):
    criteria_set = CriteriaSetFactory()
    top = CriterionFactory(criteria_set=criteria_set, code="1", weight=60)
    CriterionFactory(criteria_set=criteria_set, code="1.1", weight=30, parent=top)
    CriterionFactory(criteria_set=criteria_set, code="2", weight=40)

    tree = client.get(criteria_set.get_absolute_url()).context["criteria"]

    assert [(one.code, [part.code for part in parts]) for one, parts in tree] == [("1", ["1.1"]), ("2", [])]


def test_a_model_names_what_it_replicates_and_what_replicates_it(client):
    parent = PilotModelFactory(title_vi="Biogas trang trại")
    child = PilotModelFactory(title_vi="Biogas nhà máy", parent=parent)
    hidden = PilotModelFactory(title_vi="Chưa công bố", parent=parent, published_at=None)

    assert "Biogas trang trại" in read(client, child)
    assert "Biogas nhà máy" in read(client, parent)
    assert "Chưa công bố" not in read(client, parent)
    assert hidden.parent == parent


def test_the_list_of_one_kind_is_the_list_of_all_filtered(client):
    response = client.get(reverse("library:kind", args=["norm"]))

    assert response.url == "/library/?kind=norm"
    assert client.get("/library/no-such-kind/").status_code == 404
    assert client.get("/library/no-such-kind/x/").status_code == 404
    assert client.get("/library/norm/x/picture/").status_code == 404


def fill_document(count):
    text = DocumentFactory()
    for other in DocumentFactory.create_batch(count):
        DocumentRelation.objects.create(document=other, kind="implements", target=text)
        DocumentRelation.objects.create(document=text, kind="amends", target=other)
    EntryFileFactory.create_batch(count, entry=text)
    text.tasks.set(TaskFactory.create_batch(count))
    return text


def fill_model(count):
    model = PilotModelFactory(host=OrganisationFactory())
    model.provinces.set(ProvinceFactory.create_batch(count))
    model.partners.set(OrganisationFactory.create_batch(count))
    PilotModelFactory.create_batch(count, parent=model)
    return model


def fill_consultation(count):
    consultation = ConsultationFactory()
    for article in DraftArticleFactory.create_batch(count, consultation=consultation):
        CommentFactory.create_batch(count, consultation=consultation, article=article)
    consultation.invited.set(OrganisationFactory.create_batch(count))
    return consultation


def fill_project(count):
    project = ProjectFactory()
    ProductFactory.create_batch(count, project=project)
    return project


def fill_criteria(count):
    criteria_set = CriteriaSetFactory()
    for top in CriterionFactory.create_batch(count, criteria_set=criteria_set):
        CriterionFactory.create_batch(count, criteria_set=criteria_set, parent=top)
    return criteria_set


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("fill", "queries"),
    [(fill_document, 11), (fill_model, 9), (fill_consultation, 11), (fill_project, 7), (fill_criteria, 7)],
)
def test_page_query_count(client, fill, queries, count, django_assert_num_queries):
    record = fill(count)
    record.stages.set(
        [LifeCycleStage.objects.create(position=n, slug=f"gd-{n}", name_vi=f"GĐ {n}") for n in range(count)]
    )

    with django_assert_num_queries(queries):
        client.get(record.get_absolute_url())


def test_files_are_counted(client):
    row = EntryFileFactory()

    assert EntryFile.objects.count() == 1
    assert str(row) == "Toàn văn"
