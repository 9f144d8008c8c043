"""From approved values to the published PDF: one cut, one content, one file."""

import hashlib
import io
import re
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from django.utils import translation

from foundation import jobs
from foundation.actions import ActionRefused
from foundation.models import AuditEntry, Job, StoredFile, WrittenOnce
from reporting.documents import actions, asking, blocks, building, cutting
from reporting.lenses import Lens, LensKind
from reporting.models import CompiledReport, DataCut, Period, ReportKind
from reporting.snapshots import canonical, digest
from tests.browser import axe, sign_in
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.approved import NOON, approve, national, t3, year_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)  # a job renews its lease on a second connection
LATER = datetime(2026, 12, 18, 8, 30, tzinfo=UTC)


@pytest.fixture
def indicator(db):
    return t3()


@pytest.fixture
def approved(indicator, province, neighbour):
    approve(province, 2025, indicator, numerator=41, denominator=66)
    approve(province, 2026, indicator, numerator=52, denominator=66)
    approve(neighbour, 2026, indicator, emptiness="not_yet", reason="đang kiểm kê")
    return year_of(2026)


def compile_it(period, by, *, at=LATER, map_day=None, **names):
    wanted = asking.Wanted(national(), period, "vi", Lens(LensKind.ON, map_day or period.last_day))
    return actions.compile_report(wanted, by=by, at=at, signing=asking.Signing(**names))


def built(report):
    jobs.run(report.job_id)
    report.refresh_from_db()
    return report


def pdf_of(report):
    with report.file.file.open("rb") as stored:
        return stored.read()


def test_a_document_is_cut_between_approvals_of_half_a_year_as_well(approved, minh):
    """An approval under way holds the period that its rows point at."""
    half = factories.PeriodFactory(
        regime=factories.RegimeFactory(code="nua-nam", months=6), year=2026, number=1,
        first_day=date(2025, 12, 15), last_day=date(2026, 6, 14), opens_on=date(2026, 6, 1),
        due_on=date(2026, 6, 20), government_due_on=date(2026, 6, 25),
    )  # fmt: skip

    def impatient():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '300ms'")
            return compile_it(approved, minh)

    with transaction.atomic():
        Period.objects.select_for_update(no_key=True).get(pk=half.pk)
        with pytest.raises(OperationalError):
            at_once(impatient)

    assert not DataCut.objects.exists()


def test_a_cut_freezes_every_figure_with_its_coverage(approved, minh):
    cut = cutting.cut_of(approved, lens=Lens(LensKind.ON, approved.last_day), by=minh, at=NOON)

    measured = cut.content["indicators"][0]
    assert [figure["number"][:6] for figure in measured["figures"]] == ["62.121", "78.787"]
    assert (cut.counted, cut.expected, cut.number) == (2, 2, "C-2026-01")
    assert digest(DataCut.objects.get().content) == cut.sha256
    emptied = next(cell for cell in measured["figures"][1]["cells"] if cell["number"] is None)
    assert (emptied["emptiness"], emptied["reason"]) == ("not_yet", "đang kiểm kê")


def test_a_cut_is_never_changed(approved, minh):
    cut = cutting.cut_of(approved, lens=Lens(LensKind.ON, approved.last_day), by=minh, at=NOON)
    cut.counted = 0

    with pytest.raises(WrittenOnce):
        cut.save()
    with pytest.raises(WrittenOnce):
        DataCut.objects.all().delete()


def test_the_same_figures_are_written_down_the_same(approved):
    lens = Lens(LensKind.ON, approved.last_day)

    once, again = (canonical(cutting.content_of(approved, lens)) for _turn in range(2))

    assert once == again


def test_a_cut_names_units_in_both_languages_whoever_makes_it(approved):
    lens = Lens(LensKind.ON, approved.last_day)

    with translation.override("en"):
        made_in_english = cutting.content_of(approved, lens)

    assert made_in_english == cutting.content_of(approved, lens)
    names = {(unit["name_vi"], unit["name_en"]) for unit in made_in_english["units"]}
    assert names == {("Đà Nẵng", "Da Nang"), ("Quảng Ngãi", "Quang Ngai")}


def test_the_national_report_is_built_tagged_and_named(approved, minh):
    report = built(compile_it(approved, minh, signatory="Nguyễn Văn A"))

    assert report.job.state == Job.State.DONE
    with pikepdf.open(io.BytesIO(pdf_of(report))) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root["/Lang"]) == "vi"
        assert len(pdf.pages) == report.page_count


def test_every_file_the_kind_asks_for_is_made_in_one_job(approved, minh):
    report = built(compile_it(approved, minh))

    assert [one.format for one in report.files.all()] == ["pdf", "xlsx", "docx", "csv", "json"]
    last = report.job.steps.last()
    assert (last.done, last.total, last.note_vi) == (4, 4, "XLSX, DOCX, CSV, JSON")
    with pikepdf.open(io.BytesIO(pdf_of(report))) as pdf:
        inside = {name: held.get_file().read_bytes() for name, held in pdf.attachments.items()}
    assert hashlib.sha256(inside["data.json"]).hexdigest() == report.cut.sha256
    assert {"tables.csv", "table-01.csv"} <= inside.keys()


def test_the_name_of_a_documents_tables_says_that_they_are_an_archive(approved, minh):
    report = built(compile_it(approved, minh))

    kept = {one.format: one.file.name for one in report.files.select_related("file")}
    assert kept["csv"].endswith(".csv.zip")
    assert kept["xlsx"].endswith("c-2026-01.xlsx")


def test_a_kind_that_asks_for_the_pdf_alone_gets_no_more(approved, minh):
    ReportKind.objects.filter(pk=national().pk).update(formats=["pdf"])

    report = built(compile_it(approved, minh))

    assert [one.format for one in report.files.all()] == ["pdf"]
    assert report.job.steps.last().note_vi == "chỉ có PDF"


def test_the_composed_document_goes_to_json_and_back(approved, minh):
    report = built(compile_it(approved, minh))

    document = blocks.from_json(report.content)

    assert document.as_json() == blocks.from_json(document.as_json()).as_json()
    assert document.head.state == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert len(blocks.pictures(document)) == 3


def test_two_builds_of_one_report_give_the_same_bytes(approved, minh):
    report = built(compile_it(approved, minh))
    first = pdf_of(report)
    CompiledReport.objects.filter(pk=report.pk).update(file=None)
    again = built(actions.build_again(report.pk, by=minh, at=LATER))

    assert pdf_of(again) == first


def test_a_worker_that_died_after_keeping_the_pdf_has_done_the_work(approved, minh):
    report = built(compile_it(approved, minh))
    first = report.file
    Job.objects.update(state=Job.State.RUNNING, leased_until=NOON, result=None)

    again = built(report)

    assert (again.file, again.job.state, again.job.result) == (first, Job.State.DONE, first)
    assert StoredFile.objects.count() == 5


def test_figures_approved_later_do_not_change_an_old_cut(approved, indicator, neighbour, minh):
    report = compile_it(approved, minh)
    before = report.cut.content

    indicator.approved_values.filter(province=neighbour).update(superseded_at=NOON)
    approve(neighbour, 2026, indicator, numerator=9, denominator=10, version=2)

    assert DataCut.objects.get(pk=report.cut_id).content == before
    assert built(report).content["blocks"]


def test_compiling_twice_at_once_gives_back_the_build_under_way(approved, minh):
    assert compile_it(approved, minh) == compile_it(approved, minh)
    assert DataCut.objects.count() == 1


def test_an_older_cut_is_given_its_own_document_while_a_newer_one_is_built(approved, indicator, minh):
    older = built(compile_it(approved, minh))
    approve(ProvinceFactory(), 2026, indicator, numerator=9, denominator=10)
    newer = compile_it(approved, minh, at=LATER.replace(hour=9))
    wanted = asking.Wanted(national(), approved, "vi", Lens(LensKind.ON, approved.last_day))

    asked = actions.compile_report(wanted, by=minh, at=LATER, cut=older.cut, signing=asking.Signing())

    assert newer.job.is_open
    assert asked == older


def test_a_stopped_build_is_written_down_and_builds_nothing(approved, minh):
    report = compile_it(approved, minh)

    actions.stop(report.pk, by=minh, at=LATER)
    with pytest.raises(ActionRefused, match="đã kết thúc"):
        actions.stop(report.pk, by=minh, at=LATER)

    assert built(report).job.state == Job.State.CANCELLED
    assert report.file is None
    assert AuditEntry.objects.filter(verb="stop build").count() == 1


def test_stopping_what_is_built_says_that_its_files_stay(approved, minh, client):
    report = built(compile_it(approved, minh))
    client.force_login(minh)

    page = client.post(reverse("reporting:stop", args=[report.pk]), follow=True).text

    assert "đã kết thúc" in page
    assert "Không giữ lại gì" not in page
    assert CompiledReport.objects.get().file == report.file


def test_only_the_approver_stops_a_build(approved, minh, thu):
    report = compile_it(approved, minh)

    with pytest.raises(ActionRefused):
        actions.stop(report.pk, by=thu, at=LATER)

    report.job.refresh_from_db()
    assert report.job.is_open


@pytest.mark.parametrize("who", ["thu", "an", "lan"])
def test_only_the_approver_compiles(approved, who, request):
    with pytest.raises(ActionRefused):
        compile_it(approved, request.getfixturevalue(who))

    assert not DataCut.objects.exists()


def test_nothing_approved_is_nothing_to_compile(indicator, province, minh):
    with pytest.raises(ActionRefused):
        compile_it(year_of(2026), minh)

    assert not DataCut.objects.exists()


def test_a_report_without_its_pdf_is_not_published(approved, minh):
    report = compile_it(approved, minh)

    with pytest.raises(ActionRefused):
        actions.publish(report.pk, by=minh, at=LATER)

    report.refresh_from_db()
    assert report.published_at is None


def test_publishing_shows_it_to_everyone_and_is_written_down(approved, minh, client):
    report = built(compile_it(approved, minh))
    assert client.get(report.get_absolute_url()).status_code == 404

    actions.publish(report.pk, by=minh, at=LATER.replace(year=2020))

    page = client.get(report.get_absolute_url())
    assert report.file.sha256 in page.content.decode()
    download = client.get(reverse("reporting:document_pdf", args=[report.check_code]))
    assert b"".join(download.streaming_content) == pdf_of(report)
    assert AuditEntry.objects.filter(verb="publish", by=minh).count() == 1


def test_publishing_asks_first_and_names_what_speaks_against_it(approved, minh, client):
    report = built(compile_it(approved, minh))
    client.force_login(minh)
    address = reverse("reporting:compiled", args=[report.pk])

    with time_machine.travel(NOON):
        page = client.get(address).text
    done = client.post(reverse("reporting:publish", args=[report.pk]), follow=True).text

    form = page.index(reverse("reporting:publish", args=[report.pk]))
    assert page.index("<summary>Công bố báo cáo này</summary>") < form
    assert "Kỳ báo cáo đến hết ngày 14/12/2026" in page
    assert "Đã công bố. Mọi người đều đọc được báo cáo." in done


def test_a_cut_that_lacks_units_says_so_before_it_is_published(approved, minh, client):
    factories.ObligationFactory(province=ProvinceFactory(), period=approved)
    report = built(compile_it(approved, minh))
    client.force_login(minh)

    page = client.get(reverse("reporting:compiled", args=[report.pk])).text

    assert "chưa có đủ báo cáo: 2 trên 3 đơn vị có báo cáo được duyệt" in page


def test_a_finished_build_is_called_built_everywhere_on_its_page(approved, minh, client):
    report = compile_it(approved, minh)
    client.force_login(minh)
    address = reverse("reporting:compiled", args=[report.pk])
    waiting = client.get(address).text
    assert "Đang chờ dựng" in waiting
    assert "Xong 0 trên 5 bước" in waiting
    assert 'aria-valuemax="40" aria-valuenow="0"' in waiting

    built(report)

    page = client.get(address).text
    assert "Đã dựng, chưa công bố" in page
    assert "đang chờ dựng" not in page.lower()
    assert "đang dựng" not in page.lower()
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert f"Đã dựng xong: {report.page_count} trang" in page
    before_the_list_of_files = page[: page.index('id="files"')]
    assert len(set(re.findall(r"\d+ kB", before_the_list_of_files))) == 1


def test_the_state_in_the_head_of_the_page_moves_with_the_job(approved, minh, client):
    report = compile_it(approved, minh)
    client.force_login(minh)
    address = reverse("reporting:compiled", args=[report.pk])
    Job.objects.update(state=Job.State.RUNNING, started_at=LATER)

    part = client.get(address, headers={"HX-Request": "true"}).text

    state = part[part.index('<span id="job-state" hx-swap-oob="true">') :]
    assert "Đang dựng" in state
    page = client.get(address).text
    assert page.count('id="job-state"') == 1
    assert "hx-swap-oob" not in page


@pytest.mark.browser
def test_an_open_page_shows_the_state_of_a_job_that_began_meanwhile(approved, minh, page):
    report = compile_it(approved, minh)
    sign_in(page, minh)
    page.goto(reverse("reporting:compiled", args=[report.pk]))
    state = page.locator(".work-head #job-state")
    assert "Đang chờ dựng" in state.inner_text()

    Job.objects.update(state=Job.State.RUNNING, started_at=LATER)

    state.get_by_text("Đang dựng").wait_for()
    assert page.locator("#job-state").count() == 1
    assert axe(page) == []


def test_how_long_a_build_takes_is_told_as_that_of_the_kind(approved, minh, client):
    earlier = built(compile_it(approved, minh))
    Job.objects.filter(pk=earlier.job_id).update(started_at=LATER, finished_at=LATER + timedelta(seconds=48))
    first = compile_it(approved, minh, map_day=date(2026, 6, 30))
    client.force_login(minh)

    page = client.get(reverse("reporting:compiled", args=[first.pk])).text

    assert "Đây là lần dựng đầu tiên của kỳ này" in page
    assert "lần dựng trước của loại văn bản này mất 48 giây" in page


def test_the_page_of_a_document_names_language_day_and_signatory(approved, minh, client):
    report = built(compile_it(approved, minh, authority="KT. BỘ TRƯỞNG", signatory="Nguyễn Văn A"))
    actions.publish(report.pk, by=minh, at=datetime(2026, 1, 5, tzinfo=UTC))

    page = client.get(report.get_absolute_url()).text

    assert "<dd>Tiếng Việt</dd>" in page
    assert "<dd>05/01/2026</dd>" in page
    assert '<span lang="vi">KT. BỘ TRƯỞNG<br>Nguyễn Văn A</span>' in page


def test_a_withdrawn_report_says_so_and_is_no_longer_given_out(approved, minh, client):
    report = built(compile_it(approved, minh))
    actions.publish(report.pk, by=minh, at=datetime(2026, 1, 1, tzinfo=UTC))
    actions.withdraw(report.pk, reason="Sai số liệu Đà Nẵng.", by=minh, at=datetime(2026, 1, 2, tzinfo=UTC))

    assert "Sai số liệu Đà Nẵng." in client.get(report.get_absolute_url()).content.decode()
    assert client.get(reverse("reporting:document_pdf", args=[report.check_code])).status_code == 404


def test_withdrawing_needs_a_reason(approved, minh):
    report = built(compile_it(approved, minh))
    actions.publish(report.pk, by=minh, at=datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(ActionRefused):
        actions.withdraw(report.pk, reason="  ", by=minh, at=LATER)


def test_a_withdrawal_typed_wrongly_gets_a_sentence(approved, minh, client):
    report = built(compile_it(approved, minh))
    actions.publish(report.pk, by=minh, at=datetime(2026, 1, 1, tzinfo=UTC))
    client.force_login(minh)

    for reason in ("", "\u200b", "a" * 2001):
        page = client.post(reverse("reporting:withdraw", args=[report.pk]), {"reason": reason}, follow=True)
        assert (page.status_code, len(page.context["messages"])) == (200, 1)

    report.refresh_from_db()
    assert report.withdrawn_at is None
    client.post(reverse("reporting:withdraw", args=[report.pk]), {"reason": "Sai\u200b số."})
    report.refresh_from_db()
    assert report.withdrawn_reason == "Sai số."


@pytest.mark.parametrize("name", ["document", "document_pdf"])
def test_a_code_that_cannot_be_is_no_document(name, client, db):
    address = reverse(f"reporting:{name}", args=["AAAA-AAAA"])

    assert client.get(address).status_code == 404
    assert client.get(address.replace("AAAA-AAAA", "A%00")).status_code == 404


def test_the_check_page_takes_the_code_as_people_type_it(approved, minh, client):
    report = built(compile_it(approved, minh))
    actions.publish(report.pk, by=minh, at=datetime(2026, 1, 1, tzinfo=UTC))
    typed = report.check_code.replace("-", " ").lower()

    answer = client.get(reverse("reporting:check"), {"code": typed})

    assert answer.url == report.get_absolute_url()


def test_a_wrong_code_gets_a_sentence(client, db):
    page = client.get(reverse("reporting:check"), {"code": "AAAA-AAAA"})

    assert page.status_code == 200
    assert page.context["form"].errors["code"]


def test_a_newer_report_is_named_on_the_page_of_the_older(approved, indicator, minh, client):
    older = built(compile_it(approved, minh))
    approve(ProvinceFactory(), 2026, indicator, numerator=9, denominator=10)
    newer = built(compile_it(approved, minh, at=LATER.replace(hour=9)))
    for report in (older, newer):
        actions.publish(report.pk, by=minh, at=datetime(2026, 1, 1, tzinfo=UTC))

    assert newer.cut.number in client.get(older.get_absolute_url()).content.decode()
    assert building.check_url(older).endswith(f"/progress/documents/{older.check_code}/")


def test_a_map_from_before_the_register_is_refused(approved, minh):
    with pytest.raises(ActionRefused, match="Sổ bắt đầu"):
        compile_it(approved, minh, map_day=date(1901, 1, 1))

    assert not DataCut.objects.exists()
