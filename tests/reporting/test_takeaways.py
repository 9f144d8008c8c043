"""The pictures of a target as files: the page's own numbers, with coverage, lens and source inside."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse

from tests.provinces.factories import ProvinceFactory
from tests.reporting.approved import approve, t3, year_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def indicator(db):
    year_of(2026)
    return t3()


def picture(client, indicator, name, kind="svg", **query):
    return client.get(reverse("reporting:target_picture", args=[indicator.slug, name, kind]), query)


def said_in(answer):
    root = ElementTree.fromstring(answer.content)  # noqa: S314 -- ours
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", ["years", "regions", "map"])
def test_a_picture_tells_number_coverage_lens_and_source(client, indicator, province, name):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    answer = picture(client, indicator, name, lens="on", on="2026-11-26")

    said = said_in(answer)
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert f"{indicator.slug}-{name}.svg" in answer["Content-Disposition"]
    for words in (str(indicator.name), "50% · 1/1 đơn vị, năm 2026", "26/11/2026", "/progress/"):
        assert words in said
    assert "Số liệu minh hoạ" not in said


def test_example_data_say_so_in_the_picture(client, indicator, province):
    approve(province, 2026, indicator, numerator=5, denominator=10, is_demo=True)

    assert "Số liệu minh hoạ" in said_in(picture(client, indicator, "map"))


def test_a_png_comes_for_the_same_picture(client, indicator, province):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    answer = picture(client, indicator, "years", "png")

    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(("name", "kind"), [("years", "gif"), ("cells", "svg"), ("map", "exe")])
def test_another_picture_or_format_is_not_found(client, indicator, province, name, kind):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    assert picture(client, indicator, name, kind).status_code == 404


def test_a_target_without_values_has_no_picture(client, indicator):
    assert picture(client, indicator, "years").status_code == 404


def test_the_page_leads_to_its_pictures_under_its_own_lens(client, indicator, province):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    page = client.get(
        reverse("reporting:target", args=[indicator.slug]), {"lens": "constant", "on": "2026-01-01"}
    )

    for name in ("years", "regions", "map"):
        for address in page.context["pictures"][name].values():
            assert address.endswith("?lens=constant&on=2026-01-01")
            assert address.replace("&", "&amp;") in page.content.decode()
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_picture_query_count(client, indicator, count, django_assert_num_queries):
    for unit in ProvinceFactory.create_batch(count):
        approve(unit, 2026, indicator, numerator=5, denominator=10)
    picture(client, indicator, "years")  # what seldom changes is read

    with django_assert_num_queries(1):
        assert picture(client, indicator, "map").status_code == 200
