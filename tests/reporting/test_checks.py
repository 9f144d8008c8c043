"""Values in, sentences out: what an answer may not say, and what it still lacks."""

from datetime import date

import pytest

from foundation.datafiles import read_rows
from reporting import work_urls
from reporting.answers import completed
from reporting.checks import faults, missing
from reporting.facts import DATA
from reporting.questions import PAGES, Question, faults_of_definition
from tests.reporting.factories import DEFINITION

LAST_DAY = date(2026, 12, 14)


def ask(kind, **raw):
    return Question("x", {"key": "1", "kind": kind, "label_vi": "Câu hỏi", **raw})


def parts_wrong(kind, given, **raw):
    return [fault.part for fault in faults(ask(kind, **raw), completed(kind, given), LAST_DAY)]


@pytest.mark.parametrize(
    ("kind", "given", "parts"),
    [
        ("ratio", {"emptiness": "number", "numerator": "52", "denominator": "66"}, []),
        ("ratio", {"numerator": "67", "denominator": "66"}, ["numerator"]),
        ("ratio", {"numerator": "-1"}, ["numerator"]),
        ("ratio", {"emptiness": "number", "numerator": "0", "denominator": "0"}, ["denominator"]),
        ("ratio", {"emptiness": "zero", "numerator": "3", "denominator": "6"}, ["numerator"]),
        ("ratio", {"numerator": "1.5", "denominator": "6"}, ["numerator"]),
        ("number", {"value": "2"}, []),
        ("number", {"value": "1001"}, ["value"]),
        ("number", {"emptiness": "zero", "value": "2"}, ["value"]),
        ("money", {"emptiness": "zero", "spent": "5"}, ["spent"]),
        ("money", {"planned": "-5"}, ["planned"]),
        ("activity", {"percent": 101}, ["percent"]),
        ("activity", {"spent_local": "-1"}, ["spent_local"]),
        ("activity", {"started_on": "2026-05-02", "finished_on": "2026-05-01"}, ["finished_on"]),
        ("activity", {"finished_on": "2026-12-15"}, ["finished_on"]),
        ("activity", {"progress": "not_started", "percent": 0}, []),
        ("activity", {"progress": "not_started", "percent": 40}, ["percent"]),
        ("activity", {"progress": "not_started", "started_on": "2026-05-02"}, ["started_on"]),
        ("activity", {"progress": "not_started", "finished_on": "2026-05-02"}, ["finished_on"]),
        ("activity", {"progress": "not_started", "percent": 101}, ["percent"]),
        ("activity", {"progress": "done", "percent": 100, "finished_on": "2026-05-02"}, []),
        ("activity", {"progress": "done", "percent": 90}, ["percent"]),
        ("activity", {"progress": "done", "percent": None}, []),
        ("activity", {"progress": "paused", "percent": 40, "started_on": "2026-05-02"}, []),
        ("yes_no", {"emptiness": "number"}, []),
        ("text", {"text": "x"}, []),
    ],
)
def test_nonsense_is_found_at_its_part(kind, given, parts):
    assert parts_wrong(kind, given, whole=True, maximum="1000") == parts


def test_what_has_happened_happened_by_today():
    """The period ends in three weeks; a day in them is a plan, not a result."""
    given = {"progress": "done", "percent": 100, "started_on": "2026-05-02", "finished_on": "2026-11-21"}
    value = completed("activity", given)

    assert [one.part for one in faults(ask("activity"), value, LAST_DAY, today=date(2026, 11, 20))] == [
        "finished_on"
    ]
    assert not faults(ask("activity"), value, LAST_DAY, today=date(2026, 11, 21))


def lacks(kind, given, *, proven=False, **raw):
    question = ask(kind, required=True, **raw)
    found = missing({"x.1": question}, {"x.1": completed(kind, given)}, frozenset({"x.1"} if proven else ()))
    return bool(found)


@pytest.mark.parametrize(
    ("kind", "given", "lacking"),
    [
        ("text", {}, True),
        ("text", {"text": "Có"}, False),
        ("ratio", {}, True),
        ("ratio", {"emptiness": "number", "numerator": "1"}, True),
        ("ratio", {"emptiness": "number", "numerator": "1", "denominator": "2"}, False),
        ("ratio", {"emptiness": "zero"}, True),
        ("ratio", {"emptiness": "zero", "denominator": "2"}, False),
        ("number", {"emptiness": "number"}, True),
        ("number", {"emptiness": "zero"}, False),
        ("yes_no", {"emptiness": "number"}, False),
        ("number", {"emptiness": "withheld"}, True),
        ("number", {"emptiness": "withheld", "reason": "Bí mật"}, False),
        ("number", {"emptiness": "not_yet", "reason": "Đang kiểm kê"}, True),
        ("number", {"emptiness": "not_yet", "reason": "Đang", "expected_on": "2027-01-31"}, False),
        ("money", {"emptiness": "not_yet", "reason": "Đang quyết toán"}, False),
        ("money", {"emptiness": "number", "planned": "1", "received": "1"}, True),
        ("activity", {}, True),
        ("activity", {"progress": "not_started"}, False),
        ("activity", {"progress": "doing"}, True),
        ("activity", {"progress": "doing", "percent": 5}, False),
        ("activity", {"progress": "done"}, True),
        ("activity", {"progress": "dropped"}, True),
        ("activity", {"progress": "paused", "difficulty": "Thiếu vốn"}, False),
    ],
)
def test_what_is_lacking_is_found(kind, given, lacking):
    assert lacks(kind, given) is lacking


def test_a_number_that_needs_evidence_lacks_it_until_there_is_a_file():
    given = {"emptiness": "number", "value": "2"}

    assert lacks("number", given, evidence=True)
    assert not lacks("number", given, evidence=True, proven=True)


@pytest.mark.parametrize(
    ("definition", "count"),
    [
        ([], 1),
        ({"sections": [{"key": "a"}]}, 1),
        ({"sections": [{"key": "a", "title_vi": "A"}, {"key": "a", "title_vi": "B"}]}, 1),
        ({"sections": [{"key": "a", "title_vi": "A", "questions": [{"key": "1", "kind": "colour"}]}]}, 1),
        (
            {
                "sections": [
                    {"key": "a", "title_vi": "A", "questions": [{"key": "1", "kind": "text"}] * 2},
                ]
            },
            1,
        ),
    ],
)
def test_a_form_typed_wrongly_is_explained(definition, count):
    assert len(faults_of_definition(definition)) == count


@pytest.mark.parametrize(
    "question",
    [
        "x",
        {},
        {"key": "1"},
        {"key": ["1"], "kind": "text"},
        {"key": "a.b", "kind": "text"},
        {"key": "", "kind": "text"},
        {"key": "1", "kind": "ratio"},
        {"key": "1", "kind": "activity"},
        {"key": "1", "kind": ["text"]},
        {"key": "lottery", "kind": "money"},
        {"key": "T4", "kind": "indicator", "maximum": "many"},
    ],
)
def test_a_question_that_cannot_be_asked_is_explained(question):
    section = {"key": "a", "title_vi": "A", "questions": [question]}

    assert len(faults_of_definition({"sections": [section]})) == 1


@pytest.mark.parametrize("section", ["x", {"key": "a b", "title_vi": "A"}, {"key": 1, "title_vi": "A"}])
def test_a_section_without_an_address_is_explained(section):
    assert len(faults_of_definition({"sections": [section]})) == 1


@pytest.mark.parametrize("questions", [5, "abc", {"key": "1"}])
def test_questions_are_a_list(questions):
    section = {"key": "a", "title_vi": "A", "questions": questions}

    assert len(faults_of_definition({"sections": [section]})) == 1


def test_the_form_of_the_tests_and_that_of_the_decree_can_be_used():
    for definition in (DEFINITION, *(row["definition"] for row in read_rows(DATA / "forms.json"))):
        assert faults_of_definition(definition) == []


def test_a_section_does_not_take_the_address_of_another_page_of_the_report():
    taken = {route.split("/")[2] for route in map(str, routes()) if route.startswith("reports/<int:pk>/")}

    assert taken - {"", "<slug:key>"} == PAGES
    for key in PAGES:
        (told,) = faults_of_definition({"sections": [{"key": key, "title_vi": "Mục"}]})
        assert key in told


def routes():
    return [one.pattern for one in work_urls.urlpatterns]
