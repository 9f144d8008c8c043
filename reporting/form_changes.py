"""What tells one form from another, each change with whether open drafts can bear it. Pure.

It compares forms as they are typed and as reports keep them. A change that adds or loosens reaches open
drafts; one that would lose an answer, or make a given one wrong, begins a new version.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.text import LANGUAGES

from .questions import INDICATOR_KINDS, PLAN_ACTIVITIES, words

Raw = dict[str, Any]
WORDING = ("label", "help", "unit", "numerator", "denominator")
TIGHTENS = ("required", "whole", "evidence")  # what a question may ask for beside the answer
NEW_SECTION, NEW_QUESTION, NEW_CODE = "new_section", "new_question", "new_code"
WORDED, LOOSENED, BROKEN = "worded", "loosened", "broken"


@dataclass(frozen=True)
class FormChange:
    """One difference in a sentence; ``address`` is the question's, or the section's key alone."""

    kind: str
    address: str
    label: str
    sentence: str

    @property
    def is_breaking(self) -> bool:
        return self.kind == BROKEN

    @property
    def is_new_field(self) -> bool:
        return self.kind == NEW_QUESTION


def compare(old: Raw, new: Raw) -> list[FormChange]:
    """Every change from one definition to another, in the order of the new one; what is gone comes last."""
    before = {section["key"]: section for section in old["sections"]}
    after = {section["key"]: section for section in new["sections"]}
    found: list[FormChange] = []
    for key, section in after.items():
        if key in before:
            found += _section(before[key], section)
        else:
            found += _new_section(section)
    gone = [section for key, section in before.items() if key not in after]
    return found + [
        _broken(section["key"], section, _("The section was removed, and its answers with it."), "title")
        for section in gone
    ]


def breaking(old: Raw, new: Raw) -> list[FormChange]:
    return [change for change in compare(old, new) if change.is_breaking]


def _label(raw: Raw, name: str = "label") -> str:
    return str(words(raw, name)) or str(raw["key"])


def _broken(address: str, raw: Raw, sentence: str, name: str = "label") -> FormChange:
    return FormChange(BROKEN, address, _label(raw, name), sentence)


def _new_section(section: Raw) -> Iterator[FormChange]:
    key = section["key"]
    yield FormChange(NEW_SECTION, key, _label(section, "title"), _("A new section."))
    for question in section.get("questions", []):
        yield _new_question(key, question)


def _new_question(section: str, question: Raw) -> FormChange:
    sentence = _("A new question, required.") if question.get("required") else _("A new question.")
    return FormChange(NEW_QUESTION, f"{section}.{question['key']}", _label(question), sentence)


def _section(old: Raw, new: Raw) -> Iterator[FormChange]:
    key = new["key"]
    if any(words(old, name) != words(new, name) for name in ("title", "help")):
        yield FormChange(WORDED, key, _label(new, "title"), _("The words of the section changed."))
    if old.get("from") != new.get("from"):
        yield _broken(key, new, _("The section is filled from elsewhere."), "title")
    before = {question["key"]: question for question in old.get("questions", [])}
    after = {question["key"]: question for question in new.get("questions", [])}
    gone = {name: question for name, question in before.items() if name not in after}
    for name, question in after.items():
        if name in before:
            yield from _question(f"{key}.{name}", before[name], question)
        elif renamed := _renamed_from(question, gone):
            del gone[renamed]
            told = {"old": renamed, "new": name}
            yield _broken(
                f"{key}.{renamed}", question, _("Its key was renamed from “%(old)s” to “%(new)s”.") % told
            )
        else:
            yield _new_question(key, question)
    for name, question in gone.items():
        yield _broken(f"{key}.{name}", question, _("The question was removed, and its answers with it."))


def _renamed_from(question: Raw, gone: dict[str, Raw]) -> str:
    """The key of a question that went while one of the same words came."""
    label = question.get("label_vi")
    return next((name for name, old in gone.items() if label and old.get("label_vi") == label), "")


def _question(address: str, old: Raw, new: Raw) -> Iterator[FormChange]:
    label = _label(new)
    if old["kind"] != new["kind"]:
        yield FormChange(BROKEN, address, label, _("Another kind of answer is asked for."))
        return
    if any(words(old, name) != words(new, name) for name in WORDING):
        yield FormChange(WORDED, address, label, _("Its words changed."))
    if old.get("proposed_from") != new.get("proposed_from"):
        yield FormChange(WORDED, address, label, _("What the portal proposes for it changed."))
    if (old.get("total_of") or []) != (new.get("total_of") or []):
        yield FormChange(WORDED, address, label, _("The fields it adds up changed."))
    for sentence, is_breaking in _demands(old, new):
        yield FormChange(BROKEN if is_breaking else LOOSENED, address, label, sentence)
    yield from _codes(address, label, old, new)


def _demands(old: Raw, new: Raw) -> Iterator[tuple[str, bool]]:
    asked = {
        "required": _("It is required now, and was not before."),
        "whole": _("Only whole numbers are taken now."),
        "evidence": _("It needs an evidence file now."),
    }
    loosened = {
        "required": _("It may be left out now."),
        "whole": _("Fractions are taken now."),
        "evidence": _("It needs no evidence file any more."),
    }
    for name in TIGHTENS:
        was, is_ = bool(old.get(name)), bool(new.get(name))
        if was != is_:
            yield (asked if is_ else loosened)[name], is_
    yield from _maximum(old.get("maximum"), new.get("maximum"))


def _maximum(old: Any, new: Any) -> Iterator[tuple[str, bool]]:
    before, after = (None if one in (None, "") else Decimal(str(one)) for one in (old, new))
    if before == after:
        return
    if after is not None and (before is None or after < before):
        yield _("No more than %(most)s is taken now.") % {"most": new}, True
    else:
        yield _("Larger numbers are taken now."), False


def _codes(address: str, label: str, old: Raw, new: Raw) -> Iterator[FormChange]:
    """Forms name the list, reports keep its codes."""
    if old.get("by") != new.get("by"):
        yield FormChange(BROKEN, address, label, _("It is divided by another list."))
        return
    if "list" not in old or "list" not in new:
        return
    before, after = ({code["key"]: code for code in one["list"]["codes"]} for one in (old, new))
    for key in before.keys() - after.keys():
        told = {"code": _label(before[key], "name")}
        yield FormChange(BROKEN, address, label, _("“%(code)s” is no longer in its list.") % told)
    for key, code in after.items():
        if key not in before:
            told = {"code": _label(code, "name")}
            yield FormChange(NEW_CODE, address, label, _("“%(code)s” is new in its list.") % told)


# --- A new form laid over what a report keeps -------------------------------------------

STAYS = ("key", "subject", "list")  # whatever the form says now
OF_THE_PROGRAMME = tuple(
    f"{name}_{language}" for name in ("label", "unit", "numerator", "denominator") for language in LANGUAGES
)


def laid_over(kept: Raw, fresh: Raw, typed: Raw) -> Raw:
    """The report's copy with all that the new form adds. Nothing a report keeps goes away.

    ``fresh`` is the form as it would be asked today, ``typed`` as the ministry wrote it. Plan activities
    stay those of the report: the register's new ones are offered, not slipped in.
    """
    own = {section["key"]: section for section in kept["sections"]}
    written = {section["key"]: section for section in typed["sections"]}
    sections = [_laid(own.get(one["key"]), one, written[one["key"]]) for one in fresh["sections"]]
    left = [section for section in kept["sections"] if section["key"] not in written]
    return {**kept, "sections": sections + left}


def _laid(own: Raw | None, fresh: Raw, typed: Raw) -> Raw:
    if own is None:
        return fresh
    if typed.get("from") == PLAN_ACTIVITIES:
        return {**fresh, "questions": own["questions"]}
    asked = {question["key"]: question for question in own.get("questions", [])}
    written = {question["key"]: question for question in typed.get("questions", [])}
    new = [
        _asked(asked[one["key"]], one, written[one["key"]]) if one["key"] in asked else one
        for one in fresh.get("questions", [])
    ]
    known = {one["key"] for one in new}
    return {**fresh, "questions": new + [one for key, one in asked.items() if key not in known]}


def _asked(own: Raw, fresh: Raw, typed: Raw) -> Raw:
    """Kind and subject stay, and the words of an indicator, unless the form words it."""
    names = (*STAYS, *OF_THE_PROGRAMME) if own["kind"] in INDICATOR_KINDS else STAYS
    kept = {name: own[name] for name in names if name in own}
    said = {name: value for name, value in typed.items() if name != "kind"}
    question = {**kept, **said, "kind": own["kind"]}
    if own.get("list") and fresh.get("list"):
        question["list"] = _joined(own["list"], fresh["list"])
    return question


def _joined(own: Raw, fresh: Raw) -> Raw:
    """All codes of both, today's words; a list may become open, never complete."""
    today = {code["key"]: code for code in fresh["codes"]}
    known = {code["key"] for code in own["codes"]}
    codes = [today.get(code["key"], code) for code in own["codes"]]
    codes += [code for key, code in today.items() if key not in known]
    return {**fresh, "complete": bool(own.get("complete") and fresh.get("complete")), "codes": codes}
