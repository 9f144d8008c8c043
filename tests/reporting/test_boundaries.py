"""Progress and the national report in the ministry's own boundaries; a document keeps the map of its cut."""

import pytest
from django.urls import reverse

from provinces import boundary_maps
from reporting.documents import cutting
from reporting.documents.blocks import Picture, from_json
from reporting.documents.composing import compose
from reporting.documents.drawing import draw
from reporting.documents.head_and_foot import Envelope
from reporting.lenses import Lens, LensKind
from tests.provinces.invented_boundaries import NOON, NOW, SOURCE, of_one_unit, show
from tests.reporting.approved import approve, national_outline, t3, year_of

pytestmark = pytest.mark.django_db
OUTLINED = 'class="cartogram wide outlines"'


@pytest.fixture
def indicator(province):
    found = t3()
    approve(province, 2026, found, numerator=79, denominator=100)
    return found


@pytest.fixture
def shown(province, an, minh):
    return show(an, minh, document=of_one_unit())


def map_in_report(language="vi", content=None):
    content = content or cutting.content_of(year_of(2026), Lens(LensKind.ON, NOW))
    envelope = Envelope("C-2026-01", NOON, "7K4M-92QD", "", "Hà Nội", None, "", "", "")
    document = from_json(compose(content, national_outline(), language=language, envelope=envelope).as_json())
    return next(one for one in document.blocks if isinstance(one, Picture) and one.kind == "cartogram")


def test_progress_is_drawn_in_the_boundaries_of_the_map_s_day(client, indicator, shown):
    address = reverse("reporting:target", args=[indicator.slug])

    page = client.get(address, {"lens": "on", "on": "2026-11-20"}).content.decode()

    assert OUTLINED in page
    assert f"Ranh giới: {SOURCE}" in page
    assert 'aria-label="Trường Sa, Đà Nẵng, 79, ' in page
    assert "Mỗi ô là một đơn vị" not in page


def test_progress_goes_back_to_tiles_at_once(client, indicator, shown, minh):
    address = reverse("reporting:target", args=[indicator.slug])
    client.get(address)

    boundary_maps.stop_showing(shown.pk, by=minh, at=NOON)

    page = client.get(address).content.decode()
    assert OUTLINED not in page
    assert "Mỗi ô là một đơn vị" in page


def test_the_home_page_is_drawn_in_them(client, shown):
    page = client.get(reverse("home")).content.decode()

    assert OUTLINED in page
    assert "Mỗi ô là một đơn vị" not in page


@pytest.mark.parametrize(("language", "words"), [("vi", f"Ranh giới: {SOURCE}"), ("en", "Boundaries: ")])
def test_the_report_draws_them_and_names_their_source(indicator, shown, language, words):
    picture = map_in_report(language)

    assert words in picture.caption
    assert 'class="cartogram wide outlines"' in draw(picture)
    assert "Hoàng Sa" in draw(picture)


def test_a_report_keeps_the_map_of_its_cut(indicator, shown, minh):
    picture = map_in_report()
    before = draw(picture)

    boundary_maps.stop_showing(shown.pk, by=minh, at=NOON)

    assert draw(picture) == before
    assert "outlines" not in draw(map_in_report())


def test_a_cut_made_before_there_were_boundaries_is_drawn_in_tiles(indicator, shown):
    content = cutting.content_of(year_of(2026), Lens(LensKind.ON, NOW))
    del content["boundaries"]

    picture = map_in_report(content=content)

    assert "outlines" not in draw(picture)
    assert "Ranh giới" not in picture.caption
