"""What is said of a unit in words: its history in a banner, what the register knows of its plans."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.dates import day_words

from .models import BoundaryEvent, Kind, Province, ProvincialPlan
from .register import Register
from .standing import UnitStanding


@dataclass(frozen=True)
class Banner:
    """A title, its sentences, and the units they speak of, for links."""

    title: str
    sentences: tuple[str, ...]
    units: tuple[Province, ...] = ()


def banner_of(unit: Province, register: Register, *, today: date) -> Banner | None:
    """How the unit came about or ended; nothing for a unit that only ever was itself.

    What is confirmed for a day to come is told as coming.
    """
    ending, beginning = register.ending_of(unit), register.beginning_of(unit)
    if ending:
        return (_ends if ending.effective_on > today else _ended)(unit, ending, register)
    told = ((event, change_words(event, unit, today=today)) for event in register.events_of(unit))
    changes = tuple((event, words) for event, words in told if words is not None)
    sentences = tuple(words for _event, words in changes)
    if beginning:
        return (_begins if beginning.effective_on > today else _begun)(unit, beginning, register, sentences)
    if not changes:
        return None
    if all(event.effective_on > today for event, _words in changes):
        return Banner(_("This unit will change its name or type"), sentences)
    return Banner(_("This unit changed its name or type"), sentences)


def _ends(unit: Province, event: BoundaryEvent, register: Register) -> Banner:
    """No links: an heir may take over the address only on the day."""
    title = _("%(unit)s is a unit until %(day)s. Then it will be succeeded by: %(heirs)s.") % {
        "unit": unit.name,
        "day": day_words(event.effective_on - timedelta(days=1)),
        "heirs": together(register.units[key].name for key in register.lineage.heirs(unit.pk)),
    }
    kept = _("Its plans, reports and figures stay under its own name.")
    return Banner(title, (event_words(event), kept))


def _begins(unit: Province, event: BoundaryEvent, register: Register, changes: tuple[str, ...]) -> Banner:
    before = tuple(register.units[key] for key in register.lineage.predecessors(unit.pk))
    title = _("This unit begins on %(day)s. It will be made of %(units)s.") % {
        "day": day_words(event.effective_on),
        "units": together(older.name for older in before),
    }
    return Banner(title, (event_words(event), *changes), before)


def _ended(unit: Province, event: BoundaryEvent, register: Register) -> Banner:
    heirs = tuple(register.units[key] for key in register.lineage.heirs(unit.pk))
    title = _("%(unit)s has not been a unit since %(day)s. Succeeded by: %(heirs)s.") % {
        "unit": unit.name,
        "day": day_words(event.effective_on),
        "heirs": together(heir.name for heir in heirs),
    }
    kept = _("Its plans, reports and figures stay under its own name.")
    return Banner(title, (event_words(event), kept), heirs)


def _begun(unit: Province, event: BoundaryEvent, register: Register, changes: tuple[str, ...]) -> Banner:
    before = tuple(register.units[key] for key in register.lineage.predecessors(unit.pk))
    title = _("This unit is made of the former %(units)s") % {
        "units": together(older.name for older in before)
    }
    kept = _("Plans and figures from before %(day)s bear the name of the unit of that time.") % {
        "day": day_words(event.effective_on)
    }
    return Banner(title, (event_words(event), *changes, kept), before)


def event_words(event: BoundaryEvent) -> str:
    """Sáp nhập từ 01/7/2025 theo Nghị quyết 202/2025/QH15."""
    words = {"kind": event.get_kind_display().capitalize(), "day": day_words(event.effective_on)}
    if not event.instrument_number:
        return _("%(kind)s from %(day)s; the source does not name the instrument.") % words
    return _("%(kind)s from %(day)s under Resolution %(number)s.") % {
        **words,
        "number": event.instrument_number,
    }


def change_words(event: BoundaryEvent, unit: Province, *, today: date) -> str | None:
    """What a renaming or a change of type did to the unit; nothing for other events."""
    if event.unit_id != unit.pk:
        return None
    number, is_coming = event.instrument_number, event.effective_on > today
    values = {
        "day": day_words(event.effective_on),
        "name": unit.name_on(event.effective_on),
        "basis": _("under Resolution %(number)s") % {"number": number}
        if number
        else _("the instrument is not in the source"),
    }
    if event.kind == BoundaryEvent.Kind.RENAMING:
        before = unit.title_on(_day_before(event))
        values["before"] = str(before or "")
        if is_coming:
            return _("Will be called %(name)s from %(day)s, %(before)s until then (%(basis)s).") % values
        return _("Called %(name)s since %(day)s, %(before)s before (%(basis)s).") % values
    title = unit.title_on(event.effective_on)
    if title and title.kind == Kind.CITY:
        coming, since = _("Will be a city from %(day)s (%(basis)s)."), _("A city since %(day)s (%(basis)s).")
    else:
        coming = _("Will be a province from %(day)s (%(basis)s).")
        since = _("A province since %(day)s (%(basis)s).")
    return (coming if is_coming else since) % values


def words_of(event: BoundaryEvent, unit: Province, *, today: date) -> str:
    """What happened or will, as the page of one of its units tells it."""
    return change_words(event, unit, today=today) or event_words(event)


def knowledge(standing: UnitStanding, register: Register) -> tuple[str, ...]:
    """What the plan register holds of the unit, in one or two sentences."""
    sentences = [_own_words(standing.own)]
    if standing.inherited:
        sentences.append(
            _("Inherited from units before: %(plans)s.")
            % {"plans": together(map(_with_issuer, standing.inherited))}
        )
    issuers = {plan.province_id for plan in standing.plans}
    roots = register.lineage.roots(standing.unit.pk) - {standing.unit.pk} - issuers
    silent = register.named_on(roots, standing.unit.valid_from)
    if silent:
        sentences.append(
            _("The register holds no document of %(units)s.")
            % {"units": together(told_apart([standing.unit, *silent])[1:])}
        )
    return tuple(sentences)


def told_apart(units: Sequence[Province]) -> list[str]:
    """Their names; of those that share one, with the day until which each existed."""
    shared = Counter(str(unit.name) for unit in units)
    return [str(unit) if shared[str(unit.name)] > 1 else str(unit.name) for unit in units]


def _own_words(plans: Sequence[ProvincialPlan]) -> str:
    if not plans:
        return _("The register holds no plan of this unit. That does not mean that it issued none.")
    return ngettext(
        "The register holds %(count)d document of this unit: %(plans)s.",
        "The register holds %(count)d documents of this unit: %(plans)s.",
        len(plans),
    ) % {"count": len(plans), "plans": together(map(short_plan, plans))}


def short_plan(plan: ProvincialPlan) -> str:
    """202/KH-UBND (2022–2030) · a frame plan without a number (2021–2030)."""
    name = plan.number or _("%(kind)s without a known number") % {"kind": plan.get_kind_display()}
    return f"{name} ({plan.period_words})" if plan.period_words else name


def _with_issuer(plan: ProvincialPlan) -> str:
    return _("%(plan)s of %(unit)s") % {"plan": short_plan(plan), "unit": plan.province.name}


def together(names: Iterable[object]) -> str:
    """A, B and C."""
    words = [str(name) for name in names]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _day_before(event: BoundaryEvent) -> date:
    return event.effective_on - timedelta(days=1)
