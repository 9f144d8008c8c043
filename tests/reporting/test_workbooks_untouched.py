"""Whatever is stored, a workbook given out and taken back untouched changes nothing."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.answers import completed, new_row
from reporting.models import ActivityAnswer, Emptiness, StatusReport
from reporting.number_parts import SPENT
from reporting.workbooks.actions import workbook_of
from reporting.workbooks.comparing import Outcome, compared
from reporting.workbooks.reading import read
from tests.programmes.factories import IndicatorFactory
from tests.reporting import factories

pytestmark = pytest.mark.django_db

signs = st.characters(exclude_characters="\0", exclude_categories=["Cs"])  # PostgreSQL takes neither
words = st.text(signs, max_size=60) | st.sampled_from(
    ["=1+1", "_x0041_", "_x005F_", "#N/A", " lề ", "a\r\nb", "5", "đ\u0301"]
)
numbers = st.none() | st.decimals(0, Decimal(10) ** 11, places=3)
days = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
kinds = st.sampled_from(Emptiness.values)
claims = {"emptiness": kinds, "reason": words, "expected_on": days, "note": words}
answers = st.fixed_dictionaries(
    {
        "all.t": st.fixed_dictionaries({"text": words}),
        "all.r": st.fixed_dictionaries({**claims, "numerator": numbers, "denominator": numbers}),
        "all.n": st.fixed_dictionaries({**claims, "value": numbers}),
        "all.y": st.fixed_dictionaries(claims),
        "all.local": st.fixed_dictionaries(
            {"emptiness": kinds, **dict.fromkeys(["planned", "received", "spent"], numbers),
             "reason": words, "note": words}
        ),
        "all.a": st.fixed_dictionaries(
            {
                "progress": st.sampled_from(["", *ActivityAnswer.Progress.values]),
                "percent": st.none() | st.integers(0, 100),
                "started_on": days,
                "finished_on": days,
                **dict.fromkeys(SPENT, numbers),
                "result": words,
                "difficulty": words,
            }
        ),
    }
)  # fmt: skip


@pytest.fixture
def report(province):
    """A form of every kind of question; nothing is answered yet."""
    activity = factories.plan_activity(province)
    ratio, number, yes_no = (IndicatorFactory(code=code, slug=code.lower()).pk for code in ("T3", "T4", "T8"))
    asked = [
        {"key": "t", "kind": "text", "label_vi": "Chữ"},
        {"key": "r", "kind": "ratio", "label_vi": "Tỷ lệ", "subject": ratio, "numerator_vi": "Số đã làm"},
        {"key": "n", "kind": "number", "label_vi": "Số", "subject": number, "unit_vi": "mô hình"},
        {"key": "y", "kind": "yes_no", "label_vi": "Có hay không", "subject": yes_no},
        {"key": "local", "kind": "money", "label_vi": "Tiền"},
        {"key": "a", "kind": "activity", "label_vi": "Hoạt động", "subject": activity.pk},
    ]
    section = {"key": "all", "title_vi": "Mọi loại: [a/b]*?", "questions": asked}
    return factories.draft(province, definition={"sections": [section]})


def in_order(said):
    """As the database wants it: no more done than there is, nothing ended before it began."""
    said = {address: dict(value) for address, value in said.items()}
    for value, first, last in (
        (said["all.r"], "numerator", "denominator"),
        (said["all.a"], "started_on", "finished_on"),
    ):
        if value[first] is not None and value[last] is not None:
            value[first], value[last] = sorted((value[first], value[last]))
    return said


@contextmanager
def stored(report_id, said):
    """The report with these rows, for as long as it is looked at."""
    with transaction.atomic():
        report = StatusReport.objects.get(pk=report_id)
        for address, value in said.items():
            row = new_row(report, report.questions[address])
            row.take(value)
            row.save()
        yield report
        transaction.set_rollback(True)


def comes_back_as_stored(report_id, language, said):
    """Give the workbook out and take it back as it is: every question holds what is stored, unchanged."""
    with stored(report_id, said) as report:
        with override(language):
            data = workbook_of(report, open_fields=report.open_addresses())
        rows = compared(report, read(data), report.open_addresses())

    assert {row.question.address: row.complaints for row in rows if row.outcome != Outcome.UNCHANGED} == {}
    assert {row.question.address: row.now for row in rows} == {
        address: completed(question.kind, said.get(address, {}))
        for address, question in report.questions.items()
    }


@pytest.mark.parametrize("language", ["vi", "en"])
def test_untouched_is_unchanged_whatever_is_stored(report, language):
    @settings(max_examples=25)
    @given(answers.map(in_order))
    def untouched_is_unchanged(said):
        comes_back_as_stored(report.pk, language, said)

    untouched_is_unchanged()


@pytest.mark.parametrize("emptiness", Emptiness.values)
def test_untouched_is_unchanged_for_every_emptiness(report, emptiness):
    claim = {"emptiness": emptiness, "reason": "Chưa có số liệu", "expected_on": "2027-01-31"}
    number = Decimal("80.500") if emptiness == Emptiness.NUMBER else None
    said = {
        "all.r": {**claim, "numerator": number, "denominator": number},
        "all.n": {**claim, "value": number},
        "all.y": claim,
        "all.local": {"emptiness": emptiness, "reason": "Chưa có số liệu", "spent": number},
    }

    comes_back_as_stored(report.pk, "vi", said)


def test_untouched_is_unchanged_where_nothing_is_stored(report):
    comes_back_as_stored(report.pk, "vi", {})
