"""The plans of provinces and cities: who issued one, who inherited one, for whom the register holds none."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.dates import PartialDate, day_words, short_words

from ...outline import Reach
from ..blocks import Heading, Paragraph, Picture, Row, Table
from ..captions import Captions
from ..numbers import NO_VALUE
from ..reading import Cut

STATES = ("issued", "inherited", "none")


def plans(cut: Cut, captions: Captions) -> list[Any]:
    if cut.is_of_one:
        return _of_one(cut, captions)
    by_state = _by_state(cut)
    words = _words(cut, by_state)
    blocks: list[Any] = [
        Heading(1, "", _("Plans of provinces and cities")),
        Paragraph(words, "plans.register"),
        _who(cut, by_state, captions),
    ]
    return [*blocks, _map(cut, words, captions)] if cut.scope.reach == Reach.NATION else blocks


def of_scope(cut: Cut) -> list[dict[str, Any]]:
    return [plan for plan in cut.raw["plans"] if plan["unit"] in cut.reach]


def _by_state(cut: Cut) -> dict[str, list[int]]:
    return {state: [plan["unit"] for plan in of_scope(cut) if plan["state"] == state] for state in STATES}


def _words(cut: Cut, by_state: dict[str, list[int]]) -> str:
    return _(
        "The register holds plans that %(issued)s of %(total)s units issued themselves; "
        "%(inherited)s inherited the "
        "plans of units before 1 July 2025; for %(none)s it holds no document, which does not "
        "mean that none was issued."
    ) % {"total": len(of_scope(cut)), **{state: len(units) for state, units in by_state.items()}}


def _who(cut: Cut, by_state: dict[str, list[int]], captions: Captions) -> Table:
    words = {
        "issued": _("Issued a plan themselves"),
        "inherited": _("Inherited a plan"),
        "none": _("No document in the register"),
    }
    rows = [
        Row((words[state], str(len(units)), cut.names(units) or NO_VALUE))
        for state, units in by_state.items()
    ]
    return Table(
        head=(_("State"), _("Units"), _("Provinces and cities")),
        aligned=("start", "end", "start"),
        widths=(28, 10, 62),
        rows=tuple(rows),
        caption=captions.table(_("Who issued a plan, who inherited one, who lacks one")),
    )


def _map(cut: Cut, words: str, captions: Captions) -> Picture:
    return Picture(
        "cartogram",
        {
            "on": cut.map_day.isoformat(),
            "tiles": [_tile(cut, plan) for plan in cut.raw["plans"]],
            "boundary_map": (_boundaries(cut) or {}).get("map"),
            "keys": [
                {"level": 5, "inherited": False, "words": _("issued")},
                {"level": 2, "inherited": True, "words": _("inherited")},
                {"level": 0, "inherited": False, "words": _("no document in the register")},
            ],
        },
        captions.figure(_map_caption(cut)),
        words,
    )


def _boundaries(cut: Cut) -> dict[str, Any] | None:
    """Cuts made before there were boundary maps do not speak of them."""
    found: dict[str, Any] | None = cut.raw.get("boundaries")
    return found


def _map_caption(cut: Cut) -> str:
    caption = _("Plans in the register, map of %(day)s") % {"day": day_words(cut.map_day)}
    if boundaries := _boundaries(cut):
        source = boundaries["source_en"] if cut.language == "en" else ""
        caption += ". " + _("Boundaries: %(source)s") % {"source": source or boundaries["source_vi"]}
    return caption


def _tile(cut: Cut, plan: dict[str, Any]) -> dict[str, Any]:
    words = {"issued": _("issued"), "inherited": _("inherited"), "none": _("no document in the register")}
    return {
        "code": cut.units[plan["unit"]]["code"],
        "name": cut.unit_name(plan["unit"]),
        "word": words[plan["state"]],
        "level": {"issued": 5, "inherited": 2, "none": 0}[plan["state"]],
        "inherited": plan["state"] == "inherited",
    }


def _of_one(cut: Cut, captions: Captions) -> list[Any]:
    """One unit's documents, its own and those it inherited."""
    documents = [document for plan in of_scope(cut) for document in plan["documents"]]
    blocks: list[Any] = [Heading(1, "", _("Plans"))]
    if not documents:
        words = _("The register holds no plan of %(place)s, which does not mean that none was issued.")
        return [*blocks, Paragraph(words % {"place": cut.place}, "plans.register")]
    words = _("The register holds %(n)s plans of %(place)s and of the units it has replaced.")
    blocks.append(Paragraph(words % {"n": len(documents), "place": cut.place}, "plans.register"))
    return [*blocks, documents_table(cut, documents, captions.table(_("Plans in the register")))]


def documents_table(cut: Cut, documents: list[dict[str, Any]], caption: str) -> Table:
    return Table(
        head=(_("No."), _("Document"), _("Kind"), _("Period"), _("Issued on"), _("State")),
        aligned=("centre", "start", "start", "centre", "centre", "start"),
        widths=(8, 33, 18, 13, 15, 13),
        rows=tuple(
            Row((str(place), *document_cells(cut, document))) for place, document in enumerate(documents, 1)
        ),
        caption=caption,
    )


def document_cells(cut: Cut, document: dict[str, Any]) -> tuple[str, ...]:
    """Document, kind, years, day of issue, state; what the source is silent on is a dash."""
    issued = document.get("issued_on") or document.get("reported_on") or ""
    return (
        cut.text(document, "words"),
        cut.text(document, "kind") or NO_VALUE,
        document.get("years") or NO_VALUE,
        short_words(PartialDate.parse(issued)) if issued else NO_VALUE,
        cut.text(document, "status") or NO_VALUE,
    )
