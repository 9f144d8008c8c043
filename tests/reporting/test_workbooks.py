"""A workbook takes a report out and brings it back: nothing lost, nothing overwritten, every fault named."""

import io
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from foundation.actions import ActionRefused
from foundation.models import StoredFile
from reporting import actions as reports
from reporting.models import (
    ActivityAnswer,
    AnswerChange,
    FilledWorkbook,
    IndicatorAnswer,
    MoneyAnswer,
    ReportEvent,
    TextAnswer,
)
from reporting.workbooks import actions
from reporting.workbooks.layout import EARLIER, HIDDEN, SHARE
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON
from tests.reporting.workbooks import cell, file_of, fill, given_out, message, opened, saved, sent, taken

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def report(province, lan):
    """A draft with an activity, and an answer to everything else."""
    factories.plan_activity(province)
    report = factories.draft(province)
    reports.save_draft(report.pk, answers=ANSWERS, seen=0, by=lan, at=NOON)
    report.refresh_from_db()
    return report


def activity(report):
    return next(one for one in report.questions.values() if one.kind == "activity")


def on_site(report, by, answers):
    report.refresh_from_db()
    return reports.save_draft(report.pk, answers=answers, seen=report.version, by=by, at=NOON)


def test_a_workbook_holds_what_is_known_as_numbers_words_and_dates(report, lan):
    on_site(report, lan, {activity(report).address: {"progress": "doing", "started_on": "2026-03-01"}})

    book = given_out(report)

    assert cell(book, "indicators.T3", "value").value == 52
    assert cell(book, "indicators.T3", "denominator").value == 66
    assert cell(book, "indicators.T3", "emptiness").value == "có số"
    assert cell(book, "indicators.T8", "emptiness").value == "có"
    assert cell(book, "money.local", "spent").value == 80.5
    assert cell(book, activity(report).address, "started_on").value.date() == date(2026, 3, 1)
    assert cell(book, "general.summary", "text").value == "Đã tập huấn 52 khu, cụm."


def test_the_share_is_a_locked_formula_and_only_answers_are_open(report):
    book = given_out(report)
    share = cell(book, "indicators.T3", SHARE)
    number = cell(book, "indicators.T3", "value")

    assert share.value.startswith("=IF(AND(ISNUMBER(")
    assert number.coordinate in share.value
    assert (share.protection.locked, number.protection.locked) == (True, False)
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert cell(book, "indicators.T3", EARLIER).protection.locked
    assert book[HIDDEN].sheet_state == "veryHidden"


def test_the_drop_downs_hold_the_words_of_the_readers_language(report):
    with override("en"):
        book = given_out(report)
    sheet = cell(book, "indicators.T3", "emptiness").parent

    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    words = [one.value for row in book[HIDDEN][lists[0].partition("!")[2].replace("$", "")] for one in row]
    assert words[:2] == ["there is a number", "zero"]
    assert cell(book, "indicators.T3", "emptiness").value == "there is a number"


def test_every_part_of_the_file_is_sound(report):
    data = actions.workbook_of(report, open_fields=report.open_addresses())

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))  # noqa: S314 -- written here


def test_a_text_that_looks_like_a_formula_stays_a_text(report, lan):
    hostile = '=HYPERLINK("http://x.example","bấm")'
    on_site(report, lan, {"general.summary": {"text": hostile}})

    found = cell(given_out(report), "general.summary", "text")

    assert (found.value, found.data_type, found.quotePrefix) == (hostile, "s", True)


def test_last_periods_approved_value_stands_beside(province, lan, tung, minh):
    old = factories.PeriodFactory(year=2025)
    before = factories.StatusReportFactory(
        obligation=factories.ObligationFactory(period=old, province=province)
    )
    reports.save_draft(before.pk, answers=ANSWERS, seen=0, by=tung, at=NOON)
    reports.attach_evidence(
        before.pk, address="indicators.T3", upload=factories.upload(), is_public=False, by=tung, at=NOON
    )
    factories.submit(before, tung)
    reports.approve(before.pk, by=minh, at=NOON)

    book = given_out(factories.draft(province))

    assert "52 trên 66 (78,8%)" in cell(book, "indicators.T3", EARLIER).value


def test_an_untouched_workbook_changes_nothing(report, lan):
    kept = taken(report, given_out(report), lan)

    assert (kept.outcome["taken"], kept.outcome["refused"]) == (0, [])
    assert kept.outcome["unchanged"] == len(report.questions)
    assert AnswerChange.objects.count() == len(ANSWERS)


def test_what_was_typed_is_taken_and_written_down(report, lan):
    address = activity(report).address
    book = fill(given_out(report), indicators__T3__value=50, money__local__spent="81,25")
    for key, said in {"progress": "đang thực hiện", "percent": 40, "started_on": date(2026, 3, 1)}.items():
        cell(book, address, key).value = said

    kept = taken(report, book, lan)

    assert (kept.outcome["taken"], kept.outcome["refused"]) == (3, [])
    assert IndicatorAnswer.objects.get(address="indicators.T3").numerator == 50
    assert str(MoneyAnswer.objects.get().spent) == "81.250"
    done = ActivityAnswer.objects.get()
    assert (done.progress, done.percent, done.started_on) == ("doing", 40, date(2026, 3, 1))
    event = ReportEvent.objects.get(step="workbook")
    assert (event.by, event.detail["changed"]) == (lan, 3)


def test_a_row_that_contradicts_itself_is_refused_at_its_cell(report, lan):
    address = activity(report).address
    book = given_out(report)
    for key, said in {"progress": "chưa bắt đầu", "percent": 40}.items():
        cell(book, address, key).value = said

    kept = taken(report, book, lan)

    [(place, sentence)] = kept.outcome["refused"][0]["complaints"]
    assert (place[-1].isdigit(), sentence) == (
        True,
        "Bạn đã chọn “chưa bắt đầu” nhưng tỷ lệ không phải là 0.",
    )
    assert not ActivityAnswer.objects.exists()


def test_a_number_typed_where_nothing_was_said_is_an_answer(province, lan):
    report = factories.draft(province)

    taken(report, fill(given_out(report), indicators__T4__value=3), lan)

    answer = IndicatorAnswer.objects.get(address="indicators.T4")
    assert (answer.emptiness, answer.value) == ("number", 3)


def test_the_same_workbook_twice_changes_nothing_the_second_time(report, lan):
    book = fill(given_out(report), indicators__T4__value=7, money__local__spent="0,123456")
    taken(report, book, lan)

    again = taken(report, book, lan)

    assert (again.outcome["taken"], again.outcome["unchanged"]) == (0, len(report.questions))
    assert AnswerChange.objects.filter(version__gt=1).count() == 2


def test_a_second_press_of_the_button_does_nothing(report, lan):
    kept = sent(report, fill(given_out(report), indicators__T4__value=7), lan)
    for _press in range(2):
        actions.take(kept.pk, choices={}, seen=1, by=lan, at=NOON)

    assert ReportEvent.objects.filter(step="workbook").count() == 1


def test_what_others_wrote_meanwhile_stays(report, lan, tung):
    book = fill(given_out(report), indicators__T4__value=7)
    on_site(report, tung, {"general.summary": {"text": "Bản mới của Tùng."}})

    taken(report, book, lan)

    assert TextAnswer.objects.get(address="general.summary").text == "Bản mới của Tùng."
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 7


@pytest.mark.parametrize(("whose", "number"), [("mine", 7), ("theirs", 9)])
def test_a_field_that_both_changed_is_the_persons_choice(report, lan, tung, whose, number):
    book = fill(given_out(report), indicators__T4__value=7)
    on_site(report, tung, {"indicators.T4": {"emptiness": "number", "value": "9"}})

    with pytest.raises(ActionRefused, match="Chọn"):
        taken(report, book, lan)
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 9

    taken(report, book, lan, indicators__T4=whose)
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == number


def test_a_choice_overtaken_by_a_newer_change_is_asked_again(report, lan, tung):
    book = fill(given_out(report), indicators__T4__value=7)
    on_site(report, tung, {"indicators.T4": {"emptiness": "number", "value": "9"}})
    kept = sent(report, book, lan)
    report.refresh_from_db()
    seen = report.version
    on_site(report, tung, {"indicators.T4": {"emptiness": "number", "value": "11"}})

    kept = actions.take(kept.pk, choices={"indicators.T4": "mine"}, seen=seen, by=lan, at=NOON)

    assert kept.taken_at is None
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 11


def test_a_choice_made_before_the_field_was_changed_is_asked_again(report, lan, tung):
    book = fill(given_out(report), indicators__T4__value=7)
    on_site(report, tung, {"indicators.T4": {"emptiness": "number", "value": "7"}})
    kept = sent(report, book, lan)
    report.refresh_from_db()
    seen = report.version
    on_site(report, tung, {"indicators.T4": {"emptiness": "number", "value": "11"}})

    kept = actions.take(kept.pk, choices={"indicators.T4": "mine"}, seen=seen, by=lan, at=NOON)

    assert kept.taken_at is None
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 11


def test_two_people_in_different_boxes_of_an_activity_are_merged(report, lan, tung):
    address = activity(report).address
    book = given_out(report)
    cell(book, address, "result").value = "Hai lớp"
    on_site(report, tung, {address: {"progress": "doing"}})

    taken(report, book, lan)

    answer = ActivityAnswer.objects.get()
    assert (answer.progress, answer.result) == ("doing", "Hai lớp")


def test_refused_rows_come_back_coloured_with_what_to_mend(report, lan):
    book = fill(given_out(report), indicators__T3__value=67, indicators__T4__value=7)
    kept = taken(report, book, lan)
    report.refresh_from_db()

    back = opened(actions.refused_rows(kept, report, open_fields=report.open_addresses()))

    assert kept.outcome["taken"] == 1
    wrong = cell(back, "indicators.T3", "value")
    assert (wrong.value, wrong.fill.fgColor.rgb) == (67, "00F9D6D2")
    assert (
        message(back, "indicators.T3") == f"{wrong.coordinate}: Số này lớn hơn tổng số. Kiểm lại cả hai số."
    )
    assert message(back, "indicators.T4") is None
    mended = taken(report, fill(back, indicators__T3__value=60), lan)
    assert (mended.outcome["taken"], mended.outcome["refused"]) == (1, [])
    assert IndicatorAnswer.objects.get(address="indicators.T3").numerator == 60


def test_a_hundred_bad_rows_give_a_hundred_messages(province, lan):
    asked = [{"key": f"q{n}", "kind": "text", "label_vi": f"Câu {n}"} for n in range(100)]
    definition = {"sections": [{"key": "many", "title_vi": "Nhiều", "questions": asked}]}
    report = factories.draft(province, definition=definition)
    book = fill(given_out(report), **{f"many__q{n}__text": "=1+1" for n in range(100)})

    kept = taken(report, book, lan)
    report.refresh_from_db()

    assert len(kept.outcome["refused"]) == 100
    back = opened(actions.refused_rows(kept, report, open_fields=report.open_addresses()))
    assert all("công thức" in message(back, f"many.q{n}") for n in range(100))


def test_a_returned_report_has_only_the_returned_fields_open(province, lan, tung, thu):
    report = factories.returned(province, tung, thu, "indicators.T3")
    book = given_out(report)

    assert not cell(book, "indicators.T3", "value").protection.locked
    assert cell(book, "indicators.T4", "value").protection.locked
    kept = taken(report, fill(book, indicators__T3__value=50, indicators__T4__value=9), lan)

    assert [one["address"] for one in kept.outcome["refused"]] == ["indicators.T4"]
    assert IndicatorAnswer.objects.get(address="indicators.T3").numerator == 50
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 2


def test_a_row_that_was_deleted_leaves_its_answer(report, lan):
    book = given_out(report)
    place = cell(book, "indicators.T4", "value")
    place.parent.delete_rows(place.row)

    kept = taken(report, book, lan)

    assert kept.outcome["unchanged"] == len(report.questions) - 1
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 2


def test_a_sheet_of_ones_own_does_no_harm(report, lan):
    book = given_out(report)
    book.create_sheet("Ghi chú")["A1"] = "của tôi"

    assert taken(report, book, lan).outcome["refused"] == []


def test_a_workbook_nobody_finished_is_forgotten_with_its_file(
    report, lan, django_capture_on_commit_callbacks
):
    kept = sent(report, given_out(report), lan)
    storage, name = kept.file.file.storage, kept.file.file.name
    assert storage.exists(name)
    later = NOON + timedelta(days=7)

    with pytest.raises(ActionRefused, match="bảy ngày"):
        actions.take(kept.pk, choices={}, seen=1, by=lan, at=later)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_overdue(at=later) == 1

    assert (FilledWorkbook.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert not storage.exists(name)


def test_a_new_workbook_takes_the_place_of_the_one_that_waited(
    report, lan, tung, django_capture_on_commit_callbacks
):
    done = taken(report, given_out(report), lan)
    of_tung = sent(report, given_out(report), tung)
    first = sent(report, given_out(report), lan)

    with django_capture_on_commit_callbacks(execute=True):
        second = sent(report, fill(given_out(report), indicators__T4__value=7), lan)

    assert set(FilledWorkbook.objects.all()) == {done, of_tung, second}
    assert not first.file.file.storage.exists(first.file.file.name)
    with pytest.raises(ActionRefused, match="không còn"):
        actions.take(first.pk, choices={}, seen=1, by=lan, at=NOON)


def test_a_workbook_that_is_refused_leaves_the_one_that_waits(report, neighbour, lan):
    first = sent(report, given_out(report), lan)

    with pytest.raises(ActionRefused):
        sent(report, given_out(factories.draft(neighbour)), lan)

    assert FilledWorkbook.objects.get() == first
    assert first.file.file.storage.exists(first.file.file.name)


def test_the_same_bytes_attached_as_evidence_are_a_file_of_their_own(
    report, lan, django_capture_on_commit_callbacks
):
    data = saved(given_out(report))
    kept = sent(report, data, lan)
    proof = reports.attach_evidence(
        report.pk, address="indicators.T3", upload=file_of(data), is_public=False, by=lan, at=NOON
    )

    with django_capture_on_commit_callbacks(execute=True):
        actions.forget_overdue(at=NOON + timedelta(days=8))

    assert proof.file.sha256 == kept.file.sha256
    assert not kept.file.file.storage.exists(kept.file.file.name)
    with proof.file.file.open("rb") as left:
        assert left.read() == data
