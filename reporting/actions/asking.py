"""Thematic and ad-hoc reports: the ministry asks units once, asks more of them later, or withdraws."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Post
from foundation.actions import ActionRefused
from foundation.actions import write_down as write_down_audit
from foundation.dates import day_words, range_words
from provinces.models import Province

from .. import emails
from ..definition import NoForm, form_for
from ..far_days import far_words, is_far
from ..models import Obligation, Period, Regime, StatusReport
from ..models.obligations import LONGEST_REASON
from ..rights import post_to_ask

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_AHEAD = timedelta(days=366)  # of the data behind the day the report is due
ASKED, WITHDRAWN = "ask for a report", "withdraw a request"


class RefusedAt(ActionRefused):
    """Refused for what stands in one part of the request."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part


@dataclass(frozen=True)
class Request:
    """What is asked for, on which days, by when."""

    regime: int
    title_vi: str
    first_day: date
    last_day: date
    opens_on: date
    due_on: date
    title_en: str = ""
    asked_vi: str = ""
    asked_en: str = ""

    @property
    def days(self) -> dict[str, date]:
        return {"first_day": self.first_day, "last_day": self.last_day, "opens_on": self.opens_on}

    def is_that_of(self, period: Period) -> bool:
        """Whether the period came from these words and days: a form sent twice is one request."""
        named = ("title_vi", "first_day", "last_day", "opens_on", "due_on")
        return all(getattr(self, name) == getattr(period, name) for name in named)


@transaction.atomic
def ask_units(
    asked: Request, units: Iterable[int], *, by: "User", at: datetime, is_demo: bool = False
) -> Period:
    """One period with an obligation for each unit. The same request again adds the units it lacks."""
    post = _post(by)
    # The regime's row is the queue: of two people asking at one moment, the second sees the first.
    regime = Regime.objects.select_for_update().get(pk=asked.regime)
    period = _refuse_request(regime, asked, at=at)
    keys = _refuse_units(units, at=at)
    if period is None:
        period = _new_period(regime, asked, is_demo=is_demo)
    _ask(period, keys, by=by, post=post, at=at)
    return period


@transaction.atomic
def ask_more_units(period_id: int, units: Iterable[int], *, by: "User", at: datetime) -> int:
    """Ask further units for what others were asked; returns how many were not asked before."""
    post = _post(by)
    regime_id = Period.objects.values_list("regime", flat=True).get(pk=period_id)
    Regime.objects.select_for_update().get(pk=regime_id)
    period = Period.objects.select_related("regime").get(pk=period_id)
    _refuse_periodic(period.regime)
    _refuse_past(period.due_on, at=at)
    return _ask(period, _refuse_units(units, at=at), by=by, post=post, at=at)


@transaction.atomic
def withdraw_request(obligation_id: int, *, reason: str, by: "User", at: datetime) -> Obligation:
    """Ask a unit no longer for what it has not begun. It stays on record, closed with the reason."""
    post = _post(by)
    found = Obligation.objects.select_for_update(of=("self",))  # as beginning a report takes it
    obligation = found.select_related("province", "period__regime").get(pk=obligation_id)
    _refuse_periodic(obligation.period.regime)
    if obligation.closed_on:
        raise ActionRefused(_("This unit is not asked any more already."))
    if StatusReport.objects.filter(obligation=obligation).exists():
        raise ActionRefused(_("The unit has begun its report; what it wrote stays. Return it or let it lie."))
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ActionRefused(
            _("Write why it is withdrawn, in at most %(most)s letters.") % {"most": LONGEST_REASON}
        )
    obligation.closed_on, obligation.closed_reason = timezone.localdate(at), reason.strip()
    obligation.save(update_fields=["closed_on", "closed_reason", "updated_at"])
    detail = {"reason": obligation.closed_reason, "post": post.title_vi}
    entry = write_down_audit(WITHDRAWN, obligation, by=by, at=at, detail=detail)
    emails.no_longer_asked(obligation, entry.pk, by=by, at=at)
    return obligation


def count_of(asked: Request, units: Iterable[int], *, at: datetime) -> int:
    """How many units would be asked that are not asked yet; refuses what asking would refuse."""
    regime = Regime.objects.get(pk=asked.regime)
    period = _refuse_request(regime, asked, at=at)
    keys = _refuse_units(units, at=at)
    known = Obligation.objects.filter(period=period, closed_on__isnull=True) if period else None
    return len(keys - set(known.values_list("province", flat=True))) if known is not None else len(keys)


def _post(by: "User") -> Post:
    post = post_to_ask(by)
    if post is None:
        raise ActionRefused(_("Only those who approve reports ask units for one."))
    return post


# --- What is refused ----------------------------------------------------------------------


def _refuse_periodic(regime: Regime) -> None:
    if regime.kind == Regime.Kind.PERIODIC:
        raise ActionRefused(_("A periodic report opens by itself, for every unit. Nobody asks for it here."))


def _refuse_past(due_on: date, *, at: datetime) -> None:
    if due_on < timezone.localdate(at):
        told = _("The day it is due, %(day)s, has passed already.")
        raise RefusedAt("due_on", told % {"day": day_words(due_on)})


def _refuse_request(regime: Regime, asked: Request, *, at: datetime) -> Period | None:
    """The period of this very request when it was made before."""
    _refuse_periodic(regime)
    if not regime.is_active:
        raise ActionRefused(_("“%(regime)s” is switched off in the administration.") % {"regime": regime})
    if not asked.title_vi.strip():
        raise ActionRefused(_("Give it a title: what is asked for."))
    _refuse_days(asked, at=at)
    _refuse_without_form(regime, asked)
    return _standing(regime, asked)


def _refuse_days(asked: Request, *, at: datetime) -> None:
    for part, day in (*asked.days.items(), ("due_on", asked.due_on)):
        if is_far(day, timezone.localdate(at)):
            raise RefusedAt(part, far_words(day))
    if asked.last_day < asked.first_day:
        raise RefusedAt("last_day", _("The data end before they begin. Change one of the two days."))
    if asked.due_on < asked.opens_on:
        told = _("The report would be due before reporting opens. Change one of the two days.")
        raise RefusedAt("due_on", told)
    _refuse_past(asked.due_on, at=at)
    if asked.last_day > asked.due_on + LONGEST_AHEAD:
        told = _("The data end more than a year after the report is due. Check the two days.")
        raise RefusedAt("last_day", told)


def _refuse_without_form(regime: Regime, asked: Request) -> None:
    try:
        form_for(Period(regime=regime, last_day=asked.last_day))
    except NoForm:
        raise ActionRefused(
            _("“%(regime)s” has no form in force on %(day)s. Publish one in the administration first.")
            % {"regime": regime, "day": day_words(asked.last_day)}
        ) from None


def _standing(regime: Regime, asked: Request) -> Period | None:
    """One form asked twice about the same days would collect the same data twice."""
    overlapping = regime.periods.filter(first_day__lte=asked.last_day, last_day__gte=asked.first_day)
    for period in overlapping.select_related("regime").order_by("pk"):
        if asked.is_that_of(period):
            return period
        raise RefusedAt(
            "first_day",
            _("“%(title)s” asks about %(days)s already, with the same form. Ask more units there.")
            % {"title": period.title or period, "days": range_words(period.first_day, period.last_day)},
        )
    return None


def _refuse_units(units: Iterable[int], *, at: datetime) -> frozenset[int]:
    keys, today = frozenset(units), timezone.localdate(at)
    if not keys:
        raise ActionRefused(_("Choose at least one unit."))
    known = dict(Province.objects.filter(pk__in=keys).in_bulk())
    gone = [str(unit) for unit in known.values() if not unit.exists_on(today)]
    if gone or len(known) < len(keys):
        named = ", ".join(gone) or _("an unknown unit")
        raise ActionRefused(
            ngettext(
                "Not in force on %(day)s: %(units)s. Ask the unit that carries it on.",
                "Not in force on %(day)s: %(units)s. Ask the units that carry them on.",
                len(gone),
            )
            % {"day": day_words(today), "units": named}
        )
    return keys


# --- What is made -------------------------------------------------------------------------


def _new_period(regime: Regime, asked: Request, *, is_demo: bool) -> Period:
    year = asked.last_day.year
    last = regime.periods.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    words = {"title_vi": asked.title_vi.strip(), "title_en": asked.title_en.strip()}
    said = {"asked_vi": asked.asked_vi.strip(), "asked_en": asked.asked_en.strip()}
    return Period.objects.create(
        regime=regime, year=year, number=last + 1, **words, **said, **asked.days,
        due_on=asked.due_on, government_due_on=asked.due_on, is_demo=is_demo,
    )  # fmt: skip


def _ask(period: Period, keys: frozenset[int], *, by: "User", post: Post, at: datetime) -> int:
    """Those asked already are left alone; those from whom it was withdrawn are asked again."""
    rows = {row.province_id: row for row in period.obligations.select_for_update().filter(province__in=keys)}
    asked = [row for row in rows.values() if row.closed_on]
    for row in asked:
        row.closed_on, row.closed_reason = None, ""
        row.save(update_fields=["closed_on", "closed_reason", "updated_at"])
    new = [
        Obligation(period=period, province_id=key, due_on=period.due_on, is_demo=period.is_demo)
        for key in sorted(keys - set(rows))
    ]
    asked += Obligation.objects.bulk_create(new)
    for row in Obligation.objects.filter(pk__in=[one.pk for one in asked]).select_related(
        "province", "period__regime"
    ):
        entry = write_down_audit(ASKED, row, by=by, at=at, detail={"post": post.title_vi})
        emails.asked_for(row, entry.pk, by=by, at=at)
    return len(asked)
