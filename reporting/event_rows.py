"""The record of all steps as rows for a spreadsheet: who, in which post, when, why, with number and hash."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from foundation.models import AuditEntry

from .extensions import VERB, extension_of
from .models import Justification, Obligation, Remark, ReportEvent

HEAD = (
    "unit_code", "unit", "regime", "year", "period", "step", "at", "person", "post", "acting_for", "round",
    "reason", "number", "sha256", "until",
)  # fmt: skip

Row = tuple[Any, ...]


def event_rows(*, since: date | None = None, unit: str = "") -> list[Row]:
    """The head, and a row for each step the ministry may read and each extension, oldest first.

    ``since`` is the first day; ``unit`` a code, which means every unit that ever bore it.
    """
    steps = [(event.at, _of_event(event, said)) for event, said in _events(since, unit)]
    given = [(entry.at, _of_extension(entry, owed)) for entry, owed in _extensions(since, unit)]
    return [HEAD, *(row for _at, row in sorted([*steps, *given], key=lambda one: one[0]))]


def _events(since: date | None, unit: str) -> Iterable[tuple[ReportEvent, str]]:
    found = ReportEvent.objects.submitted().select_related(
        "report__obligation__province", "report__obligation__period__regime"
    )
    found = found.defer("report__definition")
    if unit:
        found = found.filter(report__obligation__province__code=unit)
    if since:
        found = found.filter(at__gte=midnight(since))
    events = list(found.order_by("at", "pk"))
    said = _said(events)
    return [(event, said.get(event.pk, "")) for event in events]


def _said(events: Sequence[ReportEvent]) -> dict[int, str]:
    """By event, the words that are kept where they belong: of a return, an answer, a reason for a check."""
    named = [pk for event in events for pk in event.detail.get("remarks", [event.detail.get("remark")])]
    remarks = {one.pk: one for one in Remark.objects.filter(pk__in=[pk for pk in named if pk])}
    given = [event.detail["reason"] for event in events if "reason" in event.detail]
    reasons = dict(Justification.objects.filter(pk__in=given).values_list("pk", "text"))
    found = {}
    for event in events:
        if event.step == "answer" and (remark := remarks.get(event.detail.get("remark"))):
            found[event.pk] = remark.reply_text if remark.replied_by_id == event.by_id else ""
        elif event.step == "justify":
            found[event.pk] = reasons.get(event.detail.get("reason"), "")
        else:
            texts = [remarks[pk].text for pk in event.detail.get("remarks", ()) if pk in remarks]
            found[event.pk] = " | ".join(texts)
    return found


def _extensions(since: date | None, unit: str) -> Iterable[tuple[AuditEntry, Obligation]]:
    kept = AuditEntry.objects.filter(verb=VERB, subject_type=Obligation._meta.label_lower)
    if since:
        kept = kept.filter(at__gte=midnight(since))
    entries = list(kept.order_by("at", "pk"))
    owed = Obligation.objects.filter(pk__in=[int(entry.subject_id) for entry in entries])
    if unit:
        owed = owed.filter(province__code=unit)
    found = {one.pk: one for one in owed.select_related("province", "period__regime")}
    return [(entry, found[int(entry.subject_id)]) for entry in entries if int(entry.subject_id) in found]


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def _of_event(event: ReportEvent, said: str) -> Row:
    return (
        *_of_what(event.report.obligation),
        event.step,
        moment(event.at),
        event.by_name,
        event.post_title,
        event.acting_for,
        event.round,
        event.comment or said or ", ".join(event.detail.get("fields", ())),
        event.detail.get("number", event.detail.get("submission", "")),
        event.detail.get("sha256", ""),
        "",
    )


def _of_extension(entry: AuditEntry, obligation: Obligation) -> Row:
    given = extension_of(entry)
    return (
        *_of_what(obligation),
        VERB.replace(" ", "_"),
        moment(given.at),
        given.by_name,
        given.post,
        *("", "", given.reason, "", ""),
        given.until.isoformat(),
    )


def _of_what(obligation: Obligation) -> Row:
    """Codes and the period's numbers, so that a file reads the same in either language."""
    unit, period = obligation.province, obligation.period
    return (unit.code, unit.name_vi, period.regime.code, period.year, period.number)


def moment(at: datetime) -> str:
    """2026-11-20T12:00:00+07:00."""
    return timezone.localtime(at).isoformat(timespec="seconds")
