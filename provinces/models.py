"""Provincial units through time, and the plans they issue."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.models import Record
from foundation.text import Bilingual


class ProvinceQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        return self.filter(valid_from__lte=on).exclude(valid_to__lte=on)


class Province(Record):
    """A unit is its code and first day. ``valid_to`` is exclusive; units are never deleted."""

    code = models.CharField(_("code"), max_length=2)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until (exclusive)"), null=True, blank=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)  # the latest dated name
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)

    objects = ProvinceQuerySet.as_manager()
    name = Bilingual()

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="province_code_is_dated"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="province_ends_after_it_begins",
                violation_error_message=_("The last day must come after the first."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
