"""The national report as it reads: its chapters, figures, tables and words, composed from real cuts."""

import re
from datetime import date

import pytest

from reporting import actions
from reporting.documents import cutting
from reporting.documents.blocks import Document, Heading, Paragraph, Picture, Table
from reporting.documents.national import Envelope, compose
from reporting.lenses import Lens, LensKind
from reporting.models import Period
from tests.programmes.factories import IndicatorFactory, PhaseFactory, ProgrammeFactory, TargetFactory
from tests.reporting import factories
from tests.reporting.approved import approve, t3, year_of
from tests.reporting.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
LAST_DAY = date(2026, 12, 14)


def national(period: Period, language: str = "vi") -> Document:
    content = cutting.content_of(period, Lens(LensKind.ON, LAST_DAY))
    envelope = Envelope("C-2026-01", NOON, "7K4M-92QD", "", "Hà Nội", None, "", "", "")
    return compose(content, language=language, envelope=envelope)


def small_share():
    """A percentage with low marks: 5–8 % by 2025."""
    ours = ProgrammeFactory(slug="sxtdbv-2021-2030")
    found = IndicatorFactory(
        programme=ours, code="T1", slug="tai-nguyen", carry_over="ratio", unit_vi="%", unit_en="%"
    )
    TargetFactory(indicator=found, phase=PhaseFactory(programme=ours), low=5, high=8)
    return found


def test_figures_are_numbered_in_the_order_of_reading(province):
    indicator, other = t3(), small_share()
    for year, numerator in ((2025, 41), (2026, 52)):
        approve(province, year, indicator, numerator=numerator, denominator=66)
        approve(province, year, other, numerator=4, denominator=100)

    blocks = national(year_of(2026)).blocks

    captions = [block.caption for block in blocks if isinstance(block, Picture)]
    assert [re.search(r"\d+", words)[0] for words in captions] == ["1", "2", "3", "4"]
