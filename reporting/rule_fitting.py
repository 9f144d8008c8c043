"""What a check rule may say: the numbers a kind of answer has, the parameters of each kind of check. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .number_parts import AMOUNTS, SPENT

# What can be measured of each kind of answer; “” is its own number: a share in per cent, or a count.
PARTS: dict[str, tuple[str, ...]] = {
    "ratio": ("", "numerator", "denominator"),
    "number": ("",),
    "count": ("",),
    "money": AMOUNTS,
    "activity": ("percent", "spent", *SPENT),
    "yes_no": (),
    "text": (),
}
WITH_NOTE = frozenset({"ratio", "number", "count", "yes_no", "money"})
COMPARED = frozenset({"ratio", "number", "money"})  # kinds whose numbers are read for the period before
COUNTED = COMPARED | {"count", "activity"}
KINDS_OF: dict[str, frozenset[str]] = {
    "jump": COMPARED,
    "range": COUNTED,
    "sum": COUNTED,
    "order": COUNTED,
    "note": WITH_NOTE,
    "text": frozenset({"text"}),
    "unchanged": COMPARED | {"text"},
}
# Parameters a test must have, and those it may have. What a test does not use stays empty.
MUST: dict[str, tuple[str, ...]] = {
    "jump": ("measure", "direction", "threshold"),
    "range": (),
    "sum": ("summands", "relation"),
    "order": (),
    "note": ("condition",),
    "text": ("other", "aliases"),
    "unchanged": (),
}
MAY: dict[str, tuple[str, ...]] = {
    "jump": ("part",),
    "range": ("part", "minimum", "maximum"),
    "sum": ("part", "tolerance"),
    "order": ("part", "other", "other_part"),
    "note": (),
    "text": ("other_part",),
    "unchanged": (),
}
PARAMETERS = (
    "part", "measure", "direction", "threshold", "minimum", "maximum", "summands", "relation", "tolerance",
    "other", "other_part", "condition", "aliases",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question as some form in use asks it; an activity stands for all of a unit's plan."""

    section: str
    key: str
    kind: str

    @property
    def address(self) -> str:
        return f"{self.section}.{self.key}"


@dataclass(frozen=True)
class Summand:
    """A line of “parts that add up”: a field, or all of a section, and which part of each."""

    address: str
    part: str

    @property
    def section(self) -> str:
        return self.address.partition(".")[0]

    @property
    def is_all(self) -> bool:
        return self.address.endswith(".*")

    def of(self, key: str) -> "Summand":
        """As it reads beside the field of this key."""
        return Summand(self.address.replace("{key}", key), self.part.replace("{key}", key))


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def summands_of(text: str) -> list[Summand]:
    """“activities.* spent_{key}”, one a line; without a second word the field's own number."""
    return [
        Summand(address, part.strip()) for address, _gap, part in (x.partition(" ") for x in lines_of(text))
    ]


Faults = dict[str, str]


def faults_of_rule(rule: Any, asked: Iterable[Asked]) -> Faults:
    """What is wrong with a rule, by column; the first fault of each."""
    known = list(asked)
    faults: Faults = {}
    for check in (_unknown_target, _wrong_parameters, _wrong_limits, _wrong_parts, _wrong_others, _wrong_sum):
        for column, sentence in check(rule, known):
            faults.setdefault(column, sentence)
    return faults


def targets_of(rule: Any, asked: Iterable[Asked]) -> list[Asked]:
    """The questions it looks at."""
    places: Mapping[str, Callable[[Asked], str]] = {
        "field": lambda one: "" if one.key == "*" else one.address,
        "section": lambda one: one.section,
        "kind": lambda one: one.kind,
    }
    return [one for one in asked if places[rule.scope](one) == rule.target] if rule.scope in places else []


def _unknown_target(rule: Any, asked: list[Asked]) -> Iterator[tuple[str, str]]:
    found = targets_of(rule, asked)
    if not found:
        yield (
            "target",
            _("No form in use asks “%(target)s”. Known: %(known)s.")
            % {
                "target": rule.target,
                "known": ", ".join(_choices(rule.scope, asked)),
            },
        )
    elif rule.test in KINDS_OF and not any(one.kind in KINDS_OF[rule.test] for one in found):
        yield "test", _("This kind of check cannot be made of such a field.")


def _choices(scope: str, asked: Iterable[Asked]) -> list[str]:
    name = {"section": "section", "kind": "kind"}.get(scope, "address")
    shown = [one for one in asked if name != "address" or one.key != "*"]
    return list(dict.fromkeys(str(getattr(one, name)) for one in shown))


def _wrong_parameters(rule: Any, _asked: list[Asked]) -> Iterator[tuple[str, str]]:
    must, may = MUST.get(rule.test, ()), MAY.get(rule.test, ())
    for column in PARAMETERS:
        is_given = getattr(rule, column) is not None and str(getattr(rule, column)).strip() != ""
        if column in must and not is_given:
            yield column, _("This kind of check needs it.")
        elif is_given and column not in (*must, *may):
            yield column, _("This kind of check does not use it. Leave it empty.")


def _wrong_limits(rule: Any, _asked: list[Asked]) -> Iterator[tuple[str, str]]:
    if rule.threshold is not None and rule.threshold <= 0:
        yield "threshold", _("Write a limit above 0.")
    if rule.tolerance is not None and not 0 <= rule.tolerance <= 100:
        yield "tolerance", _("Write a percentage between 0 and 100.")
    if rule.test == "range":
        if rule.minimum is None and rule.maximum is None:
            yield "minimum", _("Write the least, the most, or both.")
        elif rule.minimum is not None and rule.maximum is not None and rule.minimum > rule.maximum:
            yield "maximum", _("The most is not below the least.")


def _wrong_parts(rule: Any, asked: list[Asked]) -> Iterator[tuple[str, str]]:
    if "part" not in MAY.get(rule.test, ()):
        return
    kinds = [one.kind for one in targets_of(rule, asked) if one.kind in KINDS_OF[rule.test]]
    if kinds and not any(rule.part in PARTS.get(kind, ()) for kind in kinds):
        yield "part", _("Such a field has no such number. Choose one that it has.")
    is_share = rule.part == "" and "ratio" in kinds
    if rule.test == "jump" and rule.measure == "points" and kinds and not is_share:
        yield "measure", _("Points are for shares in per cent. Choose per cent of the number before.")


def _wrong_others(rule: Any, asked: list[Asked]) -> Iterator[tuple[str, str]]:
    if rule.test not in ("order", "text"):
        return
    if rule.test == "order" and not rule.other and not rule.other_part:
        yield "other", _("Name the field it must not exceed, or another number of the same field.")
        return
    if rule.other:
        kinds = [one.kind for one in asked if one.address == rule.other and one.key != "*"]
        if not kinds:
            yield "other", _("No form in use asks this field.")
            return
    else:
        kinds = [one.kind for one in targets_of(rule, asked)]
        if rule.other_part == rule.part:
            yield "other_part", _("A number cannot be compared with itself.")
    if kinds and not any(rule.other_part in PARTS.get(kind, ()) for kind in kinds):
        yield "other_part", _("Such a field has no such number. Choose one that it has.")


def _wrong_sum(rule: Any, asked: list[Asked]) -> Iterator[tuple[str, str]]:
    if rule.test != "sum":
        return
    keys = [one.key for one in targets_of(rule, asked)]
    for typed in summands_of(rule.summands):
        for one in dict.fromkeys(typed.of(key) for key in keys):
            kinds = [known.kind for known in asked if _names(one, known)]
            if not kinds:
                yield "summands", _("No form in use asks “%(field)s”.") % {"field": one.address}
            elif not any(one.part in PARTS.get(kind, ()) for kind in kinds):
                yield (
                    "summands",
                    _("“%(field)s” has no number “%(part)s”.") % {"field": one.address, "part": one.part},
                )


def _names(summand: Summand, question: Asked) -> bool:
    if summand.is_all:
        return question.section == summand.section
    return question.address == summand.address
