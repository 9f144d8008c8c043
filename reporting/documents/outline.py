"""What a report is to be: its name, its parts by name, and whom it is about. Data, not code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """``kind`` is nation, region, province or task_group; ``key`` the slug of the one meant."""

    kind: str
    key: str = ""
    name_vi: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Outline:
    code: str
    title_vi: str
    title_en: str
    sections: tuple[str, ...]
    annexes: tuple[str, ...]
    scope: Scope
    template: str = ""
    span: str = "year"
