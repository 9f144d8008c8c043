"""Each kind of page in each theme: nothing axe finds, nothing the policy stops, nothing sideways."""

import pytest
from django.urls import reverse

from provinces.models import Province
from tests.browser import CONTRAST, WCAG, axe, sign_in

pytestmark = pytest.mark.browser

THEMES = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "high": {"theme": "light", "contrast": "high"},
    "high on dark": {"theme": "dark", "contrast": "high"},
}
OPEN = ["/", "/about/", "/about/components/", "/about/personal-data/", "/about/site-map/", "/accounts/login/",
        "/accounts/password/reset/", "/khong-co/", "/en/about/accessibility/"]  # fmt: skip


@pytest.fixture(autouse=True)
def components(settings):
    settings.ROOT_URLCONF = "tests.look.urls"


def choose(page, choices):
    page.goto("/healthz")
    page.context.add_cookies(
        [{"name": name, "value": value, "url": page.url} for name, value in choices.items()]
    )


def rules_in(theme):
    """Themes change colours alone."""
    return WCAG if theme == "light" else CONTRAST


def sideways(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_open_pages(page, theme):
    choose(page, THEMES[theme])

    for address in OPEN:
        page.goto(address)
        assert axe(page, rules_in(theme)) == []


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_the_admin(page, minh, province, theme):
    choose(page, THEMES[theme])
    sign_in(page, minh)

    for address in admin_pages():
        page.goto(address)
        assert axe(page, rules_in(theme)) == []


def admin_pages() -> list[str]:
    unit = Province.objects.get()
    return [
        reverse("admin:index"),
        reverse("admin:accounts_user_changelist"),
        reverse("admin:accounts_post_add"),
        reverse("admin:provinces_province_change", args=[unit.pk]),
    ]


def test_nothing_runs_sideways_on_a_telephone(phone, minh, province):
    for address in OPEN:
        phone.goto(address)
        assert sideways(phone) <= 0, address
    sign_in(phone, minh)
    for address in admin_pages():
        phone.goto(address)
        assert sideways(phone) <= 0, address


def test_very_large_text_still_fits(phone):
    choose(phone, {"size": "xl"})

    for address in OPEN:
        phone.goto(address)
        assert sideways(phone) <= 0, address


def test_the_first_key_leads_to_the_content(page):
    page.goto("/about/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_the_menu_of_a_telephone_opens_and_closes_by_keyboard(phone):
    phone.goto("/")
    phone.get_by_role("button", name="Danh mục").press("Enter")
    assert phone.get_by_role("link", name="Giới thiệu").is_visible()

    phone.keyboard.press("Escape")

    assert not phone.get_by_role("link", name="Giới thiệu").is_visible()


def test_everything_works_without_javascript(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False,
                                  viewport={"width": 360, "height": 740})  # fmt: skip
    page = context.new_page()
    page.goto("/about/")
    page.get_by_role("button", name="Hiển thị").click()
    page.get_by_role("link", name="Tối", exact=True).click()

    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="Danh mục").click()
    page.locator("#menu").get_by_role("link", name="Tin tức").click()
    assert page.url.endswith("/news/")
    context.close()


def test_an_explicit_choice_wins_over_the_system_s(browser, live_server):
    context = browser.new_context(base_url=live_server.url, color_scheme="dark")
    page = context.new_page()
    page.goto("/about/")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(17, 23, 22)"

    page.get_by_role("link", name="Sáng", exact=True).click()

    assert page.evaluate(ground) == "rgb(251, 249, 244)"
    context.close()
