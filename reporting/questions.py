"""A form as data, and how it reads: sections of questions, each answer known by its address.

An address is ``section.key``, such as ``indicators.T3``; remarks, evidence, changes and snapshots
all point with it. The definition is plain JSON, kept with each report.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.text import Text
from programmes.models import CarryOver
from provinces.models import ActivityBudget

from .totals import faults_of_totals

TYPED_KINDS = ("text", "indicator", "count")  # beside money; the other kinds are made of indicators and plans
PAGES = frozenset({"submit", "rounds", "receipts", "workbook", "form", "sign-off"})  # beside the sections'
PLAN_ACTIVITIES = "plan_activities"  # a section filled from the register of plans
PROPOSED_FROM = ("training.courses", "training.people", "events.held", "library.models", "provinces.plans")
INDICATOR_KINDS = frozenset({"ratio", "number", "yes_no"})
KIND_OF = {CarryOver.RATIO: "ratio", CarryOver.SHARE_OF_UNITS: "yes_no"}  # of an indicator; others: “number”


@dataclass(frozen=True)
class Question:
    section: str
    raw: dict[str, Any]

    @property
    def address(self) -> str:
        return f"{self.section}.{self.raw['key']}"

    @property
    def key(self) -> str:
        return str(self.raw["key"])

    @property
    def kind(self) -> str:
        return str(self.raw["kind"])

    @property
    def is_indicator(self) -> bool:
        return self.kind in INDICATOR_KINDS

    @property
    def label(self) -> Text:
        return words(self.raw, "label")

    @property
    def help(self) -> Text:
        return words(self.raw, "help")

    @property
    def unit(self) -> Text:
        return words(self.raw, "unit")

    @property
    def numerator(self) -> Text:
        return words(self.raw, "numerator")

    @property
    def denominator(self) -> Text:
        return words(self.raw, "denominator")

    @property
    def is_required(self) -> bool:
        return bool(self.raw.get("required"))

    @property
    def needs_evidence(self) -> bool:
        return bool(self.raw.get("evidence"))

    @property
    def is_whole(self) -> bool:
        """Counted in whole pieces."""
        return bool(self.raw.get("whole"))

    @property
    def maximum(self) -> Decimal | None:
        return Decimal(self.raw["maximum"]) if self.raw.get("maximum") is not None else None

    @property
    def breakdown(self) -> "Breakdown | None":
        """The controlled list a count is divided by, as it was copied into the form."""
        return Breakdown(self.raw["list"]) if self.raw.get("list") else None

    @property
    def proposed_from(self) -> str:
        """Where the portal knows the number from; empty: it does not."""
        return str(self.raw.get("proposed_from") or "")

    @property
    def subject(self) -> int:
        """Primary key of the indicator or plan activity that is asked about."""
        return int(self.raw["subject"])


@dataclass(frozen=True)
class Breakdown:
    """A controlled list inside a question: nothing outside it can be said."""

    raw: dict[str, Any]

    @property
    def key(self) -> str:
        return str(self.raw["key"])

    @property
    def name(self) -> Text:
        return words(self.raw, "name")

    @property
    def is_complete(self) -> bool:
        return bool(self.raw.get("complete"))

    @property
    def codes(self) -> dict[str, Text]:
        return {str(code["key"]): words(code, "name") for code in self.raw["codes"]}

    def part(self, code: str) -> str:
        """The name of the code's box and of its column in a workbook."""
        return f"part_{self.key}_{code}"


@dataclass(frozen=True)
class Section:
    raw: dict[str, Any]
    position: int

    @property
    def key(self) -> str:
        return str(self.raw["key"])

    @property
    def title(self) -> Text:
        return words(self.raw, "title")

    @property
    def help(self) -> Text:
        return words(self.raw, "help")

    @property
    def questions(self) -> list[Question]:
        return [Question(self.key, raw) for raw in self.raw.get("questions", [])]


def sections_of(definition: dict[str, Any]) -> list[Section]:
    return [Section(raw, position) for position, raw in enumerate(definition["sections"], 1)]


def questions_of(definition: dict[str, Any]) -> dict[str, Question]:
    """Every question by its address, in the order of the form."""
    return {
        question.address: question for section in sections_of(definition) for question in section.questions
    }


def lists_in(definition: dict[str, Any]) -> set[str]:
    """Keys of the controlled lists a typed-in form divides its counts by."""
    asked = (raw for section in definition["sections"] for raw in section.get("questions", []))
    return {str(raw["by"]) for raw in asked if raw.get("by")}


def words(raw: dict[str, Any], name: str) -> Text:
    """The text in the page's language, or else Vietnamese."""
    english = raw.get(f"{name}_en")
    if english and (get_language() or "vi").startswith("en"):
        return Text(english, "en")
    return Text(raw.get(f"{name}_vi", ""), "vi")


def faults_of_definition(definition: Any) -> list[str]:
    """What is wrong with a typed-in form, in sentences; empty when it can be used."""
    if not isinstance(definition, dict) or not isinstance(definition.get("sections"), list):
        return [_("The form is an object with a list “sections”.")]
    faults = [
        f"sections[{place}]{fault}"
        for place, raw in enumerate(definition["sections"])
        for fault in _faults_of_section(raw)
    ]
    keys = [raw["key"] for raw in definition["sections"] if isinstance(raw, dict) and _is_key(raw.get("key"))]
    if len(keys) != len(set(keys)):
        faults.append(_("Two sections have the same key."))
    return faults or faults_of_totals(definition)


def _is_key(key: Any) -> bool:
    """Keys make addresses of pages and fields."""
    return isinstance(key, str) and re.fullmatch(r"[A-Za-z0-9_-]{1,30}", key) is not None


def _faults_of_section(raw: Any) -> Iterator[str]:
    """Each sentence behind the rest of the path to what it is about, such as “.questions[2]: …”."""
    yield from (fault if fault.startswith(".") else f": {fault}" for fault in _faults_in(raw))


def _faults_in(raw: Any) -> Iterator[str]:
    if not isinstance(raw, dict) or not _is_key(raw.get("key")) or not raw.get("title_vi"):
        yield _("A section needs “title_vi” and a “key” of letters and digits.")
        return
    if raw["key"] in PAGES:
        yield _("Section “%(section)s”: a page of the report has this address. Choose another key.") % {
            "section": raw["key"]
        }
    questions = raw.get("questions", [])
    if not isinstance(questions, list) or not all(isinstance(one, dict) for one in questions):
        yield _("Section “%(section)s”: “questions” is a list of objects.") % {"section": raw["key"]}
        return
    seen = set()
    for number, question in enumerate(questions):
        path = f".questions[{number}]: "
        place = {"section": raw["key"], "key": str(question.get("key"))}
        if _can_be_asked(question) and question["key"] in seen:
            yield path + _("Section “%(section)s”: the key “%(key)s” stands twice.") % place
        elif fault := _fault_of_question(question):
            yield path + fault % place
        seen.add(place["key"])


def _fault_of_question(question: dict[str, Any]) -> str:
    """A sentence with places for section and key; empty where nothing is wrong."""
    if not _can_be_asked(question):
        return _("Section “%(section)s”: the question “%(key)s” needs a key and a known “kind”.")
    if not _is_number(question.get("maximum") or 0):
        return _("Section “%(section)s”: the “maximum” of “%(key)s” is no number.")
    if question["kind"] != "count" and (question.get("by") or question.get("proposed_from")):
        return _("Section “%(section)s”: only a count has “by” or “proposed_from”, not “%(key)s”.")
    if question.get("proposed_from") and question["proposed_from"] not in PROPOSED_FROM:
        return _("Section “%(section)s”: the portal does not know where to count “%(key)s”.")
    if not _is_key(question.get("by") or "x"):
        return _("Section “%(section)s”: “by” of “%(key)s” names a controlled list.")
    return ""


def _can_be_asked(question: dict[str, Any]) -> bool:
    if question.get("kind") == "money":
        return question.get("key") in ActivityBudget.Source.values
    return question.get("kind") in TYPED_KINDS and _is_key(question.get("key"))


def _is_number(value: Any) -> bool:
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False
