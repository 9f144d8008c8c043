"""The annexes: every figure by province, region by region, and the plans in the register."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import gettext as _

from ..pace import Mark, deciding_places, fixed
from .blocks import Annex, Row, Table
from .reading import NO_VALUE, Cut, Measured, mark_words

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def annexes(cut: Cut) -> list[Annex]:
    tables = [
        Annex(ROMAN[place], f"{one.name}, {cut.year}".upper(), (_by_province(cut, one),))
        for place, one in enumerate(cut.numeric)
    ]
    listing = Annex(ROMAN[len(tables)], _("PLANS IN THE REGISTER, BY PROVINCE"), (_plan_table(cut),))
    return [*tables, listing]


@dataclass(frozen=True)
class _Column:
    """A column of numbers, all written with one number of decimals."""

    places: int

    @classmethod
    def of(cls, numbers: Iterable[Decimal]) -> Self:
        return cls(0 if all(one == one.to_integral_value() for one in numbers) else 1)

    def words(self, number: Decimal) -> str:
        return fixed(number, self.places)


def _columns(one: Measured, mark: Mark | None) -> dict[str, _Column]:
    """How each column of the annex writes its numbers; shares show what decides on the mark."""
    known = [cell for cell in one.cells.values() if cell["number"] is not None]
    columns = {
        name: _Column.of(Decimal(cell[name]) for cell in known if cell[name] is not None)
        for name in ("number", "numerator", "denominator")
    }
    if one.raw["carry_over"] == "ratio":
        shares = [Decimal(cell["number"]) for cell in known]
        columns["number"] = _Column(deciding_places(shares, mark.low if mark else None))
    return columns


def _by_province(cut: Cut, one: Measured) -> Table:
    is_ratio = one.raw["carry_over"] == "ratio"
    mark = one.marks[0] if one.marks else None
    shown = _columns(one, mark)
    value_heads = (_("Numerator"), _("Denominator"), one.unit) if is_ratio else (_("Value"),)
    columns = (
        _("No."),
        _("Province, city"),
        *value_heads,
        *([_mark_head(mark)] if mark and is_ratio else []),
    )
    rows: list[Row] = []
    place = 0
    for region, units in cut.regions:
        rows.append(_group_row(one, region, units, shown, is_ratio=is_ratio, mark=mark))
        for unit in units:
            place += 1
            rows.append(_unit_row(one, place, unit, mark, shown, is_ratio=is_ratio))
    return Table(
        head=columns,
        aligned=(
            "centre",
            "start",
            *("end",) * len(value_heads),
            *(("centre",) if mark and is_ratio else ()),
        ),
        rows=tuple(rows),
        note=_(
            "In brackets: units with an approved figure over units of the region. A region's "
            "percentage is computed from the sums of "
            "numerators and denominators."
        ),
    )


def _mark_head(mark: Mark) -> str:
    return _("Mark %(mark)s%%") % {"mark": mark_words(mark)}


def _group_row(
    one: Measured,
    region: str,
    units: Sequence[int],
    shown: Mapping[str, _Column],
    *,
    is_ratio: bool,
    mark: Mark | None,
) -> Row:
    cells = [one.cells[unit] for unit in units if unit in one.cells]
    counted = [cell for cell in cells if cell["number"] is not None]
    name = f"{region} ({len(counted)}/{len(units)})"
    if is_ratio:
        numerator = sum((Decimal(cell["numerator"]) for cell in counted), Decimal(0))
        denominator = sum((Decimal(cell["denominator"]) for cell in counted), Decimal(0))
        ratio = shown["number"].words(numerator / denominator * 100) if denominator else NO_VALUE
        numbers: tuple[str, ...] = (
            shown["numerator"].words(numerator),
            shown["denominator"].words(denominator),
            ratio,
        )
    else:
        total = sum((Decimal(cell["number"]) for cell in counted), Decimal(0))
        numbers = (shown["number"].words(total) if counted else NO_VALUE,)
    return Row(("", name, *numbers, *([""] if mark and is_ratio else [])), is_group=True)


def _unit_row(
    one: Measured, place: int, unit: int, mark: Mark | None, shown: Mapping[str, _Column], *, is_ratio: bool
) -> Row:
    cell = one.cells.get(unit)
    name = one.cut.unit_name(unit)
    width = 3 if is_ratio else 1
    tail = [NO_VALUE] if mark and is_ratio else []
    if cell is None or cell["number"] is None:
        return Row((str(place), name, *tail), span_note=_empty_words(cell), span=width)
    number = Decimal(cell["number"])
    if not is_ratio:
        is_share = one.raw["carry_over"] == "share_of_units"
        said = (_("yes") if number else _("no")) if is_share else shown["number"].words(number)
        return Row((str(place), name, said))
    met = [_("met") if number >= mark.low else _("not met")] if mark else []
    return Row(
        (
            str(place),
            name,
            shown["numerator"].words(Decimal(cell["numerator"])),
            shown["denominator"].words(Decimal(cell["denominator"])),
            shown["number"].words(number),
            *met,
        )
    )


def _empty_words(cell: dict[str, Any] | None) -> str:
    forms = {
        "not_applicable": _("not applicable"),
        "not_yet": _("not yet available"),
        "withheld": _("withheld"),
    }
    return forms.get(cell["emptiness"] if cell else "", _("no approved report"))


def _plan_table(cut: Cut) -> Table:
    rows: list[Row] = []
    by_unit = {plan["unit"]: plan for plan in cut.raw["plans"]}
    place = 0
    for region, units in cut.regions:
        having = sum(by_unit[unit]["state"] != "none" for unit in units)
        rows.append(Row(("", f"{region} ({having}/{len(units)})", "", ""), is_group=True))
        for unit in units:
            place += 1
            plan = by_unit[unit]
            if plan["state"] == "none":
                rows.append(
                    Row((str(place), cut.unit_name(unit)), span_note=_("no document in the register"), span=2)
                )
                continue
            listed = "; ".join(cut.text(document, "words") for document in plan["documents"])
            state = _("issued") if plan["state"] == "issued" else _("inherited")
            rows.append(Row((str(place), cut.unit_name(unit), state, listed)))
    return Table(
        head=(_("No."), _("Province, city"), _("State"), _("Documents")),
        aligned=("centre", "start", "start", "start"),
        rows=tuple(rows),
        note=_("Inherited: issued before 1 July 2025 by a unit that the present one has replaced."),
    )
