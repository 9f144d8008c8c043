"""What the page sends while somebody types, and what a signed-out person typed."""

import pytest
from django.test import Client
from django.urls import reverse

from reporting import actions
from reporting.models import AnswerChange, IndicatorAnswer, Justification, State
from tests.reporting import factories
from tests.reporting.check_rules import approved_before, kept_rule
from tests.reporting.factories import NOON

pytestmark = pytest.mark.django_db

T3 = {"indicators-T3-emptiness": "number", "indicators-T3-numerator": "52", "indicators-T3-denominator": "66"}
T4 = {"indicators-T4-emptiness": "number", "indicators-T4-value": "3"}


def address(report, key="indicators"):
    return reverse("work:typed", args=[report.pk, key])


def section(report, key="indicators"):
    return reverse("work:section", args=[report.pk, key])


def test_the_fields_named_are_saved_and_no_other(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    answer = client.post(address(report), {"seen": "0", "field": "indicators.T3", **T3, **T4})

    assert answer.status_code == 200
    told = answer.json()
    assert (told["version"], told["settled"], told["faults"], told["conflicts"]) == (
        1,
        ["indicators.T3"],
        {},
        {},
    )
    assert [row.address for row in IndicatorAnswer.objects.all()] == ["indicators.T3"]


def test_a_field_without_boxes_is_not_blanked_by_one_whose_name_begins_alike(client, lan, province):
    report = factories.draft(province)
    actions.save_draft(report.pk, answers=factories.ANSWERS, seen=0, by=lan, at=NOON)
    client.force_login(lan)

    client.post(address(report), {"seen": "1", "field": "indicators.T4", **T4})

    assert IndicatorAnswer.objects.get(address="indicators.T3").numerator == 52
    assert AnswerChange.objects.filter(version=2).values_list("address", flat=True).get() == "indicators.T4"


def test_what_is_wrong_is_said_at_its_box_and_the_rest_is_saved(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)
    wrong = {**T3, "indicators-T3-numerator": "67"}
    no_number = {**T4, "indicators-T4-value": "nhiều"}

    both = ["indicators.T3", "indicators.T4", "indicators.T8"]
    told = client.post(
        address(report),
        {"seen": "0", "field": both, **wrong, **no_number, "indicators-T8-emptiness": "zero"},
    ).json()

    assert told["settled"] == ["indicators.T8"]
    assert [list(boxes) for boxes in told["faults"].values()] == [
        ["indicators-T3-numerator"],
        ["indicators-T4-value"],
    ]


def test_a_field_changed_by_another_offers_the_choice_and_overwrites_nothing(client, lan, tung, province):
    report = factories.draft(province)
    three = {"indicators.T4": {"emptiness": "number", "value": "3"}}
    actions.save_draft(report.pk, answers=three, seen=0, by=tung, at=NOON)
    client.force_login(lan)

    told = client.post(
        address(report), {"seen": "0", "field": "indicators.T4", **T4, "indicators-T4-value": "5"}
    ).json()

    assert told["settled"] == []
    assert "Hoàng Thanh Tùng" in told["conflicts"]["indicators.T4"]
    assert IndicatorAnswer.objects.get().value == 3


def theirs(report, by):
    """Somebody else writes 3 into T4 after the page was loaded."""
    three = {"indicators.T4": {"emptiness": "number", "value": "3"}}
    return actions.save_draft(report.pk, answers=three, seen=0, by=by, at=NOON)


def test_a_save_of_one_field_shows_what_another_wrote_into_the_others(client, lan, tung, province):
    report = factories.draft(province)
    theirs(report, tung)
    client.force_login(lan)
    shown = {"seen": "0", "seen-indicators-T3": "0", "seen-indicators-T4": "0"}

    told = client.post(address(report), {**shown, "field": "indicators.T3", **T3}).json()

    assert (told["settled"], list(told["moved"])) == (["indicators.T3"], ["indicators.T4"])
    assert told["moved"]["indicators.T4"]["boxes"]["indicators-T4-value"] == "3"
    assert "Hoàng Thanh Tùng" in told["moved"]["indicators.T4"]["note"]


def test_each_field_is_compared_with_what_the_page_shows_of_it(client, lan, tung, province):
    report = factories.draft(province)
    theirs(report, tung)
    client.force_login(lan)
    shown = {"seen": "0", "seen-indicators-T3": "2", "seen-indicators-T4": "0"}
    five = {**T4, "indicators-T4-value": "5"}

    told = client.post(address(report), {**shown, "field": "indicators.T4", **five}).json()
    page = client.post(section(report), {**shown, **T3, **five})

    assert list(told["conflicts"]) == ["indicators.T4"]
    assert page.status_code == 422
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 3


def test_a_page_that_comes_back_shows_what_others_wrote_and_not_what_was_sent(client, lan, tung, province):
    report = factories.draft(province)
    theirs(report, tung)
    client.force_login(lan)
    wrong = {**T3, "indicators-T3-numerator": "67"}

    page = client.post(section(report), {"seen": "0", **wrong})
    again = client.post(section(report), boxes_of(page, {"indicators-T3-numerator": "52"}))

    assert (page.status_code, again.status_code) == (422, 302)
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 3
    assert IndicatorAnswer.objects.get(address="indicators.T3").numerator == 52


def boxes_of(page, changed):
    """What the page would send if only these boxes were changed."""
    shown = page.context["page"]
    boxes = {name: text for one in shown.fields if one.form for name, text in one.form.shown().items()}
    seen = {one.seen_box: one.seen for one in shown.fields if one.form}
    return {"seen": shown.seen, **boxes, **seen, **changed}


def test_two_changes_of_one_activity_stand_in_the_boxes_together(client, lan, tung, province):
    activity = factories.plan_activity(province)
    report = factories.draft(province)
    box, half = f"activities-{activity.pk}", {"progress": "doing", "percent": 40}
    actions.save_draft(report.pk, answers={f"activities.{activity.pk}": half}, seen=0, by=lan, at=NOON)
    more = {f"activities.{activity.pk}": {**half, "percent": 60}}
    actions.save_draft(report.pk, answers=more, seen=1, by=tung, at=NOON)
    client.force_login(lan)
    mine = {f"{box}-progress": "doing", f"{box}-percent": "40", f"{box}-result": "Hai lớp"}

    told = client.post(
        address(report, "activities"),
        {"seen": "1", f"seen-{box}": "1", "field": f"activities.{activity.pk}", **mine},
    ).json()

    boxes = told["moved"][f"activities.{activity.pk}"]["boxes"]
    assert (boxes[f"{box}-percent"], boxes[f"{box}-result"]) == ("60", "Hai lớp")


def test_one_locked_field_keeps_no_other_from_being_saved(client, lan, tung, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T3")
    client.force_login(lan)
    both = {**T3, "indicators-T3-numerator": "50", **T4}

    told = client.post(
        address(report), {"seen": report.version, "field": ["indicators.T4", "indicators.T3"], **both}
    ).json()

    assert told["settled"] == ["indicators.T3"]
    assert "đã khoá, không sửa được" in told["locked"]["indicators.T4"]
    assert "trình duyệt này" in told["locked"]["indicators.T4"]
    assert IndicatorAnswer.objects.get(address="indicators.T3").numerator == 50
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 2


def test_an_answer_to_a_remark_is_saved_while_it_is_typed(client, lan, tung, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T3")
    remark = report.remarks.get()
    boxes = {f"reply-{remark.pk}-reply": "kept", f"reply-{remark.pk}-text": ""}
    client.force_login(lan)

    half = client.post(
        address(report), {"seen": report.version, "word": f"reply-{remark.pk}", **boxes}
    ).json()
    boxes[f"reply-{remark.pk}-text"] = "Số đúng"
    whole = client.post(
        address(report), {"seen": report.version, "word": f"reply-{remark.pk}", **boxes}
    ).json()

    assert (half["said"], half["word_faults"]) == ([], {}), "half an answer is no mistake"
    assert (whole["said"], whole["word_faults"]) == ([f"reply-{remark.pk}"], {})
    remark.refresh_from_db()
    assert (remark.reply_text, remark.replied_by) == ("Số đúng", lan)


def test_an_answer_in_another_section_or_round_is_not_taken(client, lan, tung, thu, province):
    report = factories.returned(province, tung, thu, "money.local")
    remark = report.remarks.get()
    boxes = {f"reply-{remark.pk}-reply": "fixed", f"reply-{remark.pk}-text": "Đã sửa"}
    client.force_login(lan)

    told = client.post(
        address(report), {"seen": report.version, "word": [f"reply-{remark.pk}", "reply-x", "x"], **boxes}
    ).json()

    assert (told["said"], told["word_faults"]) == ([], {})
    remark.refresh_from_db()
    assert remark.reply == ""


def test_a_reason_is_saved_while_it_is_typed_for_the_number_that_came_with_it(client, lan, province):
    report = factories.filled(province, lan)
    approved_before(province, numerator=41, denominator=66)
    kept_rule()
    client.force_login(lan)
    box = "reason-r-indicators-T3"
    number = {"field": "indicators.T3", **T3, "indicators-T3-numerator": "55"}

    told = client.post(
        address(report),
        {"seen": report.version, "seen_words": report.version, "word": box,
         f"{box}-text": "Mười bốn cụm mới.", **number},
    ).json()  # fmt: skip

    assert (told["said"], told["settled"]) == ([box], ["indicators.T3"])
    given = Justification.objects.get()
    assert (given.text, given.finding["basis"]["indicators.T3:numerator"]) == ("Mười bốn cụm mới.", "55")


def test_a_reason_for_a_number_that_somebody_changed_meanwhile_waits(client, lan, tung, province):
    report = factories.filled(province, tung)
    approved_before(province, numerator=41, denominator=66)
    kept_rule()
    seen = report.version
    theirs = {"indicators.T3": {"emptiness": "number", "numerator": "60", "denominator": "66"}}
    actions.save_draft(report.pk, answers=theirs, seen=seen, by=tung, at=NOON)
    client.force_login(lan)
    box = "reason-r-indicators-T3"

    told = client.post(
        address(report), {"seen": seen, "seen_words": seen, "word": box, f"{box}-text": "Mười một cụm."}
    ).json()

    assert (told["said"], list(told["word_faults"])) == ([], [f"{box}-text"])
    assert not Justification.objects.exists()


def test_after_the_submission_nothing_is_taken_and_the_reason_is_told(client, lan, tung, province):
    report = factories.submitted(province, tung)
    client.force_login(lan)

    answer = client.post(address(report), {"seen": "9", "field": "indicators.T4", **T4})

    assert answer.status_code == 409
    assert str(State.SUBMITTED.label) in answer.json()["words"]
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 2


def test_signed_out_the_answer_says_so_and_nothing_is_saved(client, province):
    report = factories.draft(province)

    answer = client.post(address(report), {"seen": "0", "field": "indicators.T4", **T4})

    assert answer.status_code == 401
    assert "đăng xuất" in answer.json()["words"]
    assert not IndicatorAnswer.objects.exists()


def test_a_form_sent_after_the_session_ended_stands_in_its_boxes_after_the_sign_in(lan, province):
    report = factories.draft(province)
    visitor = Client()
    to_login = visitor.post(section(report), {"seen": "0", **T3, "indicators-T4-value": "nhiều"})
    assert to_login.url == f"{reverse('account_login')}?next={section(report)}"
    visitor.force_login(lan)

    page = visitor.get(section(report))

    assert not IndicatorAnswer.objects.exists()
    assert "chưa được lưu" in page.text
    assert 'value="52"' in page.text
    assert 'value="nhiều"' in page.text

    visitor.post(section(report), {"seen": "0", **T3})

    assert IndicatorAnswer.objects.get().numerator == 52
    assert "chưa được lưu" not in visitor.get(section(report)).text


def test_what_was_typed_signed_out_is_shown_to_nobody_of_another_unit(hoa, province):
    report = factories.draft(province)
    visitor = Client()
    visitor.post(section(report), {"seen": "0", **T3})
    visitor.force_login(hoa)

    assert visitor.get(section(report)).status_code == 404


def test_a_page_too_long_to_keep_is_said_at_once(province):
    report = factories.draft(province)
    visitor = Client()

    login = visitor.post(section(report, "general"), {"general-summary-text": "a" * 200_001}, follow=True)

    assert "quá dài" in login.text
    assert visitor.session.get("typed while signed out") is None


@pytest.mark.parametrize("touched", [1, 3])
def test_keeping_what_is_typed_asks_the_database_the_same_few_times(
    client, lan, province, touched, django_assert_num_queries
):
    report = factories.draft(province)
    client.force_login(lan)
    fields = ["indicators.T3", "indicators.T4", "indicators.T8"][:touched]
    boxes = {**T3, **T4, "indicators-T8-emptiness": "number"}

    with django_assert_num_queries(11):
        client.post(address(report), {"seen": "0", "field": fields, **boxes})

    assert IndicatorAnswer.objects.count() == touched


def test_a_field_of_another_section_is_not_said_to_be_saved(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    answer = client.post(address(report, "general"), {"seen": "0", "field": "indicators.T4", **T4})

    assert answer.status_code == 409
    assert not IndicatorAnswer.objects.exists()
