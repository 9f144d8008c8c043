"""What people paste and mistype: it stays readable, or gets one sentence at its box; nothing is half done."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tablib import Dataset

from foundation.plain_text import plain_text
from reporting.answers import completed
from reporting.checks import faults
from reporting.models import ActivityAnswer, CountAnswer, IndicatorAnswer, MoneyAnswer, Period, TextAnswer
from reporting.questions import Question
from reporting.resources import PeriodResource
from tests.reporting import check_rules, factories
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


def test_a_date_outside_the_period_gets_a_sentence_at_its_box(client, lan, province):
    activity = factories.plan_activity(province)
    report = factories.draft(province)
    client.force_login(lan)
    box = f"activities-{activity.pk}-finished_on"

    answer = client.post(section(report, "activities"), {"seen": "0", box: "2026-12-15"})

    assert answer.status_code == 422
    assert list(answer.context["page"].fields[0].form.errors) == ["finished_on"]
    assert "Ngày này sau ngày hết kỳ báo cáo" in answer.text
    assert not ActivityAnswer.objects.exists()


def test_a_word_beside_a_button_is_made_plain(client, lan, province):
    report = factories.filled(province, lan)
    client.force_login(lan)
    seen = client.get(reverse("work:submit", args=[report.pk])).context["inside"].seen

    client.post(
        reverse("work:sign_off", args=[report.pk, "declare"]), {"seen": seen, "word": "Đủ\x00 hồ\u00a0sơ"}
    )

    report.refresh_from_db()
    assert report.sign_off.clearances.get().comment == "Đủ hồ sơ"


# --- In bulk as one by one --------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "part", "on_page", "in_cell"),
    [
        ("indicators.T4", "value", "-1", -1),
        ("indicators.T4", "value", "1001", 1001),
        ("indicators.T4", "value", "1,5", 1.5),
        ("indicators.T4", "expected_on", "2226-01-31", date(2226, 1, 31)),
        ("money.local", "spent", "-5", -5),
        ("general.summary", "text", "đ" * 8001, "đ" * 8001),
    ],
)
def test_a_workbook_is_refused_what_the_page_refuses_in_the_same_words(
    client, lan, province, address, part, on_page, in_cell
):
    report = factories.draft(province)
    client.force_login(lan)
    key, prefix = address.partition(".")[0], address.replace(".", "-")

    page = client.post(
        section(report, key), {"seen": "0", f"{prefix}-emptiness": "number", f"{prefix}-{part}": on_page}
    ).context["page"]
    kept = taken(report, fill(given_out(report), **{f"{address.replace('.', '__')}__{part}": in_cell}), lan)

    form = next(one.form for one in page.fields if one.anchor == prefix)
    told = {sentence for row in kept.outcome["refused"] for _place, sentence in row["complaints"]}
    assert told == {str(sentence) for sentence in form.errors[part]}
    report.refresh_from_db()
    assert report.version == 0


def test_of_a_file_with_five_bad_rows_each_is_told_and_none_is_kept(province):
    regime = factories.RegimeFactory()
    days = ("first_day", "last_day", "opens_on", "due_on", "government_due_on")
    rows = Dataset(headers=["regime", "year", "number", *days])
    rows.append([regime.code, 2030, 1, "2029-12-15", "2030-12-14", "2030-10-01", "2030-11-17", "2030-12-25"])
    for year in range(2031, 2036):  # due before it opens
        whole = (f"{year - 1}-12-15", f"{year}-12-14", f"{year}-10-01", f"{year}-09-01", f"{year}-12-25")
        rows.append([regime.code, year, 1, *whole])

    found = PeriodResource().import_data(rows)

    told = [str(row.error) for row in found.invalid_rows]
    assert len(told) == 5
    assert all("Hạn nộp" in one for one in told)
    assert not Period.objects.exists()


@pytest.mark.parametrize("day", [date(1, 2, 1), date(9999, 12, 31)])
def test_a_form_or_a_rule_in_force_from_a_far_year_is_refused_at_its_box(day):
    kept = check_rules.kept_rule()
    form = factories.FormVersionFactory()

    for row in (form, kept):
        row.in_force_from = day
        with pytest.raises(ValidationError) as told:
            row.full_clean()
        assert "quá xa hôm nay" in told.value.message_dict["in_force_from"][0]
