"""Questions that are the total of others: a total opens with any of its parts. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

Parts = Mapping[str, Sequence[str]]  # by address of a total, the addresses it adds up


def opened_with(parts: Parts, flagged: Collection[str]) -> dict[str, list[str]]:
    """The totals that depend on flagged fields, each with those it adds up; totals of totals too."""
    found: dict[str, list[str]] = {}
    reached = set(flagged)
    while more := {total for total, of in parts.items() if total not in found and reached & set(of)}:
        for total in more:
            found[total] = [one for one in parts[total] if one in reached]
        reached |= more
    return found


def parts_of(definition: dict[str, Any]) -> dict[str, list[str]]:
    return {
        f"{section['key']}.{raw['key']}": list(raw["total_of"])
        for section in definition["sections"]
        for raw in section.get("questions", [])
        if raw.get("total_of")
    }


def faults_of_totals(definition: dict[str, Any]) -> list[str]:
    """What is wrong with the totals of a form whose sections and keys are in order, in sentences."""
    asked = {
        f"{section['key']}.{raw['key']}"
        for section in definition["sections"]
        for raw in section.get("questions", [])
    }
    faults = []
    for section in definition["sections"]:
        for raw in section.get("questions", []):
            address = f"{section['key']}.{raw['key']}"
            faults += [fault % {"field": address} for fault in _faults(raw.get("total_of", []), asked)]
    if faults:
        return faults
    parts = parts_of(definition)
    return [
        _("“%(field)s” cannot be a part of itself.") % {"field": total}
        for total in parts
        if total in opened_with(parts, [total])
    ]


def _faults(total_of: Any, asked: Collection[str]) -> list[str]:
    if not isinstance(total_of, list) or not all(isinstance(one, str) for one in total_of):
        return [_("“total_of” of “%(field)s” is a list of fields such as “money.local”.")]
    unknown = ", ".join(one for one in total_of if one not in asked)
    if unknown:
        return [
            _("“total_of” of “%(field)s” names what the form does not ask: ") + unknown.replace("%", "%%")
        ]
    return []
