"""Percentages written in words, up to a hundred: “bảy mươi phần trăm”, “seventy-five per cent”. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

VI_DIGITS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
VI_AFTER_TENS = {1: ("mốt", "một"), 4: ("tư", "bốn"), 5: ("lăm", "năm")}
EN_UNITS = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@dataclass(frozen=True)
class WordedPercent:
    words: str
    value: int
    start: int


def _vietnamese() -> Iterator[tuple[str, int]]:
    for value in range(1, 10):
        yield from ((word, value) for word in _digit(value))
        heads = ["mười"] if value == 1 else [f"{word} mươi" for word in _digit(value)]
        for head in heads:
            yield head, value * 10
            for unit in range(1, 10):
                yield from (
                    (f"{head} {word}", value * 10 + unit) for word in VI_AFTER_TENS.get(unit, _digit(unit))
                )
    yield "một trăm", 100


def _digit(value: int) -> tuple[str, ...]:
    return ("bảy", "bẩy") if value == 7 else (VI_DIGITS[value],)


def _english() -> Iterator[tuple[str, int]]:
    yield from ((word, value) for value, word in enumerate(EN_UNITS) if word)
    for place, tens in enumerate(EN_TENS):
        if tens:
            yield tens, place * 10
            yield from ((f"{tens}-{EN_UNITS[unit]}", place * 10 + unit) for unit in range(1, 10))
            yield from ((f"{tens} {EN_UNITS[unit]}", place * 10 + unit) for unit in range(1, 10))
    yield from (("one hundred", 100), ("a hundred", 100))


VALUES = {**dict(_vietnamese()), **dict(_english())}
_SAID = "|".join(
    re.escape(words).replace(r"\ ", r"\s+")
    for words in sorted(VALUES, key=lambda words: (-len(words), words))
)
# Not the end of a longer number: “một trăm hai mươi”, “bảy phẩy năm”, “one hundred and five”.
PERCENT = re.compile(
    r"(?<!\w)(?<!trăm )(?<!linh )(?<!lẻ )(?<!mươi )(?<!mười )(?<!phẩy )(?<!chấm )(?<!rưỡi )"
    r"(?<!hundred )(?<!hundred and )(?<!point )(?<!ty )(?<!ty-)"
    rf"(?P<said>{_SAID})\s+(?:điểm\s+phần\s+trăm|phần\s+trăm|per\s?cent(?:age\s+points?)?)(?!\w)",
    re.IGNORECASE,
)


def percents_in(text: str) -> Iterator[WordedPercent]:
    for found in PERCENT.finditer(text):
        words = " ".join(found["said"].lower().split())
        yield WordedPercent(found.group(), VALUES[words], found.start())
