"""A picture to take away holds its title, its keys and the words its numbers need, and nothing runs out."""

import re
import struct
from xml.etree import ElementTree

import pytest

from foundation.takeaways import MARGIN, PNG_SCALE, WIDTH, Swatch, as_png, framed

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="569" height="265" viewBox="0 0 569 265"></svg>'
LONG = "Khu công nghiệp, cụm công nghiệp, làng nghề được phổ biến và nâng cao nhận thức " * 4


def read(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 -- ours


def words_of(svg):
    return [text.text for text in read(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_all_words_stand_in_the_picture_in_their_order():
    svg = framed(
        DRAWING, title="Khu, cụm", subtitle="Theo vùng", under=["Nguồn: Bộ"], keys=[Swatch("#FFF", "dưới 50")]
    )

    assert words_of(svg) == ["Khu, cụm", "Theo vùng", "dưới 50", "Nguồn: Bộ"]


def test_long_words_are_broken_and_the_picture_grows():
    short = framed(DRAWING, title="Khu", subtitle="x", under=[])
    long = framed(DRAWING, title=LONG, subtitle="x", under=[LONG])

    assert " ".join(words_of(long)) == f"{LONG.strip()} x {LONG.strip()}"
    height = [float(read(svg).get("height")) for svg in (short, long)]
    assert height[1] > height[0] + 100


def test_keys_that_do_not_fit_go_on_in_the_next_row():
    keys = [Swatch("#FFF", f"từ {place}0 đến {place}9 phần trăm") for place in range(6)]

    svg = framed(DRAWING, title="x", subtitle="y", under=[], keys=keys)

    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*font-size="13"', svg)
    assert len({y for _x, y in found}) > 1
    assert all(float(x) < WIDTH - MARGIN for x, _y in found)


def test_signs_of_markup_in_words_stay_words():
    svg = framed(DRAWING, title="<script>", subtitle="a & b", under=[])

    assert words_of(svg) == ["<script>", "a & b"]


def test_a_drawing_without_a_size_is_refused():
    with pytest.raises(ValueError, match="size"):
        framed("<svg></svg>", title="x", subtitle="y", under=[])


def test_a_png_has_twice_the_dots():
    svg = framed(DRAWING, title="Khu", subtitle="y", under=[])

    data = as_png(svg)

    wide, high = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG")
    assert (wide, high) == (WIDTH * PNG_SCALE, int(read(svg).get("height")) * PNG_SCALE)
