"""The news room, walked by An in a real browser: writing, importing, reading, finding."""

import re

import pytest

from news.models import Article
from tests.browser import axe, sign_in
from tests.news.factories import ArticleFactory, HighlightFactory, SectionFactory

pytestmark = pytest.mark.browser

SHEET = (
    "slug,section,title_vi,title_en,summary_vi,attribution_vi,published_at\n"
    "cho-han,hoat-dong,Chợ Hàn ở Đà Nẵng bỏ túi nhựa,Hàn Market in Đà Nẵng drops plastic bags,"
    "Tóm tắt,Bộ Công Thương,2026-11-01 08:00:00\n"
)


@pytest.fixture
def section(transactional_db):
    return SectionFactory(slug="hoat-dong", name_vi="Tin hoạt động", name_en="Activities")


def test_an_writes_imports_shows_and_finds_articles(page, an, section):
    sign_in(page, an)
    write(page)
    bring_in(page)

    page.goto("/news/hoi-nghi-o-da-nang/")
    assert page.locator("h1").inner_text() == "Hội nghị ở Đà Nẵng"
    assert page.locator(".prose").inner_text() == "Nội dung gõ trong trình soạn thảo."
    page.goto("/en/news/cho-han/")
    assert page.locator("h1").inner_text() == "Hàn Market in Đà Nẵng drops plastic bags"

    page.goto("/news/")
    page.locator("header input[name=q]").fill("da nang")
    page.locator("header .site-search button[type=submit], header .site-search .button").click()
    page.wait_for_url(re.compile(r"/search/\?q=da\+nang"))
    titles = page.locator("main h3").all_inner_texts()
    assert titles == ["Chợ Hàn ở Đà Nẵng bỏ túi nhựa", "Hội nghị ở Đà Nẵng"]


def write(page):
    """One article, typed into the form and its editor."""
    page.goto("/admin/news/article/add/")
    page.locator("#id_section").select_option(label="Tin hoạt động")
    page.locator("#id_title_vi").fill("Hội nghị ở Đà Nẵng")
    page.locator("#id_title_en").fill("Conference in Đà Nẵng")
    page.locator("#id_slug").fill("hoi-nghi-o-da-nang")
    page.locator("#id_summary_vi").fill("Hội nghị bàn về bao bì.")
    page.locator("#id_attribution_vi").fill("Bộ Công Thương")
    editor = page.locator(".field-body_vi .ProseMirror[contenteditable]")
    editor.click()
    editor.press_sequentially("Nội dung gõ trong trình soạn thảo.")
    page.locator("#id_published_at_0").fill("2026-11-01")
    page.locator("#id_published_at_1").fill("08:00")
    page.locator("input[name=_save]").click()
    page.wait_for_url(re.compile("/article/$"))


def bring_in(page):
    """Another one, from a sheet: first shown, then written."""
    page.goto("/admin/news/article/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "tin.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    page.locator("#id_format").select_option(label="csv")
    page.locator("input[type=submit]").click()
    page.get_by_text("Chợ Hàn ở Đà Nẵng bỏ túi nhựa").first.wait_for()
    assert Article.objects.count() == 1
    page.locator("input[name=confirm]").click()
    page.wait_for_url(re.compile("/article/$"))


@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_keep_the_accessibility_rules_and_fit_a_telephone(phone, section, language):
    article = ArticleFactory(section=section, title_vi="Hội nghị ở Đà Nẵng", event_on="XXXX-09-27")
    HighlightFactory(article=article)

    for address in ("/news/", f"/news/{article.slug}/", f"/news/{article.slug}/print/", "/search/?q=da+nang"):
        phone.goto(language + address)
        assert axe(phone) == []
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
