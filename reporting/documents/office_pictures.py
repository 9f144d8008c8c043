"""The drawings of a document as pictures that every Word shows: finely enough for print."""

import re

import vl_convert
from docx.shared import Length, Mm

from .blocks import Picture
from .drawing import draw

DOTS_PER_MM = 300 / 25.4
WIDTHS = {"ruler": 162, "line": 112, "cartogram": 74}  # in mm, as the PDF has them
OUTLINES = 100


def width_of(picture: Picture, *, most: Length) -> Length:
    is_map = picture.kind == "cartogram" and picture.data.get("boundary_map")
    wanted = OUTLINES if is_map else WIDTHS.get(picture.kind, 162)
    return Length(min(Mm(wanted), most))


def png_of(picture: Picture, width: Length) -> bytes:
    drawing = str(draw(picture))
    box = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) [\d.]+"', drawing)
    units = float(box[1]) if box else 613
    png: bytes = vl_convert.svg_to_png(drawing, scale=width.mm * DOTS_PER_MM / units)
    return png
