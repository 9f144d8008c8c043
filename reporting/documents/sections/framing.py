"""How a report begins and ends, and the parts of a long one."""

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
    return [Paragraph(words, "opening.basis")]


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
