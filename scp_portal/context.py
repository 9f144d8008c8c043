"""What every page knows: its navigation, the reader's display choices, whether demo data are loaded."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

CHOICES = {"theme": ("light", "dark"), "contrast": ("normal", "high"), "size": ("m", "l", "xl")}


def page(request: HttpRequest) -> dict[str, Any]:
    return {
        "navigation": [
            {"name": name, "url": url, "current": _leads(request.path, url)} for name, url in _public()
        ],
        "display": {
            name: request.COOKIES.get(name, "") if request.COOKIES.get(name) in allowed else ""
            for name, allowed in CHOICES.items()
        },
        "demo": settings.DEMO,
    }


def _leads(path: str, url: str) -> bool:
    return path.startswith(url)


def _public() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home"))]
