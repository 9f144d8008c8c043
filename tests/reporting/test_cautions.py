"""What speaks against publishing a document now: told beforehand, stopping nothing."""

from datetime import date

import pytest

from reporting.documents.cautions import cautions_on
from reporting.models import CompiledReport, DataCut
from tests.reporting.approved import national_outline, year_of
from tests.reporting.composed import cut_of

pytestmark = pytest.mark.django_db
GIVEN = {"number": "215", "issued_on": date(2026, 12, 31), "signatory": "Nguyễn Văn A"}


def cautions(*, today=date(2026, 12, 31), **given):
    period = year_of(2026)
    cut = DataCut(number="C-2026-01", period=period, content=cut_of(period))
    report = CompiledReport(cut=cut, outline=national_outline().as_json(), **{**GIVEN, **given})
    return cautions_on(report, today=today)


def test_of_a_whole_document_after_its_period_nothing_is_said():
    assert cautions() == []


def test_on_the_last_day_figures_may_still_come_in():
    assert len(cautions(today=date(2026, 12, 14))) == 1
    assert cautions(today=date(2026, 12, 15)) == []


@pytest.mark.parametrize(
    ("left_open", "words"),
    [
        ({"number": ""}, "Chưa ghi số"),
        ({"issued_on": None}, "Chưa ghi ngày"),
        ({"signatory": ""}, "Chưa ghi người ký"),
    ],
)
def test_what_nobody_gave_is_named(left_open, words):
    (sentence,) = cautions(**left_open)

    assert words in sentence
