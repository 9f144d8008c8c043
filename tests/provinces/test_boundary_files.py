"""A boundary file is looked at before it is believed; everything wrong with it is said at once."""

import json
from copy import deepcopy

import pytest

from provinces.boundary_files import MOST_SENTENCES, Unfit, read_boundaries
from provinces.boundary_shapes import shapes_of
from provinces.outlines import HEIGHT, WIDTH, outlines_from
from tests.provinces.invented_boundaries import (
    HOANG_SA,
    TRUONG_SA,
    collection,
    encoded,
    feature,
    islet,
    islets,
    square,
)

UNITS = {"48": "Đà Nẵng", "51": "Quảng Ngãi", "56": "Khánh Hòa"}
OTHERS = {"93": "Hậu Giang (trước 01/7/2025)"}
GOOD = collection(codes=UNITS)


def read(document):
    return read_boundaries(document if isinstance(document, bytes) else encoded(document), UNITS, OTHERS)


def refused(document):
    with pytest.raises(Unfit) as refusal:
        read(document)
    return refusal.value.sentences


def changed(code="51", **fields):
    """The good file with one feature that is otherwise."""
    document = deepcopy(GOOD)
    (one,) = (each for each in document["features"] if each["properties"]["code"] == code)
    one.update(fields)
    return document


def with_coordinates(coordinates, kind="Polygon", code="51"):
    return changed(code, geometry={"type": kind, "coordinates": coordinates})


def drawn(document):
    return outlines_from(json.loads(json.dumps(shapes_of(read(document)))))


# --- What is no map ----------------------------------------------------------------------

NO_JSON = "Tệp không phải GeoJSON: phải là một văn bản JSON mã UTF-8, chỉ có số thường."
NO_COLLECTION = "Tệp phải là một FeatureCollection, mỗi đơn vị là một đối tượng (feature)."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"code,name\n48,x",
        b"\xff\xfe{}",
        '{"type": "Đà Nẵng"}'.encode("cp1258", "replace") + b"\xe3",
        encoded(GOOD)[:-9],
        b'{"type": "FeatureCollection", "features": [NaN]}',
        b'{"type": "FeatureCollection", "features": [-Infinity]}',
        b"[" * 200_000,
        b'{"a": ' * 200_000,
        b"1" * 5_000,
    ],
    ids=["empty", "CSV", "UTF-16", "CP1258", "cut off", "NaN", "Infinity", "nested", "nested too", "digits"],
)
def test_what_is_no_json_is_refused(data):
    assert refused(data) == [NO_JSON]


@pytest.mark.parametrize(
    "document",
    [
        [],
        "FeatureCollection",
        {},
        GOOD["features"][0],
        {"type": "FeatureCollection"},
        {"type": "FeatureCollection", "features": {"48": 1}},
    ],
)
def test_what_is_no_collection_is_refused(document):
    assert refused(document) == [NO_COLLECTION]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::3405", "VN-2000", "EPSG:43260", ""])
def test_other_coordinates_are_refused_by_name(name):
    document = {**GOOD, "crs": {"type": "name", "properties": {"name": name}}}

    assert refused(document) == [
        f"Toạ độ theo hệ “{name}”. Lưu tệp theo WGS 84 (EPSG:4326), kinh độ và vĩ độ tính bằng độ."
    ]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_what_programs_call_wgs_84_is_taken(name):
    assert read({**GOOD, "crs": {"type": "name", "properties": {"name": name}}}).keys() == UNITS.keys()


def test_a_byte_order_mark_is_taken():
    assert read(b"\xef\xbb\xbf" + encoded(GOOD)).keys() == UNITS.keys()


# --- Whose the features are --------------------------------------------------------------


@pytest.mark.parametrize("code", [48, "48", " 48 "])
def test_a_code_may_be_a_number_or_a_text(code):
    assert read(changed("48", properties={"code": code})).keys() == UNITS.keys()


def test_a_code_of_one_digit_is_filled_up():
    first = feature(1, [square(3, 2, 13)])
    document = {**GOOD, "features": [*GOOD["features"], first]}

    assert "01" in read_boundaries(encoded(document), {**UNITS, "01": "Hà Nội"}, {})


@pytest.mark.parametrize("properties", [None, [], {}, {"code": None}, {"code": "VN-48"}, {"code": True},
                                        {"code": 4.8}, {"code": 480}, {"code": "٤٨"}])  # fmt: skip
def test_a_feature_without_code_is_refused_by_its_number(properties):
    assert refused(changed(properties=properties)) == [
        "Đối tượng thứ 2 không có thuộc tính “code” ghi mã hai chữ số của đơn vị, ví dụ 01 hoặc 48.",
        "Tệp thiếu đơn vị của ngày đó: Quảng Ngãi (51).",
    ]


def test_a_feature_that_is_none_is_refused():
    assert len(refused({**GOOD, "features": [*GOOD["features"], 7, None]})) == 2


def test_a_code_of_another_day_is_refused_naming_whose_it_was():
    assert refused(changed(properties={"code": "93"}))[0] == (
        "Vào ngày của bản đồ không có đơn vị nào mang mã 93; vào ngày khác đó là Hậu Giang (trước 01/7/2025)."
    )


def test_a_code_that_nobody_ever_had_is_refused():
    assert refused(changed(properties={"code": "99"}))[0] == (
        "Vào ngày của bản đồ không có đơn vị nào mang mã 99."
    )


def test_a_unit_twice_is_refused():
    assert refused({**GOOD, "features": [*GOOD["features"], GOOD["features"][1]]}) == [
        "Quảng Ngãi (51) có hai lần trong tệp. Gộp mọi phần của đơn vị vào một MultiPolygon."
    ]


# --- Their outlines ----------------------------------------------------------------------

RING = square(4, 8, 13)[0]
EMPTY = "Đường bao của Quảng Ngãi (51) trống."
NO_NUMBERS = "Đường bao của Quảng Ngãi (51) có điểm không phải là hai con số."
NOT_CLOSED = "Đường bao của Quảng Ngãi (51) có vòng chưa khép kín hoặc ít hơn bốn điểm."


@pytest.mark.parametrize(
    "geometry", [None, "Polygon", {}, {"type": "Point", "coordinates": [108, 15]},
                 {"type": "GeometryCollection", "geometries": []}]
)  # fmt: skip
def test_other_geometries_are_refused(geometry):
    assert refused(changed(geometry=geometry)) == [
        "Đường bao của Quảng Ngãi (51) không phải Polygon hay MultiPolygon."
    ]


@pytest.mark.parametrize(
    ("kind", "coordinates", "sentence"),
    [
        ("Polygon", [], EMPTY),
        ("Polygon", None, EMPTY),
        ("MultiPolygon", [], EMPTY),
        ("MultiPolygon", [[]], EMPTY),
        ("MultiPolygon", {"0": []}, EMPTY),
        ("Polygon", [7], NO_NUMBERS),
        ("Polygon", [[7]], NO_NUMBERS),
        ("Polygon", [["108", "15"]], NO_NUMBERS),
        ("Polygon", [[["108", "15"]]], NO_NUMBERS),
        ("Polygon", [[[108]]], NO_NUMBERS),
        ("Polygon", [[[True, 15]]], NO_NUMBERS),
        ("Polygon", [[[None, 15]]], NO_NUMBERS),
        ("Polygon", [[]], NOT_CLOSED),
        ("Polygon", [RING[:3]], NOT_CLOSED),
        ("Polygon", [RING[:-1]], NOT_CLOSED),
    ],
)
def test_a_broken_outline_is_refused_with_its_unit(kind, coordinates, sentence):
    assert refused(with_coordinates(coordinates, kind)) == [sentence]


@pytest.mark.parametrize("point", [[101.9, 15], [118.1, 15], [108, 4.4], [108, 23.6], [1e308, 15], [0, 0],
                                   [10**400, 15], [685000, 1750000]])  # fmt: skip
def test_what_leaves_the_frame_is_refused(point):
    (sentence,) = refused(with_coordinates([[*RING[:-1], point, RING[-1]]]))

    assert sentence.startswith("Đường bao của Quảng Ngãi (51) ra ngoài khung bản đồ, 102°–118° Đông")


def test_a_number_too_large_for_a_float_leaves_the_frame():
    text = encoded(with_coordinates([[*RING[:-1], [12345, 15], RING[-1]]])).replace(b"12345", b"1e999")

    assert "ra ngoài khung" in refused(text)[0]


def test_swapped_coordinates_are_recognised():
    (sentence,) = refused(with_coordinates([[[y, x] for x, y in RING]]))

    assert sentence == (
        "Đường bao của Quảng Ngãi (51) ra ngoài khung bản đồ. Có thể kinh độ và vĩ độ bị đảo: "
        "GeoJSON ghi kinh độ trước."
    )


def test_an_outline_that_crosses_itself_is_refused_with_the_place():
    bow = [[[108, 15], [109, 16], [109, 15], [108, 16], [108, 15]]]

    (sentence,) = refused(with_coordinates(bow))

    assert sentence.startswith(
        "Đường bao của Quảng Ngãi (51) tự cắt hoặc chồng lên chính nó ở gần 108.500, 15.500"
    )


def test_an_outline_without_area_is_refused():
    flat = [[[108, 15], [109, 15], [108, 15], [108, 15]]]

    assert "tự cắt" in refused(with_coordinates(flat))[0]


def test_too_many_points_are_refused(monkeypatch):
    monkeypatch.setattr("provinces.boundary_files.MOST_POINTS", 100)

    assert refused(GOOD) == ["Tệp có hơn 100 điểm. Giản lược trước khi nạp."]


def test_heights_are_left_out():
    raised = with_coordinates([[[x, y, 12.5] for x, y in RING]])

    assert not read(raised)["51"].has_z


# --- Hoàng Sa and Trường Sa --------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "name", "place"),
    [
        ("48", "Hoàng Sa", "15° đến 17°30′ Bắc, 111° đến 113°30′ Đông"),
        ("56", "Trường Sa", "6°30′ đến 12° Bắc, 111° đến 118° Đông"),
    ],
)
def test_a_file_without_an_archipelago_is_refused_with_the_law(code, name, place):
    document = deepcopy(GOOD)
    (unit,) = (one for one in document["features"] if one["properties"]["code"] == code)
    del unit["geometry"]["coordinates"][1:]

    (sentence,) = refused(document)

    assert sentence == (
        f"Thiếu {name}: đơn vị mang mã {code} không có phần nào trong khoảng {place}. Luật 27/2018/QH14, "
        "khoản 4 Điều 6, cấm công bố bản đồ bỏ sót hoặc thể hiện sai chủ quyền của Việt Nam; Thông tư "
        "17/2018/TT-BTNMT, Điều 20, yêu cầu bản đồ cả nước nằm trọn trong khung 4°30′–23°30′ Bắc, "
        "102°–118° Đông."
    )


def test_an_archipelago_of_another_unit_is_as_good_as_missing():
    document = deepcopy(GOOD)
    document["features"][1]["geometry"]["coordinates"] += islets(HOANG_SA, 3, 0.5)
    del document["features"][0]["geometry"]["coordinates"][1:]

    assert [one[:14] for one in refused(document)] == ["Thiếu Hoàng Sa"]


def test_a_missing_unit_and_its_archipelago_are_both_said():
    document = {**GOOD, "features": GOOD["features"][:2]}

    assert [one[:15] for one in refused(document)] == ["Tệp thiếu đơn v", "Thiếu Trường Sa"]


def test_an_outline_that_is_broken_is_not_also_said_to_lack_its_islands():
    assert len(refused(with_coordinates([RING[:-1]], code="48"))) == 1


def test_of_a_later_map_any_unit_may_hold_an_archipelago():
    later = {"51": "Quảng Ngãi", "60": "Đơn vị mới"}
    document = {
        "type": "FeatureCollection",
        "features": [
            feature("51", [square(4, 8, 13)]),
            feature("60", [square(4, 9, 13), *islets(HOANG_SA, 3, 0.5), *islets(TRUONG_SA, 3, 0.5)]),
        ],
    }

    shapes = shapes_of(read_boundaries(encoded(document), later, {}))

    assert [one["name"] for one in shapes["60"]["islands"]] == ["Hoàng Sa", "Trường Sa"]


# --- How much is said ---------------------------------------------------------------------


def test_ten_sentences_are_said_and_the_rest_counted():
    document = {**GOOD, "features": [*GOOD["features"], *[{"type": "Feature"}] * 14]}

    sentences = refused(document)

    assert len(sentences) == MOST_SENTENCES + 1
    assert sentences[-1] == "Và 4 lỗi nữa."


# --- What is drawn of a good one ----------------------------------------------------------


def test_every_island_of_the_archipelagos_is_kept_as_a_dot():
    units = drawn(GOOD)

    assert [(one.name, len(one.dots)) for code in ("48", "56") for one in units[code].islands] == [
        ("Hoàng Sa", 12),
        ("Trường Sa", 30),
    ]
    assert units["51"].islands == ()


def test_a_large_shape_in_an_archipelago_stays_a_shape():
    units = drawn(changed("48", geometry={"type": "MultiPolygon", "coordinates": [
        square(4, 7, 13), islet(112, 16.5, 0.4), islet(112.8, 16.9)]}))  # fmt: skip

    (hoang_sa,) = units["48"].islands
    assert hoang_sa.path.startswith("M")
    assert len(hoang_sa.dots) == 1


def test_an_islet_off_the_mainland_too_small_to_be_seen_is_left_out():
    with_islet = changed(
        "51", geometry={"type": "MultiPolygon", "coordinates": [[RING], islet(109.2, 15.4, 0.005)]}
    )

    assert drawn(with_islet)["51"].path.count("M") == 1


def test_a_unit_too_small_to_be_seen_is_drawn_all_the_same():
    unit = drawn(with_coordinates(islet(108.5, 15, 0.001)))["51"]

    assert unit.path.startswith("M")
    assert unit.radius < 1


def test_a_unit_of_islands_alone_has_its_words_in_their_frame():
    islands = changed("56", geometry={"type": "MultiPolygon", "coordinates": islets(TRUONG_SA, 5, 1)})

    unit = drawn(islands)["56"]

    assert (unit.path, unit.radius) == ("", 0)


def test_units_that_overlap_are_drawn_as_the_file_has_them():
    over = [[[108, 14], [109, 14], [109, 16.5], [108, 16.5], [108, 14]]]

    assert all(one.path for one in drawn(with_coordinates(over)).values())


def test_neighbours_keep_their_border_in_common():
    whole = collection()
    names = {one["properties"]["code"]: "" for one in whole["features"]}
    units = outlines_from(shapes_of(read_boundaries(encoded(whole), names, {})))

    def corners(code):
        steps = units[code].path.strip("Mz").replace("l", " ").split()
        at = [(float(x), float(y)) for x, y in zip(steps[::2], steps[1::2], strict=True)]
        places, here = set(), (0.0, 0.0)
        for x, y in at:
            here = (round(here[0] + x, 1), round(here[1] + y, 1))
            places.add(here)
        return places

    assert len(corners("08") & corners("04")) >= 3


def test_everything_lies_in_the_frame():
    for unit in drawn(GOOD).values():
        assert 0 <= unit.x <= WIDTH
        assert 0 <= unit.y <= HEIGHT
        for islands in unit.islands:
            x, y, width, height = islands.frame
            assert x >= 0 and y >= 0 and x + width <= WIDTH and y + height <= HEIGHT  # noqa: PT018 -- one frame
