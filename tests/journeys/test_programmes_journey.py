"""The framework's room, walked by An in a real browser."""

import re

import pytest

from programmes.models import Organisation
from tests.browser import sign_in

pytestmark = pytest.mark.browser

SHEET = (
    "name_vi,name_en,slug,kind\n"
    "Viện Môi trường Đà Nẵng,Da Nang Environment Institute,vien-moi-truong-da-nang,institute\n"
)


def test_an_creates_imports_shows_and_finds_organisations(page, an):
    sign_in(page, an)

    page.goto("/en/admin/programmes/organisation/add/")
    page.get_by_label("Name (Vietnamese)").fill("Hiệp hội Doanh nghiệp Đà Nẵng")
    page.get_by_label("Name (English)").fill("Da Nang Business Association")
    page.locator("#id_slug").fill("hiep-hoi-doanh-nghiep-da-nang")
    page.get_by_label("Kind").select_option("association")
    page.locator("input[name=_save]").click()
    page.get_by_text("was added").wait_for()

    page.goto("/en/admin/programmes/organisation/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "co-quan.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    page.locator("#id_format").select_option(label="csv")
    page.locator("input[type=submit]").click()
    page.get_by_text("Viện Môi trường Đà Nẵng").first.wait_for()
    assert Organisation.objects.count() == 1  # a preview writes nothing
    page.locator("input[name=confirm]").click()
    page.wait_for_url(re.compile("/organisation/$"))

    page.goto("/programme/organisations/vien-moi-truong-da-nang/")
    assert page.locator("h1").inner_text() == "Viện Môi trường Đà Nẵng"
    page.goto("/en/programme/organisations/vien-moi-truong-da-nang/")
    assert page.locator("h1").inner_text() == "Da Nang Environment Institute"

    page.goto("/search/?q=da+nang")
    found = page.locator("main").inner_text()
    assert "Viện Môi trường Đà Nẵng" in found
    assert "Hiệp hội Doanh nghiệp Đà Nẵng" in found
