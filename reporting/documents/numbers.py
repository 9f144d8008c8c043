"""Numbers as documents print them."""

from collections.abc import Iterable
from decimal import Decimal

from ..pace import plain

NO_VALUE = "–"
AT_LEAST = "≥\u00a0"


def number_words(number: Decimal | None) -> str:
    return NO_VALUE if number is None else plain(number)


def summed(texts: Iterable[str | None]) -> Decimal | None:
    """The sum of what is known; nothing known is not nothing spent."""
    return added(None if text is None else Decimal(text) for text in texts)


def added(numbers: Iterable[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known else None


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Per cent."""
    return part / whole * 100 if part is not None and whole else None
