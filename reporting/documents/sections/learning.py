"""Training and experts: courses, those who took part, people of the register by field; nobody by name."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..blocks import Heading, Paragraph, Row, Table
from ..captions import Captions
from ..numbers import NO_VALUE, number_words, summed
from ..reading import Cut

STAGES = ("registered", "attended", "certified")


def training(cut: Cut, captions: Captions) -> list[Any]:
    blocks: list[Any] = [Heading(1, "", _("Training and experts"))]
    held = courses_held(cut)
    blocks.append(Paragraph(_overview(cut, held), "training.overview"))
    if held:
        blocks.append(_by_level(cut, held, captions))
    return blocks


def courses_held(cut: Cut) -> list[dict[str, Any]]:
    """Held within the span, in the units of the scope."""
    return [row for row in courses(cut) if row["status"] == "held"]


def courses(cut: Cut) -> list[dict[str, Any]]:
    return [
        row
        for row in cut.raw.get("courses", [])
        if cut.span.has_day(row["begins_on"]) and cut.has_unit(row["unit"])
    ]


def people(rows: Sequence[dict[str, Any]], stage: str, what: str = "number") -> Decimal | None:
    return summed(row["people"].get(stage, {}).get(what) for row in rows)


def women_of(rows: Sequence[dict[str, Any]]) -> tuple[Decimal | None, Decimal | None]:
    """How many women took part, and of how many people the sex is known."""
    told = [row["people"].get("attended", {}) for row in rows]
    known = [one for one in told if one.get("women") is not None]
    # Older cuts say it of a whole course.
    return summed(one["women"] for one in known), summed(
        one.get("of_known_sex", one["number"]) for one in known
    )


def _overview(cut: Cut, held: list[dict[str, Any]]) -> str:
    span = cut.span.words()
    if not held:
        return _("The portal's records hold no course of %(span)s.") % {"span": span}
    units = cut.places_of(row["unit"] for row in held)
    opening = ngettext(
        "In %(span)s %(n)s course was held in %(units)s province or city.",
        "In %(span)s %(n)s courses were held in %(units)s provinces and cities.",
        len(held),
    ) % {"span": span, "n": len(held), "units": len(units)}
    attended, certified = people(held, "attended"), people(held, "certified")
    women, known = women_of(held)
    said = []
    if attended is not None:
        said.append(_("%(n)s people took part") % {"n": number_words(attended)})
    if women is not None:
        form = _("of whom %(n)s women")
        if known != attended:
            form = _("among %(known)s of them whose sex is known %(n)s women")
        said.append(form % {"n": number_words(women), "known": number_words(known)})
    if certified is not None:
        said.append(_("%(n)s received a certificate") % {"n": number_words(certified)})
    if not said:
        return opening
    rough = any(row["people"].get(stage, {}).get("qualifier") for row in held for stage in STAGES)
    about = _(" (organisers gave some of the numbers as rough ones)") if rough else ""
    return f"{opening} {_sentence(said)}{about}."


def _sentence(pieces: list[str]) -> str:
    joined = ", ".join(pieces)
    return joined[:1].upper() + joined[1:]


def _by_level(cut: Cut, held: list[dict[str, Any]], captions: Captions) -> Table:
    levels: dict[str, list[dict[str, Any]]] = {}
    for row in held:
        levels.setdefault(cut.text(row, "level"), []).append(row)
    rows = [
        Row((str(place), *_level_cells(name, found))) for place, (name, found) in enumerate(levels.items(), 1)
    ]
    rows.append(Row(("", *_level_cells(_("All levels"), held)), is_group=True))
    return Table(
        head=(
            _("No."),
            _("Level"),
            _("Courses"),
            _("registered"),
            _("attended"),
            _("women among them"),
            _("certified"),
        ),
        aligned=("centre", "start", "end", "end", "end", "end", "end"),
        widths=(8, 22, 11, 13, 12, 15, 19),
        rows=tuple(rows),
        caption=captions.table(_("Courses and participants by level")),
        note=_(
            "A dash: the organiser's list does not say it. Counted from lists, or as organisers reported. "
            "Women as 5/20: 5 of the 20 people whose sex is known."
        ),
    )


def _level_cells(name: str, found: list[dict[str, Any]]) -> tuple[str, ...]:
    return (
        name[:1].upper() + name[1:],
        str(len(found)),
        number_words(people(found, "registered")),
        number_words(people(found, "attended")),
        _women_words(found),
        number_words(people(found, "certified")),
    )


def _women_words(found: list[dict[str, Any]]) -> str:
    women, known = women_of(found)
    if known == people(found, "attended"):
        return number_words(women)
    return NO_VALUE if women is None else f"{number_words(women)}/{number_words(known)}"


def experts(cut: Cut, captions: Captions) -> list[Any]:
    """The register as it stood when the data were cut; those who agreed to stand in it."""
    found = cut.raw.get("experts") or {"total": 0, "topics": [], "levels": [], "units": []}
    if not found["total"]:
        return [Paragraph(_("The public register of experts lists nobody yet."), "experts.overview")]
    units = cut.places_of(row["unit"] for row in found["units"])
    words = ngettext(
        "The public register lists %(n)s expert, in %(units)s province or city.",
        "The public register lists %(n)s experts, in %(units)s provinces and cities.",
        found["total"],
    ) % {"n": found["total"], "units": len(units)}
    return [Paragraph(words, "experts.overview"), _by_field(cut, found, captions)]


def _by_field(cut: Cut, found: dict[str, Any], captions: Captions) -> Table:
    rows = [
        *(Row((_("Field"), cut.text(row, "name"), str(row["count"]))) for row in found["topics"]),
        *(Row((_("Level"), cut.text(row, "name"), str(row["count"]))) for row in found["levels"]),
    ]
    return Table(
        head=(_("Counted by"), _("Name"), _("Experts")),
        aligned=("start", "start", "end"),
        widths=(24, 60, 16),
        rows=tuple(rows) or (Row((NO_VALUE, NO_VALUE, NO_VALUE)),),
        caption=captions.table(_("Experts by field and level")),
        note=_(
            "A person may be listed in several fields. Only those who agreed to it stand in the register."
        ),
    )
