"""Whose reports stand behind a document: approved whole, or in part so far, within its scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .reading import Cut


@dataclass(frozen=True)
class Coverage:
    """``partly`` are units of whose report parts alone are approved; they are in none of the counts.

    ``year`` is the year of the reports, where the document is not of that whole year itself; ``heirs`` are
    who reports in the place of a unit that has ended.
    """

    counted: int
    expected: int
    partly: tuple[int, ...]
    year: int | None = None
    heirs: str = ""

    def words(self) -> str:
        if not self.expected and self.heirs:
            return _("reported on by %(heirs)s") % {"heirs": self.heirs}
        if not self.expected:
            return _("no report owed")
        words = _("%(counted)s/%(expected)s units") % {"counted": self.counted, "expected": self.expected}
        if self.partly:
            words += " " + _("(and %(n)s in part)") % {"n": len(self.partly)}
        if self.year is None:
            return words
        return _("%(coverage)s, reports of %(year)s") % {"coverage": words, "year": self.year}

    def sentence(self) -> str:
        """As pages and mails say it."""
        if not self.expected and self.heirs:
            words = _("the unit had ended and owed no report of its own; it is reported on by %(heirs)s")
            return words % {"heirs": self.heirs}
        if not self.expected:
            return _("no report was owed")
        words = _("%(counted)s of %(expected)s units had an approved report")
        if self.year is not None:
            words = _("%(counted)s of %(expected)s units had an approved report of %(year)s")
        words %= {"counted": self.counted, "expected": self.expected, "year": self.year}
        more = _("parts of the reports of %(n)s more")
        return f"{words}; {more % {'n': len(self.partly)}}" if self.partly else words


def coverage_of(cut: Cut) -> Coverage:
    """Cuts from before parts were told apart know whole reports alone."""
    reports = cut.raw["reports"]
    partly = tuple(unit for unit in reports.get("partly", []) if cut.has_unit(unit))
    if not cut.is_part_of_country:
        return Coverage(len(reports["approved"]), reports["expected"], partly, cut.reports_year)
    approved = [unit for unit in reports["approved"] if cut.has_unit(unit)]
    owed = [row["unit"] for row in reports.get("rows", []) if cut.has_unit(row["unit"])]
    expected = len(owed) or len(cut.reach)
    heirs = "" if expected else cut.names(cut.heirs)
    return Coverage(len(approved), expected, partly, cut.reports_year, heirs)


def behind(cut: Cut, rows: Iterable[dict[str, Any]]) -> str:
    """Whose approved parts the rows come from, as a sentence; and whose reports are not approved whole."""
    found = coverage_of(cut)
    units = {row["unit"] for row in rows}
    in_part = sorted(units & set(found.partly))
    if cut.is_of_one:
        said = _("The report is not approved whole yet: these are its approved parts.")
        return said if in_part else ""
    if cut.span.is_range:
        return _behind_a_range(cut, units, in_part)
    values = {
        "units": len(units),
        "expected": max(found.expected, len(units)),
        "whole": len(units) - len(in_part),
        "partly": len(in_part),
        "names": cut.names(in_part),
    }
    words = _("They come from the reports of %(units)s of %(expected)s units.")
    if in_part:
        words = _(
            "They come from the reports of %(units)s of %(expected)s units: %(whole)s approved whole, "
            "%(partly)s in part so far (%(names)s)."
        )
    return words % values


def _behind_a_range(cut: Cut, units: set[int], in_part: list[int]) -> str:
    """By units of the map. Of the last year alone it is known whose reports are approved in part."""
    places = {cut.place_of(unit) or unit for unit in units}
    values = {
        "units": len(places),
        "expected": max(len(cut.reach), len(places)),
        "year": cut.year,
        "names": cut.names(in_part),
    }
    words = _("They come from the reports of %(units)s of %(expected)s units.")
    if in_part:
        words = _(
            "They come from the reports of %(units)s of %(expected)s units; of %(year)s these are approved "
            "in part so far: %(names)s."
        )
    return words % values


def as_written(cut: Cut) -> str:
    """What a reader of another language has to know of the provinces' own words."""
    if cut.is_vietnamese:
        return ""
    return _("Words of provinces are printed as they were written, in Vietnamese.")


def quoted_in_part(cut: Cut, units: Iterable[int]) -> str:
    """What has to be known of the words quoted from reports that are not approved whole."""
    in_part = sorted(set(units) & set(coverage_of(cut).partly))
    if not in_part or cut.is_of_one:
        return behind(cut, [{"unit": unit} for unit in in_part]) if in_part else ""
    return _("The words of %(names)s stand in approved parts of reports that are not approved whole yet.") % {
        "names": cut.names(in_part)
    }
