"""Whatever is stored, a workbook given out and taken back untouched changes nothing."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.answers import completed
from reporting.models import ActivityAnswer, Emptiness
from reporting.questions import questions_of, sections_of
from reporting.workbooks.comparing import Outcome, compared
from reporting.workbooks.reading import read
from reporting.workbooks.seal import Seal
from reporting.workbooks.writing import Contents, write

DEFINITION = {
    "sections": [
        {
            "key": "all",
            "title_vi": "Mọi loại: [a/b]*?",
            "questions": [
                {"key": "t", "kind": "text", "label_vi": "Chữ"},
                {"key": "r", "kind": "ratio", "label_vi": "Tỷ lệ", "subject": 1, "numerator_vi": "Số đã làm"},
                {"key": "n", "kind": "number", "label_vi": "Số", "subject": 2, "unit_vi": "mô hình"},
                {"key": "y", "kind": "yes_no", "label_vi": "Có hay không", "subject": 3},
                {"key": "local", "kind": "money", "label_vi": "Tiền"},
                {"key": "a", "kind": "activity", "label_vi": "Hoạt động", "subject": 4},
            ],
        }
    ]
}

words = st.text(max_size=60) | st.sampled_from(
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
            {"emptiness": kinds, "planned": numbers, "received": numbers, "spent": numbers, "reason": words}
        ),
        "all.a": st.fixed_dictionaries(
            {
                "progress": st.sampled_from(["", *ActivityAnswer.Progress.values]),
                "percent": st.none() | st.integers(0, 100),
                "started_on": days,
                "finished_on": days,
                **dict.fromkeys(ActivityAnswer.SPENT, numbers),
                "result": words,
                "difficulty": words,
            }
        ),
    }
)


def report_of(values):
    """What ``compared`` asks of a report; the database is not needed for it."""
    questions = questions_of(DEFINITION)
    return SimpleNamespace(
        questions=questions,
        values=values,
        open_addresses=lambda: frozenset(questions),
        period=SimpleNamespace(last_day=date(2026, 12, 14)),
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_untouched_is_unchanged_whatever_is_stored(monkeypatch, language):
    monkeypatch.setattr("reporting.workbooks.comparing.values_of", lambda report: report.values)
    questions = questions_of(DEFINITION)

    @settings(max_examples=25)
    @given(answers)
    def untouched_is_unchanged(given_answers):
        values = {
            address: completed(questions[address].kind, said) for address, said in given_answers.items()
        }
        seal = Seal(1, "48/2025-07-01", "Báo cáo", "0", 1, language, values)
        with override(language):
            data = write(
                Contents("Báo cáo", [], sections_of(DEFINITION), values, seal.signed(), frozenset(questions))
            )

        rows = compared(report_of(values), read(data))

        assert {
            row.question.address: row.complaints for row in rows if row.outcome != Outcome.UNCHANGED
        } == {}
        assert len(rows) == len(questions)

    untouched_is_unchanged()
