"""Money planned, received and spent, as the approved reports give it in million đồng."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...number_parts import AMOUNTS
from ...outline import Reach
from ..blocks import Heading, Paragraph, Picture, Row, Table
from ..captions import Captions
from ..covering import behind
from ..numbers import added, number_words, share, summed
from ..reading import Cut

Sums = dict[str, Decimal | None]


def money(cut: Cut, captions: Captions) -> list[Any]:
    blocks: list[Any] = [Heading(1, "", _("Money"))]
    if cut.scope.reach == Reach.TASK_GROUP:
        return [*blocks, *(_of_tasks(cut, captions) or [_no_task_money(cut)])]
    by_source = _by_source(cut)
    if not by_source:
        words = _("No approved report of %(span)s gives money.") % {"span": cut.span.words()}
        return [*blocks, Paragraph(words, "money.overview")]
    whole = _whole(list(by_source.values()))
    words = f"{_overview(cut, whole)} {behind(cut, cut.rows('money_rows'))}".strip()
    blocks += [
        Paragraph(words, "money.overview"),
        _picture(by_source, words, captions),
        _table(by_source, whole, captions),
    ]
    return blocks + _of_tasks(cut, captions)


def _no_task_money(cut: Cut) -> Paragraph:
    words = _("No approved activity of %(span)s that carries out the tasks of this group gives money.")
    return Paragraph(words % {"span": cut.span.words()}, "money.overview")


def _by_source(cut: Cut) -> dict[str, Sums]:
    """Source → sums. Older cuts hold the nation's sums alone."""
    if "money_rows" not in cut.raw:
        return {
            cut.text(row, "name"): {column: summed([row[column]]) for column in AMOUNTS}
            for row in cut.raw.get("money", [])
        }
    rows = cut.rows("money_rows")
    found: dict[str, Sums] = {}
    for code, name in cut.names_of("sources").items():
        own = [row for row in rows if row["source"] == code]
        if own:
            found[name] = {column: summed(row[column] for row in own) for column in AMOUNTS}
    return found


def _whole(parts: list[Sums]) -> Sums:
    return {column: added(part[column] for part in parts) for column in AMOUNTS}


def _overview(cut: Cut, whole: Sums) -> str:
    values = {
        "span": cut.span.words(),
        **{column: number_words(number) for column, number in whole.items()},
    }
    words = (
        _(
            "In %(span)s the approved parts of the reports give %(planned)s million VND planned, "
            "%(received)s received and %(spent)s spent."
        )
        % values
    )
    lines = _lines(cut)
    received, of_received = _share(lines, "received", "planned")
    spent, of_spent = _share(lines, "spent", "received")
    if received is None or spent is None:
        return words
    told = _("Of what was planned %(received)s%% was received, of what was received %(spent)s%% was spent.")
    words = f"{words} " + told % {"received": number_words(received), "spent": number_words(spent)}
    if of_received == of_spent == len(lines):
        return words
    basis = _(
        "Reckoned over the lines that give both amounts: %(received)s of %(all)s for what was received, "
        "%(spent)s of %(all)s for what was spent."
    )
    return f"{words} " + basis % {"received": of_received, "spent": of_spent, "all": len(lines)}


def _lines(cut: Cut) -> list[dict[str, Any]]:
    """What one report says of one source; older cuts hold the nation's sums alone."""
    return cut.rows("money_rows") if "money_rows" in cut.raw else cut.raw.get("money", [])


def _share(lines: list[dict[str, Any]], part: str, whole: str) -> tuple[Decimal | None, int]:
    """Per cent, over the lines that give both: what one leaves open is neither in the part nor the whole."""
    both = [line for line in lines if line[part] is not None and line[whole] is not None]
    sums = [summed(line[column] for line in both) for column in (part, whole)]
    return share(*sums), len(both)


def _picture(by_source: dict[str, Sums], words: str, captions: Captions) -> Picture:
    return Picture(
        "money",
        {
            "columns": list(_column_names()),
            "rows": [
                {"name": name, "values": [_plain(sums[column]) for column in AMOUNTS]}
                for name, sums in by_source.items()
            ],
        },
        captions.figure(_("Money planned, received and spent by source, million VND")),
        words,
    )


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _column_names() -> tuple[str, str, str]:
    return pgettext("money", "Planned"), pgettext("money", "Received"), pgettext("money", "Spent")


def _table(by_source: dict[str, Sums], whole: Sums, captions: Captions) -> Table:
    rows = [
        Row((name, *(number_words(sums[column]) for column in AMOUNTS))) for name, sums in by_source.items()
    ]
    total = (pgettext("money", "All sources"), *(number_words(whole[column]) for column in AMOUNTS))
    return Table(
        head=(pgettext("money", "Source"), *_column_names()),
        aligned=("start", "end", "end", "end"),
        widths=(40, 20, 20, 20),
        rows=(*rows, Row(total, is_total=True)),
        caption=captions.table(_("Money by source, million VND")),
        note=_("Sums of the approved parts of the reports alone."),
    )


def _of_tasks(cut: Cut, captions: Captions) -> list[Any]:
    """What the activities of the plans spent for each group of tasks."""
    rows = cut.rows("task_money")
    if not rows:
        return []
    sources = cut.names_of("sources")
    group_of = {task["id"]: task["group"] for task in cut.tasks}
    names = {group["id"]: cut.text(group, "name") for group in cut.task_groups}
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        slug = group_of.get(row["task"])
        name = (
            _("No task of the decision named")
            if slug is None
            else names.get(slug) or _("Group not in the source")
        )
        grouped.setdefault(name, []).append(row)
    used = [code for code in sources if any(row[code] is not None for row in rows)]
    each = 60 // (len(used) + 1)
    return [
        Table(
            head=(_("Task group"), *(sources[code] for code in used), _("together")),
            aligned=("start", *("end",) * (len(used) + 1)),
            widths=(100 - each * (len(used) + 1), *(each,) * (len(used) + 1)),
            rows=tuple(Row((name, *_spent(own, used))) for name, own in grouped.items()),
            caption=captions.table(_("Spent by the activities of the plans, by task group, million VND")),
            note=_("Only what reports give activity by activity; it need not equal the sums by source."),
        )
    ]


def _spent(rows: list[dict[str, Any]], sources: list[str]) -> tuple[str, ...]:
    sums = [summed(row[code] for row in rows) for code in sources]
    return (*(number_words(number) for number in sums), number_words(added(sums)))
