"""The provinces' part of the open data: units of any day, their lineage, the plans. Public rows alone."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.api import Endpoint, Field, Parameter, Refused, sentence_of

from .maps import MapChoice, read_day, read_map
from .models import BoundaryEvent, Kind, Province, ProvincialPlan
from .register import Register
from .standing import Inheritance, states_on

Row = dict[str, Any]
TYPES = {Kind.PROVINCE: "tỉnh", Kind.CITY: "thành phố"}

CODE = Parameter(
    "code", gettext_lazy("two digits; the day decides which unit is meant"), "79", True, "^[0-9]{2}$"
)
ON = Parameter("on", gettext_lazy("a day, YYYY-MM-DD; today by default"), "2024-06-30")
LENS = Parameter(
    "lens",
    gettext_lazy("as_reported, on:YYYY-MM-DD or constant:YYYY-MM-DD; the map of today by default"),
    "on:2025-07-01",
)
UNIT_FIELDS = (
    Field("code", "string", gettext_lazy("code of the unit; with valid_from it is an identity, alone not")),
    Field("name_vi", "string", gettext_lazy("Vietnamese name on that day")),
    Field("name_en", "string", gettext_lazy("English name on that day")),
    Field("type", "string", gettext_lazy("“tỉnh” or “thành phố” on that day")),
    Field("region", "string", gettext_lazy("socio-economic region on that day")),
    Field("valid_from", "date", gettext_lazy("first day in force")),
    Field("valid_to", "date", gettext_lazy("the day after its last; null while in force")),
)


def unit_row(unit: Province, day: date) -> Row:
    """A unit as it was that day; outside its life, as on the nearest day of it."""
    day = max(unit.valid_from, min(day, unit.last_day or day))
    title, region = unit.title_on(day), unit.region_on(day)
    return {
        "code": unit.code,
        "name_vi": title.name_vi if title else unit.name_vi,
        "name_en": title.name_en if title else unit.name_en,
        "type": TYPES[Kind(title.kind)] if title else None,
        "region": region.name_vi if region else None,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
    }


def short_row(unit: Province, day: date) -> Row:
    """Enough to know a unit by."""
    whole = unit_row(unit, day)
    return {name: whole[name] for name in ("code", "name_vi", "name_en", "valid_from", "valid_to")}


def code_and_day(unit: Province) -> str:
    return f"{unit.code}@{unit.valid_from}"


def holder(code: str, day: date, register: Register) -> Province:
    """The unit that held a code on a day."""
    if not (len(code) == 2 and code.isascii() and code.isdecimal()):
        raise Refused(_("A code has two digits, such as 01 or 79."))
    for unit in register.units.values():
        if unit.code == code and unit.exists_on(day):
            return unit
    raise Refused(
        _("No unit held code %(code)s on %(day)s. GET /api/v1/provinces?on=%(day)s lists those that exist.")
        % {"code": code, "day": day},
        404,
    )


def day_asked(given: Mapping[str, str], register: Register) -> date:
    text = given.get("on")
    return sentence_of(lambda: read_day(text, begins=register.begins())) if text else timezone.localdate()


def map_asked(given: Mapping[str, str], begins: date) -> MapChoice:
    """The lens; ``begins`` is the first day of the register."""
    today = timezone.localdate()
    text = given.get("lens") or f"on:{today}"
    choice: MapChoice = sentence_of(lambda: read_map(text, today=today, begins=begins))
    return choice


# --- Units and their lineage --------------------------------------------------------------


def provinces(given: Mapping[str, str]) -> list[Row]:
    register = Register.load()
    day = day_asked(given, register)
    return [unit_row(unit, day) for unit in sorted(register.in_force(day), key=code_and_day)]


def lineage(given: Mapping[str, str]) -> Row:
    register = Register.load()
    day = day_asked(given, register)
    unit = holder(given["code"], day, register)
    before = register.lineage.roots(unit.pk) - {unit.pk}
    after = register.lineage.family(unit.pk) - before - {unit.pk}
    return {
        "unit": unit_row(unit, day),
        "ancestors": [_relative(one, day, register.ending_of(one)) for one in _by_code(before, register)],
        "heirs": [_relative(one, day, register.beginning_of(one)) for one in _by_code(after, register)],
    }


def _by_code(keys: Iterable[int], register: Register) -> list[Province]:
    return sorted((register.units[key] for key in keys), key=code_and_day)


def _relative(unit: Province, day: date, event: BoundaryEvent | None) -> Row:
    """With the event that ended or began it, where the register knows one."""
    if event is None:
        return {**unit_row(unit, day), "event": None}
    told = {"kind": event.kind, "effective_on": event.effective_on, "instrument": event.instrument_number}
    return {**unit_row(unit, day), "event": told}


def flat_lineage(found: Row) -> list[Row]:
    """One unit a row, with the part it has."""
    parts = [("unit", found["unit"])]
    parts += [(part, row) for part in ("ancestors", "heirs") for row in found[part]]
    none = {"kind": None, "effective_on": None, "instrument": None}
    rows = []
    for part, row in parts:
        event = row.get("event") or none
        own = {name: value for name, value in row.items() if name != "event"}
        rows.append({"part": part, **own, **{f"event_{name}": value for name, value in event.items()}})
    return rows


# --- Plans --------------------------------------------------------------------------------

PLAN_FIELDS = (
    Field("id", "integer", gettext_lazy("number of the row, lasting")),
    Field("number", "string", gettext_lazy("number as printed; empty: not in the source")),
    Field("kind", "string", gettext_lazy("frame, annual, integration or unknown")),
    Field("status", "string", gettext_lazy("drafting, consulting, issued, amended, replaced or expired")),
    Field("states", "array", gettext_lazy("what holds on the day of the map, in words, inherited included")),
    Field("title_vi", "string", gettext_lazy("title in Vietnamese")),
    Field("title_en", "string", gettext_lazy("title in English")),
    Field("issued_on", "string", gettext_lazy("day, month or year of issue, as far as known")),
    Field(
        "reported_on", "string", gettext_lazy("when a source spoke of it, where the day of issue is unknown")
    ),
    Field("first_year", "integer", gettext_lazy("first year of the period")),
    Field("last_year", "integer", gettext_lazy("last year of the period")),
    Field("signer", "string", gettext_lazy("who signed, as printed")),
    Field("lead", "string", gettext_lazy("lead body")),
    Field("issuer", "object", gettext_lazy("the unit that issued it, as it was; never renamed for an heir")),
    Field("answering", "array", gettext_lazy("the units answering for it on the day of the map")),
    Field("frame", "integer", gettext_lazy("id of the frame plan it stands under")),
    Field("supersedes", "integer", gettext_lazy("id of the plan it amends or replaces")),
    Field("source", "string", gettext_lazy("where the record comes from")),
    Field("lens", "string", gettext_lazy("the lens of this answer")),
    Field("url", "string", gettext_lazy("its page")),
    Field("is_demo", "boolean", gettext_lazy("true: an invented row of the demonstration")),
)


def plans(given: Mapping[str, str]) -> list[Row]:
    register = Register.load()
    choice = map_asked(given, register.begins())
    found = list(ProvincialPlan.objects.published().select_related("lead").order_by("pk"))
    inheritance = Inheritance.on(choice.day, register, found)
    wanted = _issued_by(given.get("issued_by"), choice, register)
    answered = _answered_by(given.get("answered_by"), choice, register)
    out = {plan.pk for plan in found}  # a plan not published is not named either
    rows = []
    for plan in found:
        answering = _answering(plan, choice, register)
        if plan.province_id in wanted and (answered is None or answered in answering):
            row = _plan_row(plan, answering, choice, inheritance)
            links = {name: row[name] if row[name] in out else None for name in ("frame", "supersedes")}
            rows.append({**row, **links})
    return rows


def _issued_by(code: str | None, choice: MapChoice, register: Register) -> frozenset[int]:
    """The units a code may mean: as reported, whoever held it when it issued; else its holder that day."""
    if code is None:
        return frozenset(register.units)
    if not choice.as_reported:
        return frozenset({holder(code, choice.day, register).pk})
    ever = frozenset(unit.pk for unit in register.units.values() if unit.code == code)
    return ever or frozenset({holder(code, choice.day, register).pk})


def _answered_by(code: str | None, choice: MapChoice, register: Register) -> int | None:
    return holder(code, choice.day, register).pk if code else None


def _answering(plan: ProvincialPlan, choice: MapChoice, register: Register) -> list[int]:
    """As reported, the issuer itself; on a map, who has taken its place, or those it goes back to."""
    if choice.as_reported:
        return [plan.province_id]
    whole = register.lineage.whole
    if choice.day < register.units[plan.province_id].valid_from:
        return sorted(whole.ancestors_on(plan.province_id, choice.day))
    return sorted(whole.heirs_on(plan.province_id, choice.day))


def _plan_row(plan: ProvincialPlan, answering: list[int], choice: MapChoice, inheritance: Inheritance) -> Row:
    units = inheritance.register.units
    issuer = units[plan.province_id]
    as_it_was = plan.known_from or issuer.last_day or choice.day
    return {
        "id": plan.pk,
        "number": plan.number,
        "kind": plan.kind,
        "status": plan.status,
        "states": [state.words for state in states_on(plan, inheritance)],
        "title_vi": plan.title_vi,
        "title_en": plan.title_en,
        "issued_on": str(plan.issued_on) if plan.issued_on else None,
        "reported_on": str(plan.reported_on) if plan.reported_on else None,
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "signer": plan.signer,
        "lead": plan.lead.name_vi if plan.lead else plan.lead_text_vi,
        "issuer": short_row(issuer, as_it_was),
        "answering": [short_row(units[key], choice.day) for key in answering],
        "frame": plan.frame_id,
        "supersedes": plan.supersedes_id,
        "source": plan.source,
        "lens": str(choice),
        "url": f"{settings.SITE_ADDRESS}{plan.get_absolute_url()}",
        "is_demo": plan.is_demo,
    }


def flat_plans(found: list[Row]) -> list[Row]:
    rows = []
    for row in found:
        issuer = {f"issuer_{name}": value for name, value in row["issuer"].items()}
        rows.append(
            {
                **{name: value for name, value in row.items() if name != "issuer"},
                **issuer,
                "states": "; ".join(row["states"]),
                "answering": "; ".join(named(unit) for unit in row["answering"]),
            }
        )
    return rows


def named(unit: Row) -> str:
    """79@2025-07-01 Hồ Chí Minh."""
    return f"{unit['code']}@{unit['valid_from']} {unit['name_vi']}"


LINEAGE_FIELDS = (
    Field("unit", "object", gettext_lazy("the unit that holds the code that day")),
    Field("ancestors", "array", gettext_lazy("the units it goes back to, each with the event that ended it")),
    Field("heirs", "array", gettext_lazy("the units that came after it, each with the event that began it")),
)
ISSUED_BY = Parameter(
    "issued_by", gettext_lazy("a code; the day of the lens decides which unit issued it"), "79"
)
ANSWERED_BY = Parameter(
    "answered_by", gettext_lazy("a code; the unit of the lens's day that answers for it now"), "92"
)

ENDPOINTS = (
    Endpoint(
        "provinces",
        "provinces",
        gettext_lazy("Units of a day"),
        gettext_lazy("All provinces and centrally run cities in force on a day, named as on that day."),
        (ON,),
        UNIT_FIELDS,
        provinces,
        "provinces?on=2024-06-30",
    ),
    Endpoint(
        "lineage",
        "provinces/{code}/lineage",
        gettext_lazy("Before and after a unit"),
        gettext_lazy("Whom the unit that holds a code on a day goes back to, and who succeeded it."),
        (CODE, ON),
        LINEAGE_FIELDS,
        lineage,
        "provinces/79/lineage?on=2026-01-01",
        is_list=False,
        flat=flat_lineage,
    ),
    Endpoint(
        "plans",
        "plans",
        gettext_lazy("Register of plans"),
        gettext_lazy(
            "Published plans, each under its issuer, with who answers for it on the map of the lens."
        ),
        (LENS, ISSUED_BY, ANSWERED_BY),
        PLAN_FIELDS,
        plans,
        "plans?lens=on:2024-06-30&issued_by=93",
        flat=flat_plans,
    ),
)
