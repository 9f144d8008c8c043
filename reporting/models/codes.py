"""Controlled lists: what a count may be broken down by. A code that was used is ended, never deleted."""

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import Record
from foundation.text import Bilingual

KEY = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Small letters, digits and hyphens, such as “state-body”.")
)


class CodeList(Record):
    """What the ministry keeps, such as sex. A report copies it, so that it lives with the report."""

    key = models.CharField(_("key"), max_length=30, unique=True, validators=[KEY])
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    is_complete = models.BooleanField(
        pgettext_lazy("a list", "complete"),
        default=False,
        help_text=_("Everybody falls under one of the codes, so the parts must make the whole."),
    )

    history = HistoricalRecords()

    name = Bilingual()

    class Meta:
        verbose_name = _("controlled list")
        verbose_name_plural = _("controlled lists")
        ordering = ["key"]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        super().clean()
        _refuse_new_key(self)


def _refuse_new_key(row: "CodeList | Code") -> None:
    """Forms, answers and workbooks know lists and codes by their keys."""
    stored = type(row)._default_manager.filter(pk=row.pk).values_list("key", flat=True).first()
    if stored is not None and stored != row.key:
        raise ValidationError({"key": gettext("A key stays as it was: “%(key)s”.") % {"key": stored}})


class CodeQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))


class Code(models.Model):
    """One part of a list. It ends by a date: reports of earlier periods still speak of it."""

    list = models.ForeignKey(
        CodeList, models.PROTECT, related_name="codes", verbose_name=_("controlled list")
    )
    key = models.CharField(_("key"), max_length=30, validators=[KEY])
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    ended_on = models.DateField(
        _("ended on"),
        null=True,
        blank=True,
        help_text=_("Not offered for periods that begin on or after it."),
    )

    objects: ClassVar[models.Manager["Code"]] = CodeQuerySet.as_manager()
    history = HistoricalRecords()

    name = Bilingual()

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["list", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "key"],
                name="code_once_in_its_list",
                violation_error_message=_("The list has this code already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        super().clean()
        _refuse_new_key(self)
