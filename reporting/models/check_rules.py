"""Check rules the ministry keeps, in columns instead of code; and the reasons provinces give against them."""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from foundation.models import AppendOnly, AppendOnlyQuerySet, Record
from foundation.text import Bilingual
from programmes.models import CarryOver, Indicator

from ..far_days import far_words, is_far
from ..questions import KIND_OF
from ..rule_fitting import PARAMETERS, Asked, faults_of_rule
from .forms import FormVersion
from .regimes import Regime
from .reports import StatusReport


class CheckRuleQuerySet(models.QuerySet):
    def in_force(self, on: date, regime: int) -> Self:
        """Those switched on by that day that look at reports of the regime."""
        return self.switched_on(on).filter(Q(regime__isnull=True) | Q(regime=regime))

    def switched_on(self, on: date) -> Self:
        """By that day, of whatever regime."""
        return self.filter(is_active=True, in_force_from__lte=on)


def limit_field(verbose_name: Any, **options: Any) -> models.DecimalField:
    return models.DecimalField(
        verbose_name, max_digits=18, decimal_places=4, null=True, blank=True, **options
    )


class CheckRule(Record):
    """One check: what it looks at, the test with its parameters, how severe, and what people are told."""

    class Scope(models.TextChoices):
        FIELD = "field", _("one field")
        SECTION = "section", _("every field of a section")
        KIND = "kind", _("every field of a kind")

    class Test(models.TextChoices):
        JUMP = "jump", _("jump against the period before")
        RANGE = "range", _("lies in a range")
        SUM = "sum", _("agrees with the sum of parts")
        ORDER = "order", _("does not exceed another number")
        NOTE = "note", _("needs a note")
        TEXT = "text", _("text agrees with a number")
        UNCHANGED = "unchanged", _("is not what it was in the period before")

    class Severity(models.TextChoices):
        BLOCKER = "blocker", _("blocker")
        ERROR = "error", _("error")
        WARNING = "warning", _("warning")
        NOTE = "note", pgettext_lazy("severity of a check", "note")

        @property
        def asks_for_reason(self) -> bool:
            return self in (type(self).ERROR, type(self).WARNING)

    class Part(models.TextChoices):
        OWN = "", _("its own number: share in per cent, count")
        NUMERATOR = "numerator", _("numerator")
        DENOMINATOR = "denominator", _("total")
        PLANNED = "planned", _("money planned")
        RECEIVED = "received", _("money received")
        SPENT = "spent", _("money spent")
        PERCENT = "percent", _("per cent done")
        CENTRAL = "spent_central", _("spent from the central budget")
        LOCAL = "spent_local", _("spent from the local budget")
        ENTERPRISE = "spent_enterprise", _("spent by enterprises")
        INTERNATIONAL = "spent_international", _("spent from international sources")
        OTHER = "spent_other", _("spent from other lawful sources")

    class Measure(models.TextChoices):
        PERCENT = "percent", _("per cent of the number before")
        POINTS = "points", _("points, for shares in per cent")

    class Direction(models.TextChoices):
        BOTH = "both", _("up and down")
        UP = "up", _("up")
        DOWN = "down", _("down")

    class Relation(models.TextChoices):
        EQUAL = "equal", _("the parts add up to it")
        AT_MOST = "at_most", _("the parts are not more than it")

    class Condition(models.TextChoices):
        NUMBER = "number", _("there is a number, or yes")
        ZERO = "zero", _("zero, or no")
        NOT_APPLICABLE = "not_applicable", _("not applicable")
        NOTHING = "nothing", _("zero, no, or not applicable")

    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9-]+\Z", _("Small letters, digits and dashes only."))],
        help_text=_("Stays as it is: submissions name the rule by it."),
    )
    regime = models.ForeignKey(
        Regime,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="check_rules",
        verbose_name=_("reporting regime"),
        help_text=_("Empty: all regimes."),
    )
    scope = models.CharField(_("looks at"), max_length=7, choices=Scope, default=Scope.FIELD)
    target = models.CharField(
        _("which"),
        max_length=80,
        help_text=_("Address of a field such as indicators.T3, key of a section such as money, or a kind: "
                    "ratio, number, yes_no, money, activity, text."),
    )  # fmt: skip
    test = models.CharField(_("kind of check"), max_length=9, choices=Test)
    part = models.CharField(_("number looked at"), max_length=19, choices=Part, blank=True, default="")
    measure = models.CharField(_("measured in"), max_length=7, choices=Measure, blank=True, default="")
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, blank=True, default="")
    threshold = limit_field(_("limit of the jump"), help_text=_("Found when the change is greater."))
    minimum = limit_field(_("at least"))
    maximum = limit_field(_("at most"))
    summands = models.TextField(
        _("parts that add up"),
        blank=True,
        help_text=_(
            "One a line: a field and its number, such as “activities.* spent_local”. {key} stands for the "
            "key of the field looked at."
        ),
    )
    relation = models.CharField(_("how they agree"), max_length=7, choices=Relation, blank=True, default="")
    tolerance = limit_field(_("tolerance, %"), help_text=_("Of the sum; empty: none."))
    other = models.CharField(
        _("other field"), max_length=80, blank=True, help_text=_("Its address; empty: the same field.")
    )
    other_part = models.CharField(
        _("number of the other field"), max_length=19, choices=Part, blank=True, default=""
    )
    condition = models.CharField(
        _("needs a note when"), max_length=14, choices=Condition, blank=True, default=""
    )
    aliases = models.TextField(
        _("names of the field in texts"),
        blank=True,
        help_text=_("One a line. A number counts only where it follows one of them in the same clause."),
    )
    severity = models.CharField(
        _("severity"),
        max_length=7,
        choices=Severity,
        default=Severity.WARNING,
        help_text=_(
            "Only a blocker stops submission. Errors and warnings ask for a reason, notes for nothing."
        ),
    )
    message_vi = models.CharField(_("what people are told (Vietnamese)"), max_length=300)
    message_en = models.CharField(_("what people are told (English)"), max_length=300, blank=True)
    instruction_vi = models.CharField(_("how to mend it (Vietnamese)"), max_length=500)
    instruction_en = models.CharField(_("how to mend it (English)"), max_length=500, blank=True)
    legal_reference_vi = models.CharField(_("legal reference (Vietnamese)"), max_length=300, blank=True)
    legal_reference_en = models.CharField(_("legal reference (English)"), max_length=300, blank=True)
    is_preset = models.BooleanField(
        _("preset of the portal"),
        default=False,
        editable=False,
        help_text=_("Its limits were set by the portal, not by the ministry or a legal text."),
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    is_active = models.BooleanField(_("switched on"), default=False)
    in_force_from = models.DateField(
        _("in force from"), null=True, blank=True, help_text=_("Drafts are checked by it from this day on.")
    )

    history = HistoricalRecords()
    objects = CheckRuleQuerySet.as_manager()

    message = Bilingual()
    instruction = Bilingual()
    legal_reference = Bilingual()

    # What makes it another check; switching it on or off does not.
    COLUMNS = (
        "regime", "scope", "target", "test", *PARAMETERS, "severity", "message_vi", "message_en",
        "instruction_vi", "instruction_en", "legal_reference_vi", "legal_reference_en",
    )  # fmt: skip

    class Meta:
        verbose_name = _("check rule")
        verbose_name_plural = _("check rules")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(in_force_from__isnull=False),
                name="check_rule_switched_on_from_a_day",
                violation_error_message=_(
                    "A rule is switched on from a day: write it under “in force from”."
                ),
            ),
            models.CheckConstraint(
                condition=Q(threshold__isnull=True) | Q(threshold__gt=0),
                name="check_rule_threshold_above_zero",
                violation_error_message=_("Write a limit above 0."),
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True)
                | Q(maximum__isnull=True)
                | Q(maximum__gte=models.F("minimum")),
                name="check_rule_range_in_order",
                violation_error_message=_("The most is not below the least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def get_absolute_url(self) -> str:
        return reverse("admin:reporting_checkrule_change", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        if self._is_only_switched_off():
            return
        faults: dict[str, Any] = dict(faults_of_rule(self, asked_now(self.regime_id)))
        if self.is_active and self.in_force_from is None:
            faults["in_force_from"] = _("A rule is switched on from a day. Write it.")
        if self.in_force_from and is_far(self.in_force_from, timezone.localdate()):
            faults["in_force_from"] = far_words(self.in_force_from)
        if faults:
            raise ValidationError(faults)

    def _is_only_switched_off(self) -> bool:
        """A rule that no longer fits the forms must still go off."""
        if self.is_active or self._state.adding:
            return False
        stored = CheckRule.objects.get(pk=self.pk)
        return stored.is_active and all(getattr(self, one) == getattr(stored, one) for one in self.COLUMNS)


def asked_now(regime_id: int | None = None) -> list[Asked]:
    """What the newest form of the regime, or of each, asks; two queries."""
    forms = FormVersion.objects.order_by("regime", "-number")
    if regime_id:
        forms = forms.filter(regime=regime_id)
    newest: dict[int, FormVersion] = {}
    for form in forms:
        newest.setdefault(form.regime_id, form)
    rules = dict(Indicator.objects.filter(is_numeric=True).values_list("code", "carry_over"))
    found = [
        one for form in newest.values() for raw in form.definition["sections"] for one in _asked(raw, rules)
    ]
    return list(dict.fromkeys(found))


def _asked(section: dict[str, Any], rules: dict[str, str]) -> list[Asked]:
    if section.get("from") == "plan_activities":
        return [Asked(section["key"], "*", "activity")]
    found = []
    for raw in section.get("questions", []):
        kind = str(raw["kind"])
        if kind == "indicator":
            if raw["key"] not in rules:
                continue
            kind = KIND_OF.get(CarryOver(rules[raw["key"]]), "number")
        found.append(Asked(section["key"], str(raw["key"]), kind))
    return found


class ReasonQuerySet(AppendOnlyQuerySet):
    def reword(self, pk: int, *, text: str, finding: dict[str, Any], at: datetime) -> "Justification":
        """The only change there is, of what was not sent yet; who may is the door's to say."""
        models.QuerySet.update(self.filter(pk=pk), text=text, finding=finding, at=at)
        return self.get(pk=pk)


class Justification(AppendOnly):
    """Why a value stays though a check found it. The newest counts, and only for the value it speaks of.

    Its writer may reword it until the report is sent; from then on not even the database changes it.
    """

    report = models.ForeignKey(
        StatusReport, models.PROTECT, related_name="justifications", verbose_name=_("status report")
    )
    rule = models.CharField(_("check rule"), max_length=40)
    address = models.CharField(_("field"), max_length=80)
    text = models.TextField(_("reason"), blank=True)  # empty: taken back
    finding = models.JSONField(_("what it was given for"))
    round = models.PositiveSmallIntegerField(_("rounds sent before it"), default=0)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    by_name = models.CharField(_("name"), max_length=200)
    post_title = models.CharField(_("post"), max_length=200, blank=True)

    objects: ClassVar[Any] = ReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason given for a check")
        verbose_name_plural = _("reasons given for checks")
        ordering = ["pk"]
        indexes = [models.Index(fields=["report", "rule", "address"], name="reasons_of_one_finding")]

    def __str__(self) -> str:
        return f"{self.rule}, {self.address}: {self.text[:60]}"
