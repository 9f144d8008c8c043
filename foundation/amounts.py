"""Counts and money as sources give them: exactly, about, more than, nearly."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self, overload

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Qualifier(models.TextChoices):
    EXACTLY = "", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more than", _("more than")
    NEARLY = "nearly", _("nearly")
    AT_LEAST = "at least", _("at least")


@dataclass(frozen=True)
class Amount:
    """A number with what the source says of it, and its currency or nothing."""

    number: Decimal
    qualifier: str = ""
    currency: str = ""

    def words(self) -> str:
        """More than 100 · nearly 1.3 billion đồng."""
        forms = {
            "": "%(number)s",
            "about": gettext("about %(number)s"),
            "more than": gettext("more than %(number)s"),
            "nearly": gettext("nearly %(number)s"),
            "at least": gettext("at least %(number)s"),
        }
        return forms[self.qualifier] % {"number": self._number_words()}

    __str__ = words

    def _number_words(self) -> str:
        """Đồng from a million up as people say them, when that loses no digit worth a hundredth."""
        for size, form in (
            (10**9, gettext("%(number)s billion đồng")),
            (10**6, gettext("%(number)s million đồng")),
        ):
            short = (Decimal(self.number) / size).normalize()
            if self.currency == "VND" and self.number >= size and short == round(short, 2):
                return form % {"number": number_format(f"{short:f}", force_grouping=True)}
        number = number_format(self.number, force_grouping=True)
        return f"{number} {self.currency}" if self.currency else number


class Qualified:
    """Reads ``<name>_number``, ``<name>_qualifier`` and, where there is one, ``<name>_currency``."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: models.Model, owner: type) -> Amount | None: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        number = getattr(instance, f"{self.name}_number")
        if number is None:
            return None
        currency = getattr(instance, f"{self.name}_currency", "")
        return Amount(Decimal(number), getattr(instance, f"{self.name}_qualifier"), currency)


def qualifier_field(verbose_name: Any = _("qualifier")) -> models.CharField:
    """The column beside a count that says how sure the source is."""
    return models.CharField(verbose_name, max_length=12, choices=Qualifier, blank=True, default="")
