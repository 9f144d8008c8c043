"""The register of experts. The public sees what each person agreed to show, and nothing else."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import Publishable, PublishableQuerySet, Record
from foundation.searching import Hit, Searchable
from foundation.text import Bilingual, Text
from provinces.models import Province

from .curricula import Level, Topic

STALE_AFTER = timedelta(days=365)


class Purpose(models.TextChoices):
    """What a person may agree to, each for itself."""

    REGISTER = "register", _("name, fields, level and province in the public register")
    EMPLOYER = "employer", _("employer in the public register")
    CONTACT = "contact", _("e-mail address in the public register")
    TRAINER = "trainer", _("name as trainer on course pages")


class ExpertQuerySet(PublishableQuerySet):
    def listed(self) -> Self:
        """Published, and agreed by the person: the public register, whoever looks at it."""
        agreed = ExpertConsent.objects.filter(
            expert=models.OuterRef("pk"), purpose=Purpose.REGISTER, withdrawn_on__isnull=True
        )
        return self.published().filter(models.Exists(agreed))


class Expert(Searchable, Record, Publishable):
    """A person who can teach or advise. Kept apart from ``programmes.Person``, which is all public."""

    class Availability(models.TextChoices):
        AVAILABLE = "available", _("available")
        PARTLY = "partly", _("available in part")
        NOT = "not", _("not available")
        UNKNOWN = "", _("availability not stated")

    name = models.CharField(_("full name"), max_length=120)
    slug = models.SlugField(_("key"), max_length=80, unique=True)
    person = models.OneToOneField(
        "programmes.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="expert",
        verbose_name=_("the same person in the records"),
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="experts", verbose_name=_("fields"))
    level = models.ForeignKey(
        Level,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="experts",
        verbose_name=_("level reached"),
    )
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="experts",
        verbose_name=_("province"),
    )
    employer_vi = models.CharField(_("employer (Vietnamese)"), max_length=200, blank=True)
    employer_en = models.CharField(_("employer (English)"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    availability = models.CharField(
        _("availability"), max_length=10, choices=Availability, blank=True, default=""
    )
    confirmed_on = models.DateField(
        _("confirmed by the person on"),
        null=True,
        blank=True,
        help_text=_("When the person last said that the entry is right."),
    )

    objects = ExpertQuerySet.as_manager()  # type: ignore[misc]
    history = HistoricalRecords()

    employer = Bilingual()

    class Meta(Publishable.Meta):
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["name"]
        constraints = [*Publishable.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('training:expert_list')}#{self.slug}"

    def clean(self) -> None:
        super().clean()
        if self.confirmed_on and self.confirmed_on > timezone.localdate():
            raise ValidationError({"confirmed_on": _("This day is still to come.")})

    def agreed_to(self, purpose: str) -> bool:
        """Reads the prefetched consents; ``shown`` relies on it."""
        return any(c.purpose == purpose and c.withdrawn_on is None for c in self.consents.all())

    def shown(self, *, today: date) -> "ShownExpert":
        """The entry with what the person agreed to show, and nothing else."""
        contact = self.agreed_to(Purpose.CONTACT)
        return ShownExpert(
            name=self.name,
            anchor=self.slug,
            topics=list(self.topics.all()),
            level=self.level,
            province=self.province,
            availability=self.availability,
            availability_words=self.get_availability_display(),
            confirmed_on=self.confirmed_on,
            is_stale=self.confirmed_on is None or self.confirmed_on < today - STALE_AFTER,
            is_demo=self.is_demo,
            employer=self.employer if self.agreed_to(Purpose.EMPLOYER) else None,
            email=self.email if contact else "",
        )

    @classmethod
    def searchable_by(cls, user: Any) -> ExpertQuerySet:
        return cls.objects.listed().select_related("province", "level")

    def search_title(self) -> str:
        return self.name

    def search_text(self) -> str:
        """Nothing that has a consent of its own: a search would tell it."""
        texts = [self.province.name_vi, self.province.name_en] if self.province else []
        if self.pk:
            texts += [name for names in self.topics.values_list("name_vi", "name_en") for name in names]
        return " \n ".join(texts)

    @property
    def search_hit(self) -> Hit:
        return Hit(
            title=self.name,
            url=self.get_absolute_url(),
            kind=str(self._meta.verbose_name),
            note=str(self.province.name) if self.province else "",
        )


@dataclass(frozen=True)
class ShownExpert:
    """An entry of the public register. What is not here cannot be printed by mistake."""

    name: str
    anchor: str
    level: Level | None
    province: Province | None
    availability: str
    availability_words: str
    confirmed_on: date | None
    is_stale: bool
    is_demo: bool
    employer: Text | None
    email: str
    topics: list[Topic] = field(default_factory=list)


class ExpertConsent(models.Model):
    """One purpose a person agreed to, from a day until it is withdrawn."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="consents", verbose_name=_("expert"))
    purpose = models.CharField(_("agreed to show"), max_length=10, choices=Purpose)
    given_on = models.DateField(_("given on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    evidence = models.CharField(
        _("evidence"), max_length=200, blank=True, help_text=_("Where the consent is kept: letter, form.")
    )

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["expert", "purpose", "-given_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "purpose"],
                condition=Q(withdrawn_on__isnull=True),
                name="expert_consent_in_force_once",
                violation_error_message=_("This consent is already in force."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="expert_consent_withdrawn_after_given",
                violation_error_message=_("A consent is withdrawn after it was given, not before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert}: {self.get_purpose_display()}"
