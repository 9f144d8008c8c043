"""The ministry's boundaries take the place of the tiles, on their own days and only while they are shown."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from foundation.actions import ActionRefused
from foundation.models import AuditEntry, StoredFile
from provinces import boundary_maps
from provinces.boundary_drawing import draw, draw_locator
from provinces.cartogram import Tile, cartogram, locator, map_in
from provinces.map_looks import NARROW, PRINT
from provinces.models import BoundaryMap
from provinces.outlines import WIDTH
from provinces.register import Register
from tests.provinces.factories import ProvinceFactory
from tests.provinces.invented_boundaries import NOON, NOW, SOURCE, THEN, collection, encoded, load, show

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
LISTED = "/provinces/"


@pytest.fixture
def shown(register, an, minh):
    """The 34 units of today in invented boundaries, loaded by An and shown by Minh."""
    return show(an, minh)


def names_in(svg):
    return [one.get("aria-label") for one in ElementTree.fromstring(svg).iter(f"{SVG}a")]  # noqa: S314 -- ours


def tiles_of(day=NOW, **fields):
    units = Register.load().in_force(day)
    return [Tile(one.code, str(one.name_on(day)), url=one.get_absolute_url(), **fields) for one in units]


def is_outlined(client, address):
    return 'class="cartogram wide outlines"' in client.get(address).content.decode()


# --- Loading -----------------------------------------------------------------------------


def test_a_file_is_kept_with_its_hash_and_not_shown(register, an):
    made = load(an)

    assert (made.is_shown, made.loaded_by, made.loaded_at) == (False, an, NOON)
    assert (made.file.name, made.file.media_type, made.file.is_public) == (
        "ranh-gioi.geojson",
        "application/geo+json",
        False,
    )
    with made.file.file.open("rb") as kept:
        assert kept.read() == encoded(collection())
    assert len(made.shapes) == 34
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["load boundary map"]


def test_nothing_is_kept_of_a_file_that_is_unfit(register, an):
    with pytest.raises(boundary_maps.Unfit) as refusal:
        load(an, document=collection(codes={"48", "56"}))

    assert refusal.value.sentences[0].startswith(
        "Tệp thiếu đơn vị của ngày đó: An Giang (91), Bắc Ninh (24), "
    )
    assert not BoundaryMap.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_63_of_then_are_not_taken_for_the_34_of_now(register, an):
    with pytest.raises(boundary_maps.Unfit) as refusal:
        load(an, NOW, document=collection(THEN))

    assert "vào ngày khác đó là Hà Giang (trước 01/7/2025)" in refusal.value.sentences[0]


def test_a_file_larger_than_20_mb_is_refused_unread(register, an):
    with pytest.raises(boundary_maps.Unfit) as refusal:
        boundary_maps.load_map(
            b" " * (20 * 1024 * 1024 + 1), name="x.json", units_of=NOW, source_vi=SOURCE, by=an, at=NOON
        )

    assert refusal.value.sentences == ["Tệp lớn hơn 20 MB."]


def test_a_day_before_the_register_is_refused(register, an):
    with pytest.raises(ActionRefused, match="Ngày 01/01/1990 sổ chưa có đơn vị nào"):
        load(an, date(1990, 1, 1))


@pytest.mark.parametrize("who", ["minh", "thu"])
def test_only_an_editor_loads(register, who, request):
    with pytest.raises(ActionRefused, match="Chỉ người giữ hồ sơ của Bộ"):
        load(request.getfixturevalue(who))

    assert not BoundaryMap.objects.exists()


# --- Showing and stopping ----------------------------------------------------------------


@pytest.mark.parametrize("who", ["an", "thu"])
def test_only_an_approver_shows(register, an, who, request):
    made = load(an)

    with pytest.raises(ActionRefused, match="Chỉ người duyệt của Bộ"):
        boundary_maps.show_map(made.pk, by=request.getfixturevalue(who), at=NOON)

    made.refresh_from_db()
    assert not made.is_shown


def test_each_deed_is_in_the_history_and_the_audit(shown, minh):
    boundary_maps.stop_showing(shown.pk, by=minh, at=NOON)

    assert [(one.is_shown, one.history_user) for one in shown.history.all()[:2]] == [
        (False, minh),
        (True, minh),
    ]
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "load boundary map",
        "show boundary map",
        "stop showing boundary map",
    ]


def test_what_is_shown_is_not_shown_again_nor_stopped_twice(shown, minh):
    with pytest.raises(ActionRefused, match="đang hiện rồi"):
        boundary_maps.show_map(shown.pk, by=minh, at=NOON)
    boundary_maps.stop_showing(shown.pk, by=minh, at=NOON)
    with pytest.raises(ActionRefused, match="chưa hiện"):
        boundary_maps.stop_showing(shown.pk, by=minh, at=NOON)


def test_whoever_loaded_a_map_does_not_show_it(register, minh):
    minh.is_superuser = True  # may do either
    minh.save()
    made = load(minh)

    with pytest.raises(ActionRefused, match="Người khác"):
        boundary_maps.show_map(made.pk, by=minh, at=NOON)

    made.refresh_from_db()
    assert not made.is_shown


def test_pages_are_drawn_with_it_from_the_next_reader_on_and_not_a_reader_longer(client, register, an, minh):
    made = load(an)
    assert not is_outlined(client, LISTED)

    boundary_maps.show_map(made.pk, by=minh, at=NOON)
    assert is_outlined(client, LISTED)

    boundary_maps.stop_showing(made.pk, by=minh, at=NOON)
    assert not is_outlined(client, LISTED)


def test_its_source_stands_beneath_every_map(client, shown):
    page = client.get(LISTED).content.decode()

    assert f"Ranh giới: {SOURCE}" in page
    assert SOURCE not in client.get(f"{LISTED}?on={THEN}").content.decode()


def test_the_source_has_the_language_of_the_page(client, register, an, minh):
    show(an, minh, source_en="Ministry of Agriculture and Environment")

    assert "Boundaries: Ministry of Agriculture" in client.get(f"/en{LISTED}").content.decode()


def test_the_page_of_a_unit_shows_where_it_lies(client, shown):
    page = client.get("/provinces/khanh-hoa/").content.decode()

    assert 'aria-label="Khánh Hòa trên bản đồ, có Hoàng Sa và Trường Sa"' in page
    assert "bản đồ ô" not in page
    assert SOURCE in page


# --- Which days it draws -----------------------------------------------------------------


def test_days_with_other_units_keep_their_tiles(client, shown):
    assert is_outlined(client, f"{LISTED}?on=2025-07-01")
    assert not is_outlined(client, f"{LISTED}?on=2025-06-30")


def test_the_63_have_a_map_of_their_own(client, register, an, minh):
    show(an, minh, THEN)

    assert is_outlined(client, f"{LISTED}?on=2008-08-01")
    assert is_outlined(client, f"{LISTED}?on=2025-06-30")
    assert not is_outlined(client, LISTED)


def test_of_two_maps_of_the_same_units_the_newer_day_is_drawn(register, an, minh):
    newer = show(an, minh, date(2026, 11, 1), source_vi="Bản mới")
    show(an, minh, date(2026, 1, 1), source_vi="Bản cũ")
    assert boundary_maps.shown_on(NOW).source == "Bản mới"

    boundary_maps.stop_showing(newer.pk, by=minh, at=NOON)

    assert boundary_maps.shown_on(NOW).source == "Bản cũ"


def test_an_event_entered_afterwards_puts_the_map_aside(shown, an, minh):
    ProvinceFactory(code="97", slug="moi", valid_from=date(2026, 1, 1))

    assert boundary_maps.shown_on(NOW) is None
    boundary_maps.stop_showing(shown.pk, by=minh, at=NOON)
    with pytest.raises(ActionRefused, match="sổ có các đơn vị khác với tệp"):
        boundary_maps.show_map(shown.pk, by=minh, at=NOON)


def test_a_tile_without_outline_is_not_dropped(shown):
    picture = cartogram([*tiles_of(), Tile("99", "Mới", url="/moi/")], on=NOW, title="Bản đồ")

    assert picture.source is None
    assert names_in(picture.wide)[-1] == "Mới"


def test_nobody_asks_twice_while_nothing_was_ever_loaded(register, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert boundary_maps.shown_on(NOW) is None


def test_a_shown_map_costs_no_reading_once_it_is_kept(shown, django_assert_num_queries):
    boundary_maps.shown_on(NOW)

    with django_assert_num_queries(1):  # the edition alone
        boundary_maps.shown_on(NOW)


# --- The drawing -------------------------------------------------------------------------


@pytest.fixture
def picture(shown):
    return cartogram(tiles_of(value="79", word="đạt mốc 2025", level=4), on=NOW, title="Bản đồ")


def test_every_unit_is_a_link_once_and_each_archipelago_a_further_one(picture):
    for svg in (picture.wide, picture.narrow):
        named = names_in(svg)

        assert len(named) == 36
        assert {
            "Hoàng Sa, Đà Nẵng, 79, đạt mốc 2025",
            "Trường Sa, Khánh Hòa, 79, đạt mốc 2025",
            "Đà Nẵng, 79, đạt mốc 2025",
        } <= set(named)


def test_links_stand_in_reading_order(picture):
    named = [name.partition(",")[0] for name in names_in(picture.wide)]

    assert named[:2] == ["Tuyên Quang", "Cao Bằng"]
    assert named.index("Hoàng Sa") < named.index("Trường Sa")
    assert [tile.label for tile in picture.tiles] == [
        name for name in named if name not in ("Hoàng Sa", "Trường Sa")
    ]


def test_both_archipelagos_are_named_and_drawn_in_every_size(picture, shown):
    outlines = boundary_maps.outlines_of(shown)
    for svg in (picture.wide, picture.narrow, picture.print, draw([], outlines, title="")):
        assert {"Hoàng Sa", "Trường Sa", "Biển Đông"} <= set(re.findall(r">([^<>]+)</text>", svg))
    for code in ("01", "48"):
        assert re.findall(r">([^<>]+)</text>", draw_locator(code, outlines, title="")) == [
            "Hoàng Sa",
            "Trường Sa",
        ]


def test_sea_and_archipelagos_are_named_in_the_readers_language(shown):
    with translation.override("en"):
        svg = draw([], boundary_maps.outlines_of(shown), title="")

    assert {"Hoàng Sa Islands", "Trường Sa Islands", "East Sea"} <= set(re.findall(r">([^<>]+)</text>", svg))


@pytest.mark.parametrize("width", [WIDTH, 328, 250])
def test_a_dot_is_as_large_in_a_small_drawing(shown, width):
    svg = draw([], boundary_maps.outlines_of(shown), title="", width=width)
    radii = {float(radius) for radius in re.findall(r"a([\d.]+) [\d.]+ 0 1 0", svg)}

    assert len(re.findall(r"M[\d.]+ [\d.]+a", svg)) == 42
    assert all(radius * width / WIDTH == pytest.approx(1.7, abs=0.02) for radius in radii)


def test_a_number_without_room_is_left_to_name_and_table(shown):
    outlines = boundary_maps.outlines_of(shown)
    tile = Tile("01", "Hà Nội", value="1.234.567", level=3, url="/ha-noi/")

    svg = draw([tile], outlines, title="", look=NARROW)

    assert "1.234.567</text>" not in svg
    assert 'aria-label="Hà Nội, 1.234.567"' in svg
    assert "<title>Hà Nội, 1.234.567</title>" in svg


def test_what_is_missing_is_hatched(shown):
    svg = cartogram(tiles_of(level=None), on=NOW, title="Bản đồ").wide

    assert svg.count('class="tile missing"') == 36


def test_what_is_inherited_is_marked_beside_its_colour(shown):
    tiles = [Tile("92", "Cần Thơ", level=2, inherited=True), Tile("48", "Đà Nẵng", value="7", inherited=True)]
    svg = cartogram(tiles, on=NOW, title="Bản đồ").wide

    assert svg.count('class="fold"') == 3  # Hoàng Sa inherits what Đà Nẵng does


def test_a_unit_without_a_tile_is_drawn_quietly(shown):
    svg = cartogram([Tile("01", "Hà Nội", level=5)], on=NOW, title="Bản đồ").wide

    assert svg.count("tile quiet") == 35


def test_the_strict_policy_holds(picture, shown):
    spot = locator("56", on=NOW, label="Khánh Hòa")
    for svg in (picture.wide, picture.narrow, picture.print, spot):
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=", svg)


def test_names_are_escaped(shown):
    assert "<b>" not in cartogram([Tile("75", "<b>", value="<b>", word="<b>")], on=NOW, title="<b>").wide


def test_paper_gets_hex_colours_and_no_links(picture):
    assert "#37807A" in picture.print
    assert "<a " not in picture.print
    assert 'class="tile' not in picture.print


def test_a_chosen_map_is_drawn_shown_or_not(register, an):
    outlines = boundary_maps.frozen(load(an).pk)

    assert boundary_maps.frozen(None) is None
    assert map_in(outlines, tiles_of(), on=NOW, title="").source == SOURCE


def test_paper_marks_what_is_inherited_and_hatches_what_is_missing(shown):
    outlines = boundary_maps.outlines_of(shown)
    tiles = [Tile("01", "Hà Nội", inherited=True, level=5), Tile("04", "Cao Bằng", level=None)]

    svg = draw(tiles, outlines, title="", look=PRINT)

    assert svg.count('stroke="#FFFFFF"') == 1
    assert 'fill="url(#khong-bao-cao)"' in svg


# --- In the admin ------------------------------------------------------------------------


def given(document=None, **fields):
    file = SimpleUploadedFile("ranh-gioi.geojson", encoded(document or collection()))
    return {"units_of": NOW.isoformat(), "source_vi": SOURCE, "source_en": "", "file": file, **fields}


ADD, LIST = "admin:provinces_boundarymap_add", "admin:provinces_boundarymap_changelist"


def test_a_good_file_leads_to_its_page(client, register, an):
    client.force_login(an)

    response = client.post(reverse(ADD), given())

    made = BoundaryMap.objects.get()
    assert response.url == made.get_absolute_url()
    page = client.get(response.url).content.decode()
    assert page.count('class="cartogram wide outlines"') == 2
    assert "Trường Sa, 30 đảo vẽ thành chấm" in page
    assert "từ 01/7/2025" in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_wrong_stands_at_the_file(client, register, an, language):
    client.force_login(an)
    with translation.override(language):
        page = client.post(reverse(ADD), given(collection(codes={"48"}))).content.decode()

    assert ("Thiếu Trường Sa" if language == "vi" else "Trường Sa is missing") in page
    assert "27/2018/QH14" in page
    assert not BoundaryMap.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"source_vi": " "}, "errorlist"),
        ({"units_of": "1990-01-01"}, "Ngày 01/01/1990 sổ chưa có đơn vị nào."),
    ],
)
def test_a_field_that_is_wrong_says_so(client, register, an, fields, words):
    client.force_login(an)

    assert words in client.post(reverse(ADD), given(**fields)).content.decode()
    assert not BoundaryMap.objects.exists()


def test_showing_asks_first(client, register, an, minh):
    made = load(an)
    client.force_login(minh)
    address = reverse("admin:provinces_boundarymap_show", args=[made.pk])

    asked = client.get(address).content.decode()
    made.refresh_from_db()
    assert "Cho hiện bản đồ này trên các trang?" in asked
    assert not made.is_shown

    assert client.post(address).url == made.get_absolute_url()
    made.refresh_from_db()
    assert made.is_shown


def test_a_deed_that_was_done_meanwhile_is_said(client, shown, minh):
    client.force_login(minh)
    address = reverse("admin:provinces_boundarymap_show", args=[shown.pk])

    assert client.get(address).url == shown.get_absolute_url()
    page = client.post(address, follow=True).content.decode()

    assert "Bản đồ này đang hiện rồi." in page


def test_stopping_leads_back_to_the_tiles(client, shown, minh):
    client.force_login(minh)

    client.post(reverse("admin:provinces_boundarymap_stop", args=[shown.pk]))

    assert boundary_maps.shown_on(NOW) is None


def test_the_file_comes_back_as_it_was_sent(client, shown, an):
    client.force_login(an)

    response = client.get(reverse("admin:provinces_boundarymap_file", args=[shown.pk]))

    assert b"".join(response.streaming_content) == encoded(collection())
    assert response["Content-Disposition"].startswith("attachment")


def test_a_map_behind_a_newer_one_says_so(client, shown, an, minh):
    older = show(an, minh, date(2026, 1, 1))
    client.force_login(minh)

    assert "Đang hiện một bản đồ mới hơn" in client.get(older.get_absolute_url()).content.decode()


def test_a_map_the_register_has_left_says_so(client, shown, minh):
    ProvinceFactory(code="97", slug="moi", valid_from=date(2026, 1, 1))
    client.force_login(minh)

    assert "một sự kiện đã được nhập sau khi nạp" in client.get(shown.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_keeps_its_query_count(client, register, an, count, django_assert_num_queries):
    for _one in range(count):
        load(an)
    client.force_login(an)
    client.get(reverse(LIST))

    with django_assert_num_queries(7):
        page = client.get(reverse(LIST)).content.decode()

    assert page.count("từ 01/7/2025") == count


def test_the_list_says_from_when_until_when_a_map_draws(client, register, an):
    load(an, THEN)
    client.force_login(an)

    assert "từ 01/8/2008 đến 30/6/2025" in client.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/about/boundary-file/", "Ở Hoàng Sa và Trường Sa không bỏ đảo nào"),
        ("/en/about/boundary-file/", "Of Hoàng Sa and Trường Sa it leaves out nothing"),
    ],
)
def test_the_file_is_explained_in_both_languages(client, an, path, words):
    client.force_login(an)

    assert words in client.get(path).content.decode()
    assert f'href="{path}"' in client.get(reverse(ADD)).content.decode()
