"""The activities of the provinces' plans as the approved reports tell them."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..blocks import Heading, Paragraph, Row, Table
from ..captions import Captions
from ..covering import as_written, behind
from ..numbers import NO_VALUE, number_words
from ..reading import Cut


def activities(cut: Cut, captions: Captions) -> list[Any]:
    """How many stand where; since the start it is the last word on each that counts."""
    blocks: list[Any] = [Heading(1, "", _("Activities of the plans"))]
    counts = _counts(cut)
    total = sum(counts.values())
    if not total:
        return [
            *blocks,
            Paragraph(_("No approved part of a report covers plan activities yet."), "activities.overview"),
        ]
    listed = ", ".join(f"{name} {count}" for name, count in counts.items())
    words = ngettext(
        "The approved parts of the reports cover %(total)s plan activity: %(listed)s.",
        "The approved parts of the reports cover %(total)s plan activities: %(listed)s.",
        total,
    ) % {"total": total, "listed": listed}
    words = f"{words} {behind(cut, cut.rows('activity_rows'))}".strip()
    return [*blocks, Paragraph(words, "activities.overview"), *_by_province(cut, counts, captions)]


def _counts(cut: Cut) -> dict[str, int]:
    """State → how many. Older cuts hold the nation's counts alone."""
    if "activity_rows" not in cut.raw:
        return {cut.text(row, "name"): row["count"] for row in cut.raw.get("activities", [])}
    counted = Counter(row["progress"] for row in cut.rows("activity_rows"))
    return {name: counted[code] for code, name in cut.names_of("progress").items() if counted[code]}


def _by_province(cut: Cut, counts: dict[str, int], captions: Captions) -> list[Any]:
    """By unit only where there is more than one."""
    rows = cut.rows("activity_rows")
    if cut.is_of_one or not rows:
        return []
    by_unit = cut.by_unit(rows)
    if len(by_unit) < 2:
        return []
    names = cut.names_of("progress")
    shown = [code for code in names if any(row["progress"] == code for row in rows)]
    each = 60 // (len(shown) + 1)
    body = [
        _count_row(str(place), cut.unit_name(unit), by_unit[unit], shown)
        for place, unit in enumerate(_ordered(cut, by_unit), 1)
    ]
    if unplaced := cut.unplaced(rows):
        body.append(_count_row("", _("Not to be split between heirs"), unplaced, shown))
    total = Row(
        ("", _("All units"), str(len(rows)), *(str(counts[names[code]]) for code in shown)), is_group=True
    )
    return [
        Table(
            head=(_("No."), _("Province, city"), _("Activities"), *(names[code] for code in shown)),
            aligned=("centre", "start", *("end",) * (len(shown) + 1)),
            widths=(8, 92 - each * (len(shown) + 1), *(each,) * (len(shown) + 1)),
            rows=(*body, total),
            caption=captions.table(_("Activities by province and state")),
        )
    ]


def _ordered(cut: Cut, by_unit: dict[int, Any]) -> list[int]:
    return [unit for unit in cut.ordered_units if unit in by_unit]


def _count_row(place: str, name: str, rows: list[dict[str, Any]], shown: list[str]) -> Row:
    counted = Counter(row["progress"] for row in rows)
    return Row((place, name, str(len(rows)), *(str(counted[code]) for code in shown)))


def listed(cut: Cut, captions: Captions) -> list[Any]:
    """Each activity with its result, for a report on one province or one group of tasks."""
    rows = cut.rows("activity_rows")
    if not rows:
        return []
    return [table(cut, rows, caption=captions.table(_("Activities and their results")))]


def table(cut: Cut, rows: list[dict[str, Any]], *, caption: str = "") -> Table:
    names = cut.names_of("progress")
    body: list[Row] = []
    shown: int | None = None
    for place, row in enumerate(_by_unit_order(cut, rows), 1):
        if not cut.is_of_one and row["unit"] != shown:
            shown = row["unit"]
            body.append(Row(("", cut.unit_name(shown), "", "", "", ""), is_group=True))
        body.append(_activity_row(cut, place, row, names))
    return Table(
        head=(_("No."), _("Activity"), _("Lead"), _("State"), _("Spent"), _("Result and difficulty")),
        aligned=("centre", "start", "start", "start", "end", "start"),
        widths=(8, 29, 14, 13, 9, 27),
        rows=tuple(body),
        caption=caption,
        note=" ".join(words for words in (_note_words(), as_written(cut)) if words),
    )


def _note_words() -> str:
    return _("Spent: million VND, all sources together. A dash: the report does not say it.")


def _by_unit_order(cut: Cut, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = {unit: place for place, unit in enumerate(cut.ordered_units)}
    return sorted(rows, key=lambda row: (order.get(cut.place_of(row["unit"]) or 0, 999), row["unit"]))


def _activity_row(cut: Cut, place: int, row: dict[str, Any], names: dict[str, str]) -> Row:
    state = names.get(row["progress"], NO_VALUE)
    if row["percent"] is not None and row["progress"] == "doing":
        state += f", {row['percent']}%"
    told = [row["result"].strip()]
    if row["difficulty"].strip():
        told.append(_("Difficulty: %(words)s") % {"words": row["difficulty"].strip()})
    spent = None if row["spent"] is None else Decimal(row["spent"])
    words = cut.quoted(" ".join(piece for piece in told if piece)) or NO_VALUE
    lead = cut.quoted(row["lead"]) or NO_VALUE
    return Row((str(place), cut.text(row, "title"), lead, state, number_words(spent), words))
