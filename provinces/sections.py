"""Where rooms above add to a unit's page: each owns one small template, found if it is there.

A room writes ``templates/ROOM/of_province.html``; it gets ``province`` and may walk back along relations.
"""

from dataclasses import dataclass
from typing import Any

from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    anchor: str
    title: str | Promise
    template: str


ALL = (
    Section("figures", _("Targets"), "reporting/of_province.html"),
    Section("courses", _("Training courses"), "training/of_province.html"),
    Section("events", _("Events"), "events/of_province.html"),
    Section("library", _("Models and cases"), "library/of_province.html"),
)


def sections() -> list[Section]:
    """Those whose room has written its part."""
    return [section for section in ALL if _written(section.template)]


def _written(name: str) -> Any:
    try:
        return get_template(name)
    except TemplateDoesNotExist:
        return None
