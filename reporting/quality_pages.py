"""The quality of a period's reports on the screen and as rows for a file."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from provinces.cartogram import Cartogram, Key, Tile, cartogram

from .check_pages import ICONS
from .models import CheckRule
from .quality import Quality, RuleLine, Share, UnitLine

MAP_PITCH = 50
TABLE = "quality-table"
# From how many findings on a tile is darker; the last is open-ended.
STEPS = ((0, 0, 0), (1, 2, 2), (3, 5, 3), (6, 9, 4), (10, None, 5))


class QualityPage:
    """Counts, a map and a table of units; a table of rules."""

    def __init__(self, quality: Quality) -> None:
        self.quality = quality
        self.periods, self.period, self.units = quality.periods, quality.period, quality.units

    @property
    def is_demo(self) -> bool:
        return any(line.obligation.is_demo for line in self.units)

    @property
    def cells(self) -> list[dict[str, Any]]:
        sent = [line for line in self.units if line.sent]
        checked = [line for line in sent if line.found is not None]
        without = sum(line.weighty == 0 for line in checked)
        late = [line for line in self.units if line.days_late]
        return [
            {"label": _("Reports handed in"), "number": f"{len(sent)} / {len(self.units)}",
             "note": _("units")},
            {"label": _("Found by checks"), "number": sum(line.weighty or 0 for line in checked),
             "note": _("%(n)s not justified") % {"n": sum(line.open for line in checked)}},
            {"label": _("Nothing found"), "number": without,
             "note": _("of %(n)s checked reports") % {"n": len(checked)}},
            {"label": _("Handed in late, or overdue"), "number": len(late), "note": _("units")},
        ]  # fmt: skip

    @property
    def map(self) -> Cartogram | None:
        if self.period is None or not self.units:
            return None
        counts = Counter(level_of(line) for line in self.units)
        tiles = [self._tile(line) for line in self.units]
        keys = [Key(level, _step_words(low, high), counts[level]) for low, high, level in STEPS]
        keys.append(Key(None, _("not handed in, or not checked"), counts[None]))
        on = min(self.quality.today, self.period.last_day)
        title = _("Blockers, errors and warnings by unit")
        return cartogram(tiles, on=on, title=title, keys=keys, pitch=MAP_PITCH, table_id=TABLE)

    @staticmethod
    def _tile(line: UnitLine) -> Tile:
        unit, number = line.obligation.province, line.weighty
        words = (
            _("not checked")
            if number is None
            else ngettext("%(n)s finding", "%(n)s findings", number) % {"n": number}
        )
        if not line.sent:
            words = _("not handed in")
        shown = "" if number is None else str(number)
        return Tile(unit.code, str(unit.name), shown, words, level_of(line), url_of(line))

    @property
    def rows(self) -> list[tuple[UnitLine, str]]:
        """What most needs a look first: findings nobody explained, then all findings, then days late."""
        lines = sorted(
            self.units,
            key=lambda line: (
                -line.open,
                -(line.weighty or 0),
                -line.days_late,
                line.obligation.province.code,
            ),
        )
        return [(line, url_of(line)) for line in lines]

    @property
    def rules(self) -> list[tuple[RuleLine, str, str]]:
        return [
            (line, ICONS[CheckRule.Severity(line.severity)], severity_words(line))
            for line in self.quality.rules
        ]


def level_of(line: UnitLine) -> int | None:
    number = line.weighty
    if number is None:
        return None
    return next(level for low, high, level in STEPS if number >= low and (high is None or number <= high))


def _step_words(low: int, high: int | None) -> str:
    if high is None:
        return _("%(n)s or more") % {"n": low}
    return _("none") if low == high else f"{low}–{high}"


def url_of(line: UnitLine) -> str:
    report = getattr(line.obligation, "report", None)
    return reverse("work:review", args=[report.pk]) if line.sent and report else ""


def severity_words(line: RuleLine) -> str:
    return str(CheckRule.Severity(line.severity).label)


# --- As a file ----------------------------------------------------------------------------

Row = tuple[Any, ...]


def unit_rows(quality: Quality) -> list[Row]:
    head = (
        "unit_code", "unit", "period", "handed_in", "days_late", "blockers", "errors", "warnings", "notes",
        "not_justified", "empty_with_reason", "claims", "numbers_with_evidence", "numbers",
    )  # fmt: skip
    return [head, *(_unit_row(line, quality) for line in quality.units)]


def _unit_row(line: UnitLine, quality: Quality) -> Row:
    unit = line.obligation.province
    said = pgettext("in a file", "yes") if line.sent else pgettext("in a file", "no")
    counts = [_cell(line.count(severity)) for severity in CheckRule.Severity.values]
    opened = "" if line.found is None else line.open
    return (
        unit.code, str(unit.name), str(quality.period), said, line.days_late, *counts, opened,
        *_pair(line.empty, line), *_pair(line.proven, line),
    )  # fmt: skip


def _cell(number: int | None) -> int | str:
    """What was not checked is blank, never 0."""
    return "" if number is None else number


def _pair(share: Share, line: UnitLine) -> tuple[int | str, int | str]:
    return (share.part, share.whole) if line.sent else ("", "")


def rule_rows(quality: Quality) -> list[Row]:
    head = (
        "rule",
        "message",
        "severity",
        "version",
        "switched_on",
        "fired",
        "justified",
        "not_justified",
        "mended",
    )
    return [head, *(_rule_row(line) for line in quality.rules)]


def _rule_row(line: RuleLine) -> Row:
    rule = line.rule
    on = pgettext("in a file", "yes") if rule and rule.is_active else pgettext("in a file", "no")
    return (
        line.code, str(rule.message) if rule else "", severity_words(line), rule.version if rule else "", on,
        line.fired, line.justified, line.open, line.mended,
    )  # fmt: skip
