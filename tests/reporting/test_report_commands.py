"""Documents built and verified from the command line, as people and scripts do it."""

import io
import subprocess
import sys
from datetime import timedelta

import docx
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from foundation import jobs
from foundation.files import PDF, store_bytes
from provinces.models import Region
from reporting.documents import actions, asking, building, cutting
from reporting.documents.letting_go import let_go_of_files
from reporting.lenses import Lens, LensKind
from reporting.models import CompiledReport, DataCut, Format, ReportFile, ReportKind
from tests.reporting.approved import NOON, approve, national, t3, year_of
from tests.reporting.composed import in_region

pytestmark = pytest.mark.django_db(transaction=True)  # a job renews its lease on a second connection


@pytest.fixture
def indicator(db):
    return t3()


@pytest.fixture
def approved(province, indicator):
    approve(province, 2025, indicator, numerator=41, denominator=66)
    approve(province, 2026, indicator, numerator=52, denominator=66)
    return national()


def said(*arguments, command="build_report", **options):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def verdict(path):
    """What the command says, and how it exits."""
    out = io.StringIO()
    try:
        call_command("verify_report", str(path), stdout=out)
    except SystemExit as ending:
        return out.getvalue(), ending.code
    return out.getvalue(), 0


def test_a_report_built_again_from_its_cut_has_the_same_bytes(approved, tmp_path):
    once, again = tmp_path / "once.pdf", tmp_path / "again.pdf"

    cut = said("national", "--out", str(once))[-1]
    later = said("national", "--cut", cut.removeprefix("cut="), "--out", str(again))[-1]

    assert cut == later == "cut=" + DataCut.objects.get().number
    assert once.read_bytes() == again.read_bytes()
    assert building.rebuilt(CompiledReport.objects.get()) == once.read_bytes()
    assert ReportFile.objects.filter(format="pdf").count() == 1


def test_unchanged_data_use_the_newest_cut_again_and_changed_data_do_not(approved, indicator, neighbour):
    first, second = (said("national")[-1] for _turn in range(2))
    approve(neighbour, 2026, indicator, numerator=9, denominator=10)
    third = said("national")[-1]

    assert (first, second, third) == ("cut=C-2026-01", "cut=C-2026-01", "cut=C-2026-02")


def test_figures_approved_later_do_not_enter_a_report_built_from_an_older_cut(
    approved, indicator, neighbour, tmp_path
):
    once, again = tmp_path / "once.pdf", tmp_path / "again.pdf"
    cut = said("national", "--out", str(once))[-1].removeprefix("cut=")
    approve(neighbour, 2026, indicator, numerator=9, denominator=10)

    said("national", "--cut", cut, "--out", str(again))

    assert once.read_bytes() == again.read_bytes()


def test_files_that_were_let_go_are_built_again_by_the_same_command(approved):
    cut = said("national")[-1]
    let_go_of_files(at=timezone.now() + timedelta(days=900))
    assert CompiledReport.objects.get().file is None

    assert said("national")[-1] == cut

    assert CompiledReport.objects.get().file.report_file.edition == 1


def test_a_build_that_failed_is_tried_anew_by_the_same_command(approved):
    ReportKind.objects.update(sections=["opening", "loi_noi_dau"])
    with pytest.raises(CommandError, match="loi_noi_dau"):
        said("national")
    ReportKind.objects.update(sections=["opening", "closing"])

    said("national")

    assert CompiledReport.objects.exclude(file=None).get().outline["sections"] == ["opening", "closing"]
    assert DataCut.objects.count() == 1


def test_a_kind_with_one_more_format_makes_a_new_document_of_the_same_figures(approved):
    ReportKind.objects.update(formats=["pdf"])
    cut = said("national")[-1]
    ReportKind.objects.update(formats=["pdf", "json"])

    path, _sha256, again = said("national", "--format", "json")

    assert (path.endswith(".json"), again) == (True, cut)
    assert [one.outline["formats"] for one in CompiledReport.objects.order_by("pk")] == [
        ["pdf"], ["pdf", "json"],
    ]  # fmt: skip


def test_a_document_says_what_it_was_asked_to_say_whatever_becomes_of_its_kind_and_subject(
    approved, province
):
    region = in_region(province)
    kind = ReportKind.objects.get(code="region")
    report = actions.compile_report(
        asking.Wanted(kind, year_of(2026), "vi", asking.default_lens(kind, year_of(2026)), subject=region),
        by=None,
        at=NOON,
    )
    jobs.run(report.job_id)
    report.refresh_from_db()
    ReportKind.objects.update(title_vi="Khác", sections=["opening"], annexes=[], template="khong-co.html")
    Region.objects.update(name_vi="Tên khác")

    report = CompiledReport.objects.with_parts().get(pk=report.pk)

    with report.file.file.open("rb") as kept:
        assert kept.read() == building.rebuilt(report)
    assert "duyen-hai" in report.file.name


def test_a_build_that_the_command_takes_over_is_told_as_any_other():
    script = (
        "import django; django.setup(); from django.core.management import load_command_class; "
        "load_command_class('reporting', 'build_report'); from foundation import jobs; print(*jobs._AFTER)"
    )

    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert told.stdout.split() == [building.KIND]


def test_a_cut_of_several_years_makes_no_report_on_one(approved):
    ReportKind.objects.filter(code="final").update(last_year=2026)
    cut = said("final")[-1].removeprefix("cut=")

    with pytest.raises(CommandError, match="không hợp với loại văn bản"):
        said("national", "--cut", cut)

    assert not CompiledReport.objects.filter(kind=approved).exists()


def test_another_lens_is_another_cut(approved):
    assert said("national")[-1] != said("national", "--lens", "as_reported")[-1]
    assert set(DataCut.objects.values_list("lens", flat=True)) == {"on:2026-12-14", "as_reported"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nothing"], "Không có loại"),
        (["national", "--cut", "C-1999-01"], "Không có bản cắt dữ liệu"),
        (["national", "--year", "1999"], "Không có kỳ báo cáo năm 1999"),
        (["national", "--lens", "sideways"], "không phải là cách xem"),
        (["national", "--lens", "on:yesterday"], "không phải là cách xem"),
        (["national", "--format", "docx"], "không được làm ở định dạng docx"),
        (["national", "--lens", "on:9999-12-31"], "Chưa có bản đồ sau ngày"),
        (["national", "--about", "moon:1"], "moon:1"),
        (["national", "--cut", "C-2026-01", "--lens", "as_reported"], "bỏ --lens, hoặc bỏ --cut"),
        (["national", "--cut", "C-2026-01", "--year", "2025"], "bỏ --year, hoặc bỏ --cut"),
        (["national-half", "--cut", "C-2026-01", "--half", "1"], "bỏ --half, hoặc bỏ --cut"),
        (["national-half", "--cut", "C-2026-01"], "Kỳ báo cáo không hợp với loại văn bản này"),
        (["national-half", "--year", "2026"], "--half: Hãy cho biết nửa năm nào: 1 hoặc 2"),
        (["national", "--half", "1"], "--half: Loại văn bản này không tính theo nửa năm"),
        (["province"], "--about: Hãy chọn đối tượng"),
    ],
)
def test_what_cannot_be_built_gets_a_sentence(approved, arguments, sentence):
    ReportKind.objects.update(formats=["pdf"])
    if "C-2026-01" in arguments:
        period = year_of(2026)
        cutting.cut_of(period, lens=Lens(LensKind.ON, period.last_day), by=None, at=NOON)

    with pytest.raises(CommandError, match=sentence):
        said(*arguments)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nothing"], "There is no kind “nothing”"),
        (["national", "--cut", "C-1999-01"], "There is no data cut “C-1999-01”"),
        (["national", "--lens", "sideways"], "“sideways” is no lens"),
        (["national", "--lens", "on:9999-12-31"], "--lens: No map is known after"),
        (["national-half"], "--half: Say which half of the year it covers: 1 or 2"),
        (["national", "--about", "moon:1"], "There is no “moon:1”"),
        (["national", "--format", "docx"], "are not made as docx"),
        (["national", "--out", "/nowhere/at/all.pdf"], "cannot be written: there is no such file or folder"),
    ],
)
def test_an_english_document_is_refused_in_english(approved, arguments, sentence):
    ReportKind.objects.update(formats=["pdf"], languages=["vi", "en"])

    with pytest.raises(CommandError, match=sentence):
        said(*arguments, "--lang", "en")


def test_a_day_that_is_none_is_refused_in_the_language_of_the_others():
    with pytest.raises(CommandError, match="“31/12/2026” không phải là ngày"):
        said("--today", "31/12/2026", command="compile_due_reports")


def test_the_words_of_the_caller_change_nothing_in_the_bytes(approved, tmp_path):
    path = tmp_path / "report.pdf"
    said("national", "--lang", "en", "--out", str(path))

    assert building.rebuilt(CompiledReport.objects.get()) == path.read_bytes()


def test_a_report_on_the_whole_country_is_about_no_part_of_it(approved, province):
    with pytest.raises(CommandError, match="cả nước"):
        said("national", "--about", f"province:{province.pk}")


def test_a_genuine_file_is_recognised_and_a_changed_byte_is_not(approved, tmp_path):
    path = tmp_path / "report.pdf"
    said("national", "--out", str(path))

    words, code = verdict(path)
    assert (code, "C-2026-01" in words) == (0, True)

    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    words, code = verdict(path)
    assert (code, words.startswith("Không phải")) == (1, True)


def test_a_copy_saved_anew_is_refused_by_the_code_it_bears(approved, tmp_path):
    import pikepdf  # noqa: PLC0415 -- slow import

    path, copy = tmp_path / "report.pdf", tmp_path / "copy.pdf"
    said("national", "--out", str(path))
    with pikepdf.open(path) as pdf:
        pdf.save(copy)

    words, code = verdict(copy)

    assert code == 1
    assert CompiledReport.objects.get().check_code in words


def test_a_file_of_somebody_else_and_no_file_at_all(approved, tmp_path):
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF-1.7 broken")

    assert verdict(other)[1] == 1
    with pytest.raises(CommandError, match="không đọc được: không có tệp hoặc thư mục này"):
        verdict(tmp_path / "nowhere.pdf")


def test_a_second_content_under_one_edition_is_refused(approved):
    said("national")
    CompiledReport.objects.update(file=None, place="Huế")

    with pytest.raises(CommandError, match="nội dung khác"):
        said("national")

    report = CompiledReport.objects.get()
    assert (report.file, report.edition) == (None, 1)
    assert ReportFile.objects.get(format="pdf").file.size > 0


@pytest.mark.parametrize("form", ["xlsx", "docx", "csv", "json"])
def test_every_file_of_a_cut_is_genuine_and_one_changed_byte_is_not(approved, tmp_path, form):
    path, changed = tmp_path / f"report.{form}", tmp_path / f"changed.{form}"
    cut = said("national", "--format", form, "--out", str(path))[-1].removeprefix("cut=")
    data = path.read_bytes()
    changed.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))

    (words, code), (no_words, no_code) = verdict(path), verdict(changed)

    assert (code, no_code) == (0, 1)
    assert words.startswith("Đúng bản gốc")
    assert no_words.startswith("Không phải")
    assert building.rebuilt(CompiledReport.objects.get(cut__number=cut), Format(form)) == data


def test_an_office_file_that_was_edited_is_known_by_its_code(approved, tmp_path):
    path = tmp_path / "report.docx"
    said("national", "--format", "docx", "--out", str(path))
    edited = docx.Document(path)
    edited.add_paragraph("Thêm một câu.")
    edited.save(path)

    words, code = verdict(path)

    assert code == 1
    assert CompiledReport.objects.get().check_code in words


def test_a_withdrawn_report_is_genuine_and_says_so(approved, tmp_path):
    path = tmp_path / "report.pdf"
    said("national", "--out", str(path))
    CompiledReport.objects.update(
        published_at=NOON, withdrawn_at=NOON + timedelta(days=1), withdrawn_reason="Sai số."
    )

    words, code = verdict(path)

    assert (code, "Sai số." in words) == (0, True)


def test_the_same_bytes_stored_by_somebody_else_are_no_report(approved, tmp_path):
    path = tmp_path / "stored.pdf"
    path.write_bytes(b"%PDF-1.7 uploaded")
    store_bytes(path.read_bytes(), name="a.pdf", media_type=PDF, by=None, at=NOON)

    assert verdict(path)[1] == 1


def test_a_document_whose_last_year_is_not_open_is_refused_in_the_language_of_the_others(approved):
    ReportKind.objects.create(
        code="final-thu", position=9, name_vi="Tổng kết", title_vi="Tổng kết", sections=["opening"],
        languages=["vi"], formats=["pdf"], span="since_start", first_year=2021, last_year=2030,
    )  # fmt: skip

    with pytest.raises(CommandError, match="Năm 2030 chưa được mở"):
        said("final-thu")

    assert not CompiledReport.objects.filter(kind__code="final-thu").exists()


def test_the_number_of_a_cut_is_found_however_its_letter_is_typed(approved):
    number = said("national")[-1].removeprefix("cut=")

    assert said("national", "--cut", number.lower())[-1] == f"cut={number}"
