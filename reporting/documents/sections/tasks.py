"""The programme's tasks: who leads them, what provinces' approved activities say of them."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..blocks import Heading, Paragraph, Row, Table
from ..captions import Captions
from ..numbers import NO_VALUE
from ..reading import Cut

DOING = ("doing", "paused")


def tasks(cut: Cut, captions: Captions) -> list[Any]:
    blocks: list[Any] = [Heading(1, "", _("Tasks of the programme"))]
    if not cut.tasks:
        return [*blocks, Paragraph(_("The portal's records hold no task here."), "tasks.none")]
    states = _states(cut)
    blocks.append(Paragraph(_overview(cut, states), "tasks.overview"))
    blocks.append(_table(cut, states, captions))
    return blocks


def _states(cut: Cut) -> dict[int, Counter[str]]:
    """Task → how many approved activities stand where."""
    found: dict[int, Counter[str]] = {}
    for row in cut.rows("activity_rows"):
        if row["task"] is not None and row["progress"]:
            found.setdefault(row["task"], Counter())[row["progress"]] += 1
    return found


def _overview(cut: Cut, states: dict[int, Counter[str]]) -> str:
    listed = len(cut.tasks)
    led = sum(any(body["part"] == "lead" for body in task["bodies"]) for task in cut.tasks)
    total = sum(sum(counts.values()) for counts in states.values())
    opening = ngettext(
        "The portal's records hold %(n)s task of the programme.",
        "The portal's records hold %(n)s tasks of the programme.",
        listed,
    ) % {"n": listed}
    source = (
        _("For %(n)s of them the source names the lead body.") % {"n": led}
        if led
        else _("The source names no lead body.")
    )
    if not total:
        return f"{opening} {source} " + _("No approved activity of %(span)s is tied to them yet.") % {
            "span": cut.span.words()
        }
    reached = sum(task["id"] in states for task in cut.tasks)
    tied = _("Approved activities of %(span)s carry out %(reached)s of them: %(total)s activities.") % {
        "span": cut.span.words(),
        "reached": reached,
        "total": total,
    }
    return f"{opening} {source} {tied}"


def _table(cut: Cut, states: dict[int, Counter[str]], captions: Captions) -> Table:
    rows: list[Row] = []
    named = {group["id"]: group for group in cut.task_groups}
    shown = None
    for place, task in enumerate(cut.tasks, 1):
        if task["group"] != shown:
            shown = task["group"]
            rows.append(Row(("", _group_name(cut, named.get(shown)), *("",) * 6), is_group=True))
        rows.append(_row(cut, place, task, states.get(task["id"], Counter())))
    return Table(
        head=(
            _("No."),
            _("Task"),
            _("Lead and other bodies"),
            _("Activities"),
            _("done"),
            _("under way"),
            _("not started or dropped"),
            _("State"),
        ),
        aligned=("centre", "start", "start", "end", "end", "end", "end", "start"),
        widths=(6, 23, 17, 13, 8, 9, 12, 12),
        rows=tuple(rows),
        caption=captions.table(_("Tasks, their bodies and the activities that carry them out")),
        note=_(
            "The state follows from the approved activities alone: done when all of them are, under way when "
            "some have begun. Paused ones count as under way."
        ),
    )


def _group_name(cut: Cut, group: dict[str, Any] | None) -> str:
    if group is None:
        return _("Group not in the source")
    name = cut.text(group, "name")
    return f"{group['number']}. {name}" if group["number"] else name


def _row(cut: Cut, place: int, task: dict[str, Any], counts: Counter[str]) -> Row:
    total, done, doing = sum(counts.values()), counts["done"], sum(counts[code] for code in DOING)
    numbers = tuple(map(str, (total, done, doing, total - done - doing))) if total else (NO_VALUE,) * 4
    return Row(
        (str(place), cut.text(task, "title"), _bodies(cut, task), *numbers, _state(total, done, doing))
    )


def _bodies(cut: Cut, task: dict[str, Any]) -> str:
    forms = {
        "lead": _("%(body)s (leads)"),
        "carries_out": _("%(body)s (carries out)"),
        "coordinates": _("%(body)s (co-ordinates)"),
    }
    order = list(forms)
    bodies = sorted(task["bodies"], key=lambda body: order.index(body["part"]))
    named = [forms[body["part"]] % {"body": cut.text(body, "name")} for body in bodies]
    return "; ".join(named) or _("not in the source")


def _state(total: int, done: int, doing: int) -> str:
    if not total:
        return _("no approved activity")
    if done == total:
        return _("done")
    return _("under way") if done or doing else _("not started")
