"""A unit is its code and first day; its name, type and region are dated beside it."""

from datetime import date, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import day_words
from foundation.models import Record
from foundation.searching import Hit, Searchable
from foundation.text import Bilingual, Text, fold


class Kind(models.TextChoices):
    """The two types of provincial unit."""

    PROVINCE = "tinh", _("province (tỉnh)")
    CITY = "thanh-pho", _("centrally run city (thành phố)")


class PeriodQuerySet(models.QuerySet):
    """Rows with a first day and an exclusive last day; no last day means still in force."""

    def in_force(self, on: date) -> Self:
        return self.filter(valid_from__lte=on).exclude(valid_to__lte=on)

    def overlapping(self, first: date, end: date | None) -> Self:
        rows = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first))
        return rows.filter(valid_from__lt=end) if end else rows


class ProvinceQuerySet(PeriodQuerySet):
    def with_history(self) -> Self:
        """Names, types and regions of all days, in three queries for any number of units."""
        return self.prefetch_related("names", "memberships__region", "aliases")


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
        name=name,
        violation_error_message=_("The last day must come after the first."),
    )


class Province(Searchable, Record):
    """A unit is its code and first day. ``valid_to`` is exclusive; units are never deleted.

    ``name_vi`` and ``name_en`` repeat the latest dated name; ask ``name_on(day)`` for another day's.
    On PostgreSQL a migration adds that no two units hold one code on one day; ``clean`` says it anywhere.
    """

    code = models.CharField(_("code"), max_length=2)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until (exclusive)"), null=True, blank=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    note_vi = models.TextField(_("note (Vietnamese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)

    objects = ProvinceQuerySet.as_manager()
    history = HistoricalRecords()

    name = Bilingual()
    note = Bilingual()

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="province_code_is_dated"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{2}$"),
                name="province_code_has_two_digits",
                violation_error_message=_("A code has two digits, such as 01 or 79."),
            ),
            ends_after_it_begins("province_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        if self.valid_to is None:
            return str(self.name)
        return gettext("%(name)s (before %(day)s)") % {"name": self.name, "day": day_words(self.valid_to)}

    def get_absolute_url(self) -> str:
        return reverse("provinces:province", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if not self.valid_from or not self.code:
            return
        others = Province.objects.filter(code=self.code).exclude(pk=self.pk)
        other = others.overlapping(self.valid_from, self.valid_to).first()
        if other:
            raise ValidationError(
                {
                    "code": _("%(unit)s holds code %(code)s from %(first)s. Close it first.")
                    % {"unit": other.name, "code": self.code, "first": day_words(other.valid_from)}
                }
            )

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def last_day(self) -> date | None:
        """The last day it existed, for people; ``valid_to`` is the day after."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None

    def title_on(self, day: date) -> "ProvinceName | None":
        """The name and type of that day; outside its life, those of its nearest day."""
        titles = sorted(self.names.all(), key=lambda title: title.valid_from)
        begun = [title for title in titles if title.valid_from <= day]
        return begun[-1] if begun else titles[0] if titles else None

    def name_on(self, day: date) -> Text:
        title = self.title_on(day)
        return title.name if title else self.name

    def kind_on(self, day: date) -> str:
        """The type in the page's language: “tỉnh”, “thành phố”."""
        title = self.title_on(day)
        return title.kind_words if title else ""

    def membership_on(self, day: date) -> "RegionMembership | None":
        return next((one for one in self.memberships.all() if one.covers(day)), None)

    def region_on(self, day: date) -> "Region | None":
        membership = self.membership_on(day)
        return membership.region if membership else None

    @classmethod
    def searchable_by(cls, user: Any) -> models.QuerySet:
        return cls.objects.prefetch_related(
            "names", "aliases", "successions_to__heir", "successions_to__event"
        )

    def search_title(self) -> str:
        """Every name it ever had, with its type, so that old names lead here."""
        names = [
            f"{name.get_kind_display()} \n {name.name_vi} \n {name.name_en}" for name in self.names.all()
        ]
        return " \n ".join([self.name_vi, self.name_en, *names])

    def search_text(self) -> str:
        return " \n ".join([self.code, *(alias.name for alias in self.aliases.all())])

    @property
    def search_hit(self) -> Hit:
        whole = [link for link in self.successions_to.all() if link.event.effective_on == self.valid_to]
        has_ended = self.valid_to is not None and self.valid_to <= timezone.localdate()
        heirs = {str(link.heir.name) for link in whole} if has_ended else set()
        note = gettext("until %(day)s") % {"day": day_words(self.last_day)} if self.valid_to else ""
        if heirs:
            note = gettext("%(until)s, now %(heirs)s") % {"until": note, "heirs": ", ".join(sorted(heirs))}
        return Hit(self.name, self.get_absolute_url(), kind=gettext("provincial unit"), note=note)

    def answers_to(self, words: str) -> bool:
        """Whether it ever bore a name with these words; accents and gaps do not matter: BRVT, hanoi."""
        typed = fold(words)
        return typed in fold(f"{self.search_title()} {self.search_text()}") or (
            typed.replace(" ", "") in {fold(name).replace(" ", "") for name in self.every_name()}
        )

    def every_name(self) -> list[str]:
        """All names it ever bore or is called by, in both languages."""
        dated = [name for row in self.names.all() for name in (row.name_vi, row.name_en)]
        found = [self.name_vi, self.name_en, *dated, *(alias.name for alias in self.aliases.all())]
        return [name for name in found if name]


class Dated(models.Model):
    """A fact about a unit that holds for a time."""

    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until (exclusive)"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def refuse_overlap(self, others: PeriodQuerySet, sentence: Any) -> None:
        """``ValidationError`` at the first day when another row holds in the same time."""
        if not self.valid_from:
            return
        if others.overlapping(self.valid_from, self.valid_to).exclude(pk=self.pk).exists():
            raise ValidationError({"valid_from": sentence})


class ProvinceName(Dated):
    """The name and type a unit bore for a time. A change of either is a new row."""

    province = models.ForeignKey(Province, models.CASCADE, related_name="names", verbose_name=_("province"))
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    kind = models.CharField(_("type"), max_length=10, choices=Kind)

    name = Bilingual()

    class Meta:
        verbose_name = _("dated name")
        verbose_name_plural = _("dated names")
        ordering = ["province", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["province", "valid_from"], name="province_name_begins_once"),
            ends_after_it_begins("province_name_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_words} {self.name}"

    def clean(self) -> None:
        super().clean()
        if self.province_id:
            self.refuse_overlap(
                ProvinceName.objects.filter(province=self.province_id),
                _("Another name of this unit holds in this time."),
            )

    @property
    def kind_words(self) -> str:
        """tỉnh, thành phố; province, city."""
        return gettext("city") if self.kind == Kind.CITY else pgettext("type of unit", "province")


class ProvinceAlias(models.Model):
    """Another spelling or an abbreviation, found in sources or typed by people."""

    province = models.ForeignKey(Province, models.CASCADE, related_name="aliases", verbose_name=_("province"))
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("old address"), max_length=80, blank=True, db_index=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["province", "name"], name="province_alias_once")]

    def __str__(self) -> str:
        return self.name


class Region(Dated, Record):
    """A socio-economic region of the country, as one act drew it."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("position"))
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    basis = models.CharField(_("basis"), max_length=120, blank=True)

    name = Bilingual()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["-valid_from", "position"]
        constraints = [ends_after_it_begins("region_ends_after_it_begins")]

    def __str__(self) -> str:
        return str(self.name)


class RegionMembership(Dated):
    """A unit lies in a region for a time."""

    province = models.ForeignKey(
        Province, models.CASCADE, related_name="memberships", verbose_name=_("province")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="memberships", verbose_name=_("region"))
    note_vi = models.CharField(_("note (Vietnamese)"), max_length=200, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=200, blank=True)

    note = Bilingual()

    class Meta:
        verbose_name = _("region of a unit")
        verbose_name_plural = _("regions of a unit")
        ordering = ["province", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["province", "valid_from"], name="province_region_begins_once"),
            ends_after_it_begins("province_region_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.province}: {self.region}"

    def clean(self) -> None:
        super().clean()
        if self.province_id:
            self.refuse_overlap(
                RegionMembership.objects.filter(province=self.province_id),
                _("This unit lies in another region in this time."),
            )
