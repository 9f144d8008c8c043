"""Countries by their two-letter code, named in the page's language."""

from functools import cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NO_COUNTRIES = frozenset({"ZZ", "XA", "XB", "QO", "UN", "EU", "EZ"})  # Unicode lists them beside countries


def country_name(code: str) -> str:
    """KH → Campuchia or Cambodia; an unknown code stays as it is."""
    return _territories((get_language() or "vi")[:2]).get(code, code)


def check_country_codes(codes: str) -> None:
    """Refuse anything but known codes with blanks between them."""
    unknown = [code for code in codes.split() if code not in _territories("en") or len(code) != 2]
    if unknown:
        raise ValidationError(
            _("“%(code)s” is not a country code. Write two capital letters, for example KH."),
            params={"code": unknown[0]},
        )


@cache
def _territories(language: str) -> dict[str, str]:
    names = Locale(language).territories.items()
    return {str(code): str(name) for code, name in names if code not in NO_COUNTRIES}
