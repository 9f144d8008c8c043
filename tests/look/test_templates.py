"""What every template keeps: no inline style or script, fields in order, pages in two languages."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from scp_portal.context import MINISTRY, PUBLIC, links
from scp_portal.gallery import GalleryForm

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(path for path in ROOT.glob("templates/**/*.html"))
PAPER = ("documents", "certificate", "pdf", "print", "mail/layout")  # for WeasyPrint and mail programs


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_carries_style_or_script(path):
    if any(word in str(path) for word in PAPER):
        return
    text = path.read_text()

    assert re.findall(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text) == []
    assert re.findall(r"<script(?![^>]*(?:\bsrc=|application/json))", text) == []


def test_a_field_shows_label_help_error_control_in_that_order():
    html = str(GalleryForm({"number": "", "issued": "14/9/203x", "state": "c"}))
    field = html[html.index('for="id_issued"') :]

    assert field.index("Ngày ban hành") < field.index("errorlist") < field.index("<input")
    number = html[html.index('for="id_number"') :]
    assert number.index("Số quyết định") < number.index("Ví dụ") < number.index("<input")


def test_a_field_points_to_its_help_and_its_error():
    html = str(GalleryForm({"number": "", "issued": "", "state": "c"}))

    assert 'aria-describedby="id_number_helptext"' in html
    assert 'id="id_number_helptext"' in html
    assert re.search(r'aria-describedby="id_issued_error"', html)
    assert 'id="id_issued_error"' in html


def test_fields_that_may_stay_empty_say_so_and_the_others_do_not():
    html = str(GalleryForm())

    assert html.count("không bắt buộc") == 2


def test_the_page_leads_to_itself_in_the_other_language(client, db):
    page = client.get("/about/contact/?a=1").content.decode()

    assert 'href="/en/about/contact/?a=1"' in page


def test_a_page_without_a_twin_leads_to_the_other_language_s_home(client, db):
    page = client.get("/khong-co/").content.decode()

    assert 'href="/en/"' in page


def test_only_rooms_that_stand_are_in_the_navigation():
    lines = [*PUBLIC, ("Cellar", "cellar:index")]

    assert "Cellar" not in [link["name"] for link in links(lines, "/")]


def test_the_longest_address_is_the_current_one():
    lines = [(name, target) for name, target, _right in MINISTRY]

    found = links(lines, reverse("admin:accounts_user_changelist") + "3/change/")

    assert [link["url"] for link in found if link["current"]] == [reverse("admin:accounts_user_changelist")]


def test_a_choice_of_theme_is_kept_and_used_without_javascript(client, db):
    answer = client.get("/display/", {"theme": "dark", "next": "/about/"})

    assert answer.url == "/about/"
    assert 'data-theme="dark"' in client.get("/about/").content.decode()


def test_a_forged_choice_is_not_printed(client, db):
    client.cookies["theme"] = '"><script>'

    assert "data-theme" not in client.get("/about/").content.decode()


def test_the_way_back_never_leaves_the_portal(client, db):
    assert client.get("/display/", {"size": "l", "next": "https://example.com/"}).url == "/"


def test_the_server_error_page_needs_nothing():
    assert "Cổng gặp lỗi" in render_to_string("500.html")


def test_the_second_factor_s_square_stands_in_the_page_itself(client, minh):
    minh.set_password("một câu dài để thử")
    minh.save()
    client.post(reverse("account_login"), {"login": minh.email, "password": "một câu dài để thử"})
    client.post(reverse("account_reauthenticate"), {"password": "một câu dài để thử"})

    page = client.get(reverse("mfa_activate_totp")).content.decode()

    assert "<svg" in page[page.index('class="qr"') :]
    assert "data:image" not in page
