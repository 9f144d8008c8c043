"""Boundary files of a country that never was: squares where the tiles stand, bent a little, and islets.

No real boundary is in it, nor in any other file of the repository.
"""

import json
from datetime import UTC, date, datetime
from math import cos, pi, sin

from provinces import boundary_maps
from provinces.cartogram import layout_on

NOW, THEN = date(2026, 11, 20), date(2024, 6, 30)
NOON = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
SOURCE = "Bộ Nông nghiệp và Môi trường, Văn bản 99/BNNMT ngày 02/11/2026"
HOANG_SA, TRUONG_SA = (112.0, 16.4), (114.3, 9.6)
STEPS = 8  # points on a side of a square


def bent(col, row, rows):
    """From a place among the tiles to degrees; neighbours bend alike, so their borders stay common."""
    longitude = 102.4 + 0.8 * (col + 0.15 * sin(2.1 * row) + 0.1 * sin(3 * col))
    return round(longitude, 5), round(23.2 - 14.6 / rows * (row + 0.12 * sin(2.4 * col + row)), 5)


def square(col, row, rows):
    """A closed ring, with points where half a neighbour begins."""
    at = [step / STEPS for step in range(STEPS)]
    sides = (
        [(col + one, row) for one in at],
        [(col + 1, row + one) for one in at],
        [(col + 1 - one, row + 1) for one in at],
        [(col, row + 1 - one) for one in at],
    )
    ring = [bent(*point, rows) for side in sides for point in side]
    return [[*ring, ring[0]]]


def islet(longitude, latitude, size=0.01):
    ring = [
        (round(longitude + size * cos(turn * pi / 3), 5), round(latitude + size * sin(turn * pi / 3), 5))
        for turn in range(6)
    ]
    return [[*ring, ring[0]]]


def islets(middle, count, reach):
    """A group of islets, wound about its middle."""
    east, north = middle
    return [
        islet(east + reach * at / count * cos(2.4 * at), north + reach * at / count * sin(2.4 * at))
        for at in range(1, count + 1)
    ]


def feature(code, polygons):
    geometry = {"type": "MultiPolygon", "coordinates": polygons}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def collection(day=NOW, codes=None):
    """The units that have a tile on the day, or those with these codes."""
    places = [place for place in layout_on(day) if not place.is_archipelago]
    rows = max(place.row for place in places) + 1
    features = {
        place.code: feature(place.code, [square(place.col, place.row, rows)])
        for place in places
        if codes is None or place.code in codes
    }
    for code, group in (("48", islets(HOANG_SA, 12, 0.9)), ("56", islets(TRUONG_SA, 30, 2.1))):
        if code in features:
            features[code]["geometry"]["coordinates"] += group
    return {"type": "FeatureCollection", "features": list(features.values())}


def encoded(document):
    return json.dumps(document).encode()


def load(by, day=NOW, document=None, **more):
    data = encoded(document or collection(day))
    told = {"name": "ranh-gioi.geojson", "units_of": day, "source_vi": SOURCE, "by": by, "at": NOON}
    return boundary_maps.load_map(data, **{**told, **more})


def show(an, minh, day=NOW, **more):
    """Loaded by one, shown by another."""
    return boundary_maps.show_map(load(an, day, **more).pk, by=minh, at=NOON)


def of_two_units():
    """The country of the tests' people: Đà Nẵng with both archipelagos, and Quảng Ngãi next to it."""
    whole = of_one_unit()
    return {**whole, "features": [*whole["features"], feature("51", [square(5, 8, 13)])]}


def of_one_unit(code="48"):
    """A country of one unit, which then holds both archipelagos."""
    parts = [square(5, 7, 13), *islets(HOANG_SA, 12, 0.9), *islets(TRUONG_SA, 30, 2.1)]
    return {"type": "FeatureCollection", "features": [feature(code, parts)]}
