"""What the checks found, as pages show it: at the field, in a section's light, in a list; sent or not yet."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.text import Text

from .actions.checking import Checked
from .models import CheckRule
from .questions import Question, words

Severity = CheckRule.Severity
ICONS = {
    Severity.BLOCKER: "failed",
    Severity.ERROR: "failed",
    Severity.WARNING: "late",
    Severity.NOTE: "info",
}
NOTICES = {
    Severity.BLOCKER: "failure",
    Severity.ERROR: "failure",
    Severity.WARNING: "warning",
    Severity.NOTE: "",
}


def way_on(severity: str) -> str:
    """What a finding means for the submission."""
    return {
        Severity.BLOCKER: _("The report cannot be submitted until this is mended."),
        Severity.ERROR: _(
            "You may submit if you give a reason; without one the ministry reads “not justified”."
        ),
        Severity.WARNING: _("You may submit if you give a reason."),
        Severity.NOTE: "",
    }[Severity(severity)]


@dataclass(frozen=True)
class CheckLine:
    """One finding in a list, with the way to its field."""

    checked: Checked
    url: str
    is_locked: bool = False  # the ministry did not open its fields

    @property
    def icon(self) -> str:
        if self.is_locked:
            return "info"
        return "done" if self.checked.justified else ICONS[self.checked.finding.severity]

    @property
    def state(self) -> str:
        """Blocker · Error, no reason yet · Warning, with a reason · Note."""
        finding = self.checked.finding
        label = str(finding.severity.label)
        if self.is_locked:
            return _("%(severity)s, locked: it stops nothing now") % {"severity": label}
        if not finding.asks_for_reason:
            return label
        form = (
            _("%(severity)s, with a reason") if self.checked.justified else _("%(severity)s, no reason yet")
        )
        return form % {"severity": label}


@dataclass(frozen=True)
class CheckList:
    """All findings of a draft."""

    checked: Sequence[Checked]
    url_of: Callable[[str], str]
    open_fields: frozenset[str] | None = None  # of a return; of a draft all are open

    @property
    def lines(self) -> list[CheckLine]:
        return [
            CheckLine(one, self.url_of(one.finding.address), not self._can_be_mended(one))
            for one in self.checked
        ]

    def _can_be_mended(self, one: Checked) -> bool:
        return self.open_fields is None or bool(self.open_fields.intersection(one.finding.addresses))

    @property
    def has_locked(self) -> bool:
        return not all(self._can_be_mended(one) for one in self.checked)

    @property
    def lacking(self) -> int:
        """How many still lack their reason."""
        return sum(one.lacks_reason for one in self.checked)

    def light(self, section: str, *, is_complete: bool) -> tuple[str, str] | None:
        """What turns a section's light: blockers always, the others once nothing is missing in it."""
        here = [one for one in self.checked if one.finding.question.section == section]
        here = [one for one in here if self._can_be_mended(one)]
        counts = Counter(one.finding.severity for one in here if one.finding.is_blocker or one.lacks_reason)
        if n := counts[Severity.BLOCKER]:
            return "failed", ngettext("%(n)s blocker", "%(n)s blockers", n) % {"n": n}
        if not is_complete:
            return None
        if n := counts[Severity.ERROR]:
            words = ngettext("%(n)s error without a reason", "%(n)s errors without a reason", n) % {"n": n}
            return "failed", words
        if n := counts[Severity.WARNING]:
            words = ngettext("%(n)s warning without a reason", "%(n)s warnings without a reason", n) % {
                "n": n
            }
            return "late", words
        return None


# --- As it was sent -----------------------------------------------------------------------


@dataclass(frozen=True)
class SentFinding:
    """A finding out of a snapshot, read in the page's language."""

    raw: Mapping[str, Any]
    question: Question | None

    @property
    def address(self) -> str:
        return str(self.raw["address"])

    @property
    def anchor(self) -> str:
        return self.address.replace(".", "-")

    @property
    def severity(self) -> Severity:
        return Severity(self.raw["severity"])

    @property
    def icon(self) -> str:
        return ICONS[self.severity]

    @property
    def label(self) -> Text | str:
        return self.question.label if self.question else self.address

    @property
    def sentence(self) -> Text:
        return words(dict(self.raw), "sentence")

    @property
    def message(self) -> Text:
        return words(dict(self.raw), "message")

    @property
    def legal_reference(self) -> Text:
        return words(dict(self.raw), "legal_reference")

    @property
    def justification(self) -> dict[str, Any] | None:
        given = self.raw.get("justification")
        return {**given, "at": datetime.fromisoformat(given["at"])} if given else None

    @property
    def is_open(self) -> bool:
        """An error or a warning that nobody explained."""
        return self.asks_for_reason and not self.raw.get("justification")

    @property
    def asks_for_reason(self) -> bool:
        return self.severity.asks_for_reason


@dataclass(frozen=True)
class SentChecks:
    """What a submission was found to have; ``was_checked`` is false where it was sent before the rules."""

    was_checked: bool
    weighty: list[SentFinding]  # blockers, errors and warnings
    notes: list[SentFinding]

    @property
    def open(self) -> int:
        return sum(one.is_open for one in self.weighty)

    @property
    def cell(self) -> dict[str, Any]:
        if not self.was_checked:
            return {"label": _("Found by checks"), "number": "–", "note": _("sent before the checks")}
        note = _("%(n)s not justified") % {"n": self.open} if self.open else _("all justified")
        return {
            "label": _("Found by checks"),
            "number": len(self.weighty),
            "note": note if self.weighty else "",
        }


def sent_checks(snapshot: Mapping[str, Any], questions: Mapping[str, Question]) -> SentChecks:
    found = [SentFinding(raw, questions.get(raw["address"])) for raw in snapshot.get("findings", ())]
    weighty = [one for one in found if one.severity != Severity.NOTE]
    notes = [one for one in found if one.severity == Severity.NOTE]
    return SentChecks("findings" in snapshot, weighty, notes)
