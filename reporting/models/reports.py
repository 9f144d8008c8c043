"""A unit's report on a period, and its answers: typed columns, so that the database can refuse nonsense."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.models import AppendOnly, Record
from programmes.models import Indicator
from provinces.models import ActivityBudget, PlanActivity, Province

from ..number_parts import AMOUNTS, SPENT
from ..questions import Question, Section, questions_of, sections_of
from ..rights import speaks_for, units_of
from ..totals import opened_with, parts_of
from ..workflow import WITH_PROVINCE, State
from .forms import FormVersion
from .obligations import Obligation
from .periods import Period

if TYPE_CHECKING:
    from accounts.models import Post


class StatusReportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """A province sees its own and what it inherited; the ministry what was ever submitted."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(obligation__province__in=units_of(user))
        if user.works_for_ministry:
            seen |= Q(round__gt=0)
        return self.filter(seen)

    def with_unit(self) -> Self:
        return self.select_related("obligation__province", "obligation__period__regime", "form")


class StatusReport(Record):
    """The report an obligation asks for. ``state`` moves in ``actions`` alone."""

    obligation = models.OneToOneField(
        Obligation, models.PROTECT, related_name="report", verbose_name=_("obligation")
    )
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="reports", verbose_name=_("form"))
    definition = models.JSONField(_("the form as it was asked"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, db_index=True)
    state_since = models.DateTimeField(_("in this state since"))
    round = models.PositiveSmallIntegerField(_("rounds submitted"), default=0)
    version = models.PositiveIntegerField(_("version"), default=0)  # grows with every accepted change
    sign_off = models.OneToOneField(  # the run through the province's own chain that is under way
        "SignOff", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("sign-off")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports_held",
        verbose_name=_("looked at by"),
    )
    reviewer_since = models.DateTimeField(_("looked at since"), null=True, blank=True)

    objects = StatusReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("status report")
        verbose_name_plural = _("status reports")
        ordering = ["-obligation__period__first_day", "obligation__province__code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, round=0) | ~Q(state=State.DRAFT) & Q(round__gt=0),
                name="report_is_a_draft_until_submitted",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True, reviewer_since__isnull=True)
                | Q(reviewer__isnull=False, reviewer_since__isnull=False),
                name="report_looked_at_since_a_moment",
                violation_error_message=_("Say since when the report is looked at."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(unit)s, report on %(period)s") % {"unit": self.province, "period": self.period}

    def get_absolute_url(self) -> str:
        return reverse("work:report", args=[self.pk])

    @property
    def province(self) -> Province:
        return self.obligation.province

    @property
    def period(self) -> Period:
        return self.obligation.period

    @cached_property
    def sections(self) -> list[Section]:
        return sections_of(self.definition)

    @cached_property
    def questions(self) -> dict[str, Question]:
        return questions_of(self.definition)

    @property
    def is_with_province(self) -> bool:
        return self.state in WITH_PROVINCE

    def answers_to(self, post: "Post") -> bool:
        """Whether a holder of this post speaks for the unit that reports."""
        own = self.obligation
        return post.province_id == own.province_id or speaks_for(post, own.answered_by_id or own.province_id)

    def handed_out(self) -> dict[str, int]:
        """By section, the post that fills it in now: handed out and not handed back."""
        given = self.tasks.filter(handed_back_at__isnull=True, closed_at__isnull=True)
        return dict(given.order_by("pk").values_list("section", "post"))

    def open_addresses(self) -> frozenset[str]:
        """The fields that may be changed now: all of a draft; of a return what is flagged, and its totals."""
        if self.state == State.DRAFT:
            return frozenset(self.questions)
        if self.state == State.RETURNED:
            sent = self.remarks.filter(round=self.round, sent_at__isnull=False)
            flagged = set(sent.values_list("address", flat=True))
            return frozenset(flagged | set(opened_with(parts_of(self.definition), flagged)))
        return frozenset()


class Emptiness(models.TextChoices):
    """Why a number is or is not there. None of these but ``ZERO`` counts as zero."""

    NOT_ANSWERED = "", _("not answered")
    NUMBER = "number", _("a number")
    ZERO = "zero", _("zero")
    NOT_APPLICABLE = "not_applicable", _("not applicable")
    NOT_YET = "not_yet", _("not yet available")
    WITHHELD = "withheld", _("withheld")


COUNTS = (Emptiness.NUMBER, Emptiness.ZERO)
NEEDS_REASON = (Emptiness.NOT_APPLICABLE, Emptiness.NOT_YET, Emptiness.WITHHELD)


MoneySource = ActivityBudget.Source  # plans and reports count money by the same sources


def money_field(verbose_name: Any) -> models.DecimalField:
    """An amount in million đồng."""
    return models.DecimalField(verbose_name, max_digits=16, decimal_places=3, null=True, blank=True)


def number_field(verbose_name: Any) -> models.DecimalField:
    return models.DecimalField(verbose_name, max_digits=18, decimal_places=4, null=True, blank=True)


def not_negative(*names: str) -> Q:
    bound = Q()
    for name in names:
        bound &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0})
    return bound


def parts_in_order() -> Q:
    return Q(numerator__isnull=True) | Q(denominator__isnull=True) | Q(numerator__lte=F("denominator"))


class Answer(models.Model):
    """One answer of a report, at its address. ``VALUES`` name the columns that make up the value."""

    VALUES: ClassVar[tuple[str, ...]] = ()

    report = models.ForeignKey(StatusReport, models.CASCADE, related_name="%(class)ss")
    address = models.CharField(_("field"), max_length=80)
    version = models.PositiveIntegerField(default=0)  # the report's version that last changed it

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.address

    @classmethod
    def keep(cls, rows: "list[Self]") -> None:
        """Write new and changed rows in one statement; the report's row is held, so nobody writes between."""
        cls._default_manager.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["report", "address"],
            update_fields=[*cls.VALUES, "version"],
        )

    def as_json(self) -> dict[str, Any]:
        """The value in the form snapshots and changes keep: numbers and dates as text."""
        return {name: plain(getattr(self, name)) for name in self.VALUES}

    def take(self, value: dict[str, Any]) -> None:
        for name in self.VALUES:
            field: Any = self._meta.get_field(name)
            given = value.get(name)
            if given is None and not field.null:
                given = field.get_default()
            setattr(self, name, field.to_python(given))


def plain(value: Any) -> Any:
    """A column as canonical JSON has it: “12.5”, “2026-03-01”, text, whole numbers, or ``None``."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


class TextAnswer(Answer):
    VALUES = ("text",)

    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "address"], name="text_answer_once")]


class IndicatorAnswer(Answer):
    """A claim: a number, or numerator and denominator, or the reason why there is none."""

    VALUES = ("emptiness", "value", "numerator", "denominator", "reason", "expected_on", "note")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="answers")
    emptiness = models.CharField(max_length=14, choices=Emptiness, blank=True, default="")
    value = number_field(_("value"))
    numerator = number_field(_("numerator"))
    denominator = number_field(_("denominator"))
    reason = models.TextField(blank=True)
    expected_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "address"], name="indicator_answer_once"),
            models.CheckConstraint(
                condition=not_negative("value", "numerator", "denominator"),
                name="indicator_answer_not_negative",
            ),
            models.CheckConstraint(condition=parts_in_order(), name="indicator_answer_parts_in_order"),
        ]


class MoneyAnswer(Answer):
    """Planned, received and spent of one source in the period, in million đồng."""

    VALUES = ("emptiness", *AMOUNTS, "reason", "note")

    source = models.CharField(max_length=15, choices=MoneySource)
    emptiness = models.CharField(max_length=14, choices=Emptiness, blank=True, default="")
    planned = money_field(_("money planned"))
    received = money_field(_("money received"))
    spent = money_field(_("money spent"))
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "address"], name="money_answer_once"),
            models.CheckConstraint(condition=not_negative(*AMOUNTS), name="money_answer_not_negative"),
        ]


class ActivityAnswer(Answer):
    """Where an activity of the province's plan stands."""

    class Progress(models.TextChoices):
        NOT_STARTED = "not_started", _("not started")
        DOING = "doing", _("under way")
        DONE = "done", _("done")
        PAUSED = "paused", _("paused")
        DROPPED = "dropped", _("dropped")

    VALUES = ("progress", "percent", "started_on", "finished_on", *SPENT, "result", "difficulty")

    activity = models.ForeignKey(PlanActivity, models.PROTECT, related_name="answers")
    progress = models.CharField(max_length=11, choices=Progress, blank=True, default="")
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    spent_central = money_field(_("spent from the central budget"))
    spent_local = money_field(_("spent from the local budget"))
    spent_enterprise = money_field(_("spent by enterprises"))
    spent_international = money_field(_("spent from international sources"))
    spent_other = money_field(_("spent from other lawful sources"))
    result = models.TextField(blank=True)
    difficulty = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "address"], name="activity_answer_once"),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="activity_answer_percent"
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(finished_on__isnull=True)
                | Q(finished_on__gte=F("started_on")),
                name="activity_answer_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=not_negative(
                    "spent_central", "spent_local", "spent_enterprise", "spent_international", "spent_other"
                ),
                name="activity_answer_not_negative",
            ),
        ]


class AnswerChange(AppendOnly):
    """One accepted change of one answer. What stood before is what a stale form is merged against."""

    report = models.ForeignKey(StatusReport, models.PROTECT, related_name="changes")
    address = models.CharField(_("field"), max_length=80)
    version = models.PositiveIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField()
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("change of an answer")
        verbose_name_plural = _("changes of answers")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "version", "address"], name="answer_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.address}, {self.version}"
