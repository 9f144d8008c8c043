"""The colours of ``tokens.css`` keep their promises, in every theme, computed from the file itself."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
PAIR = re.compile(r"--([\w-]+):\s*(?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));")


def _block(start: str) -> dict[str, tuple[str, str]]:
    """The tokens of the first block after ``start``: name to (on light, on dark)."""
    inside = CSS[CSS.index(start) :].partition("{")[2].partition("}")[0]
    return {name: (light or both, dark or both) for name, light, dark, both in PAIR.findall(inside)}


USUAL = _block(":root {")
HIGH = USUAL | _block('[data-contrast="high"] {')
THEMES = {
    "light": {name: pair[0] for name, pair in USUAL.items()},
    "dark": {name: pair[1] for name, pair in USUAL.items()},
    "high on light": {name: pair[0] for name, pair in HIGH.items()},
    "high on dark": {name: pair[1] for name, pair in HIGH.items()},
}
GROUNDS = ("paper", "surface", "sunken")
LEAST = {"ink": 13.8, "ink-soft": 7.2, "teal": 7.8, "lacquer": 6.7, "turmeric": 6.2, "indigo": 7.5,
         "bamboo": 5.6, "plum": 8.2, "edge": 4.3}  # fmt: skip
ON_TINT = {"teal-tint": "teal", "lacquer-tint": "lacquer", "turmeric-tint": "turmeric",
           "indigo-tint": "indigo", "bamboo-tint": "bamboo"}  # fmt: skip


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def promised(least: float) -> float:
    """The least contrast as look.md prints it: rounded to one place."""
    return least - 0.05


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", LEAST)
def test_text_can_be_read_on_every_ground(theme, ground, colour):
    tokens = THEMES[theme]

    assert contrast(tokens[colour], tokens[ground]) >= promised(LEAST[colour])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("tint", ON_TINT)
def test_ink_and_the_tint_s_own_colour_can_be_read_on_it(theme, tint):
    tokens = THEMES[theme]

    assert contrast(tokens["ink"], tokens[tint]) >= promised(11.3)
    assert contrast(tokens[ON_TINT[tint]], tokens[tint]) >= promised(5.5)


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_filled_buttons_and_on_the_strip_can_be_read(theme):
    tokens = THEMES[theme]

    assert contrast(tokens["on-fill"], tokens["teal"]) >= 7
    assert contrast(tokens["on-fill"], tokens["lacquer"]) >= 7
    assert contrast(tokens["on-deep"], tokens["teal-deep"]) >= 12.5
    assert contrast(tokens["on-deep-soft"], tokens["teal-deep"]) >= promised(9)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("step", range(1, 6))
def test_numbers_on_the_tiles_can_be_read(theme, step):
    tokens = THEMES[theme]

    assert contrast(tokens[f"on-seq-{step}"], tokens[f"seq-{step}"]) >= 4.5


@pytest.mark.parametrize("theme", ["high on light", "high on dark"])
def test_high_contrast_is_at_least_ten_to_one(theme):
    tokens = THEMES[theme]

    for colour in ("ink", "ink-soft", "edge", "line", "teal", "lacquer", "turmeric", "indigo", "bamboo"):
        assert contrast(tokens[colour], tokens["paper"]) >= 10, colour


def test_the_system_s_wish_for_contrast_gives_the_same_colours_as_the_reader_s_choice():
    asked = _block('@media (prefers-contrast: more) {\n    :root:not([data-contrast="normal"])')

    assert asked == _block('[data-contrast="high"] {')
