"""The library, walked in a real browser by An at the desk and by a reader with a telephone."""

import re

import pytest

from library.models import Comment, Document, DocumentRelation
from tests.browser import axe, look_over, sign_in
from tests.library.factories import (
    ALL,
    CommentFactory,
    ConsultationFactory,
    CriterionFactory,
    DocumentFactory,
    DraftArticleFactory,
    EntryFileFactory,
)

pytestmark = pytest.mark.browser

SHEET = (
    "slug,type,number,title_vi,title_en,dated_on,published_at\n"
    "15-kh-thu,plan,15/KH-THỬ,Kế hoạch bao bì xanh Đà Nẵng,Da Nang green packaging plan,3/2025,"
    "2026-01-01 08:00:00\n"
)


def test_an_creates_imports_shows_and_finds_legal_texts(page, an):
    sign_in(page, an)

    page.goto("/en/admin/library/document/add/")
    page.locator("#id_title_vi").fill("Quyết định về tái chế tại Đà Nẵng")
    page.locator("#id_title_en").fill("Decision on recycling in Da Nang")
    page.locator("#id_slug").fill("1-qd-thu")
    page.locator("#id_number").fill("1/QĐ-THỬ")
    page.locator("#id_dated_on").fill("24/6/2025")
    page.locator("#id_type").select_option("decision")
    page.locator("#id_published_at_0").fill("2026-01-01")
    page.locator("#id_published_at_1").fill("08:00:00")
    page.locator("input[name=_save]").click()
    page.get_by_text("was added").wait_for()

    page.goto("/en/admin/library/document/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "van-ban.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    page.locator("#id_format").select_option(label="csv")
    page.locator("input[type=submit]").click()
    page.get_by_text("Kế hoạch bao bì xanh Đà Nẵng").first.wait_for()
    assert Document.objects.count() == 1  # a preview writes nothing
    page.locator("input[name=confirm]").click()
    page.wait_for_url(re.compile("/document/$"))

    page.goto("/library/?q=da+nang")
    page.get_by_role("link", name="Kế hoạch bao bì xanh Đà Nẵng").click()
    assert page.locator("h1").inner_text() == "Kế hoạch bao bì xanh Đà Nẵng"
    page.goto("/en/library/document/1-qd-thu/")
    assert page.locator("h1").inner_text() == "Decision on recycling in Da Nang"

    page.goto("/search/?q=da+nang")
    found = page.locator("main").inner_text()
    assert "Kế hoạch bao bì xanh Đà Nẵng" in found
    assert "Quyết định về tái chế tại Đà Nẵng" in found


def test_a_reader_filters_the_library_without_a_mouse(page):
    DocumentFactory(title_vi="Quyết định cũ", status="replaced")
    DocumentFactory(title_vi="Quyết định mới", status="in_force")

    page.goto("/library/")
    page.get_by_label("Còn hiệu lực").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Áp dụng").press("Enter")

    page.get_by_text("1 hồ sơ", exact=True).wait_for()
    assert page.get_by_role("link", name="Quyết định cũ").count() == 0
    page.get_by_role("link", name="Bỏ Còn hiệu lực").press("Enter")
    page.get_by_text("2 hồ sơ", exact=True).wait_for()


def test_a_comment_goes_from_the_reader_to_an_and_back_answered(phone, page, an):
    article = DraftArticleFactory(heading="Điều 2. Nhãn")
    here = article.consultation.get_absolute_url()

    phone.goto(here)
    phone.get_by_label("Điều của dự thảo").select_option("Điều 2. Nhãn")
    phone.locator("#id_body").fill("Nên cho in mã vạch.")
    phone.get_by_role("button", name="Gửi ý kiến").click()
    phone.get_by_text("Đã nhận ý kiến số 1").wait_for()
    assert phone.get_by_text("Nên cho in mã vạch.").count() == 0

    sign_in(page, an)
    page.goto(f"/admin/library/comment/{Comment.objects.get().pk}/change/")
    page.locator("#id_state").select_option("on_show")
    page.locator("#id_disposition").select_option("accepted")
    page.locator("#id_answer_vi").fill("Tiếp thu, bổ sung mã vạch.")
    page.locator("input[name=_save]").click()
    page.wait_for_url(re.compile("/comment/$"))

    phone.goto(here)
    remark = phone.locator("#comment-1").inner_text()
    assert "Nên cho in mã vạch." in remark
    assert "Tiếp thu, bổ sung mã vạch." in remark
    assert axe(phone) == []


def test_every_page_of_the_library_passes_axe_and_fits_the_screen(page, phone):
    records = {make: make() for make in ALL}
    text = records[DocumentFactory]
    DocumentRelation.objects.create(document=DocumentFactory(), kind="replaces", target=text)
    EntryFileFactory(entry=text)
    CommentFactory(consultation=records[ConsultationFactory])
    criteria = CriterionFactory().criteria_set
    pages = [record.get_absolute_url() for record in (*records.values(), criteria)]

    assert look_over(page, ("/library/", *pages)) == []
    assert look_over(phone, ("/library/?q=x", "/en/library/", f"/en{text.get_absolute_url()}")) == []
