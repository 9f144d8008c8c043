"""Who held an event, and its sessions, themes, speakers, papers, statements, outcomes and photos."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from foundation.dates import PartialDateField
from foundation.models import StoredFile
from foundation.text import Bilingual, Text

from ..countries import check_country_codes, country_name
from .event import Event


class Part(models.Model):
    """A row that belongs to one event and stands at its place in it."""

    position = models.PositiveSmallIntegerField(_("order"), default=1)

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class EventOrganiser(models.Model):
    """A body that held the event; one outside the register is kept by its name alone."""

    class Role(models.TextChoices):
        HOST = "host", _("organiser")
        CO_HOST = "co-host", _("co-organiser")
        SUPPORTER = "supporter", _("supporter")

    event = models.ForeignKey(Event, models.CASCADE, related_name="organisers", verbose_name=_("event"))
    organisation = models.ForeignKey(
        "programmes.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events_organised",
        verbose_name=_("organisation"),
    )
    printed_name_vi = models.CharField(_("name as printed (Vietnamese)"), max_length=200, blank=True)
    printed_name_en = models.CharField(_("name as printed (English)"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.HOST)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    history = HistoricalRecords()
    name = Bilingual()

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "organisation"], name="event_organiser_once"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(printed_name_vi=""),
                name="event_organiser_has_a_name",
                violation_error_message=_("Choose the organisation or write its name."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name_vi(self) -> str:
        return self.printed_name_vi or (self.organisation.name_vi if self.organisation else "")

    @property
    def name_en(self) -> str:
        return self.printed_name_en or (self.organisation.name_en if self.organisation else "")


class Session(Part):
    class Kind(models.TextChoices):
        PLENARY = "plenary", _("plenary")
        WORKSHOP = "workshop", _("technical workshop")
        DAY = "day", _("day of the programme")

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PLENARY)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    on = PartialDateField(_("day"))
    begins = models.TimeField(_("begins"), null=True, blank=True)
    ends = models.TimeField(_("ends"), null=True, blank=True)
    room = models.CharField(pgettext_lazy("event", "room"), max_length=120, blank=True)
    chair = models.ForeignKey(
        "programmes.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions_chaired",
        verbose_name=_("chaired by (organisation)"),
    )
    chair_person = models.ForeignKey(
        "programmes.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions_chaired",
        verbose_name=_("chaired by (person)"),
    )

    title = Bilingual()

    class Meta(Part.Meta):
        verbose_name = pgettext_lazy("event", "session")
        verbose_name_plural = pgettext_lazy("event", "sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=models.F("begins")),
                name="session_ends_after_it_begins",
                violation_error_message=_("A session ends after it begins."),
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class Theme(Part):
    event = models.ForeignKey(Event, models.CASCADE, related_name="themes", verbose_name=_("event"))
    session = models.ForeignKey(
        Session,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="themes",
        verbose_name=pgettext_lazy("event", "session"),
    )
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)

    title = Bilingual()

    class Meta(Part.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return str(self.title)


class Speaker(Part):
    """A person with the role held that day, as printed then."""

    class Took(models.TextChoices):
        OPENED = "opened", _("opened the event")
        SPOKE = "spoke", _("spoke")
        PRESENTED = "presented", _("presented a paper")

    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers", verbose_name=_("event"))
    person = models.ForeignKey(
        "programmes.Person", models.PROTECT, related_name="appearances", verbose_name=_("person")
    )
    took = models.CharField(_("part taken"), max_length=10, choices=Took, default=Took.SPOKE)
    role_vi = models.CharField(_("role held that day (Vietnamese)"), max_length=200, blank=True)
    role_en = models.CharField(_("role held that day (English)"), max_length=200, blank=True)
    printed_name = models.CharField(
        _("name as printed"),
        max_length=120,
        blank=True,
        help_text=_("Only where the source spells it otherwise."),
    )

    role = Bilingual()

    class Meta(Part.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="speaker_once_per_event")]

    def __str__(self) -> str:
        return str(self.person)


class Paper(Part):
    """A contribution. Title and file may be missing in the source, and then the page says so."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="papers", verbose_name=_("event"))
    session = models.ForeignKey(
        Session,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=pgettext_lazy("event", "session"),
    )
    speaker = models.ForeignKey(
        Speaker, models.SET_NULL, null=True, blank=True, related_name="papers", verbose_name=_("speaker")
    )
    organisation = models.ForeignKey(
        "programmes.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("organisation"),
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, validators=[check_country_codes], help_text="KH, IN, NP"
    )
    title_vi = models.CharField(
        _("title (Vietnamese)"), max_length=300, blank=True, help_text=_("Empty: not in the source.")
    )
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    about_vi = models.CharField(_("what it is about (Vietnamese)"), max_length=300, blank=True)
    about_en = models.CharField(_("what it is about (English)"), max_length=300, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="papers", verbose_name=_("themes"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )

    title = Bilingual()
    about = Bilingual()

    class Meta(Part.Meta):
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker__isnull=False) | Q(organisation__isnull=False) | ~Q(country=""),
                name="paper_comes_from_somebody",
                violation_error_message=_("Say whose paper it is: a speaker, an organisation or a country."),
            )
        ]

    def __str__(self) -> str:
        return str(self.title or self.giver)

    def clean(self) -> None:
        for name in ("session", "speaker"):
            other = getattr(self, name)
            if other and other.event_id != self.event_id:
                raise ValidationError({name: _("Choose one of the same event.")})

    @property
    def giver(self) -> str | Text:
        if self.organisation:
            return self.organisation.name
        return str(self.speaker) if self.speaker else self.country_name

    @property
    def country_name(self) -> str:
        return country_name(self.country) if self.country else ""


class Statement(Part):
    """What somebody said, in the portal's own words; quotes stay in the source."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="statements", verbose_name=_("event"))
    speaker = models.ForeignKey(
        Speaker, models.SET_NULL, null=True, blank=True, related_name="statements", verbose_name=_("speaker")
    )
    summary_vi = models.TextField(_("in our own words (Vietnamese)"))
    summary_en = models.TextField(_("in our own words (English)"), blank=True)

    summary = Bilingual()

    class Meta(Part.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return str(self.summary)[:80]


class Outcome(Part):
    event = models.ForeignKey(Event, models.CASCADE, related_name="outcomes", verbose_name=_("event"))
    text_vi = models.CharField(_("text (Vietnamese)"), max_length=400)
    text_en = models.CharField(_("text (English)"), max_length=400, blank=True)

    text = Bilingual()

    class Meta(Part.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self) -> str:
        return str(self.text)


class Photo(Part):
    """A picture with what it shows, who took it and whether it only illustrates."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="photos", verbose_name=_("event"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("picture"))
    caption_vi = models.CharField(_("caption (Vietnamese)"), max_length=300)
    caption_en = models.CharField(_("caption (English)"), max_length=300, blank=True)
    alt_vi = models.CharField(_("what the picture shows (Vietnamese)"), max_length=250)
    alt_en = models.CharField(_("what the picture shows (English)"), max_length=250, blank=True)
    credit = models.CharField(pgettext_lazy("photo", "credit"), max_length=160, blank=True)
    rights = models.CharField(_("rights"), max_length=200, blank=True)
    is_illustration = models.BooleanField(_("only illustrates"), default=False)

    caption = Bilingual()
    alt = Bilingual()

    class Meta(Part.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self) -> str:
        return str(self.caption)
