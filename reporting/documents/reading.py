"""A data cut's content as one language reads it. No database: what is not in the cut is not said."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ..pace import Mark, Pace, Standing, pace, plain

NO_VALUE = "–"


class Cut:
    """Reads a cut's content in one language."""

    def __init__(self, content: dict[str, Any], language: str) -> None:
        self.raw, self.language = content, language
        self.units = {unit["id"]: unit for unit in content["units"]}
        self.year: int = content["period"]["year"]
        self.first_day = date.fromisoformat(content["period"]["first_day"])
        self.last_day = date.fromisoformat(content["period"]["last_day"])
        self.map_day = date.fromisoformat(content["map_day"])
        self.indicators = [Measured(self, raw) for raw in content["indicators"]]
        self.numeric = [one for one in self.indicators if one.raw["is_numeric"]]

    def text(self, row: dict[str, Any], name: str) -> str:
        return (row.get(f"{name}_{self.language}") or row.get(f"{name}_vi") or "").strip()

    def unit_name(self, unit: int) -> str:
        return self.text(self.units.get(unit) or self.raw["former_units"][str(unit)], "name")

    @property
    def regions(self) -> list[tuple[str, list[int]]]:
        """Region by region in the official order, each with its units in the order of codes."""
        grouped: dict[str, list[int]] = {}
        for unit in sorted(self.raw["units"], key=lambda unit: (unit["region_order"], unit["code"])):
            grouped.setdefault(self.text(unit, "region"), []).append(unit["id"])
        return list(grouped.items())


class Measured:
    """One indicator in a cut: its figures, its marks, its pace."""

    def __init__(self, cut: Cut, raw: dict[str, Any]) -> None:
        self.cut, self.raw = cut, raw
        self.name = cut.text(raw, "name")
        self.unit = cut.text(raw, "unit")
        self.is_percent = self.unit == "%"
        self.marks = [
            Mark(target["year"], Decimal(target["low"]), Decimal(target["high"]))
            for target in raw["targets"]
            if target["low"] is not None
        ]
        self.newest = raw["figures"][-1] if raw["figures"] else None
        self.cells = {cell["unit"]: cell for cell in self.newest["cells"]} if self.newest else {}

    @property
    def number(self) -> Decimal | None:
        return decimal(self.newest["number"]) if self.newest else None

    @property
    def counted(self) -> int:
        return sum(cell["number"] is not None for cell in self.cells.values())

    @property
    def is_out_of_hundred(self) -> bool:
        """A percentage whose marks reach high: its years make the telling line."""
        return self.is_percent and bool(self.marks) and self.marks[-1].high > 25

    @property
    def has_years(self) -> bool:
        return len(self.raw["figures"]) > 1

    @property
    def coverage(self) -> str:
        return f"{self.counted}/{len(self.cells)}"

    @property
    def pace(self) -> Pace:
        if not self.raw["is_numeric"]:
            return Pace(Standing.QUALITATIVE)
        points = [(figure["year"], decimal(figure["number"])) for figure in self.raw["figures"]]
        covered = Decimal(self.counted) / max(len(self.cells), 1)
        top = Decimal(100) if self.is_percent else None
        return pace(points, self.marks, coverage=covered, top=top)

    def words(self, number: Decimal | None) -> str:
        if number is None:
            return _("not enough data")
        return f"{plain(number)}%" if self.is_percent else f"{plain(number)} {self.unit}"

    def target_words(self, year: int) -> str:
        for target in self.raw["targets"]:
            if target["year"] == year:
                return self.cut.text(target, "words")
        return _("not in the source")


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def mark_words(mark: Mark) -> str:
    return plain(mark.low) if mark.low == mark.high else f"{plain(mark.low)}–{plain(mark.high)}"
