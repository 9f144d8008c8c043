"""Check rules over answers: what each kind finds, what it leaves alone, and how it is said. No database."""

import random
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from reporting.models import CheckRule
from reporting.rules import Before, findings, frozen
from reporting.rules.passages import said_of
from tests.reporting.check_rules import FORM, JUMP, ORDER, QUESTIONS, TEXT, answers, rule


def found(one, values, **before):
    earlier = {f"indicators.{code}": Before("năm 2025", numbers) for code, numbers in before.items()}
    return findings([one], QUESTIONS, values, earlier)


def sentences(one, values, **before):
    return [finding.sentence for finding in found(one, values, **before)]


def share(above, below):
    parts = {"numerator": Decimal(above), "denominator": Decimal(below)}
    return {**parts, "": Decimal(above) / below * 100}


def count(number):
    return {"": Decimal(number)}


# --- Jumps --------------------------------------------------------------------------------


def test_a_jump_is_said_with_its_points_and_both_shares():
    assert sentences(rule(), answers(T3=(52, 66)), T3=share(41, 66)) == [
        "Tăng 16,7 điểm so với năm 2025: từ 62,1% lên 78,8%."
    ]
    with translation.override("en"):
        assert sentences(rule(), answers(T3=(52, 66)), T3=share(41, 66)) == [
            "Up 16.7 points on năm 2025: from 62.1% to 78.8%."
        ]


@pytest.mark.parametrize(("now", "before", "fires"), [
    ((50, 100), (35, 100), False),  # exactly the limit
    ((51, 100), (35, 100), True),
    ((19, 100), (35, 100), True),
])  # fmt: skip
def test_a_jump_is_more_than_its_limit(now, before, fires):
    assert bool(found(rule(), answers(T3=now), T3=share(*before))) is fires


@pytest.mark.parametrize(("direction", "now", "fires"), [
    ("up", 90, True), ("up", 10, False), ("down", 10, True), ("down", 90, False),
    ("both", 10, True), ("both", 90, True),
])  # fmt: skip
def test_a_jump_looks_in_its_direction(direction, now, fires):
    one = rule(direction=direction)

    assert bool(found(one, answers(T3=(now, 100)), T3=share(50, 100))) is fires


def test_nothing_is_any_per_cent_of_zero():
    one = rule(**{**JUMP, "target": "indicators.T4", "measure": "percent", "threshold": Decimal(30)})

    assert sentences(one, answers(T4=5), T4=count(0)) == []
    assert sentences(one, answers(T4=5), T4=count(2)) == [
        "Tăng 150% so với năm 2025: từ 2 mô hình lên 5 mô hình."
    ]


def test_without_an_earlier_value_nothing_is_found():
    assert found(rule(), answers(T3=(52, 66))) == []


def test_a_value_that_is_not_given_is_not_found():
    assert found(rule(), answers(), T3=share(41, 66)) == []


# --- The other kinds ----------------------------------------------------------------------


@pytest.mark.parametrize(("number", "says"), [
    (1, ["1 mô hình, thấp hơn mức thấp nhất thường gặp là 2 mô hình."]), (2, []), (9, []),
    (10, ["10 mô hình, cao hơn mức cao nhất thường gặp là 9 mô hình."]),
])  # fmt: skip
def test_a_range_has_both_ends(number, says):
    one = rule(test="range", scope="field", target="indicators.T4", minimum=Decimal(2), maximum=Decimal(9))

    assert sentences(one, answers(T4=number)) == says


def test_a_range_that_stops_submission_speaks_of_a_limit():
    given = {"test": "range", "scope": "field", "target": "indicators.T4", "maximum": Decimal(9)}

    (told,) = sentences(rule(severity="blocker", **given), answers(T4=10))

    assert told == "10 mô hình, cao hơn mức cao nhất cho phép là 9 mô hình."


def test_money_received_is_not_more_than_planned():
    assert sentences(rule(**ORDER), answers(local=(100, 90, 80))) == []
    assert sentences(rule(**ORDER), answers(local=("1000", "1200.5", 80))) == [
        "“đã cấp” là 1.200,5 triệu đồng, lớn hơn “kế hoạch” là 1.000 triệu đồng."
    ]


def test_one_field_is_compared_with_another():
    one = rule(
        test="order", scope="field", target="indicators.T4", other="indicators.T3", other_part="denominator"
    )

    (finding,) = found(one, answers(T4=70, T3=(52, 66)))

    assert finding.addresses == ("indicators.T4", "indicators.T3")
    assert found(one, answers(T4=66, T3=(52, 66))) == []


SUM = {"test": "sum", "scope": "kind", "target": "money", "part": "spent", "relation": "at_most",
       "summands": "activities.* spent_{key}"}  # fmt: skip


def test_activities_do_not_spend_more_than_their_source():
    values = answers(local=(100, 90, 80), first={"spent_local": "50"}, second={"spent_local": "40"})

    (finding,) = found(rule(**SUM), values)

    assert finding.sentence == "Các phần cộng lại là 90 triệu đồng, nhiều hơn 80 triệu đồng ghi ở đây."
    assert finding.addresses == ("money.local", "activities.1", "activities.2")
    assert found(rule(**SUM, tolerance=Decimal(20)), values) == []


def test_a_part_not_filled_in_proves_nothing_but_a_surplus():
    less = answers(local=(100, 90, 80), first={"spent_local": "50"})
    equal = rule(**{**SUM, "relation": "equal"})

    assert found(equal, less) == []
    assert len(found(equal, answers(local=(100, 90, 80), first={"spent_local": "81"}))) == 1
    both = answers(local=(100, 90, 80), first={"spent_local": "50"}, second={"spent_local": "0"})
    assert [one.sentence for one in found(equal, both)] == [
        "Các phần cộng lại là 50 triệu đồng, ít hơn 80 triệu đồng ghi ở đây."
    ]


@pytest.mark.parametrize(("emptiness", "note", "fires"), [
    ("zero", "", True), ("zero", "Sẽ làm quý I", False), ("number", "", False), ("not_applicable", " ", True),
])  # fmt: skip
def test_a_no_needs_its_note(emptiness, note, fires):
    one = rule(test="note", scope="kind", target="yes_no", condition="nothing")

    assert bool(found(one, answers(T8=emptiness, note=note))) is fires


def test_the_same_number_again_is_found_and_nothing_again_is_not():
    one = rule(test="unchanged", scope="kind", target="ratio")

    assert sentences(one, answers(T3=(41, 66)), T3=share(41, 66)) == ["Giống hệt năm 2025."]
    assert found(one, answers(T3=(82, 132)), T3=share(41, 66)) == []
    assert found(one, answers(T3=(0, 66)), T3=share(0, 66)) != []
    again = rule(test="unchanged", scope="kind", target="number")
    assert found(again, answers(T4=0), T4=count(0)) == []


def test_a_text_written_again_is_found():
    one = rule(test="unchanged", scope="kind", target="text")
    before = {"general.summary": Before("năm 2025", text="Đã tập huấn. ")}

    assert len(findings([one], QUESTIONS, answers(summary="Đã tập huấn."), before)) == 1
    assert findings([one], QUESTIONS, answers(summary="Đã tập huấn xong."), before) == []
    assert findings([one], QUESTIONS, answers(), {"general.summary": Before("năm 2025")}) == []


# --- Texts and numbers --------------------------------------------------------------------


def test_the_text_says_another_share_than_the_field():
    (finding,) = found(rule(**TEXT), answers(summary="Năm nay khu, cụm đạt 45%, tăng nhanh.", T3=(41, 100)))

    assert finding.sentence == "Lời văn ghi 45%, ô “Khu, cụm” ghi 41%."
    assert finding.addresses == ("general.summary", "indicators.T3")


@pytest.mark.parametrize("text", [
    "Khu, cụm đạt 41%.",
    "Khu, cụm đạt 41,0 phần trăm.",
    "Tỷ lệ khu, cụm từ 35% năm 2025 lên 41%.",  # one of the two is the field's
    "Tỷ lệ khu, cụm từ 35% lên 45%.",  # two others: nobody knows which is meant
    "Khu, cụm tăng nhanh. Cả vùng đạt 45%.",  # another sentence
    "Khu, cụm tăng nhanh; siêu thị đạt 45%.",
    "Khu, cụm tăng nhanh, siêu thị đạt 45%.",
    "Khu, cụm đạt 35% năm ngoái, 41% năm nay.",
    "Khu, cụm đạt 45%, siêu thị 60%.",  # two numbers: too little to go by
    "Có 45 khu, cụm; đã tập huấn hai lớp.",  # before the name, and no share
    "Khu, cụm: 45 lớp tập huấn.",
    "Tiểu khu, cụmm đạt 45%.",
    "",
])  # fmt: skip
def test_a_text_that_does_not_clearly_contradict_says_nothing(text):
    assert found(rule(**TEXT), answers(summary=text, T3=(41, 100))) == []


def test_a_text_rounds_as_it_is_written():
    assert found(rule(**TEXT), answers(summary="Khu, cụm: 79%", T3=(52, 66))) == []
    assert found(rule(**TEXT), answers(summary="Khu, cụm: 78,8%", T3=(52, 66))) == []
    assert len(found(rule(**TEXT), answers(summary="Khu, cụm: 78%", T3=(52, 66)))) == 1


@pytest.mark.parametrize(("text", "numbers"), [
    ("mô hình: 1.200", [1200]), ("mô hình 12,5", [Decimal("12.5")]), ("mô hình 1.234,5", [Decimal("1234.5")]),
    ("mô hình của năm 2026 là 3", [3]), ("mô hình theo Quyết định 889/QĐ-TTg: 4", [4]),
    ("mô hình trong quý 3", []), ("mô hình ngày 12/5/2026", []), ("mô hình 2021-2030", []),
    ("mô hình 45%", []),
])  # fmt: skip
def test_dates_and_ordinals_are_no_counts(text, numbers):
    assert said_of(text, ["mô hình"], is_share=False) == numbers


# --- All together -------------------------------------------------------------------------


def test_the_severest_comes_first_then_the_order_of_the_form():
    most = {"test": "range", "scope": "field", "maximum": Decimal(1)}
    rules = [
        rule(code="a", severity="note", target="indicators.T3", **most),
        rule(code="b", severity="warning", **ORDER),
        rule(code="c", severity="blocker", target="indicators.T4", **most),
        rule(code="d", severity="warning", target="indicators.T3", **most),
    ]  # fmt: skip
    values = answers(T3=(52, 66), T4=5, local=(1, 2, 3))

    order = [one.rule.code for one in findings(rules, QUESTIONS, values, {})]

    assert order == ["c", "d", "b", "a"]


def test_a_finding_is_kept_in_both_languages_whichever_is_read():
    (finding,) = found(rule(legal_reference_vi="Điều 3"), answers(T3=(52, 66)), T3=share(41, 66))

    kept = frozen(finding)

    assert kept["sentence_vi"].startswith("Tăng 16,7 điểm")
    assert kept["sentence_en"].startswith("Up 16.7 points")
    assert (kept["rule"], kept["version"], kept["severity"], kept["legal_reference_vi"]) == (
        "r",
        1,
        "warning",
        "Điều 3",
    )
    assert kept["basis"] == {
        "indicators.T3:numerator": "52", "indicators.T3:denominator": "66", "before": "62.121212",
    }  # fmt: skip


def test_a_rule_that_outlived_its_question_finds_nothing():
    gone = [
        rule(target="indicators.T9"),
        rule(**{**TEXT, "other": "indicators.T9"}),
        rule(scope="section", target="x"),
    ]
    values = answers(T3=(52, 66), summary="Khu, cụm đạt 45%")

    assert findings(gone, QUESTIONS, values, {}) == []


amounts = st.integers(0, 10**6)


@given(st.data())
def test_no_order_of_rules_and_no_values_make_a_rule_fall_or_a_sentence_change(data):
    above = data.draw(amounts)
    values = answers(
        T3=(above, above + data.draw(amounts)),
        T4=data.draw(amounts),
        T8=data.draw(st.sampled_from(["", "number", "zero", "not_applicable", "withheld"])),
        local=data.draw(st.tuples(amounts, amounts, amounts)),
        first={"spent_local": data.draw(st.none() | amounts.map(str)), "percent": data.draw(st.none())},
        summary=data.draw(st.text(max_size=60) | st.integers(0, 200).map("khu, cụm đạt {}%".format)),
    )  # fmt: skip
    earlier = {
        "indicators.T3": Before("năm 2025", share(data.draw(amounts), data.draw(st.integers(1, 10**6))))
    }
    rules = [
        rule(code="jump"), rule(code="order", **ORDER), rule(code="sum", **SUM), rule(code="text", **TEXT),
        rule(code="note", test="note", scope="kind", target="yes_no", condition="nothing"),
        rule(code="same", test="unchanged", scope="kind", target="ratio"),
        rule(code="range", test="range", scope="section", target="indicators", maximum=Decimal(50), part=""),
    ]  # fmt: skip
    shuffled = random.Random(data.draw(st.integers())).sample(rules, len(rules))  # noqa: S311 -- an order, no secret

    once = [frozen(one) for one in findings(rules, QUESTIONS, values, earlier)]

    assert [frozen(one) for one in findings(shuffled, QUESTIONS, values, earlier)] == once
    assert all(one["sentence_vi"] and one["basis"] for one in once)
    fired = {one["rule"] for one in once}
    planned, received, _spent = (
        Decimal(values["money.local"][part]) for part in ("planned", "received", "spent")
    )
    assert ("order" in fired) == (received > planned)
    below = Decimal(values["indicators.T3"]["denominator"])
    change = above / below * 100 - earlier["indicators.T3"].numbers[""] if below else Decimal(0)
    assert ("jump" in fired) == (abs(change) > 15)


def test_every_kind_of_check_is_tried_here():
    tried = {"jump", "range", "sum", "order", "note", "text", "unchanged"}

    assert set(CheckRule.Test.values) == tried
    assert {question["kind"] for section in FORM["sections"] for question in section["questions"]} == {
        "text", "activity", "ratio", "number", "yes_no", "money"
    }  # fmt: skip
