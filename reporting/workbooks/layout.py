"""Where each part of an answer stands: a sheet for a section, a row for a question, a column for a part."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.sheets import LONGEST_TITLE

from ..models import ActivityAnswer, MoneyAnswer
from ..questions import Question, Section

HIDDEN = "_portal"  # the portal's own sheet: the seal, and the lists that cells choose from
MARK = "#address"  # the first cell of every sheet that holds answers
LABEL, UNIT, SHARE, PROPOSED = "#label", "#unit", "#share", "#proposed"
EARLIER, MESSAGE = "#earlier", "#message"
OWN = frozenset({MARK, LABEL, UNIT, SHARE, PROPOSED, EARLIER, MESSAGE})
KEYS, TITLE, HELP, HEAD, FIRST = 1, 2, 3, 4, 5  # rows; the first one is hidden and names the columns

PARTS: dict[str, tuple[str, ...]] = {
    "text": ("text",),
    "ratio": ("emptiness", "numerator", "denominator", "reason", "expected_on", "note"),
    "number": ("emptiness", "value", "reason", "expected_on", "note"),
    "yes_no": ("emptiness", "reason", "expected_on", "note"),
    "count": ("emptiness", "value", "reason", "expected_on", "note"),
    "money": MoneyAnswer.VALUES,
    "activity": ActivityAnswer.VALUES,
}
WORDS = frozenset({"emptiness", "progress"})
DAYS = frozenset({"expected_on", "started_on", "finished_on"})
TEXTS = frozenset({"text", "reason", "note", "result", "difficulty"})


@dataclass(frozen=True)
class Column:
    key: str
    heading: Any
    width: int


COLUMNS = (
    Column(MARK, "", 4),
    Column(LABEL, _("Question"), 46),
    Column(UNIT, _("Unit of measure"), 13),
    Column("text", _("Answer"), 80),
    Column("progress", _("State"), 16),
    Column("percent", _("Per cent done"), 11),
    Column("started_on", _("Begun on"), 13),
    Column("finished_on", _("Finished on"), 13),
    Column("spent_central", _("Spent, central budget"), 14),
    Column("spent_local", _("Spent, local budget"), 14),
    Column("spent_enterprise", _("Spent, enterprises"), 14),
    Column("spent_international", _("Spent, international partners"), 14),
    Column("spent_other", _("Spent, other lawful sources"), 14),
    Column("result", _("Result"), 40),
    Column("difficulty", _("Difficulty"), 40),
    Column(PROPOSED, _("The portal counts"), 24),
    Column("emptiness", _("Kind of answer"), 18),
    Column("value", _("Number"), 14),
    Column("denominator", _("Total"), 14),
    Column(SHARE, _("Share"), 10),
    Column("planned", _("Money planned"), 14),
    Column("received", _("Money received"), 14),
    Column("spent", _("Money spent"), 14),
    Column("reason", _("Why there is no number"), 34),
    Column("expected_on", _("When it is expected"), 14),
    Column("note", _("Note to the ministry"), 34),
    Column(EARLIER, _("Approved for the period before"), 34),
    Column(MESSAGE, _("What to mend"), 50),
)


def parts_of(question: Question) -> tuple[str, ...]:
    """What an answer is made of, box by box; a count has one more for each code of its list."""
    breakdown = question.breakdown
    divided = tuple(breakdown.part(code) for code in breakdown.codes) if breakdown else ()
    return PARTS[question.kind] + divided


def key_of(part: str) -> str:
    """The column of a part: a number and the number of a share stand under one heading."""
    return "value" if part == "numerator" else part


def columns_of(section: Section) -> list[Column]:
    """The columns that some question of the section needs, in one order everywhere."""
    kinds = {question.kind for question in section.questions}
    wanted = {MARK, LABEL, MESSAGE} | {key_of(part) for kind in kinds for part in PARTS[kind]}
    if any(question.proposed_from for question in section.questions):
        wanted.add(PROPOSED)
    if kinds - {"text"}:
        wanted.add(EARLIER)
    if "count" in kinds or any(question.is_indicator for question in section.questions):
        wanted.add(UNIT)
    if "money" in kinds or "activity" in kinds:
        wanted.add(UNIT)
    if "ratio" in kinds:
        wanted.add(SHARE)
    columns = [column for column in COLUMNS if column.key in wanted]
    place = next((place for place, column in enumerate(columns, 1) if column.key == "value"), 0)
    return [*columns[:place], *_divided(section), *columns[place:]]


def _divided(section: Section) -> list[Column]:
    """A column for each code that some count of the section is divided by."""
    found = {
        breakdown.part(code): Column(breakdown.part(code), f"{breakdown.name}: {name}", 14)
        for breakdown in (question.breakdown for question in section.questions)
        if breakdown
        for code, name in breakdown.codes.items()
    }
    return list(found.values())


def sheet_title(section: Section) -> str:
    """“3. Chỉ tiêu”; a workbook takes neither brackets nor slashes in it."""
    return f"{section.position}. {section.title}".translate(_FORBIDDEN)[:LONGEST_TITLE].strip(" '")


_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def described(question: Question) -> str:
    """What is asked, in the words of the form: question, help, and what the two numbers of a share are."""
    told = [str(question.label), str(question.help)]
    if question.kind == "ratio" and question.numerator:
        told += [
            _("Number: %(words)s") % {"words": question.numerator},
            _("Total: %(words)s") % {"words": question.denominator},
        ]
    return "\n".join(line for line in told if line)
