"""Courses held in provinces, who took part, and the counts others reported."""

from datetime import date, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from foundation.amounts import Qualified, qualifier_field
from foundation.dates import PartialDate, PartialDateField, range_words
from foundation.models import Publishable, PublishableQuerySet, Record
from foundation.searching import Hit, Searchable
from foundation.text import Bilingual
from provinces.models import Province

from .curricula import Curriculum, Level, Topic


class Sex(models.TextChoices):
    FEMALE = "female", _("women")
    MALE = "male", _("men")
    UNKNOWN = "", _("sex not recorded")


class OrganisationKind(models.TextChoices):
    STATE = "state", _("state bodies")
    COMPANY = "company", _("companies")
    ASSOCIATION = "association", _("associations")
    SCHOOL = "school", _("schools and institutes")
    OTHER = "other", _("others")
    UNKNOWN = "", _("kind of organisation not recorded")


class Stage(models.TextChoices):
    """How far people came."""

    REGISTERED = "registered", _("registered")
    ATTENDED = "attended", _("attended")
    CERTIFIED = "certified", _("certified")


class CourseQuerySet(PublishableQuerySet):
    def to_come(self) -> Self:
        return self.filter(status__in=[Course.Status.PLANNED, Course.Status.OPEN]).order_by("begins_on", "pk")

    def past(self) -> Self:
        return self.filter(status__in=[Course.Status.HELD, Course.Status.CANCELLED])

    def with_year(self) -> Self:
        return self.annotate(first_year=Substr("begins_on", 1, 4, output_field=models.CharField()))

    def with_links(self) -> Self:
        """What every line about a course prints."""
        return self.select_related("province", "level", "curriculum", "organiser").prefetch_related("topics")


class Course(Searchable, Record, Publishable):
    """One run, filed for ever under the unit that was its province then."""

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("course", "planned")
        OPEN = "open", _("open for registration")
        HELD = "held", pgettext_lazy("course", "held")
        CANCELLED = "cancelled", pgettext_lazy("course", "cancelled")

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    curriculum = models.ForeignKey(
        Curriculum, models.PROTECT, related_name="courses", verbose_name=_("curriculum")
    )
    level = models.ForeignKey(Level, models.PROTECT, related_name="courses", verbose_name=_("level"))
    topics = models.ManyToManyField(Topic, blank=True, related_name="courses", verbose_name=_("topics"))
    province = models.ForeignKey(
        Province, models.PROTECT, related_name="courses", verbose_name=_("province as it was then")
    )
    place_vi = models.CharField(_("place (Vietnamese)"), max_length=200, blank=True)
    place_en = models.CharField(_("place (English)"), max_length=200, blank=True)
    begins_on = PartialDateField(_("begins on"))
    ends_on = PartialDateField(_("ends on"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    cancelled_because_vi = models.CharField(_("why cancelled (Vietnamese)"), max_length=250, blank=True)
    cancelled_because_en = models.CharField(_("why cancelled (English)"), max_length=250, blank=True)
    organiser = models.ForeignKey(
        "programmes.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name=_("organiser"),
    )
    trainers = models.ManyToManyField(
        "training.Expert", blank=True, related_name="courses_taught", verbose_name=_("trainers")
    )
    seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    how_to_join_vi = models.CharField(_("how to join (Vietnamese)"), max_length=300, blank=True)
    how_to_join_en = models.CharField(_("how to join (English)"), max_length=300, blank=True)
    evaluation_vi = models.TextField(_("evaluation (Vietnamese)"), blank=True)
    evaluation_en = models.TextField(_("evaluation (English)"), blank=True)
    signer = models.CharField(
        _("certificates signed by"), max_length=120, blank=True, help_text=_("The name as it is printed.")
    )
    signer_post_vi = models.CharField(_("signer's post (Vietnamese)"), max_length=160, blank=True)
    signer_post_en = models.CharField(_("signer's post (English)"), max_length=160, blank=True)

    objects = CourseQuerySet.as_manager()  # type: ignore[misc]
    history = HistoricalRecords()

    title = Bilingual()
    place = Bilingual()
    cancelled_because = Bilingual()
    how_to_join = Bilingual()
    evaluation = Bilingual()
    signer_post = Bilingual()

    class Meta(Publishable.Meta):
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["-begins_on", "title_vi"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(cancelled_because_vi=""),
                name="course_cancelled_with_a_reason",
                violation_error_message=_("Say in Vietnamese why the course was cancelled."),
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gt=0), name="course_has_seats_or_none"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("training:course_detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.begins_on and self.ends_on and _comes_before(self.ends_on, self.begins_on):
            raise ValidationError({"ends_on": _("The last day comes before the first.")})
        if self.province_id and not _existed_during(self.province, self.begins_on):
            raise ValidationError(
                {
                    "province": _("%(unit)s was not a unit on %(day)s. Choose the unit that was there then.")
                    % {"unit": self.province, "day": self.begins_on.words()}
                }
            )

    @property
    def dates(self) -> str:
        return range_words(self.begins_on, self.ends_on)

    @property
    def year(self) -> int | None:
        return self.begins_on.year if self.begins_on else None

    @classmethod
    def searchable_by(cls, user: Any) -> models.QuerySet["Course"]:
        return cls.objects.visible_to(user).select_related("province", "level")

    def search_text(self) -> str:
        texts = [self.place_vi, self.place_en, self.province.name_vi, self.province.name_en]
        texts += [self.level.name_vi, self.level.name_en, self.organiser.name_vi if self.organiser else ""]
        if self.pk:
            texts += [name for names in self.topics.values_list("name_vi", "name_en") for name in names]
        return " \n ".join(texts)

    @property
    def search_hit(self) -> Hit:
        return Hit(
            title=self.title,
            url=self.get_absolute_url(),
            summary=self.place,
            kind=str(self._meta.verbose_name),
            date=self.begins_on,
            note=f"{self.province.name} · {self.level.name}",
        )


def _comes_before(one: PartialDate, other: PartialDate) -> bool:
    """As far as both are known: 5/2026 does not come before 12/5/2026."""
    known = min(len(str(one)), len(str(other)))
    return str(one)[:known] < str(other)[:known]


def _existed_during(unit: Province, when: PartialDate | None) -> bool:
    """Whether the unit existed on any day the date can mean."""
    if not when or when.first_day is None:  # what could not be read is empty text, and refused elsewhere
        return True
    first, last = when.first_day, _last_day(when)
    return unit.valid_from <= last and (unit.valid_to is None or first < unit.valid_to)


def _last_day(when: PartialDate) -> date:
    assert when.year
    if when.exact:
        return when.exact
    if when.month and when.month < 12:
        return date(when.year, when.month + 1, 1) - timedelta(days=1)
    return date(when.year, 12, 31)


class Participant(Record):
    """One line of a course's list. No number, address or birthday of a person is kept."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="participants", verbose_name=_("course"))
    list_number = models.PositiveSmallIntegerField(_("number in the list"), validators=[MinValueValidator(1)])
    name = models.CharField(_("full name"), max_length=120)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True, default="")
    organisation_kind = models.CharField(
        _("kind of organisation"), max_length=11, choices=OrganisationKind, blank=True, default=""
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    has_attended = models.BooleanField(_("attended"), default=False)
    name_consent_on = models.DateField(
        _("agreed to show the name on"),
        null=True,
        blank=True,
        help_text=_("Without it the public check of the certificate shows initials only."),
    )
    name_consent_withdrawn_on = models.DateField(_("consent withdrawn on"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["course", "list_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "list_number"],
                name="participant_number_once",
                violation_error_message=_("Another line of this course's list has this number."),
            ),
            models.CheckConstraint(
                condition=Q(name_consent_withdrawn_on__isnull=True)
                | Q(name_consent_withdrawn_on__gte=models.F("name_consent_on")),
                name="participant_consent_withdrawn_after_given",
                violation_error_message=_("A consent is withdrawn after it was given, not before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_number}. {self.name}"

    @property
    def shows_name(self) -> bool:
        return self.name_consent_on is not None and self.name_consent_withdrawn_on is None


class ReportedCount(models.Model):
    """A count as an organiser reported it, where no list of people was handed over."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="reported_counts")
    stage = models.CharField(_("who is counted"), max_length=10, choices=Stage)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True, default="")
    organisation_kind = models.CharField(
        _("kind of organisation"), max_length=11, choices=OrganisationKind, blank=True, default=""
    )
    people_number = models.PositiveIntegerField(_("people"))
    people_qualifier = qualifier_field(_("how sure"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    people = Qualified()

    class Meta:
        verbose_name = _("reported count")
        verbose_name_plural = _("reported counts")
        ordering = ["course", "stage"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "stage", "sex", "organisation_kind"],
                name="course_count_reported_once",
                violation_error_message=_("This count was already given."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.people}"
