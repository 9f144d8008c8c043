"""Polygons made small enough for a page: one border for two neighbours, and every island kept."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely

from .boundary_files import lies_in
from .outlines import ARCHIPELAGOS, HEIGHT, WIDTH, across, down

HALF_A_PIXEL = 0.5
SMALLEST = 1.0  # square pixels; of the mainland, an islet below this cannot be seen
DOT = 6.0  # pixels; an island of the archipelagos smaller than this becomes a dot
PAD = 9.0  # from the outermost island to the dashed frame
Box = tuple[float, float, float, float]


def shapes_of(polygons: Mapping[str, shapely.MultiPolygon]) -> dict[str, Any]:
    """For each code what ``outlines.outlines_from`` reads; plain JSON."""
    islands = {code: _islands(shape) for code, shape in polygons.items()}
    lands = _simplified({code: _land(shape) for code, shape in polygons.items()})
    shapes = {}
    for code, land in lands.items():
        path, count = path_of(land)
        if land and not path:
            path, count = path_of([_speck(land[0])])
        circle = _roomiest(land, islands[code])
        drawn = count + sum(one.pop("count") for one in islands[code])
        before = int(shapely.get_num_coordinates(polygons[code]))
        shapes[code] = {"path": path, **circle, "islands": islands[code], "points": [before, drawn]}
    return shapes


def _on_paper(shape: Any) -> Any:
    return shapely.transform(shape, lambda at: np.column_stack((across(at[:, 0]), down(at[:, 1]))))


def _is_island(part: shapely.Polygon) -> bool:
    return any(lies_in(one, part) for one in ARCHIPELAGOS)


def _land(shape: shapely.MultiPolygon) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([part for part in shape.geoms if not _is_island(part)])


def _simplified(lands: Mapping[str, shapely.MultiPolygon]) -> dict[str, list[shapely.Polygon]]:
    """All units at once, so that a common border stays common; islets nobody could see are left out."""
    simple = shapely.coverage_simplify(_on_paper(np.array(list(lands.values()))), HALF_A_PIXEL)
    return {code: _seen(shapely.get_parts(shape)) for code, shape in zip(lands, simple, strict=True)}


def _seen(parts: Iterable[shapely.Polygon]) -> list[shapely.Polygon]:
    by_size = sorted(parts, key=lambda part: -part.area)
    return [part for at, part in enumerate(by_size) if at == 0 or part.area >= SMALLEST]


def _islands(shape: shapely.MultiPolygon) -> list[dict[str, Any]]:
    found = []
    for archipelago in ARCHIPELAGOS:
        parts = [_on_paper(part) for part in shape.geoms if lies_in(archipelago, part)]
        if parts:
            found.append({"name": archipelago.name, **_drawn(parts)})
    return found


def _drawn(parts: list[shapely.Polygon]) -> dict[str, Any]:
    """Nothing is left out: what is too small for a shape is a dot, and dots on one spot are one dot."""
    large = [part for part in parts if _extent(part) >= DOT]
    small = {_rounded(part.centroid) for part in parts if _extent(part) < DOT}
    path, count = path_of([part.simplify(HALF_A_PIXEL) for part in large])
    frame = [round(one, 1) for one in _framed(shapely.MultiPolygon(parts).bounds)]
    return {"path": path, "dots": sorted(small), "frame": frame, "count": count + len(small)}


def _extent(part: shapely.Polygon) -> float:
    left, top, right, bottom = part.bounds
    return float(max(right - left, bottom - top))


def _rounded(point: shapely.Point) -> tuple[float, float]:
    return round(point.x, 1), round(point.y, 1)


def _framed(bounds: Box) -> Box:
    left, top = max(bounds[0] - PAD, 1), max(bounds[1] - PAD, 1)
    right, bottom = min(bounds[2] + PAD, WIDTH - 1), min(bounds[3] + PAD, HEIGHT - 1)
    return left, top, right - left, bottom - top


def _roomiest(land: list[shapely.Polygon], islands: list[dict[str, Any]]) -> dict[str, float]:
    """Where words have most room; a unit of islands alone has its words beside their frame."""
    if not land:
        x, y, width, height = islands[0]["frame"]
        return {"x": x + width / 2, "y": y + height / 2, "radius": 0}
    whole = land[0].buffer(0) or _speck(land[0])  # simplifying may have made it touch itself
    circle = shapely.maximum_inscribed_circle(whole, tolerance=0.2)
    x, y = _rounded(shapely.get_point(circle, 0))
    return {"x": x, "y": y, "radius": round(circle.length, 1)}


def _speck(part: shapely.Polygon) -> shapely.Polygon:
    """Of a unit too small to be drawn, something to be seen and pressed."""
    return part.envelope.centroid.buffer(1)


def path_of(polygons: Iterable[shapely.Polygon]) -> tuple[str, int]:
    """The outlines in tenths of a pixel, each step from the one before; and how many points that takes."""
    rings = [_ring(ring) for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    drawn = [ring for ring in rings if len(ring) >= 3]
    return "".join(_line(ring) for ring in drawn), sum(len(ring) for ring in drawn)


def _ring(ring: shapely.LinearRing) -> Any:
    """In whole tenths, without the closing point and without steps too small to be written."""
    at = np.rint(shapely.get_coordinates(ring) * 10).astype(int)
    moved = np.any(np.diff(at, axis=0) != 0, axis=1)
    return at[:-1][moved]


def _line(ring: Any) -> str:
    steps = " ".join(f"{x / 10:g} {y / 10:g}" for x, y in np.diff(ring, axis=0))
    return f"M{ring[0][0] / 10:g} {ring[0][1] / 10:g}l{steps}z"
