"""What the page sends while somebody types, and what a signed-out person typed."""

import pytest
from django.test import Client
from django.urls import reverse

from reporting import actions
from reporting.models import AnswerChange, IndicatorAnswer, State
from tests.reporting import factories
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
