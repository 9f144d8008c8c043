"""What a document is to say and about what: frozen, so that composing asks nobody else."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class Reach(StrEnum):
    """About what part of the country or of the programme a document speaks."""

    NATION = "nation"
    REGION = "region"
    PROVINCE = "province"
    TASK_GROUP = "task_group"


@dataclass(frozen=True)
class Scope:
    """``key`` is the row's number within its reach, in the terms of the cut; the nation has none."""

    reach: Reach = Reach.NATION
    key: int | None = None
    name_vi: str = ""
    name_en: str = ""

    def name(self, language: str) -> str:
        return (self.name_en if language == "en" else "") or self.name_vi


@dataclass(frozen=True)
class Outline:
    """One kind of document over one scope, as it was when somebody asked: title, sections, annexes, files."""

    code: str
    title_vi: str
    title_en: str
    sections: tuple[str, ...]
    annexes: tuple[str, ...]
    scope: Scope
    template: str
    formats: tuple[str, ...] = ("pdf",)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        lists = {name: tuple(kept[name]) for name in ("sections", "annexes", "formats")}
        scope = Scope(**{**kept["scope"], "reach": Reach(kept["scope"]["reach"])})
        return cls(**{**kept, **lists, "scope": scope})

    def as_json(self) -> dict[str, Any]:
        lists = {name: list(getattr(self, name)) for name in ("sections", "annexes", "formats")}
        return {**asdict(self), **lists}

    def title(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title_vi


@dataclass(frozen=True)
class Stretch:
    """The time a document covers, told from its period: all of it, a half, or the years up to it."""

    span: str = "year"  # see reporting.models.Span
    half: int | None = None
    first_year: int | None = None
