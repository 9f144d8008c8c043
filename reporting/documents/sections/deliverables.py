"""What the programme brought forth: guidelines, criteria sets, norms, pilot models and their replications."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...outline import Reach
from ..blocks import Heading, Paragraph, Row, Table
from ..captions import Captions
from ..reading import Cut

STATES = ("done", "drafting", "planned")


def deliverables(cut: Cut, captions: Captions) -> list[Any]:
    blocks: list[Any] = [Heading(1, "", _("Deliverables of the programme"))]
    listed, entries = _listed(cut), _entries(cut)
    if not listed and not entries:
        return [*blocks, Paragraph(_("The portal's records hold no deliverable here."), "deliverables.none")]
    blocks.append(Paragraph(_overview(listed), "deliverables.overview"))
    if listed:
        blocks.append(_table(cut, listed, captions))
    if entries:
        blocks.append(Paragraph(_library_words(cut, entries), "deliverables.library"))
    return blocks


def _listed(cut: Cut) -> list[dict[str, Any]]:
    """What had begun by the end of the span; a task group's own where it is one."""
    rows: list[dict[str, Any]] = [
        row for row in cut.raw.get("deliverables", []) if (row["first_year"] or 0) <= cut.span.year
    ]
    return [row for row in rows if cut.scope.reach != Reach.TASK_GROUP or row["task"] in cut.task_ids]


def _entries(cut: Cut) -> list[dict[str, Any]]:
    """What was out by the end of the span, as far as its day is known."""
    listed: list[dict[str, Any]] = cut.raw.get("library", [])
    rows = [row for row in listed if not row["dated_on"] or cut.span.is_past(row["dated_on"])]
    if cut.scope.reach != Reach.TASK_GROUP:
        return rows
    return [row for row in rows if cut.task_ids & set(row["tasks"])]


def _overview(listed: list[dict[str, Any]]) -> str:
    pieces = {state: sum(row["count"] for row in listed if row["status"] == state) for state in STATES}
    return (
        _(
            "The programme's records count %(done)s finished deliverables, %(drafting)s being drafted and "
            "%(planned)s planned."
        )
        % pieces
    )


def _table(cut: Cut, listed: list[dict[str, Any]], captions: Captions) -> Table:
    rows: list[Row] = []
    shown = ""
    for place, row in enumerate(listed, 1):
        if row["kind"] != shown:
            shown = row["kind"]
            total = sum(one["count"] for one in listed if one["kind"] == shown)
            name = cut.text(row, "kind")
            rows.append(Row(("", name[:1].upper() + name[1:], str(total), "", ""), is_group=True))
        years = "–".join(dict.fromkeys(str(year) for year in (row["first_year"], row["last_year"]) if year))
        cells = (cut.text(row, "title"), str(row["count"]), years or _("not in the source"))
        rows.append(Row((str(place), *cells, cut.text(row, "status"))))
    return Table(
        head=(_("No."), _("Deliverable"), _("Pieces"), _("Years"), _("State")),
        aligned=("centre", "start", "end", "centre", "start"),
        widths=(8, 50, 10, 16, 16),
        rows=tuple(rows),
        caption=captions.table(_("Guidelines, criteria sets, norms, models and documents")),
    )


def _library_words(cut: Cut, entries: list[dict[str, Any]]) -> str:
    """What the public library holds of them, and what of it is dated within the span."""
    fresh = [row for row in entries if cut.span.has_day(row["dated_on"])]
    models = [row for row in entries if row["kind"] == "model"]
    copies = [row for row in models if row.get("replicates_vi")]
    spread = [row for row in models if row["status"] in ("apply", "replicate")]
    words = ngettext(
        "The public library holds %(n)s of them with its record",
        "The public library holds %(n)s records of them",
        len(entries),
    ) % {"n": len(entries)}
    dated = (
        _("; dated within %(span)s: %(titles)s.")
        % {"span": cut.span.words(), "titles": "; ".join(cut.text(row, "title") for row in fresh)}
        if fresh
        else _("; none of them is dated within %(span)s.") % {"span": cut.span.words()}
    )
    if not models:
        return words + dated
    built = _("It describes %(n)s pilot models: %(applied)s applied or replicated, %(copies)s that replicate "
              "another.") % {"n": len(models), "applied": len(spread), "copies": len(copies)}  # fmt: skip
    return f"{words}{dated} {built}"
