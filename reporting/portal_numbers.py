"""What a province made of the portal's number: confirmed, or corrected with a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .checks import Missing
from .models import COUNTS, CountAnswer, Emptiness, StatusReport
from .proposals import proposals_for
from .words import Line, count_words

if TYPE_CHECKING:
    from .questions import Question

Value = Mapping[str, Any]
Stamp = Mapping[str, Any]
SAID = ("emptiness", "value", "parts")
CONFIRMED, CORRECTED = "confirmed", "corrected"


def stamp(report: StatusReport, accepted: Mapping[str, tuple[Value, Value]], *, at: datetime) -> None:
    """Keep with each changed count what the portal counts at this moment; no query where none changed."""
    stamps = _stamps_for(report, accepted, at=at)
    if not stamps:
        return
    rows = list(CountAnswer.objects.filter(report=report, address__in=stamps))
    for row in rows:
        row.proposed = stamps[row.address]
    CountAnswer.objects.bulk_update(rows, ["proposed"])


def _stamps_for(
    report: StatusReport, accepted: Mapping[str, tuple[Value, Value]], *, at: datetime
) -> dict[str, Stamp | None]:
    """A note alone changes nothing about what was confirmed."""
    counts = {
        address: after
        for address, (before, after) in accepted.items()
        if report.questions[address].proposed_from and any(before[part] != after[part] for part in SAID)
    }
    found = proposals_for(report, [report.questions[address] for address in counts], at=at)
    return {
        address: found[address].stamp(at) if after["emptiness"] and address in found else None
        for address, after in counts.items()
    }


def stamps_of(report: StatusReport) -> dict[str, Stamp]:
    """What the portal had counted, by address; no query where the form proposes nothing."""
    if not any(question.proposed_from for question in report.questions.values()):
        return {}
    rows = CountAnswer.objects.filter(report=report, proposed__isnull=False).order_by("address")
    return {row.address: row.proposed for row in rows if row.proposed}


def proposed_words(report: StatusReport, *, at: datetime) -> dict[str, str]:
    """What the portal counts now, by address, for a workbook to show beside the answer."""
    found = proposals_for(report, report.questions.values(), at=at)
    return {
        address: count_words(one.question, one.stamp(at) | {"emptiness": "number"})
        for address, one in found.items()
    }


def verdict(stamp: Stamp | None, value: Value) -> str:
    """Whether the answer says what the portal had counted; empty where it had counted nothing."""
    if not stamp or value["emptiness"] == Emptiness.NOT_ANSWERED:
        return ""
    said = "0" if value["emptiness"] == Emptiness.ZERO else value["value"]
    is_same = value["emptiness"] in COUNTS and said == stamp["value"]
    parts = value.get("parts") or {}
    nothing_to_divide = {code: number for code, number in parts.items() if number != "0"} == stamp["parts"]
    return CONFIRMED if is_same and (nothing_to_divide or not stamp["parts"]) else CORRECTED


def told(question: "Question", stamp: Stamp | None, value: Value) -> list[Line]:
    """For whoever reads the answer: confirmed, or corrected from what."""
    found = verdict(stamp, value)
    if not found or stamp is None:
        return []
    portal = count_words(question, {"emptiness": "number", **stamp})
    text = _("%(number)s, confirmed") if found == CONFIRMED else _("corrected; the portal counted %(number)s")
    return [Line(_("Number of the portal"), text % {"number": portal})]


def unexplained(
    report: StatusReport, values: Mapping[str, Value], stamps: Mapping[str, Stamp] | None = None
) -> list[Missing]:
    """Corrections that do not say why; ``reason`` says it where there is no number at all."""
    gaps = []
    for address, stamp in (stamps_of(report) if stamps is None else stamps).items():
        question, value = report.questions.get(address), values.get(address)
        if question is None or value is None or value["emptiness"] not in COUNTS:
            continue
        if verdict(stamp, value) == CORRECTED and not value["note"].strip():
            number = count_words(question, {"emptiness": "number", **stamp})
            sentence = _("the portal counts %(number)s: say in the note why yours differs")
            gaps.append(Missing(address, str(question.label), sentence % {"number": number}))
    return gaps
