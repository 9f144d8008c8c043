"""The provinces' room in a real browser: An keeps the register, anybody reads it."""

import re

import pytest

from provinces.models import ProvincialPlan
from tests.browser import axe, sign_in
from tests.provinces.factories import PlanFactory

pytestmark = pytest.mark.browser

SHEET = (
    "code,on,kind,status,number,first_year,last_year,title_vi,title_en,published_at\n"
    "48,2026,annual,issued,12/KH-UBND,2026,2026,Kế hoạch năm của Đà Nẵng,Annual plan of Da Nang,"
    "2026-01-01 00:00:00\n"
)


def test_an_keeps_a_plan_imports_one_and_everybody_finds_both(page, an, province):
    sign_in(page, an)

    page.goto(f"/en/admin/provinces/provincialplan/add/?province={province.pk}")
    page.locator("#id_kind").select_option("frame")
    page.locator("#id_number").fill("11/KH-UBND")
    page.locator("#id_title_vi").fill("Kế hoạch khung của Đà Nẵng")
    page.locator("#id_title_en").fill("Frame plan of Da Nang")
    page.locator("#id_first_year").fill("2026")
    page.locator("#id_last_year").fill("2030")
    page.locator("#id_published_at_0").fill("2026-01-01")
    page.locator("#id_published_at_1").fill("00:00")
    page.locator("input[name=_save]").click()
    page.get_by_text("was added").wait_for()

    page.goto("/en/admin/provinces/provincialplan/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "ke-hoach.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    page.locator("#id_format").select_option(label="csv")
    page.locator("input[type=submit]").click()
    page.get_by_text("12/KH-UBND").first.wait_for()
    assert ProvincialPlan.objects.count() == 1  # a preview writes nothing
    page.locator("input[name=confirm]").click()
    page.wait_for_url(re.compile("/provincialplan/$"))

    page.goto("/provinces/plans/")
    page.get_by_role("link", name="Kế hoạch 12/KH-UBND").click()
    assert page.locator("h1").inner_text() == "Kế hoạch 12/KH-UBND: Kế hoạch năm của Đà Nẵng"
    page.goto(page.url.replace("/provinces/", "/en/provinces/"))
    assert page.locator("h1").inner_text() == "Plan 12/KH-UBND: Annual plan of Da Nang"

    page.goto("/search/?q=da+nang")
    found = page.locator("main").inner_text()
    assert "Kế hoạch 11/KH-UBND" in found
    assert "Kế hoạch 12/KH-UBND" in found


def test_pages_break_no_rule_of_accessibility(page, province, neighbour):
    plan = PlanFactory(province=province)
    for address in ("/provinces/", province.get_absolute_url(), "/provinces/plans/", plan.get_absolute_url()):
        page.goto(address)

        assert axe(page) == []


def test_the_map_fits_a_telephone_and_leads_to_the_table(phone, province):
    phone.goto("/provinces/")

    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert phone.locator("svg.cartogram.narrow").is_visible()
    phone.locator("svg.cartogram.narrow a").first.focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url(re.compile("/provinces/da-nang/$"))
