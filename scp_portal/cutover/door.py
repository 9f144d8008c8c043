"""The one door to a change of the map: prepare, choose, ask, send back, drop, confirm, undo."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused, write_down
from foundation.carrying import Choice
from foundation.dates import day_words
from foundation.journal import Entry, Journal, hold
from provinces.models import (
    BoundaryEvent,
    Cutover,
    CutoverChange,
    CutoverChoice,
    CutoverHeir,
    CutoverUnit,
    Province,
    Region,
)
from provinces.proposals import Fault, Proposal, faults_of
from provinces.register import Register

from . import emails
from .applying import apply
from .dry_run import DryRun, dry_run
from .undoing import Blocked, obstacles, undo_rows

if TYPE_CHECKING:
    from accounts.models import User

PREPARE, CONFIRM = "provinces.prepare_cutover", "provinces.confirm_cutover"
State = Cutover.State


class Faulty(ActionRefused):
    """The event cannot be; ``faults`` say why, each at its field."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(" ".join(fault.sentence for fault in self.faults))


class Outdated(ActionRefused):
    """Something the event touches has changed since confirmation was asked."""


@dataclass(frozen=True)
class Paper:
    """The instrument that orders the change, and a note."""

    instrument_number: str
    instrument_issuer_vi: str
    instrument_date: date
    instrument_issuer_en: str = ""
    instrument_url: str = ""
    note_vi: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class Pick:
    """What a person chose for one item; ``heir`` is the position of one among several."""

    choice: str
    heir: int | None = None
    note: str = ""


@transaction.atomic
def prepare(
    proposal: Proposal, paper: Paper, *, by: "User", at: datetime, cutover_id: int | None = None
) -> Cutover:
    """Enter the event, or enter it anew while it is a draft. Nothing is kept of one that cannot be."""
    _may(by, PREPARE)
    regions = {region.pk: region for region in Region.objects.all()}
    if faults := faults_of(proposal, Register.load(), regions):
        raise Faulty(faults)
    cutover = _locked(cutover_id, State.DRAFT) if cutover_id else Cutover()
    for name, value in {"kind": proposal.kind, "effective_on": proposal.on, **asdict(paper)}.items():
        setattr(cutover, name, value)
    cutover.prepared_by, cutover.prepared_at = by, at
    cutover.save()
    _write_units(cutover, proposal)
    write_down("prepare cut-over", cutover, by=by, at=at)
    return cutover


def _write_units(cutover: Cutover, proposal: Proposal) -> None:
    cutover.units.all().delete()
    cutover.heirs.all().delete()
    role = CutoverUnit.Role
    cutover.units.bulk_create(CutoverUnit(cutover=cutover, unit_id=key) for key in proposal.predecessors)
    if proposal.receiver:
        CutoverUnit.objects.create(cutover=cutover, unit_id=proposal.receiver, role=role.RECEIVER)
    for position, heir in enumerate(proposal.heirs, 1):
        columns = asdict(heir)
        region = columns.pop("region")
        CutoverHeir.objects.create(cutover=cutover, position=position, region_id=region, **columns)


@transaction.atomic
def choose(cutover_id: int, picks: Mapping[str, Pick], *, by: "User", at: datetime) -> Cutover:
    """Keep what was chosen for the items of a draft; what an item does not offer is refused."""
    _may(by, PREPARE)
    cutover = _locked(cutover_id, State.DRAFT)
    heirs = {heir.position: heir for heir in cutover.heirs.all()}
    for line in dry_run(cutover).lines:
        pick = picks.get(line.item.key)
        if pick is None:
            continue
        if line.item.offer(pick.choice) is None:
            raise ActionRefused(_("“%(item)s” does not offer this choice.") % {"item": line.item.title})
        CutoverChoice.objects.update_or_create(
            cutover=cutover,
            room=line.item.room,
            kind=line.item.kind,
            item=line.item.pk,
            defaults={
                "title": line.item.title[:200],
                "choice": pick.choice,
                "heir": heirs.get(pick.heir or 0),
                "note": pick.note.strip()[:250],
            },
        )
    cutover.prepared_by, cutover.prepared_at = by, at
    cutover.save(update_fields=["prepared_by", "prepared_at"])
    return cutover


@transaction.atomic
def ask(cutover_id: int, *, by: "User", at: datetime) -> Cutover:
    """Put it before a second person, with the dry run as it stands now."""
    _may(by, PREPARE)
    cutover = _locked(cutover_id, State.DRAFT)
    cutover.choices.update(seen="")
    run = dry_run(cutover)
    _refuse_faulty(run)
    _refuse_rival(cutover, run)
    if run.gaps:
        titles = ", ".join(line.item.title for line in run.gaps[:5])
        raise ActionRefused(
            _("Choose the heir, and write the reason of what is closed, for: %(items)s.") % {"items": titles}
        )
    _keep_seen(cutover, run)
    cutover.state, cutover.digest, cutover.asked_at = State.WAITING, run.digest, at
    cutover.prepared_by, cutover.returned_reason = by, ""
    cutover.save()
    write_down("ask for cut-over", cutover, by=by, at=at, detail={"digest": run.digest})
    emails.asked(cutover, by=by, at=at)
    return cutover


def _keep_seen(cutover: Cutover, run: DryRun) -> None:
    heirs = {heir.position: heir for heir in run.heirs}
    cutover.choices.all().delete()
    CutoverChoice.objects.bulk_create(
        CutoverChoice(
            cutover=cutover, room=line.item.room, kind=line.item.kind, item=line.item.pk,
            title=f"{line.item.title} · {line.unit}"[:200], seen=line.item.seen[:300], choice=line.choice,
            heir=heirs.get(line.heir or 0), note=line.note,
        )
        for line in run.lines
    )  # fmt: skip


@transaction.atomic
def send_back(cutover_id: int, *, by: "User", at: datetime, reason: str) -> Cutover:
    """The second person says what has to be otherwise; it is a draft again."""
    _may(by, CONFIRM)
    cutover = _locked(cutover_id, State.WAITING)
    if not reason.strip():
        raise ActionRefused(_("Write why it is sent back."))
    cutover.state, cutover.digest, cutover.returned_reason = State.DRAFT, "", reason.strip()
    cutover.save(update_fields=["state", "digest", "returned_reason"])
    write_down("send back cut-over", cutover, by=by, at=at, detail={"reason": cutover.returned_reason})
    emails.sent_back(cutover, by=by, at=at)
    return cutover


@transaction.atomic
def drop(cutover_id: int, *, by: "User", at: datetime) -> Cutover:
    """Give it up before it is applied."""
    _may(by, PREPARE)
    cutover = _locked(cutover_id, State.DRAFT, State.WAITING)
    cutover.state = State.CANCELLED
    cutover.save(update_fields=["state"])
    write_down("drop cut-over", cutover, by=by, at=at)
    return cutover


@transaction.atomic
def confirm(cutover_id: int, *, by: "User", at: datetime) -> Cutover:
    """The second person's word: everything is applied, or nothing."""
    _may(by, CONFIRM)
    cutover = _locked(cutover_id, State.WAITING)
    if cutover.prepared_by_id == by.pk:
        raise ActionRefused(_("You prepared this cut-over. Another person confirms it."))
    _refuse_early_name(cutover, at)
    list(Province.objects.select_for_update().filter(cutovers__cutover=cutover).order_by("pk"))
    run = dry_run(cutover)
    _refuse_faulty(run)
    if not run.still_as_asked:
        raise Outdated(
            _("Something has changed since confirmation was asked; nothing was applied. Look at it anew.")
        )
    journal = Journal(by=by, at=at, reason=str(cutover))
    cutover.event = apply(cutover, run, journal)
    cutover.state, cutover.confirmed_by, cutover.confirmed_at = State.APPLIED, by, at
    cutover.save()
    _keep(cutover, journal)
    write_down("apply cut-over", cutover, by=by, at=at, detail={"rows": len(journal.entries)})
    return cutover


def _keep(cutover: Cutover, journal: Journal) -> None:
    CutoverChange.objects.bulk_create(
        CutoverChange(
            cutover=cutover, position=place, model=entry.label, key=entry.pk,
            before=entry.before, after=entry.after,
        )
        for place, entry in enumerate(journal.entries, 1)
    )  # fmt: skip


def entries_of(cutover: Cutover) -> list[Entry]:
    return [Entry(row.model, row.key, row.before, row.after) for row in cutover.changes.all()]


@transaction.atomic
def undo(cutover_id: int, *, by: "User", at: datetime, reason: str) -> Cutover:
    """Put every row back as it was, while nothing new depends on what was made."""
    _may(by, CONFIRM)
    cutover = _locked(cutover_id, State.APPLIED)
    if not reason.strip():
        raise ActionRefused(_("Write why it is undone."))
    entries = entries_of(cutover)
    hold(entries)
    if found := obstacles(entries):
        raise Blocked(found)
    event_text = str(cutover.event)
    cutover.state, cutover.event = State.UNDONE, None
    cutover.undone_by, cutover.undone_at, cutover.undone_reason = by, at, reason.strip()
    cutover.save()
    let_go = undo_rows(cutover, entries)
    detail: dict[str, Any] = {"reason": cutover.undone_reason, "event": event_text, "rows": len(entries)}
    if let_go:
        detail["let go"] = let_go
    write_down("undo cut-over", cutover, by=by, at=at, detail=detail)
    return cutover


# --- What every deed asks ------------------------------------------------------------------


def _may(by: "User", right: str) -> None:
    if not by.has_perm(right):
        sentences = {
            PREPARE: _("Only those who keep the ministry's records prepare a cut-over."),
            CONFIRM: _("Only those who approve for the ministry confirm, send back or undo a cut-over."),
        }
        raise ActionRefused(sentences[right])


def _locked(cutover_id: int, *states: str) -> Cutover:
    """Held until the transaction ends: of two people at one moment, the second sees what the first did."""
    cutover = Cutover.objects.select_for_update(of=("self",)).get(pk=cutover_id)
    if cutover.state not in states:
        raise ActionRefused(
            _("This is not possible now: the cut-over is in state “%(state)s”. Load the page again.")
            % {"state": cutover.get_state_display()}
        )
    return cutover


def _refuse_faulty(run: DryRun) -> None:
    if run.faults:
        raise Faulty(run.faults)


def _refuse_early_name(cutover: Cutover, at: datetime) -> None:
    """Every other change of a day to come is told as coming; a name stands on each page at once."""
    if cutover.kind == BoundaryEvent.Kind.RENAMING and timezone.localdate(at) < cutover.effective_on:
        raise ActionRefused(
            _("A new name stands on every page as soon as it is confirmed. Confirm it on %(day)s or later.")
            % {"day": day_words(cutover.effective_on)}
        )


def _refuse_rival(cutover: Cutover, run: DryRun) -> None:
    """Two events about one unit wait one after the other, so that each is seen as it will be."""
    named: Any = [unit.pk for unit in run.units]
    rival = Cutover.objects.filter(state=State.WAITING, units__unit__in=named).exclude(pk=cutover.pk).first()
    if rival:
        raise ActionRefused(
            _("Another cut-over of the same unit waits for confirmation: %(other)s.") % {"other": rival}
        )


__all__ = [
    "ActionRefused", "Blocked", "Choice", "Faulty", "Outdated", "Paper", "Pick",
    "ask", "choose", "confirm", "drop", "prepare", "send_back", "undo",
]  # fmt: skip
