"""How answers read, and how two rounds of them are compared."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from reporting.answers import completed
from reporting.clocks import clocks
from reporting.diffs import changes, pieces
from reporting.forms import read_number
from reporting.questions import Question
from reporting.words import lines

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def say(kind, given, **raw):
    question = Question("x", {"key": "1", "kind": kind, **raw})
    return [(line.label, line.text) for line in lines(question, completed(kind, given))]


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("ratio", {"emptiness": "number", "numerator": "52", "denominator": "66"}, "52 trên 66 (78,8%)"),
        ("ratio", {"emptiness": "zero", "denominator": "66"}, "0 trên 66 (0,0%)"),
        ("number", {"emptiness": "number", "value": "2140.5"}, "2.140,5 mô hình"),
        ("number", {"emptiness": "zero"}, "0 mô hình"),
        ("number", {}, "chưa trả lời"),
        ("number", {"emptiness": "not_yet", "expected_on": "2027-01-31"}, "chưa có số, dự kiến 31/01/2027"),
        ("yes_no", {"emptiness": "number"}, "có"),
        ("yes_no", {"emptiness": "zero"}, "không"),
        ("money", {"emptiness": "zero"}, "0 triệu đồng"),
        ("text", {"text": " "}, "chưa trả lời"),
    ],
)
def test_an_answer_reads_in_vietnamese(kind, given, said):
    with override("vi"):
        assert say(kind, given, unit_vi="mô hình")[0] == ("", said)


def test_an_activity_reads_part_by_part():
    given = {
        "progress": "doing",
        "percent": 40,
        "spent_local": "1200",
        "result": "Hai lớp",
        "started_on": "2026-03-02",
    }

    with override("vi"):
        assert say("activity", given) == [
            ("", "đang thực hiện, 40%"),
            ("Thời gian", "02/3/2026"),
            ("Đã chi", "ngân sách địa phương 1.200 triệu đồng"),
            ("Kết quả", "Hai lớp"),
        ]


def test_words_that_went_and_came_are_told_apart():
    found = pieces("Làng nghề chưa có kinh phí", "Làng nghề còn thiếu kinh phí")

    assert [(piece.kind, piece.text.strip()) for piece in found] == [
        ("same", "Làng nghề"), ("gone", "chưa có"), ("new", "còn thiếu"), ("same", "kinh phí"),
    ]  # fmt: skip


def snapshot(text, *files):
    definition = {"sections": [{"key": "g", "title_vi": "G", "questions": [{"key": "a", "kind": "text"}]}]}
    evidence = {"g.a": [{"sha256": name, "name": name} for name in files]} if files else {}
    return {"form": {"definition": definition}, "answers": {"g.a": {"text": text}}, "evidence": evidence}


def test_a_file_alone_makes_a_change():
    found = changes(snapshot("Có", "cu.pdf", "giu.pdf"), snapshot("Có", "moi.pdf", "giu.pdf"))

    assert [(piece.kind, piece.text) for piece in found[0].files] == [
        ("new", "moi.pdf"), ("gone", "cu.pdf"), ("same", "giu.pdf"),
    ]  # fmt: skip
    assert found[0].lines == []


def test_the_same_round_has_no_change():
    assert changes(snapshot("Có", "a.pdf"), snapshot("Có", "a.pdf")) == []


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("2.140", "vi", "2140"),
        ("2.140,5", "vi", "2140.5"),
        ("4,2", "vi", "4.2"),
        ("78.5", "vi", "78.5"),
        ("0.125", "vi", "0.125"),
        ("2,140", "en", "2140"),
        ("2,140.5", "en", "2140.5"),
        ("-3", "vi", "-3"),
        ("1.234.567", "vi", "1234567"),
    ],
)
def test_numbers_are_read_as_they_are_written(text, language, number):
    assert read_number(text, language) == Decimal(number)


@pytest.mark.parametrize("text", ["hai", "1.2.3", "5 %", "1e9", "9" * 14, "--1"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValidationError):
        read_number(text, "vi")


def event(step, days):
    return SimpleNamespace(step=step, at=NOON + timedelta(days=days))


def test_two_clocks_run_one_at_a_time():
    happened = [
        event("start", 0),
        event("attach", 1),
        event("submit", 9),
        event("return", 16),
        event("resubmit", 20),
    ]

    assert clocks(happened, now=NOON + timedelta(days=23)).__dict__ == {"province": 13, "ministry": 10}
    assert clocks([*happened, event("approve", 21)], now=NOON + timedelta(days=99)).__dict__ == {
        "province": 13, "ministry": 8,
    }  # fmt: skip
