"""How a report begins and ends, and the parts of a long one."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation.dates import day_words

from ...outline import Reach
from ..blocks import Contents, Heading, Paragraph
from ..captions import Captions
from ..reading import Cut


def subject(cut: Cut) -> str:
    """What the report is about, inside a sentence."""
    values = {"span": cut.span.words(), "place": cut.place}
    if cut.scope.reach == Reach.TASK_GROUP:
        return _("the work of %(span)s in the task group “%(place)s”") % values
    if cut.place:
        return _("the work of %(span)s in %(place)s") % values
    return _("the work of %(span)s") % values


def yearly_words(cut: Cut) -> str:
    """Of half a year: that the targets are told by whole years, and by which map."""
    if not cut.is_told_yearly:
        return ""
    words = _(
        "The targets are reported once a year, not by half-year: their figures here are those of the whole "
        "year %(year)s, on the map of %(day)s."
    ) % {"year": cut.figures_year, "day": day_words(cut.map_day)}
    if cut.span.half == 1 and cut.figures_year == cut.year:
        words += " " + _("That year ended after the half-year this report covers.")
    return words


def _ended_words(cut: Cut) -> str:
    """Of a unit that has ended: since when, and who answers for it."""
    if not cut.is_of_one or cut.scope.key is None:
        return ""
    unit = cut.units.get(cut.scope.key) or cut.raw["former_units"].get(str(cut.scope.key), {})
    ended_on, heirs = unit.get("ended_on", ""), unit.get("heirs", [])
    if not ended_on and not heirs:
        return ""
    values = {
        "place": cut.place,
        "day": day_words(date.fromisoformat(ended_on)) if ended_on else "",
        "heirs": cut.names(heirs),
    }
    words = _("%(place)s no longer exists on the map of this report.")
    if ended_on:
        words = _("%(place)s ended as a unit on %(day)s; what was done there after that day is not its own.")
    if heirs:
        words += " " + _("Since then its place is taken by %(heirs)s.")
    return words % values


def opening(cut: Cut, _captions: Captions) -> list[Any]:
    words = _(
        "Carrying out Decision No. 889/QĐ-TTg of 24 June 2020 of the Prime Minister approving the "
        "National Action Programme on Sustainable Consumption and Production 2021–2030, the Ministry of "
        "Industry and Trade reports on %(subject)s, with data from %(first)s to %(last)s, as follows:"
    ) % {
        "subject": subject(cut),
        "first": day_words(cut.first_day),
        "last": day_words(cut.last_day),
    }
    ended = _ended_words(cut)
    return [Paragraph(words, "opening.basis"), *([Paragraph(ended, "opening.ended")] if ended else [])]


def contents(_cut: Cut, _captions: Captions) -> list[Any]:
    """Filled once the headings have their numbers."""
    return [Contents(_("Contents"))]


def part_results(_cut: Cut, _captions: Captions) -> list[Any]:
    return [Heading(0, "", _("What was done and reached"))]


def part_outlook(_cut: Cut, _captions: Captions) -> list[Any]:
    return [Heading(0, "", _("Difficulties, proposals and the time to come"))]


def closing(cut: Cut, _captions: Captions) -> list[Any]:
    words = _("This is the report of the Ministry of Industry and Trade on %(subject)s./.")
    return [Paragraph(words % {"subject": subject(cut)}, "closing")]


def submitting(cut: Cut, _captions: Captions) -> list[Any]:
    words = _(
        "The Ministry of Industry and Trade respectfully submits to the Prime Minister this report on "
        "%(subject)s within the National Action Programme on Sustainable Consumption and Production./."
    )
    return [Paragraph(words % {"subject": subject(cut)}, "closing")]
