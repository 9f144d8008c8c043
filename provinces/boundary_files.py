"""The ministry's boundary file, read whole: the polygons of every unit, or all that is wrong in sentences.

Nothing in the file is believed before it is looked at. What the portal draws of it is made in
``boundary_shapes``.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import shapely
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .outlines import ARCHIPELAGOS, EAST, NORTH, SOUTH, WEST, Archipelago

MOST_POINTS = 2_000_000
MOST_SENTENCES = 10
WGS_84 = re.compile(r"(?:.*[:/])?(?:CRS84|EPSG(?:[:/][^:/]*)?[:/]4326)", re.IGNORECASE)
PLACE = re.compile(r"\[(-?[\d.]+) (-?[\d.]+)\]")  # where shapely found a fault

Polygons = dict[str, shapely.MultiPolygon]
Ring = list[tuple[float, float]]


class Unfit(ValueError):
    """The file cannot be drawn; ``sentences`` say everything that has to be mended."""

    def __init__(self, *sentences: str) -> None:
        more = len(sentences) - MOST_SENTENCES
        self.sentences = list(sentences[:MOST_SENTENCES])
        if more > 0:
            self.sentences.append(
                ngettext("And %(n)s more fault.", "And %(n)s more faults.", more) % {"n": more}
            )
        super().__init__(" ".join(self.sentences))


class Fault(ValueError):
    """One sentence about one feature; the reading goes on to find the others."""


def read_boundaries(data: bytes, names: Mapping[str, str], others: Mapping[str, str]) -> Polygons:
    """The polygons by code.

    ``names`` are the units of the day by code; ``others`` says of codes that only other days know to whom
    they belonged.
    """
    reading = _Reading(names, others)
    for number, feature in enumerate(_features(_document(data)), 1):
        reading.take(number, feature)
    reading.look_for_missing()
    if reading.faults:
        raise Unfit(*reading.faults)
    return reading.polygons


def _document(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise Unfit(
            _("The file is not GeoJSON: it has to be one JSON text in UTF-8, with plain numbers.")
        ) from fault


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)  # NaN and Infinity are Python's own, not JSON's


def _features(document: Any) -> list[Any]:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind != "FeatureCollection" or not isinstance(document.get("features"), list):
        raise Unfit(_("The file has to be a FeatureCollection with one feature for each unit."))
    if document.get("crs") is not None and not WGS_84.fullmatch(_crs_name(document["crs"])):
        raise Unfit(
            _(
                "The coordinates are in “%(crs)s”. Save the file in WGS 84 (EPSG:4326), with degrees of "
                "longitude and latitude."
            )
            % {"crs": _crs_name(document["crs"])[:60]}
        )
    features: list[Any] = document["features"]
    return features


def _crs_name(crs: Any) -> str:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""


class _Reading:
    """What was found so far, good and bad."""

    def __init__(self, names: Mapping[str, str], others: Mapping[str, str]) -> None:
        self.names, self.others = names, others
        self.polygons: Polygons = {}
        self.faults: list[str] = []
        self.seen: set[str] = set()
        self.points = 0

    def take(self, number: int, feature: Any) -> None:
        try:
            code = self._code(number, feature)
            self.seen.add(code)
            self.polygons[code] = self._shape(feature.get("geometry"), self._called(code))
        except Fault as fault:
            self.faults.append(str(fault))

    def _code(self, number: int, feature: Any) -> str:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        given = properties.get("code") if isinstance(properties, dict) else None
        written = f"{given:02d}" if type(given) is int and 0 <= given < 100 else given
        code = written.strip().zfill(2) if isinstance(written, str) else ""
        if not re.fullmatch("[0-9]{2}", code):
            raise Fault(
                _("Feature %(n)s has no property “code” with the two digits of its unit, such as 01 or 48.")
                % {"n": number}
            )
        if code not in self.names:
            raise Fault(self._unknown(code))
        if code in self.seen:
            raise Fault(
                _("%(unit)s stands in the file twice. Give all its parts as one MultiPolygon.")
                % {"unit": self._called(code)}
            )
        return code

    def _unknown(self, code: str) -> str:
        if code in self.others:
            return _("Code %(code)s has no unit on the day of the map; on other days it is %(unit)s.") % {
                "code": code,
                "unit": self.others[code],
            }
        return _("Code %(code)s has no unit on the day of the map.") % {"code": code}

    def _called(self, code: str) -> str:
        return f"{self.names[code]} ({code})"

    def _shape(self, geometry: Any, unit: str) -> shapely.MultiPolygon:
        polygons = [[_ring(ring, unit) for ring in polygon] for polygon in _polygons(geometry, unit)]
        self.points += sum(len(ring) for polygon in polygons for ring in polygon)
        if self.points > MOST_POINTS:
            most = f"{MOST_POINTS:_}".replace("_", " ")
            raise Unfit(
                _("The file has more than %(most)s points. Simplify it before you load it.") % {"most": most}
            )
        shape = shapely.MultiPolygon([(rings[0], rings[1:]) for rings in polygons])
        if not shape.is_valid:
            raise Fault(_crossing(shape, unit))
        return shape

    def look_for_missing(self) -> None:
        missing = [self._called(code) for code in self.names if code not in self.seen]
        if missing:
            self.faults.append(
                _("The file lacks units of the day: %(units)s.") % {"units": ", ".join(missing)}
            )
        self.faults += [_lacks(one) for one in ARCHIPELAGOS if self._is_without(one)]

    def _is_without(self, archipelago: Archipelago) -> bool:
        """Whether nothing lies there. An outline that could not be read has been complained of already."""
        holders = [archipelago.code] if archipelago.code in self.names else list(self.names)
        if any(code in self.seen and code not in self.polygons for code in holders):
            return False
        shapes = [self.polygons[code] for code in holders if code in self.polygons]
        return not any(lies_in(archipelago, part) for shape in shapes for part in shape.geoms)


def lies_in(archipelago: Archipelago, part: shapely.Polygon) -> bool:
    inside = part.representative_point()
    return archipelago.holds(inside.x, inside.y)


def _polygons(geometry: Any, unit: str) -> Iterator[list[Any]]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise Fault(_("The outline of %(unit)s is neither a Polygon nor a MultiPolygon.") % {"unit": unit})
    held = geometry.get("coordinates")
    polygons = [held] if kind == "Polygon" else held
    if not isinstance(polygons, list) or not polygons or not all(_filled(one) for one in polygons):
        raise Fault(_("The outline of %(unit)s is empty.") % {"unit": unit})
    yield from polygons


def _filled(polygon: Any) -> bool:
    return isinstance(polygon, list) and bool(polygon)


def _ring(ring: Any, unit: str) -> Ring:
    if not isinstance(ring, list):
        raise Fault(_no_numbers(unit))
    points = [_point(position, unit) for position in ring]
    if len(points) < 4 or points[0] != points[-1]:
        raise Fault(
            _("The outline of %(unit)s has a ring that is not closed or has fewer than four points.")
            % {"unit": unit}
        )
    return points


def _point(position: Any, unit: str) -> tuple[float, float]:
    if not isinstance(position, list) or len(position) < 2:
        raise Fault(_no_numbers(unit))
    x, y = position[:2]
    if type(x) not in (int, float) or type(y) not in (int, float):
        raise Fault(_no_numbers(unit))
    if WEST <= x <= EAST and SOUTH <= y <= NORTH:
        return float(x), float(y)
    raise Fault(_outside(x, y, unit))


def _no_numbers(unit: str) -> str:
    return _("The outline of %(unit)s has a point that is not two numbers.") % {"unit": unit}


def _outside(x: float, y: float, unit: str) -> str:
    if WEST <= y <= EAST and SOUTH <= x <= NORTH:
        return _(
            "The outline of %(unit)s leaves the frame of the map. Longitude and latitude may be swapped: "
            "GeoJSON writes longitude first."
        ) % {"unit": unit}
    return _(
        "The outline of %(unit)s leaves the frame of the map, 102°–118° E and 4°30′–23°30′ N. Its points "
        "have to be degrees of longitude and latitude."
    ) % {"unit": unit}


def _crossing(shape: shapely.MultiPolygon, unit: str) -> str:
    found = PLACE.search(shapely.is_valid_reason(shape))
    place = f"{float(found[1]):.3f}, {float(found[2]):.3f}" if found else "–"
    return _(
        "The outline of %(unit)s crosses or covers itself near %(place)s (longitude, latitude). Mend it in "
        "the program it was drawn with."
    ) % {"unit": unit, "place": place}


def _lacks(archipelago: Archipelago) -> str:
    west, south, east, north = (_degrees(one) for one in archipelago.box)
    return _(
        "%(archipelago)s is missing: the unit with code %(code)s has no part between %(south)s and %(north)s "
        "N, %(west)s and %(east)s E. Law 27/2018/QH14, Article 6.4, forbids publishing a map that leaves out "
        "or misdraws what is Viet Nam’s, and Circular 17/2018/TT-BTNMT, Article 20, has a map of the whole "
        "country reach 4°30′–23°30′ N, 102°–118° E."
    ) % {
        "archipelago": archipelago.name,
        "code": archipelago.code,
        "south": south,
        "north": north,
        "west": west,
        "east": east,
    }


def _degrees(value: float) -> str:
    return f"{int(value)}°30′" if value % 1 else f"{int(value)}°"
