"""A unit's decade: lanes of its predecessors flowing into it, its plans below, and the same as a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from foundation.dates import day_words

from .models import BoundaryEvent, Province, ProvincialPlan
from .register import Register
from .story import words_of

FIRST, END = date(2021, 1, 1), date(2031, 1, 1)
LEFT, WIDTH = 184, 1180
LANE, EVENT, PLAN = 44, 36, 46  # heights


@dataclass(frozen=True)
class Entry:
    """One line of the list."""

    day: date | None
    words: str
    when: str = ""
    url: str = ""


@dataclass(frozen=True)
class Timeline:
    picture: SafeString
    entries: tuple[Entry, ...]


def timeline_of(
    unit: Province, register: Register, plans: Sequence[ProvincialPlan], *, today: date
) -> Timeline:
    """The unit with its heirs and predecessors. ``plans`` are those of all of them."""
    heirs = register.lineage.whole.heirs_on(unit.pk, today)
    trunk = register.units[min(heirs)] if len(heirs) == 1 else unit
    lanes = _lanes(trunk, register)
    events = _events(lanes, register)
    rows = sorted((plan for plan in plans if plan.is_out), key=lambda plan: plan.known_from or FIRST)
    return Timeline(
        _Drawing(unit, trunk, lanes, events, rows, today).svg(), _entries(trunk, register, rows, today)
    )


def _lanes(trunk: Province, register: Register) -> list[Province]:
    """Predecessors first, the namesake next to the trunk, the trunk last."""
    before = register.named_on(register.lineage.roots(trunk.pk) - {trunk.pk}, trunk.valid_from)
    return [*sorted(before, key=lambda unit: unit.name_vi == trunk.name_vi), trunk]


def _events(lanes: Iterable[Province], register: Register) -> list[BoundaryEvent]:
    found = {event.pk: event for unit in lanes for event in register.events_of(unit)}
    return sorted(found.values(), key=lambda event: (event.effective_on, event.slug))


def _entries(
    trunk: Province, register: Register, plans: Sequence[ProvincialPlan], today: date
) -> tuple[Entry, ...]:
    events = [
        Entry(event.effective_on, words_of(event, trunk, today=today)) for event in _events([trunk], register)
    ]
    issued = [
        Entry(
            plan.known_from,
            _("%(unit)s: %(plan)s, %(kind)s %(years)s")
            % {
                "unit": plan.province.name,
                "plan": plan,
                "kind": plan.get_kind_display(),
                "years": plan.period_words or _("(period not in the source)"),
            },
            _when(plan),
            plan.get_absolute_url(),
        )
        for plan in plans
    ]
    return tuple(sorted([*events, *issued], key=lambda entry: entry.day or FIRST))


def _when(plan: ProvincialPlan) -> str:
    if plan.issued_on:
        return plan.issued_on.words()
    if plan.reported_on:
        return _("reported %(day)s") % {"day": plan.reported_on.words()}
    return _("day not in the source")


@dataclass
class _Drawing:
    unit: Province
    trunk: Province
    lanes: list[Province]
    events: list[BoundaryEvent]
    plans: list[ProvincialPlan]
    today: date

    def svg(self) -> SafeString:
        body = [self._years(), *self._flows(), *self._trunk(), *self._uprights(), *self._plans(), self._now()]
        title = _("The decade of %(unit)s; the same stands in the list below.") % {"unit": self.unit.name}
        return format_html(
            '<svg class="timeline" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>',
            title,
            WIDTH,
            self.height,
            mark_safe("".join(body)),  # noqa: S308 -- made by format_html
        )

    @property
    def base(self) -> int:
        """The height of the trunk's lane."""
        return 50 + LANE * max(0, len(self.lanes) - 2)

    @property
    def below(self) -> int:
        return self.base + 26 + EVENT * len(self.events)

    @property
    def height(self) -> int:
        return self.below + 20 + PLAN * len(self.plans) + 24

    def x(self, day: date) -> float:
        inside = min(max(day, FIRST), END)
        share = (inside - FIRST).days / (END - FIRST).days
        return round(LEFT + share * (WIDTH - LEFT - 10), 1)

    def _years(self) -> SafeString:
        marks = [
            format_html(
                '<line class="year" x1="{0}" x2="{0}" y1="24" y2="{1}"/>'
                '<text class="soft" x="{0}" y="14">{2}</text>',
                self.x(date(year, 1, 1)),
                self.height - 22,
                year,
            )
            for year in range(FIRST.year, END.year)
        ]
        return mark_safe("".join(marks))  # noqa: S308 -- made by format_html

    def _flows(self) -> list[SafeString]:
        """Each predecessor as a band that bends into the trunk on the day of the event."""
        drawn = []
        for at, unit in enumerate(self.lanes[:-1]):
            y, end = 50 + LANE * at, self.x(unit.valid_to or self.today)
            bend = f" H {end - 34} C {end - 12} {y} {end - 12} {self.base} {end} {self.base}"
            line = f"M {self.x(unit.valid_from)} {y}" + (bend if y != self.base else f" H {end}")
            kind = "flow own" if unit.pk == self.unit.pk else "flow"
            drawn.append(format_html('<path class="{}" d="{}"/>', kind, line) + self._name(unit, y))
        return drawn

    def _trunk(self) -> list[SafeString]:
        begin, now = self.x(self.trunk.valid_from), self.x(self.today)
        dots = '<line class="ahead" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        band = '<path class="flow trunk" d="M {} {} H {}"/>'
        drawn = [
            format_html(band, begin, self.base, now),
            format_html(dots, now, self.x(END), self.base, self.base),
        ]
        return drawn if len(self.lanes) > 1 else [*drawn, self._name(self.trunk, self.base)]

    def _name(self, unit: Province, y: float) -> SafeString:
        day = min(unit.last_day or self.today, self.today)
        note = _("%(kind)s, code %(code)s") % {"kind": unit.kind_on(day), "code": unit.code}
        return format_html(
            '<text class="name" x="0" y="{}">{}</text><text class="soft" x="0" y="{}">{}</text>',
            y, unit.name_on(day), y + 16, note,
        )  # fmt: skip

    def _uprights(self) -> list[SafeString]:
        drawn = []
        for at, event in enumerate(self.events):
            x, y = self.x(event.effective_on), self.base + 34 + EVENT * at
            words = f"{day_words(event.effective_on)} {event.get_kind_display()}"
            basis = (
                _("Resolution %(number)s") % {"number": event.instrument_number}
                if event.instrument_number
                else _("instrument not in the source")
            )
            drawn.append(
                format_html(
                    '<line class="event" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
                    '<text class="name end" x="{3}" y="{2}">{4}</text>'
                    '<text class="soft end" x="{3}" y="{5}">{6}</text>',
                    x,
                    self.base - 12,
                    y,
                    x - 6,
                    words,
                    y + 15,
                    basis,
                )
            )
        return drawn

    def _plans(self) -> list[SafeString]:
        drawn = []
        for at, plan in enumerate(self.plans):
            y = self.below + 18 + PLAN * at
            drawn += [self._plan_name(plan, y), *self._bar(plan, y), self._caption(plan, y)]
        return drawn

    def _plan_name(self, plan: ProvincialPlan, y: float) -> SafeString:
        return format_html('<text class="name" x="0" y="{}">{}</text>', y + 10, _cut(str(plan)))

    def _span(self, plan: ProvincialPlan) -> tuple[date, date] | None:
        if not (plan.first_year and plan.last_year):
            return None
        begin = date(plan.first_year, 1, 1)
        issued = plan.issued_on.first_day if plan.issued_on else None
        return max(begin, issued or begin), date(plan.last_year + 1, 1, 1)

    def _bar(self, plan: ProvincialPlan, y: float) -> list[SafeString]:
        """Solid while its issuer existed, hatched when inherited; an upright where the years are unknown."""
        span = self._span(plan)
        if span is None:
            x = self.x(plan.known_from or FIRST)
            return [
                format_html('<line class="event" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>', x, y - 2, y + 14)
            ]
        begin, end = span
        closed = plan.province.valid_to
        change = min(max(closed, begin), end) if closed else end
        rect = '<rect class="{}" x="{}" y="{}" width="{}" height="12"/>'
        parts = [("lane", begin, change), ("inherited", change, end)]
        return [
            format_html(rect, name, self.x(first), y, round(self.x(last) - self.x(first), 1))
            for name, first, last in parts
            if last > first
        ]

    def _caption(self, plan: ProvincialPlan, y: float) -> SafeString:
        span = self._span(plan)
        start = self.x(span[0] if span else plan.known_from or FIRST)
        late = start > WIDTH * 0.6
        years = plan.period_words or _("period not in the source")
        words = f"{plan.province.name}, {plan.get_kind_display()}, {_when(plan)}, {years}"
        return format_html(
            '<text class="soft{}" x="{}" y="{}">{}</text>', " end" if late else "", start, y + 27, words
        )

    def _now(self) -> SafeString:
        return format_html(
            '<line class="today" x1="{0}" x2="{0}" y1="24" y2="{1}"/>'
            '<text class="today-word" x="{2}" y="{3}">{4}</text>',
            self.x(self.today), self.height - 20, self.x(self.today) + 5, self.height - 8, _("today"),
        )  # fmt: skip


def _cut(words: str) -> str:
    return words if len(words) <= 23 else words[:22].rstrip() + "…"
