"""Bodies and people as the records name them, with the names they had and the roles they held."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import PartialDateField
from foundation.models import Record
from foundation.searching import Searchable
from foundation.text import Bilingual


class Organisation(Searchable, Record):
    """A body that leads, co-ordinates, organises or takes part."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government and National Assembly")
        MINISTRY = "ministry", _("ministry")
        UNIT = "unit", _("unit of a ministry")
        PROVINCIAL = "provincial", _("provincial body")
        ASSOCIATION = "association", _("association")
        INSTITUTE = "institute", _("institute or centre")
        COMPANY = "company", _("company")
        INTERNATIONAL = "international", _("international partner")
        PRESS = "press", _("press")

    name_vi = models.CharField(_("name (Vietnamese)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("governing body"),
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("succeeded by"),
    )
    valid_from = PartialDateField(_("from"))
    valid_to = PartialDateField(_("until"))
    website = models.URLField(_("website"), blank=True)
    note_vi = models.TextField(_("note (Vietnamese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)

    history = HistoricalRecords()

    name = Bilingual()
    note = Bilingual()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_vi"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(successor=models.F("id")),
                name="organisation_does_not_succeed_itself",
                violation_error_message=_("An organisation cannot succeed itself."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("programmes:organisation", args=[self.slug])

    @classmethod
    def searchable_by(cls, user: Any) -> models.QuerySet["Organisation"]:
        return cls.objects.all()

    def search_text(self) -> str:
        names = self.aliases.values_list("name", flat=True) if self.pk else ()
        return " \n ".join([self.short_name, self.note_vi, self.note_en, *names])


class OrganisationAlias(models.Model):
    """Another spelling, an abbreviation or a former name."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=200)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="organisation_alias_once")
        ]

    def __str__(self) -> str:
        return self.name


class Person(Record):
    """A person named in the records. Nothing private is kept here."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    printed_as = models.CharField(
        _("printed as"), max_length=120, blank=True, help_text=_("A spelling found in a source.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PersonRole(models.Model):
    """A role somebody held on a day or over a time, as the source gives it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="people"
    )
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=160)
    title_en = models.CharField(_("title (English)"), max_length=160, blank=True)
    seen_on = PartialDateField(_("held on"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    title = Bilingual()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["person", "seen_on"]
        constraints = [
            models.UniqueConstraint(fields=["person", "title_vi", "seen_on"], name="person_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"
