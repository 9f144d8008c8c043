"""The periods of a regime, opened by it or asked for once."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import range_words
from foundation.models import Record
from foundation.text import Bilingual

from .regimes import Regime, refuse_changes


class ReportingPeriodQuerySet(models.QuerySet):
    def periodic(self) -> Self:
        """Those a regime opens by itself, as against what was asked for once."""
        return self.filter(regime__kind=Regime.Kind.PERIODIC)

    def asked_for(self) -> Self:
        """Thematic and ad-hoc requests."""
        return self.exclude(regime__kind=Regime.Kind.PERIODIC)

    def yearly(self) -> Self:
        """The years of the programme: a report on a single theme makes none, however long it is."""
        return self.periodic().filter(regime__months=12)


class Period(Record):
    """One window of a regime. Its days are stored: a later change of the regime moves none of them.

    Of a thematic or ad-hoc regime each period is one request, with its own title and days.
    """

    regime = models.ForeignKey(Regime, models.PROTECT, related_name="periods", verbose_name=_("regime"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number in the year"), default=1)
    first_day = models.DateField(_("data from"))
    last_day = models.DateField(_("data to (inclusive)"))
    opens_on = models.DateField(_("reporting opens on"))
    due_on = models.DateField(_("due from provinces on"))
    government_due_on = models.DateField(_("due to the Government on"))
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=160, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=160, blank=True)
    asked_vi = models.TextField(_("what is asked (Vietnamese)"), blank=True)
    asked_en = models.TextField(_("what is asked (English)"), blank=True)

    objects = ReportingPeriodQuerySet.as_manager()
    history = HistoricalRecords()

    title = Bilingual()
    asked = Bilingual()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["-first_day", "regime"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "year", "number"], name="period_once_per_regime"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="period_ends_after_it_begins",
                violation_error_message=_("The last day must come after the first."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")),
                name="period_due_after_it_opens",
                violation_error_message=_("Reports are due after reporting opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        """Where the ministry sees who owes it."""
        if self.is_asked_for:
            return reverse("work:request", args=[self.pk])
        return f"{reverse('work:review_queue')}?period={self.pk}"

    def clean(self) -> None:
        """Approved values were added up under its year; a title tells what was asked for once."""
        super().clean()
        if self.pk and self.approvedvalues.exists():
            refuse_changes(self, "regime", "year")
        if not self.regime_id:
            return
        if self.is_asked_for and not self.title_vi:
            raise ValidationError({"title_vi": _("Give it a title: what is asked for.")})
        if self.title_vi and not self.is_asked_for:
            raise ValidationError({"title_vi": _("A periodic report is named by its period alone.")})
        if self.pk and self.submissions.exists():
            sentence = _("Reports were submitted under this title, so it stays as it is.")
            refuse_changes(self, "title_vi", "title_en", sentence=sentence)

    @property
    def is_asked_for(self) -> bool:
        """A thematic or ad-hoc request."""
        return self.regime.kind != Regime.Kind.PERIODIC

    @property
    def theme(self) -> int:
        """The regime of what was asked for once; none for periodic reports, which go on from each other."""
        return self.regime_id if self.is_asked_for else 0

    @property
    def year_words(self) -> str:
        """What a figure of it is headed with: the year, or the words of a request."""
        return self.words if self.is_asked_for else str(self.year)

    @property
    def words(self) -> str:
        """Year 2026 · Half-year 1, 2026 · Quarter 3, 2026 · Month 4, 2026 · “Plastic bags”, 1/1–30/6/2026."""
        if self.title_vi:
            days = range_words(self.first_day, self.last_day)
            return gettext("“%(title)s”, %(days)s") % {"title": self.title, "days": days}
        forms = {
            1: gettext("month %(number)s, %(year)s"),
            3: gettext("quarter %(number)s, %(year)s"),
            6: gettext("half-year %(number)s, %(year)s"),
            12: gettext("year %(year)s"),
        }
        return forms[self.regime.months] % {"number": self.number, "year": self.year}
