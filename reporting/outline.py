"""What a document is to say and about what: frozen, so that composing asks nobody else."""

from dataclasses import dataclass
from enum import StrEnum


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
    """One kind of document over one scope: its title and the names of its sections and annexes in order."""

    code: str
    title_vi: str
    title_en: str
    sections: tuple[str, ...]
    annexes: tuple[str, ...]
    scope: Scope
    template: str

    def title(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title_vi


@dataclass(frozen=True)
class Stretch:
    """The time a document covers, told from its period: all of it, a half, or the years up to it."""

    span: str = "year"  # see reporting.models.Span
    half: int | None = None
    first_year: int | None = None
