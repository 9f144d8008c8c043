"""Filters every template has: text with its language, dates and numbers for people."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ..dates import PartialDate, day_words, range_words

register = template.Library()


@register.filter
def marked(text: Any) -> str | SafeString:
    """A bilingual text; marked with its language where that is not the page's."""
    lang = getattr(text, "lang", None)
    if lang and lang != (get_language() or "vi")[:2]:
        return format_html('<span lang="{}">{}</span>', lang, str(text))
    return str(text or "")


@register.filter
def day(value: date | datetime | PartialDate | None) -> str:
    """01/7/2025 or 1 July 2025."""
    return day_words(value)


@register.filter
def moment(value: datetime | None) -> str:
    """14:32 ngày 20/11/2026 → “14:32 20/11/2026”, in Viet Nam's time."""
    if value is None:
        return ""
    return f"{timezone.localtime(value):%H:%M} {day_words(value)}"


@register.filter
def until(start: date | PartialDate | None, end: date | PartialDate | None) -> str:
    """Two dates as one: 21–22/11/2019."""
    return range_words(start, end)


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """A number with the language's separators; nothing for ``None``."""
    return "" if value is None else number_format(value, decimal_pos=places, force_grouping=True)


@register.filter
def filesize_words(size: int) -> str:
    """84 kB, 1.2 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{number_format(round(size / 1_000_000, 1))} MB"
