"""Every step in one file: who, in which post, when, why, with number and hash."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from foundation.models import AuditEntry
from reporting import actions
from reporting.models import ReportEvent, Submission
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = pytest.mark.django_db


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def exported(capsys):
    def run(**options):
        call_command("export_report_events", format="csv", **options)
        return rows_of(capsys.readouterr().out)

    return run


def test_each_step_says_who_in_which_post_when_and_why(exported, tung, thu, minh, province):
    factories.returned(province, tung, thu)
    sent = Submission.objects.get()

    found = exported()

    assert [row["step"] for row in found] == ["attach", "submit", "return"]
    submit, returned = found[1:]
    assert submit == {
        "unit_code": "48", "unit": "Đà Nẵng", "regime": "bao-cao-nam", "year": "2026", "period": "1",
        "step": "submit",
        "at": "2026-11-20T12:00:00+07:00", "person": "Hoàng Thanh Tùng", "post": "Giám đốc Sở",
        "acting_for": "", "round": "1", "reason": "", "number": "1", "sha256": sent.sha256, "until": "",
    }  # fmt: skip
    assert (returned["person"], returned["reason"]) == ("Vũ Thị Thu", "Xem lại indicators.T3")


def test_three_rounds_give_three_reasons_in_order(exported, tung, thu, province):
    report = factories.returned(province, tung, thu)
    for number in (2, 3):
        for remark in report.remarks.filter(reply=""):
            actions.reply(remark.pk, reply="kept", text="Đúng", by=tung, at=NOON)
        actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
        text = f"Lần {number}"
        actions.remark(report.pk, address="indicators.T3", text=text, by=thu, at=NOON)
        actions.send_back(report.pk, by=thu, at=NOON)

    reasons = [row["reason"] for row in exported() if row["step"] == "return"]

    assert reasons == ["Xem lại indicators.T3", "Lần 2", "Lần 3"]


def test_an_extension_is_a_row(exported, minh, province):
    owed = factories.ObligationFactory(province=province)
    actions.extend_deadline(owed.pk, until=owed.due_on + timedelta(days=10), reason="Bão", by=minh, at=NOON)

    (row,) = exported()

    assert (row["step"], row["person"], row["post"]) == ("extend_deadline", "Phạm Văn Minh", "Lãnh đạo Cục")
    assert (row["reason"], row["until"]) == ("Bão", "2026-12-10")


def test_a_draft_is_its_provinces_own(exported, lan, province):
    factories.filled(province, lan)

    assert ReportEvent.objects.exists()
    assert exported() == []


def test_what_a_province_adds_after_a_return_waits_for_the_next_round(exported, tung, thu, province):
    report = factories.returned(province, tung, thu)
    actions.reply(report.remarks.get().pk, reply="kept", text="Đúng", by=tung, at=NOON)

    assert "answer" not in [row["step"] for row in exported()]


def test_an_answer_is_exported_as_it_was_worded_last(exported, lan, tung, thu, province):
    """Each writer's line says that writer's words; those another has replaced are nobody's."""
    report = factories.returned(province, tung, thu)
    for by, text in ((lan, "Tạm"), (tung, "Đú"), (tung, "Đúng")):
        actions.reply(report.remarks.get().pk, reply="kept", text=text, by=by, at=NOON)
    factories.submit(report, tung)

    lines = [(row["person"], row["reason"]) for row in exported() if row["step"] == "answer"]
    assert lines == [("Trần Thị Lan", ""), ("Hoàng Thanh Tùng", "Đúng")]


def test_formulas_do_not_run(exported, minh, province):
    owed = factories.ObligationFactory(province=province)
    actions.extend_deadline(
        owed.pk, until=owed.due_on + timedelta(days=1), reason="=HYPERLINK(1)", by=minh, at=NOON
    )

    assert exported()[0]["reason"] == "'=HYPERLINK(1)"


def test_day_and_unit_narrow_it(exported, tung, minh, province, neighbour):
    factories.submitted(province, tung)
    for unit in (province, neighbour):
        owed = factories.ObligationFactory(province=unit, period=factories.PeriodFactory(year=2025))
        later = NOON.date() + timedelta(days=30)
        actions.extend_deadline(owed.pk, until=later, reason="Bão", by=minh, at=NOON)
    midnight = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)  # of the 20th in Viet Nam

    assert len(exported()) == 4
    assert [row["unit"] for row in exported(unit="51")] == ["Quảng Ngãi"]
    assert len(exported(since=NOON.date())) == 4
    assert exported(since=NOON.date() + timedelta(days=1)) == []
    assert AuditEntry.objects.filter(at__gte=midnight).count() == 2


def test_a_code_that_no_unit_had_is_refused(province):
    with pytest.raises(CommandError, match="Chưa từng có đơn vị nào mang mã XX"):
        call_command("export_report_events", unit="XX")


def test_a_file_has_what_the_ministry_downloads(client, tung, thu, province, tmp_path):
    factories.submitted(province, tung)
    call_command("export_report_events", out=tmp_path / "a.csv")
    client.force_login(thu)

    response = client.get(reverse("work:events_export"))

    assert response.content == (tmp_path / "a.csv").read_bytes()
    assert response.content.startswith(b"\xef\xbb\xbfunit_code")
    assert response["Content-Disposition"] == 'attachment; filename="report-events.csv"'


def test_a_place_that_cannot_be_written_is_said(province, tmp_path):
    with pytest.raises(CommandError, match="không ghi được: không có tệp hoặc thư mục này"):
        call_command("export_report_events", out=tmp_path / "khong-co" / "a.csv")


@pytest.mark.parametrize("since", ["2026-13-01", "x", "2026-02-30"])
def test_a_day_that_is_none_is_not_found(client, thu, since):
    client.force_login(thu)

    assert client.get(reverse("work:events_export"), {"since": since}).status_code == 404


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count(client, thu, tung, item_count, province, django_assert_num_queries):
    for number in range(item_count):
        report = factories.draft(province, obligation__period=factories.PeriodFactory(year=2026 - number))
        report.events.create(step="submit", at=NOON, by=tung, by_name=str(tung), round=1)
        type(report).objects.filter(pk=report.pk).update(state="submitted", round=1)
    client.force_login(thu)

    with django_assert_num_queries(5):
        response = client.get(reverse("work:events_export"))

    assert len(rows_of(response.content.decode("utf-8-sig"))) == item_count
