"""Numbers that a text says of a field. Better one missed than one wrong: what is unclear says nothing."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

# A point or comma between digits belongs to the number.
SENTENCE = re.compile(r"[;!?\n]|(?<!\d)\.|\.(?!\d)")
CLAUSE = re.compile(r"(?<!\d),|,(?!\d)")
NUMBER = re.compile(
    r"(?<![\d/.,\-–])(\d+(?:[.,]\d+)*)(?![\d/])\s*(%|phần trăm|per cent|percent)?", re.IGNORECASE
)
# A number after one of these is a date or an ordinal, before one a span of time.
NOT_COUNTED = re.compile(
    r"(?:năm|quý|tháng|ngày|kỳ|số|vòng|giai đoạn|điều|year|quarter|month|day|phase|no\.|article)\s*$",
    re.IGNORECASE,
)
YEARS = range(1990, 2101)


def said_of(text: str, aliases: Iterable[str], *, is_share: bool) -> list[Decimal]:
    """The numbers of each sentence that names the field, from the name on; shares only with their sign.

    The first must stand in the same clause as the name, or it is another thing's.
    """
    plain = unicodedata.normalize("NFC", text)
    found: list[Decimal] = []
    for alias in aliases:
        name = re.escape(unicodedata.normalize("NFC", alias))
        for match in re.finditer(rf"(?<!\w){name}(?!\w)", plain, re.IGNORECASE):
            rest = SENTENCE.split(plain[match.end() :], maxsplit=1)[0]
            nearest = CLAUSE.split(rest, maxsplit=1)[0]
            if next(_numbers(nearest, is_share=is_share), None) is not None:
                found += _numbers(rest, is_share=is_share)
    return found


def _numbers(rest: str, *, is_share: bool) -> Iterator[Decimal]:
    for match in NUMBER.finditer(rest):
        number = _read(match[1])
        if number is None or bool(match[2]) != is_share or NOT_COUNTED.search(rest[: match.start()]):
            continue
        if not is_share and number in YEARS:
            continue
        yield number


def _read(text: str) -> Decimal | None:
    """Either sign may group or point: groups of three are read as thousands, others as places."""
    marks = set(re.findall(r"[.,]", text))
    if not marks:
        return Decimal(text)
    if len(marks) == 2:
        point = "," if text.rindex(",") > text.rindex(".") else "."
        whole, _point, places = text.rpartition(point)
        return Decimal(f"{re.sub(r'[.,]', '', whole)}.{places}")
    mark = marks.pop()
    groups = text.split(mark)
    if len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]):
        return Decimal("".join(groups))
    return Decimal(".".join(groups)) if len(groups) == 2 else None


def contradicts(said: Iterable[Decimal], number: Decimal) -> Decimal | None:
    """The one number that is not the field's; none where one of them is, or where several stand there."""
    distinct = list(dict.fromkeys(said))
    if len(distinct) != 1 or agrees(distinct[0], number):
        return None
    return distinct[0]


def agrees(said: Decimal, number: Decimal) -> bool:
    """79 and 78.8 both say 78.79: a text is as exact as it is written."""
    places = Decimal(1).scaleb(min(int(said.as_tuple().exponent), 0))
    return number.quantize(places, ROUND_HALF_UP) == said
