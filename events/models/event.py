"""A meeting or campaign as the record knows it."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from babel.dates import format_date
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.amounts import Qualified, qualifier_field
from foundation.dates import PartialDate, PartialDateField, range_words
from foundation.models import Publishable, Record
from foundation.searching import Hit, Searchable
from foundation.text import Bilingual, Text

from ..countries import check_country_codes, country_name
from .finding import EventQuerySet
from .kinds import Kind, Status
from .series import EventSeries


class Event(Searchable, Publishable, Record):
    """One meeting or campaign. Place and province are those of the day it was held."""

    class Stated(models.TextChoices):
        """What the source says where the dates cannot tell."""

        BY_DATES = "", _("follows from the dates")
        PLANNED = "planned", pgettext_lazy("event", "planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", pgettext_lazy("event", "cancelled")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    series = models.ForeignKey(
        EventSeries, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("series")
    )
    ordinal = models.PositiveSmallIntegerField(
        _("number in the series"), null=True, blank=True, help_text=_("6 for the sixth roundtable.")
    )
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    short_title_vi = models.CharField(_("short title (Vietnamese)"), max_length=120, blank=True)
    short_title_en = models.CharField(_("short title (English)"), max_length=120, blank=True)
    starts = PartialDateField(_("first day"))
    ends = PartialDateField(_("last day"), help_text=_("Empty when it lasts one day."))
    place_vi = models.CharField(_("place as it was called then (Vietnamese)"), max_length=200, blank=True)
    place_en = models.CharField(_("place as it was called then (English)"), max_length=200, blank=True)
    province = models.ForeignKey(
        "provinces.Province",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("province as it was then"),
    )
    delegates_number = models.PositiveIntegerField(_("people who took part"), null=True, blank=True)
    delegates_qualifier = qualifier_field(_("how sure (people)"))
    countries_number = models.PositiveSmallIntegerField(_("countries"), null=True, blank=True)
    countries_qualifier = qualifier_field(_("how sure (countries)"))
    country_codes = models.CharField(
        _("countries named"),
        max_length=300,
        blank=True,
        validators=[check_country_codes],
        help_text=_("Two-letter codes with blanks between them: KH IN NP."),
    )
    message_vi = models.CharField(_("message (Vietnamese)"), max_length=200, blank=True)
    message_en = models.CharField(_("message (English)"), max_length=200, blank=True)
    content_vi = models.TextField(_("content (Vietnamese)"), blank=True)
    content_en = models.TextField(_("content (English)"), blank=True)
    papers_note_vi = models.CharField(_("note on the papers (Vietnamese)"), max_length=300, blank=True)
    papers_note_en = models.CharField(_("note on the papers (English)"), max_length=300, blank=True)
    outcomes_note_vi = models.CharField(_("note on the outcomes (Vietnamese)"), max_length=300, blank=True)
    outcomes_note_en = models.CharField(_("note on the outcomes (English)"), max_length=300, blank=True)
    source_note_vi = models.CharField(_("doubt about the source (Vietnamese)"), max_length=300, blank=True)
    source_note_en = models.CharField(_("doubt about the source (English)"), max_length=300, blank=True)
    sessions_stated = models.PositiveSmallIntegerField(_("sessions the source counts"), null=True, blank=True)
    quotes_stated = models.PositiveSmallIntegerField(_("quotes in the source"), null=True, blank=True)
    instrument_number = models.CharField(_("instrument: number"), max_length=60, blank=True)
    instrument_issuer = models.CharField(_("instrument: issuer"), max_length=160, blank=True)
    instrument_date = PartialDateField(_("instrument: date"))
    instrument_url = models.CharField(_("instrument: address"), max_length=300, blank=True)
    instrument_note_vi = models.CharField(
        _("instrument: its part here (Vietnamese)"), max_length=300, blank=True
    )
    instrument_note_en = models.CharField(
        _("instrument: its part here (English)"), max_length=300, blank=True
    )
    stated_status = models.CharField(
        _("status"), max_length=10, choices=Stated, blank=True, default=Stated.BY_DATES
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("reason of cancelling"), max_length=300, blank=True, editable=False)
    quota = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: as many as come.")
    )
    TURNS = (*Publishable.TURNS, "registration_opens_at", "registration_closes_at")

    registration_opens_at = models.DateTimeField(
        _("registration opens"), null=True, blank=True, help_text=_("Empty: no registration here.")
    )
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    shows_participants = models.BooleanField(
        _("publish the list of participants"),
        default=False,
        help_text=_("Only those who agreed are ever named."),
    )

    seats_taken: int  # carried by ``with_seats``
    waiting: int
    year: str  # carried by ``dated``

    objects: ClassVar[Any] = EventQuerySet.as_manager()
    history = HistoricalRecords()

    title = Bilingual()
    short_title = Bilingual()
    place = Bilingual()
    message = Bilingual()
    content = Bilingual()
    papers_note = Bilingual()
    outcomes_note = Bilingual()
    source_note = Bilingual()
    instrument_note = Bilingual()
    delegates = Qualified()
    countries = Qualified()

    search_title_columns = ("title", "short_title", "instrument_number")
    search_columns = ("place", "message", "content")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["series", "ordinal"],
                name="event_number_in_its_series_is_unique",
                violation_error_message=_("Another event of the series has this number."),
            ),
            models.CheckConstraint(
                condition=Q(ordinal__isnull=True) | Q(ordinal__gt=0, series__isnull=False),
                name="event_number_needs_a_series",
                violation_error_message=_("A number in the series needs its series."),
            ),
            models.CheckConstraint(
                condition=Q(ends="") | Q(ends__gte=F("starts")),
                name="event_ends_after_it_starts",
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(quota__isnull=True) | Q(quota__gt=0),
                name="event_quota_is_positive",
                violation_error_message=_("Give at least one seat, or leave the seats empty."),
            ),
            models.CheckConstraint(
                condition=Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="event_registration_closes_after_it_opens",
                violation_error_message=_("Registration closes after it opens, not before."),
            ),
            models.CheckConstraint(
                condition=Q(stated_status="cancelled", cancelled_at__isnull=False)
                | (~Q(stated_status="cancelled") & Q(cancelled_at__isnull=True)),
                name="event_cancelled_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.slug])

    def clean(self) -> None:
        if self.starts and not self.starts.year and not self.stated_status:
            raise ValidationError(
                {"stated_status": _("Without a year the dates cannot tell: choose the status.")}
            )
        if self.ends and not self.starts:
            raise ValidationError({"starts": _("A last day needs its first day.")})
        if self.instrument_url and not self.instrument_url.startswith(("https://", "http://")):
            raise ValidationError({"instrument_url": _("Begin with https://.")})
        if self.registration_opens_at and not (self.starts and self.starts.exact):
            raise ValidationError(
                {"starts": _("People can register only when the first day is known exactly.")}
            )

    @property
    def name(self) -> Text:
        """The short title where there is one."""
        return self.short_title or self.title

    @property
    def dates(self) -> str:
        return range_words(self.starts, self.ends)

    @property
    def weekday(self) -> str:
        """Thursday; nothing when it lasts longer or the day is not known exactly."""
        if not self.span or self.span[0] != self.span[1]:
            return ""
        return format_date(self.span[0], "EEEE", locale=(get_language() or "vi")[:2])

    @property
    def crowd(self) -> str:
        """What those who took part are called."""
        names = {Kind.RACE: gettext("Runners"), Kind.CAMPAIGN: pgettext("event", "Participants")}
        return names.get(Kind(self.kind), gettext("Delegates"))

    @property
    def where(self) -> str:
        """What the place is called: people meet at one, and run or campaign at another."""
        is_meeting = self.kind not in (Kind.RACE, Kind.CAMPAIGN)
        return pgettext("event", "Meeting place") if is_meeting else pgettext("event", "Place")

    @property
    def last_day(self) -> PartialDate | None:
        return self.ends or self.starts

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day when both are known exactly; a calendar needs no less."""
        if not self.starts or not self.last_day:
            return None
        first, last = self.starts.exact, self.last_day.exact
        return (first, last) if first and last else None

    @property
    def is_cancelled(self) -> bool:
        return self.stated_status == self.Stated.CANCELLED

    def status_at(self, at: datetime) -> Status:
        """What the dates say, and what the source says where they cannot."""
        if self.is_cancelled:
            return Status.CANCELLED
        if not self.span:
            return self._status_of_a_vague_date(timezone.localdate(at))
        first, last = self.span
        today = timezone.localdate(at)
        if last < today:
            return Status.HELD
        if first <= today:
            return Status.UNDER_WAY
        return Status.OPEN if self.takes_registrations(at) else Status.PLANNED

    def _status_of_a_vague_date(self, today: date) -> Status:
        if self.stated_status:
            return Status(self.stated_status)
        known = str(self.last_day or "")
        return Status.HELD if known and known < today.isoformat()[: len(known)] else Status.PLANNED

    @cached_property
    def status(self) -> Status:
        return self.status_at(timezone.now())

    def begins_at(self) -> datetime | None:
        """Midnight of the first day in Viet Nam, the last moment at which seats change hands."""
        if not self.span:
            return None
        first = self.span[0]
        return timezone.make_aware(datetime(first.year, first.month, first.day))  # noqa: DTZ001 -- made aware here

    def takes_registrations(self, at: datetime) -> bool:
        opens, begins = self.registration_opens_at, self.begins_at()
        if opens is None or begins is None or self.is_cancelled:
            return False
        closes = min(self.registration_closes_at or begins, begins)
        return opens <= at < closes

    @property
    def seats_left(self) -> int | None:
        """Needs ``with_seats``. ``None`` when there is no limit."""
        return None if self.quota is None else max(0, self.quota - self.seats_taken)

    @property
    def is_full(self) -> bool:
        return self.seats_left == 0

    def is_ahead(self, at: datetime) -> bool:
        begins = self.begins_at()
        return begins is not None and at < begins and not self.is_cancelled

    @property
    def registration_is_to_come(self) -> bool:
        return self.registration_opens_at is not None and self.registration_opens_at > timezone.now()

    @property
    def general_themes(self) -> list[models.Model]:
        """The themes that belong to no session of their own."""
        return [theme for theme in self.themes.all() if theme.session_id is None]

    @property
    def named_countries(self) -> list[str]:
        return [country_name(code) for code in self.country_codes.split()]

    @property
    def day_after(self) -> date | None:
        """The first day on which it is over, as calendars count."""
        return self.span[1] + timedelta(days=1) if self.span else None

    def search_text(self) -> str:
        words = [self.province.name_vi, self.province.name_en] if self.province else []
        for organiser in self.organisers.select_related("organisation"):
            words += [organiser.name_vi, organiser.name_en]
        words += [word for theme in self.themes.all() for word in (theme.title_vi, theme.title_en)]
        words += [str(speaker.person) for speaker in self.speakers.select_related("person")]
        return " \n ".join([super().search_text(), *words])

    @property
    def search_hit(self) -> Hit:
        return Hit(
            title=self.title,
            url=self.get_absolute_url(),
            summary=self.content,
            kind=self.get_kind_display(),
            date=self.starts,
            note=str(self.place),
        )
