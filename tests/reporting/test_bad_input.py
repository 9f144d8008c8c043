"""What people paste and mistype: it stays readable, or gets one sentence at its box; nothing is half done."""

from datetime import date

import pytest
from django.urls import reverse

from reporting.answers import completed
from reporting.checks import faults
from reporting.models import CountAnswer, IndicatorAnswer, MoneyAnswer, TextAnswer
from reporting.plain_text import plain_text
from reporting.questions import Question
from tests.reporting import factories
from tests.reporting.workbooks import fill, given_out, taken

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def section(report, key="general"):
    return reverse("work:section", args=[report.pk, key])


def post(client, report, key, **typed):
    boxes = {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(section(report, key), {"seen": "0", **boxes})


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("“Tập huấn” – 52 khu…", "“Tập huấn” – 52 khu…"),
        ("<b>Kết quả</b>", "<b>Kết quả</b>"),
        ("Kê\u0301t qua\u0309", "Kết quả"),
        ("52\u00a0khu,\u200b\ufeff cụm\u00ad", "52 khu, cụm"),
        ("\u202eđảo\u202c ngược", "đảo ngược"),
        ("dòng một\x0bdòng hai\u2028dòng ba", "dòng một\ndòng hai\ndòng ba"),
        ("a\x00b\x07c\ue000", "abc"),
        ("một\r\nhai\tba", "một\r\nhai\tba"),
        ("👩‍🌾 5 m²", "👩🌾 5 m²"),
    ],
)
def test_pasted_text_becomes_plain_and_stays_readable(pasted, kept):
    assert plain_text(pasted) == kept
    assert plain_text(kept) == kept


def test_tags_are_words_on_the_page_and_never_markup(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    post(client, report, "general", general__summary__text='<script>alert("x")</script>\x00 52 khu')

    assert TextAnswer.objects.get().text == '<script>alert("x")</script> 52 khu'
    page = client.get(section(report)).text
    assert "&lt;script&gt;alert" in page
    assert '<script>alert("x")' not in page


def test_a_text_that_is_too_long_gets_a_sentence_and_stays_in_its_box(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)
    long = "đ" * 8001

    answer = post(client, report, "general", general__summary__text=long, general__contact__text="Phòng QLCN")

    assert answer.status_code == 422
    assert long in answer.text
    assert [row.address for row in TextAnswer.objects.all()] == ["general.contact"]


def test_a_text_as_long_as_may_be_is_kept_whole(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    post(client, report, "general", general__summary__text="đ" * 8000)

    assert TextAnswer.objects.get().text == "đ" * 8000


def test_pasted_text_in_a_workbook_is_made_plain_too(lan, province):
    report = factories.draft(province)

    taken(report, fill(given_out(report), general__summary__text="52\u00a0khu\u200b"), lan)

    assert TextAnswer.objects.get().text == "52 khu"


@pytest.mark.parametrize(
    ("key", "box", "typed"),
    [
        ("indicators", "indicators-T4-value", "-1"),
        ("indicators", "indicators-T4-value", "10000000000000"),
        ("indicators", "indicators-T4-value", "1,5"),
        ("indicators", "indicators-T4-value", "1e5"),
        ("indicators", "indicators-T4-value", "=1+1"),
        ("indicators", "indicators-T4-expected_on", "2026-02-30"),
        ("indicators", "indicators-T4-expected_on", "20260-01-01"),
        ("indicators", "indicators-T4-expected_on", "0026-01-31"),
        ("indicators", "indicators-T4-expected_on", "2226-01-31"),
        ("money", "money-local-spent", "-5"),
        ("money", "money-local-spent", "10000000000000"),
    ],
)
def test_nonsense_in_a_box_gets_a_sentence_there_and_changes_nothing(client, lan, province, key, box, typed):
    report = factories.draft(province)
    client.force_login(lan)
    prefix, _dash, part = box.rpartition("-")

    answer = client.post(section(report, key), {"seen": "0", f"{prefix}-emptiness": "number", box: typed})

    form = next(one.form for one in answer.context["page"].fields if one.anchor == prefix)
    assert answer.status_code == 422
    assert list(form.errors) == [part]
    assert f'value="{typed}"' in answer.text
    assert not IndicatorAnswer.objects.exists()
    assert not MoneyAnswer.objects.exists()


@pytest.mark.parametrize("typed", ["-1", "1,5", "10000000000000", "nhiều", "501"])
def test_a_count_is_whole_and_possible_or_gets_a_sentence(client, lan, province, typed):
    report = factories.counting(province)
    client.force_login(lan)

    answer = post(client, report, "portal", portal__courses__emptiness="number", portal__courses__value=typed)

    assert answer.status_code == 422
    assert list(answer.context["page"].fields[1].form.errors) == ["value"]
    assert not CountAnswer.objects.exists()


@pytest.mark.parametrize(
    ("part", "day", "is_wrong"),
    [
        ("started_on", "2026-03-02", False),
        ("started_on", "1026-03-02", True),
        ("finished_on", "2062-03-02", True),
    ],
)
def test_a_slip_in_the_year_of_an_activity_is_found(part, day, is_wrong):
    question = Question("activities", {"key": "1", "kind": "activity", "label_vi": "Tập huấn", "subject": 1})

    found = faults(question, completed("activity", {"progress": "doing", part: day}), date(2026, 12, 14))

    assert [fault.part for fault in found] == ([part] if is_wrong else [])
