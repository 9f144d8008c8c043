"""Counts with their parts: controlled codes only, sums that hold, the same in page, workbook and approval."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from foundation.actions import ActionRefused
from reporting import actions, diffs
from reporting.answers import completed, flat, folded
from reporting.checks import faults, missing
from reporting.definition import definition_for
from reporting.models import ApprovedCount, CodeList, CountAnswer, FormVersion, Submission
from reporting.questions import Question, faults_of_definition
from reporting.words import lines
from reporting.workbooks import actions as workbooks
from tests.reporting import factories
from tests.reporting.factories import COUNTS, NOON
from tests.reporting.workbooks import cell, fill, given_out, message, opened, taken

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

TWENTY = {"emptiness": "number", "value": "20", "parts": {"female": "12", "male": "8"}}
TOLD = {**TWENTY, "note": "Sổ của cổng còn thiếu hai lớp"}  # the portal counts nobody in these tests
SEX = {
    "key": "sex",
    "name_vi": "Giới tính",
    "complete": True,
    "codes": [{"key": "female", "name_vi": "Nữ"}, {"key": "male", "name_vi": "Nam"}],
}


def ask(**raw):
    return Question("portal", {"key": "trained", "kind": "count", "label_vi": "Người dự", **raw})


def save(report, by, **answers):
    report.refresh_from_db()
    given = {f"portal.{key}": said for key, said in answers.items()}
    return actions.save_draft(report.pk, answers=given, seen=report.version, by=by, at=NOON)


def sent(report, by):
    factories.submit(report, by)
    report.refresh_from_db()
    return Submission.objects.get(report=report, round=report.round)


# --- What may be said -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "boxes"),
    [
        (TWENTY, []),
        ({"emptiness": "number", "value": "20"}, []),
        ({"emptiness": "zero"}, []),
        ({"emptiness": "zero", "value": "3"}, ["value"]),
        ({"value": "-1"}, ["value"]),
        ({"value": "1.5"}, ["value"]),
        ({"value": "10000000000000"}, ["value"]),
        ({"value": "501"}, ["value"]),
        ({"value": "20", "parts": {"female": "13", "male": "8"}}, ["part_sex_male"]),
        ({"value": "20", "parts": {"female": "12", "male": "7"}}, ["part_sex_male"]),
        ({"value": "20", "parts": {"female": "12"}}, []),
        ({"value": "20", "parts": {"female": "-1", "male": "21"}}, ["part_sex_female"]),
        ({"value": "20", "parts": {"female": "1.5", "male": "18.5"}}, ["part_sex_female", "part_sex_male"]),
        ({"parts": {"female": "12"}}, ["value"]),
        ({"emptiness": "zero", "parts": {"female": "1"}}, ["part_sex_female"]),
        ({"value": "20", "parts": {"women": "20"}}, ["value"]),
    ],
)
def test_nonsense_is_found_at_its_box(given, boxes):
    question = ask(list=SEX, maximum="500") if given.get("value") == "501" else ask(list=SEX)

    found = faults(question, completed("count", given), date(2026, 12, 14))

    assert [fault.part for fault in found] == boxes


def test_parts_of_an_open_list_may_be_fewer_than_the_whole():
    open_list = {**SEX, "complete": False}
    less, more = ({"value": "20", "parts": {"female": said}} for said in ("12", "21"))

    found = [
        faults(ask(list=open_list), completed("count", given), date(2026, 12, 14)) for given in (less, more)
    ]

    assert [[fault.part for fault in one] for one in found] == [[], ["part_sex_female"]]


def test_a_count_without_a_list_takes_no_parts():
    found = faults(ask(), completed("count", {"value": "3", "parts": {"female": "3"}}), date(2026, 12, 14))

    assert [fault.part for fault in found] == ["value"]


@pytest.mark.parametrize("parts", ["ba", {"female": "nhiều"}, ["3"]])
def test_parts_that_are_no_numbers_are_refused(parts, lan, province):
    report = factories.counting(province)

    with pytest.raises(ActionRefused):
        save(report, lan, trained={"value": "3", "parts": parts})

    assert not CountAnswer.objects.exists()


@pytest.mark.parametrize(
    ("given", "is_lacking"),
    [
        ({}, True),
        ({"emptiness": "number"}, True),
        ({"emptiness": "number", "value": "20"}, True),
        ({"emptiness": "number", "value": "0"}, False),
        (TWENTY, False),
        ({**TWENTY, "parts": {"female": "12"}}, True),
        ({"emptiness": "zero"}, False),
        ({"emptiness": "withheld"}, True),
        ({"emptiness": "withheld", "reason": "Bí mật"}, False),
    ],
)
def test_what_is_lacking_is_found(given, is_lacking):
    question = ask(list=SEX, required=True)

    found = missing({question.address: question}, {question.address: completed("count", given)}, frozenset())

    assert bool(found) is is_lacking


def test_an_optional_count_may_be_left_out():
    question = ask()

    assert (
        missing({question.address: question}, {question.address: completed("count", {})}, frozenset()) == []
    )


def test_boxes_and_value_are_the_same_answer():
    question = ask(list=SEX)
    value = completed("count", TWENTY)

    boxes = flat(value, question)

    assert (boxes["part_sex_female"], boxes["part_sex_male"]) == ("12", "8")
    assert completed("count", folded(boxes)) == value


def test_an_answer_reads_in_words_with_its_parts():
    with override("vi"):
        told = lines(ask(list=SEX, unit_vi="người"), completed("count", TWENTY))

    assert [(line.label, line.text) for line in told] == [("", "20 người"), ("Giới tính", "Nữ 12, Nam 8")]


def test_a_change_of_one_part_is_shown_at_the_list():
    question = ask(list=SEX)
    after = completed("count", {**TWENTY, "parts": {"female": "13", "male": "7"}})

    changed = diffs.parts(question, completed("count", TWENTY), after)

    told = {label: [(piece.kind, piece.text) for piece in pieces] for label, pieces in changed}
    assert ("gone", "12,") in told["Giới tính"]
    assert ("new", "13,") in told["Giới tính"]


# --- The list lives with the report -----------------------------------------------------


def test_the_list_is_copied_into_the_report_and_stays_there(province):
    report = factories.counting(province)
    CodeList.objects.get().codes.filter(key="male").update(name_vi="Nam giới", ended_on=date(2025, 1, 1))

    report.refresh_from_db()

    codes = report.questions["portal.trained"].breakdown.codes
    assert {key: str(name) for key, name in codes.items()} == {"female": "Nữ", "male": "Nam"}


def test_a_code_that_has_ended_is_offered_for_earlier_periods_only(province):
    form = FormVersion.objects.get(pk=factories.counting(province).form_id)
    CodeList.objects.get().codes.filter(key="male").update(ended_on=date(2025, 12, 15))

    def offered(year):
        made = definition_for(form, province, factories.PeriodFactory(year=year))
        return [code["key"] for code in made["sections"][0]["questions"][0]["list"]["codes"]]

    assert (offered(2025), offered(2026)) == (["female", "male"], ["female"])


def test_a_form_may_not_divide_by_a_list_that_is_not_there():
    form = FormVersion(
        regime=factories.RegimeFactory(), number=7, in_force_from=date(2026, 1, 1), definition=COUNTS
    )

    with pytest.raises(Exception, match="sex"):
        form.clean()
    factories.by_sex()
    form.clean()


@pytest.mark.parametrize(
    "raw",
    [{"kind": "text", "by": "sex"}, {"kind": "count", "by": "a b"}, {"kind": "text", "proposed_from": "x"}],
)
def test_a_form_that_divides_wrongly_is_explained(raw):
    section = {"key": "a", "title_vi": "A", "questions": [{"key": "1", **raw}]}

    assert len(faults_of_definition({"sections": [section]})) == 1


# --- From the page to the approved row --------------------------------------------------

BOXES = {
    "portal-trained-emptiness": "number",
    "portal-trained-value": "1.020",
    "portal-trained-part_sex_female": "12",
    "portal-trained-part_sex_male": "1.008",
}


def section(report):
    return reverse("work:section", args=[report.pk, "portal"])


def test_parts_are_saved_from_the_page_and_stand_there_again(client, lan, province):
    report = factories.counting(province)
    client.force_login(lan)

    client.post(section(report), {"seen": "0", **BOXES})

    row = CountAnswer.objects.get()
    assert (row.value, row.parts) == (1020, {"female": "12", "male": "1008"})
    page = client.get(section(report)).text
    assert 'name="portal-trained-part_sex_male" value="1.008"' in page


def test_a_sum_that_does_not_hold_stands_at_its_box_with_what_was_typed(client, lan, province):
    report = factories.counting(province)
    client.force_login(lan)

    answer = client.post(section(report), {"seen": "0", **BOXES, "portal-trained-part_sex_male": "8"})

    assert answer.status_code == 422
    form = answer.context["page"].fields[0].form
    assert list(form.errors) == ["part_sex_male"]
    assert "Các phần cộng lại là 20, không bằng tổng 1.020." in answer.text
    assert not CountAnswer.objects.exists()


def test_saving_the_page_twice_changes_nothing(client, lan, province):
    report = factories.counting(province)
    client.force_login(lan)
    client.post(section(report), {"seen": "0", **BOXES})

    client.post(section(report), {"seen": "1", **BOXES})

    report.refresh_from_db()
    assert report.version == 1


def test_approving_writes_a_versioned_row_and_a_correction_the_next(tung, minh, province):
    report = factories.counting(province)
    save(report, tung, trained=TOLD)
    sent(report, tung)
    actions.approve(report.pk, by=minh, at=NOON)
    actions.remark(report.pk, address="portal.trained", text="Xem lại", by=minh, at=NOON)
    actions.reopen(report.pk, by=minh, at=NOON)
    report.refresh_from_db()
    save(report, tung, trained={**TOLD, "parts": {"female": "11", "male": "9"}})
    actions.reply(report.remarks.get().pk, reply="fixed", text="", by=tung, at=NOON)
    sent(report, tung)

    actions.approve(report.pk, by=minh, at=NOON)

    rows = ApprovedCount.objects.filter(address="portal.trained").order_by("version")
    assert [(row.version, row.value, row.parts, row.superseded_at) for row in rows] == [
        (1, 20, {"female": "12", "male": "8"}, NOON),
        (2, 20, {"female": "11", "male": "9"}, None),
    ]
    assert rows[1].words() == "20 người (Nữ 11, Nam 9)"


def test_what_is_empty_is_approved_without_a_number_and_what_was_left_out_not_at_all(tung, minh, province):
    report = factories.counting(province)
    save(report, tung, trained={"emptiness": "withheld", "reason": "Bí mật"})
    sent(report, tung)

    actions.approve(report.pk, by=minh, at=NOON)

    row = ApprovedCount.objects.get()
    assert (row.address, row.value, row.parts, row.reason) == ("portal.trained", None, {}, "Bí mật")


def test_the_database_refuses_a_negative_count(province):
    report = factories.counting(province)

    with pytest.raises(IntegrityError), transaction.atomic():
        CountAnswer.objects.create(report=report, address="portal.trained", emptiness="number", value=-1)


# --- Workbooks --------------------------------------------------------------------------


def test_a_workbook_has_a_column_for_each_code_and_brings_the_parts_back(lan, province):
    report = factories.counting(province)
    save(report, lan, trained=TWENTY)
    book = given_out(report)

    assert cell(book, "portal.trained", "part_sex_female").value == 12
    assert not cell(book, "portal.trained", "part_sex_female").protection.locked
    assert cell(book, "portal.courses", "part_sex_female").protection.locked
    kept = taken(
        report, fill(book, portal__trained__part_sex_female=11, portal__trained__part_sex_male=9), lan
    )

    assert (kept.outcome["taken"], kept.outcome["refused"]) == (1, [])
    assert CountAnswer.objects.get(address="portal.trained").parts == {"female": "11", "male": "9"}


def test_an_untouched_workbook_of_counts_changes_nothing(lan, province):
    report = factories.counting(province)
    save(report, lan, trained=TWENTY)

    assert taken(report, given_out(report), lan).outcome["unchanged"] == 2


def test_a_part_in_a_workbook_that_is_not_whole_comes_back_with_a_sentence(lan, province):
    report = factories.counting(province)
    book = fill(given_out(report), portal__trained__value=20, portal__trained__part_sex_female=12.5)

    kept = taken(report, book, lan)
    report.refresh_from_db()

    assert not CountAnswer.objects.exists()
    back = opened(workbooks.refused_rows(kept, report, open_fields=report.open_addresses()))
    assert "Ghi số nguyên" in message(back, "portal.trained")
    assert cell(back, "portal.trained", "part_sex_female").value == 12.5


def test_the_approved_count_of_the_period_before_stands_beside(client, lan, tung, minh, province):
    before = factories.counting(
        province, obligation=factories.ObligationFactory(
            period=factories.PeriodFactory(year=2025), province=province
        ),
    )  # fmt: skip
    save(before, tung, trained=TOLD)
    sent(before, tung)
    actions.approve(before.pk, by=minh, at=NOON)
    client.force_login(lan)

    page = client.get(section(factories.counting(province))).text

    assert "<b>20 người; Giới tính: Nữ 12, Nam 8</b>" in page


# --- The ministry keeps the lists -------------------------------------------------------


def desk_of(one):
    return reverse("admin:reporting_codelist_change", args=[one.pk])


def as_typed(one, **codes):
    """The boxes of a list's form; ``female={"ended_on": …}`` changes a box of that code."""
    rows = list(one.codes.all())
    boxes = {
        "key": one.key, "name_vi": one.name_vi, "name_en": "", "is_complete": "on", "source": "",
        "codes-TOTAL_FORMS": len(rows), "codes-INITIAL_FORMS": len(rows),
    }  # fmt: skip
    for number, code in enumerate(rows):
        said = {"id": code.pk, "list": one.pk, "key": code.key, "name_vi": code.name_vi, "name_en": "",
                "position": code.position, "ended_on": "", **codes.get(code.key, {})}  # fmt: skip
        boxes |= {f"codes-{number}-{name}": value for name, value in said.items()}
    return boxes


def test_a_code_is_ended_and_the_list_keeps_its_history(client, minh):
    one = factories.by_sex()
    client.force_login(minh)

    client.post(desk_of(one), as_typed(one, male={"ended_on": "2026-01-01"}))

    code = one.codes.get(key="male")
    assert code.ended_on == date(2026, 1, 1)
    assert code.history.first().history_user == minh


def test_a_code_is_not_deleted_and_keeps_its_key(client, minh):
    one = factories.by_sex()
    client.force_login(minh)

    deleted = client.post(desk_of(one), as_typed(one, male={"DELETE": "on"}))
    renamed = client.post(desk_of(one), as_typed(one, male={"key": "man"}))

    assert (deleted.status_code, renamed.status_code) == (302, 200)
    assert "male" in renamed.context["inline_admin_formsets"][0].formset.errors[1]["key"][0]
    assert sorted(one.codes.values_list("key", flat=True)) == ["female", "male"]
    assert client.get(reverse("admin:reporting_codelist_delete", args=[one.pk])).status_code == 403


def test_the_page_of_the_unit_shows_approved_counts_and_no_others(client, tung, minh, province):
    report = factories.counting(province)
    save(report, tung, trained=TOLD)
    sent(report, tung)
    address = reverse("provinces:province", args=[province.slug])

    def shown():
        return client.get(address).text

    assert "20 người (Nữ 12, Nam 8)" not in shown()
    actions.approve(report.pk, by=minh, at=NOON)
    assert "20 người (Nữ 12, Nam 8)" in shown()
