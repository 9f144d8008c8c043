"""The library's admin: records and files, import with preview, comments through the one door."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tablib import Dataset

from foundation.models import AuditEntry, StoredFile
from library.models import CaseStudy, Comment, Document, Photo
from library.resources import CaseStudyResource, CommentResource, DocumentResource, PilotModelResource
from programmes.models import LifeCycleStage
from tests.library.factories import (
    ALL,
    CaseFactory,
    CommentFactory,
    DocumentFactory,
    MaterialFactory,
    PhotoFactory,
    PilotModelFactory,
)
from tests.programmes.factories import OrganisationFactory
from tests.provinces.factories import ProvinceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, an):
    client.force_login(an)
    return client


def address(record, page="change"):
    name = f"admin:library_{record._meta.model_name}_{page}"
    return reverse(name, args=[] if page in ("changelist", "add", "import") else [record.pk])


@pytest.mark.parametrize("make", ALL)
def test_every_kind_has_its_list_form_history_and_import(desk, make):
    record = make()

    pages = [address(record, page) for page in ("changelist", "change", "add", "history", "import")]

    assert [desk.get(page).status_code for page in pages] == [200] * 5


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("make", [DocumentFactory, CaseFactory, PilotModelFactory])
def test_admin_list_query_count(desk, make, count, django_assert_max_num_queries):
    records = make.create_batch(count)

    with django_assert_max_num_queries(11):
        desk.get(address(records[0], "changelist"))


def test_the_admin_finds_without_accents(desk):
    DocumentFactory(number="1/QĐ", title_vi="Tiêu dùng tại Đà Nẵng")
    DocumentFactory(number="2/QĐ")

    page = desk.get(reverse("admin:library_document_changelist"), {"q": "da nang"}).content.decode()

    assert ("1/QĐ" in page, "2/QĐ" in page) == (True, False)


def test_a_kind_offers_only_its_own_states(desk):
    page = desk.get(reverse("admin:library_pilotmodel_add")).content.decode()

    assert ('value="pilot"' in page, 'value="repealed"' in page) == (True, False)


def document_form(**fields):
    return {
        "title_vi": "Quyết định thử", "slug": "quyet-dinh-thu", "number": "1/QĐ-BCT", "type": "decision",
        "language": "vi", "bears_on-TOTAL_FORMS": 0, "bears_on-INITIAL_FORMS": 0,
        "files-TOTAL_FORMS": 1, "files-INITIAL_FORMS": 0,
        "files-0-label_vi": "Toàn văn", "files-0-language": "vi", "files-0-position": 1,
        "files-0-is_public": "on", **fields,
    }  # fmt: skip


def test_an_editor_adds_a_text_with_its_file(desk, an):
    upload = SimpleUploadedFile("toàn văn.pdf", b"%PDF-1.7", "application/pdf")

    response = desk.post(
        reverse("admin:library_document_add"),
        document_form(**{"files-0-upload": upload, "files-0-rights": "Văn bản nhà nước"}),
    )

    assert response.status_code == 302
    row = Document.objects.get().files.select_related("file").get()
    assert (row.file.name, row.file.is_public, row.file.rights, row.file.by) == (
        "toàn văn.pdf",
        True,
        "Văn bản nhà nước",
        an,
    )


def test_a_file_can_be_closed_to_the_public_and_the_audit_says_who_did_it(desk, an):
    desk.post(
        reverse("admin:library_document_add"),
        document_form(**{"files-0-upload": SimpleUploadedFile("a.pdf", b"%PDF-1.7", "application/pdf")}),
    )
    row = Document.objects.get().files.get()
    kept = {"files-INITIAL_FORMS": 1, "files-0-id": row.pk, "files-0-entry": row.entry_id}
    form = document_form(**kept)
    del form["files-0-is_public"]

    desk.post(reverse("admin:library_document_change", args=[row.entry_id]), form)

    row.file.refresh_from_db()
    assert not row.file.is_public
    assert AuditEntry.objects.filter(verb="file rights set", by=an).count() == 2


def archive(*names):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as zipped:
        for name in names:
            zipped.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("virus.exe", b"MZ"),
        ("trang.html", b"<script>alert(1)</script>"),
        ("anh.svg", b"<svg onload='alert(1)'/>"),
        ("gia.pdf", b"<html>"),
        ("macro.docx", archive("word/document.xml", "[Content_Types].xml", "word/vbaProject.bin")),
        ("gia.png", b"\x89PNG not really"),
        ("rong.pdf", b""),
    ],
)
def test_hostile_files_are_refused_with_a_sentence_and_leave_nothing(desk, name, data):
    upload = SimpleUploadedFile(name, data)

    response = desk.post(reverse("admin:library_document_add"), document_form(**{"files-0-upload": upload}))

    assert response.status_code == 200
    assert response.context["errors"]
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_file_row_needs_a_file(desk):
    response = desk.post(reverse("admin:library_document_add"), document_form())

    assert "Chọn tệp." in response.content.decode()
    assert not Document.objects.exists()


def photo_form(upload):
    return {"title_vi": "Toàn cảnh", "slug": "toan-canh", "language": "vi", "upload": upload,
            "files-TOTAL_FORMS": 0, "files-INITIAL_FORMS": 0}  # fmt: skip


def test_a_photo_takes_a_picture_and_nothing_else(desk):
    held = io.BytesIO()
    Image.new("RGB", (3, 2)).save(held, "PNG")

    refused = desk.post(
        reverse("admin:library_photo_add"), photo_form(SimpleUploadedFile("a.pdf", b"%PDF-1.7"))
    )
    taken = desk.post(
        reverse("admin:library_photo_add"), photo_form(SimpleUploadedFile("a.png", held.getvalue()))
    )

    assert "Chọn ảnh JPG" in refused.content.decode()
    assert taken.status_code == 302
    assert Photo.objects.get().picture.media_type == "image/png"


def test_reviewers_read_the_library_and_change_nothing(client, thu):
    record = MaterialFactory()
    client.force_login(thu)

    assert client.get(address(record)).status_code == 200
    assert client.post(address(record), {"title_vi": "X"}).status_code == 403
    assert client.get(address(record, "import")).status_code == 403


HEADERS = ["slug", "type", "number", "title_vi", "dated_on", "effective_on", "issuer", "stages", "status"]


def sheet(*rows):
    return Dataset(*rows, headers=HEADERS)


def test_texts_come_in_by_address_with_their_links(db):
    OrganisationFactory(slug="moit")
    LifeCycleStage.objects.create(position=7, slug="tai-che", name_vi="Tái chế")
    row = ("14-ct-bct", "directive", "14/CT-BCT", "Chỉ thị", "12/2024", "", "moit", "tai-che", "in_force")

    result = DocumentResource().import_data(sheet(row))
    again = DocumentResource().import_data(sheet(row))

    text = Document.objects.get()
    assert (result.totals["new"], again.totals["skip"]) == (1, 1)
    assert (str(text.dated_on), text.issuer.slug, text.kind) == ("2024-12", "moit", "document")
    assert [stage.slug for stage in text.stages.all()] == ["tai-che"]
    assert list(Document.objects.about("chi thi")) == [text]


@pytest.mark.parametrize(
    ("column", "value"),
    [("dated_on", "hôm qua"), ("status", "pilot"), ("stages", "khong-co"), ("issuer", "khong-co"),
     ("effective_on", "2024-01-01"), ("type", "poem")],
)  # fmt: skip
def test_a_wrong_cell_is_named_and_nothing_is_kept(column, value):
    row = dict(zip(HEADERS, ("a", "law", "1/QH", "Luật", "2025-01-01", "", "", "", ""), strict=True))

    result = DocumentResource().import_data(sheet(tuple({**row, column: value}.values())))

    assert result.has_errors() or result.has_validation_errors()
    assert not Document.objects.exists()


def test_a_province_is_written_as_code_and_first_day():
    unit = ProvinceFactory(code="48", valid_from=date(2025, 7, 1))
    rows = Dataset(
        ("bia", "Bia", "Nồi hơi", "48@2025-07-01"), headers=["slug", "title_vi", "measure_vi", "province"]
    )

    assert CaseStudyResource().import_data(rows).totals["new"] == 1
    assert CaseStudy.objects.get().province == unit
    assert CaseStudyResource().export()["province"] == ["48@2025-07-01"]

    rows = Dataset(("x", "X", "Y", "48"), headers=["slug", "title_vi", "measure_vi", "province"])
    assert CaseStudyResource().import_data(rows).has_validation_errors()


def test_models_go_out_with_all_their_provinces():
    model = PilotModelFactory()
    model.provinces.set([ProvinceFactory(code="48"), ProvinceFactory(code="51")])

    assert PilotModelResource().export()["provinces"] == ["48@2025-07-01 51@2025-07-01"]


def comment_form(**fields):
    return {"state": "on_show", "moderation_reason": "", "disposition": "", "answer_vi": "",
            "answer_en": "", **fields}  # fmt: skip


def test_an_shows_and_answers_a_comment_in_one_go(desk, an):
    comment = CommentFactory(state=Comment.State.WAITING)

    desk.post(address(comment), comment_form(disposition="accepted", answer_vi="Tiếp thu."))

    comment.refresh_from_db()
    assert (comment.state, comment.disposition, comment.answered_by) == ("on_show", "accepted", an)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "held_back"},
        {"disposition": "accepted"},
        {"answer_vi": "Tiếp thu."},
        {"state": "held_back", "moderation_reason": "X", "disposition": "accepted", "answer_vi": "A"},
        {"state": "waiting"},
    ],
)
def test_half_a_deed_is_refused_in_the_form(desk, fields):
    comment = CommentFactory()

    response = desk.post(address(comment), comment_form(**fields))

    assert response.status_code == 200
    comment.refresh_from_db()
    assert (comment.state, comment.disposition) == ("on_show", "")


def test_comments_are_neither_added_nor_deleted_in_the_admin(desk):
    comment = CommentFactory()

    assert desk.get(reverse("admin:library_comment_add")).status_code == 403
    assert desk.post(address(comment, "delete"), {"post": "yes"}).status_code == 403


def test_the_table_of_comments_goes_out():
    CommentFactory(number=7, body="Nên sửa")

    assert CommentResource().export()["body"] == ["Nên sửa"]


def test_a_photo_page_without_its_picture_has_no_address_for_one(client):
    photo = PhotoFactory()

    assert client.get(reverse("library:picture", args=["photo", photo.slug])).status_code == 404
