"""The map: every unit of the day once, the archipelagos always, nothing by colour alone."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.utils import translation

from provinces.cartogram import ARCHIPELAGOS, Key, Tile, cartogram, layout_on, locator

pytestmark = pytest.mark.django_db  # to see that no boundary map is shown

NOW, THEN = date(2026, 11, 20), date(2024, 6, 30)
SVG = "{http://www.w3.org/2000/svg}"


def tiles_on(day, **fields):
    codes = {place.code: place.name for place in layout_on(day) if place.name not in ARCHIPELAGOS}
    return [Tile(code, name, url=f"/t/{code}/", **fields) for code, name in codes.items()]


def drawn(day, **fields):
    return cartogram(tiles_on(day, **fields), on=day, title="Bản đồ")


def links(svg):
    return [link.get("aria-label") for link in ElementTree.fromstring(svg).iter(f"{SVG}a")]  # noqa: S314 -- ours


@pytest.mark.parametrize(("day", "count"), [(NOW, 34), (THEN, 63)])
def test_every_unit_once_and_two_archipelagos(day, count):
    for svg in (drawn(day).wide, drawn(day).narrow):
        named = links(svg)

        assert len(named) == count + 2
        assert {name.partition(",")[0] for name in named} >= ARCHIPELAGOS


@pytest.mark.parametrize("day", [NOW, THEN])
def test_no_tile_lies_on_another_or_outside_the_frame(day):
    for svg in (drawn(day).wide, drawn(day).narrow):
        root = ElementTree.fromstring(svg)  # noqa: S314 -- ours
        _x, _y, width, height = map(float, root.get("viewBox").split())
        squares = [
            tuple(float(rect.get(side)) for side in ("x", "y", "width", "height"))
            for rect in root.iter(f"{SVG}rect")
            if "tile" in rect.get("class")
        ]

        assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in squares)
        for at, (x, y, side, _h) in enumerate(squares):
            assert all(abs(x - a) >= side or abs(y - b) >= side for a, b, _s, _t in squares[at + 1 :])


@pytest.mark.parametrize("look", ["wide", "narrow", "print"])
def test_an_archipelago_whose_code_nobody_holds_is_drawn_and_named_without_a_link(look):
    tiles = [tile for tile in tiles_on(NOW) if tile.code not in ("48", "56")]
    svg = getattr(cartogram(tiles, on=NOW, title="Bản đồ"), look)

    groups = ElementTree.fromstring(svg).iter(f"{SVG}g")  # noqa: S314 -- ours
    named = {group.get("aria-label") for group in groups}
    assert named >= ARCHIPELAGOS
    assert "" not in named, "no mainland of a unit that is not there"
    assert not {name for name in links(svg) if "Sa" in name.partition(",")[0].split()}
    assert "Biển Đông" in svg


def test_an_archipelago_is_a_further_tile_of_its_unit():
    tile = Tile("48", "Đà Nẵng", value="79%", word="đạt mốc 2025", level=4, url="/da-nang/")
    named = links(cartogram([tile], on=NOW, title="Bản đồ").wide)

    assert named == ["Hoàng Sa, Đà Nẵng, 79%, đạt mốc 2025", "Đà Nẵng, 79%, đạt mốc 2025"]


def test_links_stand_in_reading_order():
    assert links(drawn(NOW).wide)[:4] == ["Tuyên Quang", "Cao Bằng", "Lai Châu", "Lào Cai"]


def test_what_is_missing_is_hatched_and_dashed():
    svg = drawn(NOW, level=None).wide

    assert svg.count('class="tile missing"') == 36
    assert svg.count('class="value">–<') == 36


def test_what_is_inherited_has_a_folded_corner():
    svg = cartogram([Tile("92", "Cần Thơ", level=2, inherited=True)], on=NOW, title="Bản đồ").wide

    assert svg.count('class="fold"') == 1


def test_the_sea_has_its_name():
    assert "Biển Đông" in drawn(NOW).wide
    assert "Biển Đông" in drawn(THEN).print


def test_sea_and_archipelagos_are_named_in_the_readers_language():
    tiles = [Tile("48", "Da Nang", url="/en/da-nang/")]
    before = cartogram(tiles, on=NOW, title="Map").wide

    with translation.override("en"):
        svg = cartogram(tiles, on=NOW, title="Map").wide
        small = locator("48", on=NOW, label="Da Nang")

    assert links(before)[0] == "Hoàng Sa, Da Nang"
    assert links(svg)[0] == "Hoàng Sa Islands, Da Nang"
    assert re.findall(r">([^<>]+)</text>", svg)[-1] == "East Sea"
    assert re.findall(r">([^<>]+)</text>", small) == ["Hoàng Sa Islands", "Trường Sa Islands"]
    assert "Biển Đông" not in svg + small


@pytest.mark.parametrize("day", [NOW, THEN])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_names_of_the_small_map_stay_within_it(language, day):
    with translation.override(language):
        root = ElementTree.fromstring(locator("04", on=day, label="Cao Bằng"))  # noqa: S314 -- ours

    names = [(float(text.get("x")), len(text.text) * 5.5) for text in root.iter(f"{SVG}text")]
    assert len(names) == 2
    assert all(x + wide / 2 <= float(root.get("width")) for x, wide in names)


def test_the_strict_policy_holds():
    for svg in (drawn(NOW, level=3).wide, drawn(NOW, level=3).print, locator("75", on=NOW, label="Đồng Nai")):
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=", svg)


def test_names_are_escaped():
    assert "<b>" not in cartogram([Tile("75", "<b>")], on=NOW, title="<b>").wide


def test_paper_gets_hex_colours_and_no_links():
    svg = drawn(NOW, level=5).print

    assert "#0B4F4A" in svg
    assert "<a " not in svg
    assert "class=" not in svg.replace('class="cartogram wide"', "").replace('class=""', "")


@pytest.mark.parametrize("day", [NOW, THEN])
def test_names_on_paper_have_six_points_on_a_map_of_86_millimetres(day):
    svg = drawn(day).print

    wide = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])
    fonts = {float(size) for size in re.findall(r'<text[^>]* font-size="([\d.]+)"', svg)}
    assert min(fonts) / wide * 86 / 25.4 * 72 >= 6


def test_a_code_without_a_place_is_drawn_below():
    named = links(cartogram([*tiles_on(NOW), Tile("99", "Mới", url="/moi/")], on=NOW, title="Bản đồ").wide)

    assert named[-1] == "Mới"


def test_long_names_are_shortened_on_two_lines():
    svg = cartogram([Tile("79", "Hồ Chí Minh"), Tile("46", "Huế")], on=NOW, title="Bản đồ").wide

    assert re.findall(r">([^<>]+)</text>", svg) == [
        "Huế", "Hoàng", "Sa", "TP.", "HCM", "Trường", "Sa", "Biển Đông",
    ]  # fmt: skip


def test_the_locator_fills_one_unit_and_names_the_archipelagos():
    svg = locator("56", on=NOW, label="Khánh Hòa")

    assert svg.count("seq-5") == 2  # the mainland and Trường Sa
    assert re.findall(r">([^<>]+)</text>", svg) == ["Hoàng Sa", "Trường Sa"]


def test_swatches_follow_the_tiles():
    assert [
        Key(4, "").swatch,
        Key(None, "").swatch,
        Key(0, "").swatch,
        Key(2, "", inherited=True).swatch,
    ] == [
        "seq-4",
        "none",
        "",
        "inherited",
    ]
