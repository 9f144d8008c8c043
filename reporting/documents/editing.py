"""The one door to a document's words, number and signature, until it is issued."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import jobs
from foundation.actions import ActionRefused, write_down
from foundation.dates import day_words
from foundation.plain_text import plain_text

from ..models import CompiledReport, EditedWords
from ..models.edited import LONGEST
from .actions import may_compile
from .building import composed
from .letters import letters_sentence, refused_in, unprinted_in
from .lines import Line

if TYPE_CHECKING:
    from accounts.models import User

ENVELOPE = {
    "number": gettext_lazy("official number"),
    "place": gettext_lazy("place"),
    "issued_on": gettext_lazy("date of the document"),
    "authority": gettext_lazy("authority"),
    "position": gettext_lazy("position of the signatory"),
    "signatory": gettext_lazy("signatory"),
}
OFFICIAL_NUMBER = re.compile(r"0?[1-9][0-9]{0,5}[^\W\d_]{0,3}(-[0-9]{1,3}[^\W\d_]{0,3})?")  # 215, 215a, 12-1
LATEST_ISSUE = timedelta(days=366)  # after the cut


class EnvelopeRefused(ActionRefused):
    """``field`` is what has to be written otherwise."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass
class Written:
    """The paragraphs that changed, and those that somebody else had changed since they were shown."""

    changed: list[str] = field(default_factory=list)
    refused: dict[str, EditedWords] = field(default_factory=dict)


@transaction.atomic
def write(report_id: int, *, texts: Mapping[str, str], seen: int, by: "User", at: datetime) -> Written:
    """Keep what was typed, paragraph by paragraph; an empty text brings the composed words back.

    ``seen`` is the newest change that the page showed. A box left as it was shown changes nothing, and one
    that somebody else changed meanwhile is given back instead of being written over.
    """
    report = _open(report_id, by=by, at=at)
    known = {
        block.key: block.text for block in composed(report, words={}).blocks if getattr(block, "key", "")
    }
    now, before = _by_key(report), _by_key(report, seen=seen)
    done = Written()
    for key, typed in texts.items():
        text = _fitting(key, typed, known)
        if text == _text(before, key) or text == _text(now, key):
            continue
        if key in now and now[key].pk > seen:
            done.refused[key] = now[key]
            continue
        EditedWords.objects.create(report=report, key=key, text=text, by=by, at=at)
        done.changed.append(key)
    if not done.changed:
        transaction.set_rollback(True)  # a build under way goes on
        return done
    _next_edition(report)
    write_down("edit words", report, by=by, at=at, detail={"paragraphs": done.changed})
    return done


def _fitting(key: str, typed: str, known: Mapping[str, str]) -> str:
    """What is to be kept of it; refuses what stands nowhere and what cannot be printed."""
    if key not in known:
        raise ActionRefused(_("This paragraph is no longer in the document. Reload the page."))
    text = _wanted(typed, known[key])
    if sentence := refused_in(text, instead_of=known[key]):
        raise ActionRefused(sentence)
    return text


@transaction.atomic
def put_in_envelope(
    report_id: int, *, given: Mapping[str, Any], shown: Mapping[str, Any], by: "User", at: datetime
) -> list[str]:
    """Number, place, date and signature as they are printed; ``shown`` is what the page showed of them."""
    report = _open(report_id, by=by, at=at)
    changes = {name: given[name] for name in ENVELOPE if name in given and given[name] != shown[name]}
    for name, value in changes.items():
        kept = getattr(report, name)
        if kept not in (shown[name], value):
            words = _("Somebody changed this meanwhile: %(field)s is “%(value)s” now. Look at it, then save.")
            raise ActionRefused(words % {"field": ENVELOPE[name], "value": _said(kept)})
    _refuse_impossible(report, changes)
    changes = {name: value for name, value in changes.items() if getattr(report, name) != value}
    if not changes:
        transaction.set_rollback(True)  # as above
        return []
    for name, value in changes.items():
        setattr(report, name, value)
    report.save(update_fields=[*changes, "updated_at"])
    _next_edition(report)
    detail = {name: _said(value) for name, value in changes.items()}
    write_down("edit envelope", report, by=by, at=at, detail=detail)
    return list(changes)


def _refuse_impossible(report: CompiledReport, changes: Mapping[str, Any]) -> None:
    day, cut_on = changes.get("issued_on"), timezone.localdate(report.cut.cut_at)
    if day and day < cut_on:
        words = _("The figures were cut on %(day)s: the document cannot be dated before that.")
        raise EnvelopeRefused("issued_on", words % {"day": day_words(cut_on)})
    if day and day - cut_on > LATEST_ISSUE:
        words = _("The figures were cut on %(day)s: the document is dated within a year of that.")
        raise EnvelopeRefused("issued_on", words % {"day": day_words(cut_on)})
    if (number := changes.get("number")) and not OFFICIAL_NUMBER.fullmatch(number):
        words = _("Write the number alone, such as 215, 215a or 12-1: the portal prints “/BC-BCT” behind it.")
        raise EnvelopeRefused("number", words)
    for name, value in changes.items():
        if letters := unprinted_in(value if isinstance(value, str) else ""):
            raise EnvelopeRefused(name, letters_sentence(letters))


def _open(report_id: int, *, by: "User", at: datetime) -> CompiledReport:
    """The row, locked, its build stopped: what is being built says the words of before.

    The job is locked first, as a worker does that keeps its files; the other way round both would wait.
    """
    if not may_compile(by):
        raise ActionRefused(_("Only the ministry's approver edits documents."))
    found = CompiledReport.objects.select_related("job").get(pk=report_id)
    if found.job and found.published_at is None:
        jobs.cancel(found.job, at=at)
    locked = CompiledReport.objects.select_for_update(of=("self",)).with_parts()
    report: CompiledReport = locked.get(pk=report_id)
    if report.published_at is not None:
        raise ActionRefused(_("This document is issued: its words stay. Withdraw it and compile a new one."))
    if report.job and report.job.is_open:
        raise ActionRefused(_("The files began to be built just now. Save once more."))
    return report


def _next_edition(report: CompiledReport) -> None:
    """Files of the words before stay registered, as an earlier edition."""
    if report.files.filter(edition=report.edition).exists():
        report.edition += 1
    report.file, report.page_count, report.let_go_at, report.is_unlike_before = None, None, None, False
    report.save(
        update_fields=["edition", "file", "page_count", "let_go_at", "is_unlike_before", "updated_at"]
    )


def _by_key(report: CompiledReport, *, seen: int | None = None) -> dict[str, EditedWords]:
    return {row.key: row for row in report.words.in_force(seen=seen).select_related("by")}


def _text(rows: Mapping[str, EditedWords], key: str) -> str:
    return rows[key].text if key in rows else ""


def _wanted(typed: str, composed_words: str) -> str:
    """Empty for the composed words themselves, in whatever blanks they came back."""
    text = neat(typed)
    if len(text) > LONGEST:
        raise ActionRefused(_("A paragraph has at most %(most)s characters.") % {"most": LONGEST})
    return "" if text == neat(composed_words) else text


def neat(text: str) -> str:
    lines = plain_text(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _said(value: Any) -> str:
    return day_words(value) if isinstance(value, date) else str(value or "–")


def shown_to(line: Line) -> str:
    """The words as a box shows them, in plain blanks."""
    return neat(line.text)
