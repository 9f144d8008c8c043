"""What every template has: text with its language, dates and numbers for people, small pictures."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext

from .. import rulers, woven
from ..dates import PartialDate, day_words, range_words
from ..icons import icon as draw_icon

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
    """A number with the language's separators, rounded to ``places``; nothing for ``None``."""
    if value is None:
        return ""
    if places is not None:  # Django would cut the further places off
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return number_format(value, decimal_pos=places, force_grouping=True)


@register.filter
def filesize_words(size: int) -> str:
    """84 kB, 1.2 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{number_format(round(size / 1_000_000, 1))} MB"


@register.filter
def page_numbers(page: Any) -> list[Any]:
    """The numbers to print under a list, with “…” where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


# --- Small pictures ---------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """The shape of a state: done, pace, late, failed, info, none."""
    return draw_icon(name)


@register.simple_tag
def status(name: str, words: Any) -> SafeString:
    """A status chip: shape and words, which begin with a capital wherever they come from."""
    return format_html('<span class="status">{}{}</span>', draw_icon(name), capfirst(str(words)))


@register.simple_tag
def mark() -> SafeString:
    return woven.mark()


def stage_names() -> list[str]:
    """The nine stages in order, in the page's language."""
    return [
        pgettext("life-cycle stage", "extraction"),
        pgettext("life-cycle stage", "design"),
        pgettext("life-cycle stage", "processing"),
        pgettext("life-cycle stage", "production"),
        pgettext("life-cycle stage", "consumption"),
        pgettext("life-cycle stage", "collection"),
        pgettext("life-cycle stage", "recycling"),
        pgettext("life-cycle stage", "reuse"),
        pgettext("life-cycle stage", "disposal"),
    ]


@register.simple_tag
def stage_strip(stages: Iterable[Any]) -> SafeString:
    """Nine slats for the covered stages: numbers 1 to 9, or rows that have a ``position``."""
    covered = sorted({getattr(stage, "position", stage) for stage in stages})
    names = stage_names()
    words = ", ".join(names[place - 1] for place in covered) or pgettext("no life-cycle stage", "none")
    return woven.stage_strip(covered, gettext("Life-cycle stages: %(stages)s") % {"stages": words})


@register.simple_tag
def ruler(value: Any, top: Any, marks: Sequence[Any], value_words: str = "", words: str = "") -> SafeString:
    """A value against its marks; each mark is ``(when, number or (low, high), words)``."""
    drawn = [rulers.as_mark(raw) for raw in marks]
    spoken = words or ", ".join([str(value_words or value), *(f"{m.when}: {m.words}" for m in drawn)])
    return rulers.ruler(
        value=value, top=top, marks=drawn, value_words=str(value_words or value), words=spoken
    )


@register.simple_tag
def share_bar(value: Any, top: Any = 100, mark: Any = None) -> SafeString:
    """A bar in a table row, silent: the number beside it speaks."""
    return rulers.share_bar(value, top=top, mark=mark)


@register.simple_tag
def slats(done: int, total: int, working: bool = False) -> SafeString:
    """One slat per piece of work: filled, hatched while in work, empty. Words stand beside it."""
    shown = min(total, 60)
    filled = done * shown // total if total else 0
    kinds = ["done"] * filled + ["working"] * (1 if working and filled < shown else 0)
    kinds += [""] * (shown - len(kinds))
    return format_html(
        '<div class="slats{}" role="progressbar" aria-valuemin="0" aria-valuemax="{}" aria-valuenow="{}"'
        ' aria-label="{}">{}</div>',
        " many" if shown > 40 else "",
        total,
        done,
        gettext("%(done)s of %(total)s") % {"done": done, "total": total},
        format_html_join("", '<span class="{}"></span>', ((kind,) for kind in kinds)),
    )
