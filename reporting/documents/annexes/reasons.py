"""Why a unit has no number, in the same words wherever a document says so."""

from typing import Any

from django.utils.translation import gettext as _


def why_empty(cell: dict[str, Any] | None) -> str:
    """A question left open in an approved report is another thing than no report."""
    if cell is None:
        return _("no approved report")
    emptiness = {
        "not_applicable": _("not applicable"),
        "not_yet": _("not yet available"),
        "withheld": _("withheld"),
    }
    blanks = {
        "empty": _("not answered"),
        "torn": _("cannot be split between several units"),
        "not_additive": _("values of several units cannot be added up"),
        "incomplete": _("part of it is missing"),
    }
    return emptiness.get(cell["emptiness"]) or blanks.get(cell.get("blank", "")) or _("no approved report")
