"""The ministry's own words in a document: kept apart, never written over silently."""

from datetime import UTC, date, datetime

import pytest

from foundation import jobs
from foundation.actions import ActionRefused
from foundation.models import AuditEntry, Job, WrittenOnce
from reporting.documents import actions, asking, editing
from reporting.documents.blocks import Heading, Paragraph
from reporting.documents.building import composed
from reporting.documents.lines import wording_of
from reporting.documents.rewording import reworded
from reporting.documents.verifying import verdict_on
from reporting.lenses import Lens, LensKind
from reporting.models import CompiledReport, EditedWords
from tests.people import in_post
from tests.reporting.approved import approve, national, t3, year_of
from tests.reporting.test_contradictions import document
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LATER = datetime(2026, 12, 18, 8, 30, tzinfo=UTC)
WORDS = "Đến hết kỳ, 52 trên 66 khu, cụm đạt yêu cầu, bằng 78,8%."
WRONG = "Đến hết kỳ, 52 trên 66 khu, cụm đạt yêu cầu, bằng 87,8%."
KEY = "targets.T3"


@pytest.fixture
def report(province, minh):
    indicator = t3()
    approve(province, 2025, indicator, numerator=41, denominator=66)
    approve(province, 2026, indicator, numerator=52, denominator=66)
    period = year_of(2026)
    wanted = asking.Wanted(national(), period, "vi", Lens(LensKind.ON, period.last_day))
    return actions.compile_report(wanted, by=minh, at=LATER)


def built(report):
    jobs.run(report.job_id)
    report.refresh_from_db()
    return report


def write(report, by, text=WORDS, *, key=KEY, seen=None):
    seen = wording_of(report).seen if seen is None else seen
    return editing.write(report.pk, texts={key: text}, seen=seen, by=by, at=LATER)


def printed(report, key=KEY):
    report = CompiledReport.objects.with_parts().get(pk=report.pk)
    return [block.text for block in composed(report).blocks if getattr(block, "key", "") == key]


def line(report):
    return wording_of(CompiledReport.objects.with_parts().get(pk=report.pk)).lines[KEY]


def test_the_words_take_the_place_of_the_composed_ones(report, minh):
    before = printed(report)

    assert write(report, minh).changed == [KEY]

    assert printed(report) == [WORDS] != before
    assert line(report).composed == before[0]
    assert {piece.kind for piece in line(report).pieces} >= {"gone", "new"}
    assert AuditEntry.objects.get(verb="edit words").detail == {"paragraphs": [KEY]}


def test_each_line_of_the_words_is_a_paragraph():
    composed_words = document(Heading(1, "I", "A"), Paragraph("Một.", "a"), Paragraph("Hai.", "b"))

    blocks = reworded(composed_words, {"a": "Một.\n\n  Thêm một. ", "gone": "Không còn.", "b": " "}).blocks

    assert [block.text for block in blocks] == ["A", "Một.", "Thêm một.", "Hai."]


def test_an_empty_box_brings_the_composed_words_back(report, minh):
    before = printed(report)
    write(report, minh)

    write(report, minh, "  ")

    assert printed(report) == before
    assert not line(report).is_edited
    assert EditedWords.objects.count() == 2  # both are kept


def test_a_box_left_as_it_was_shown_changes_nothing(report, minh):
    shown = {key: editing.shown_to(one) for key, one in wording_of(report).lines.items()}
    assert any(" " in one.composed for one in wording_of(report).lines.values())

    done = editing.write(
        report.pk, texts={key: text.replace("\n", "\r\n") for key, text in shown.items()}, seen=0, by=minh,
        at=LATER,
    )  # fmt: skip

    assert done.changed == []
    assert not EditedWords.objects.exists()
    assert Job.objects.get().is_open  # and stops no build


def test_words_that_somebody_else_wrote_meanwhile_are_not_written_over(report, minh):
    seen = wording_of(report).seen
    write(report, minh, seen=seen)

    done = editing.write(
        report.pk, texts={KEY: WRONG, "closing": "Trân trọng báo cáo./."}, seen=seen, by=minh, at=LATER
    )

    assert done.changed == ["closing"]
    assert done.refused[KEY].text == WORDS
    assert printed(report) == [WORDS]
    assert write(report, minh, WRONG).changed == [KEY]  # once the other's words were shown


def test_an_old_page_does_not_undo_what_it_did_not_touch(report, minh):
    shown = editing.shown_to(wording_of(report).lines[KEY])
    write(report, minh, seen=0)

    done = editing.write(report.pk, texts={KEY: shown, "closing": "Hết./."}, seen=0, by=minh, at=LATER)

    assert (done.changed, done.refused) == (["closing"], {})
    assert printed(report) == [WORDS]


def test_a_change_after_the_files_were_built_is_a_new_edition(report, minh):
    first = built(report).file

    write(report, minh)

    report.refresh_from_db()
    assert (report.edition, report.file, report.page_count) == (2, None, None)
    again = built(actions.build_again(report.pk, by=minh, at=LATER))
    assert again.file.sha256 != first.sha256
    assert [(one.edition, one.file.sha256) for one in report.files.filter(format="pdf")] == [
        (1, first.sha256),
        (2, again.file.sha256),
    ]
    with first.file.open("rb") as kept:
        verdict = verdict_on(kept.read())
    assert verdict.is_genuine
    assert "Đây là bản trước" in verdict.sentence


def test_words_edited_twice_before_a_build_are_one_edition(report, minh):
    built(report)

    write(report, minh)
    write(report, minh, WRONG)

    report.refresh_from_db()
    assert report.edition == 2


def test_a_build_under_way_is_stopped_since_it_says_the_words_of_before(report, minh):
    write(report, minh)

    report.refresh_from_db()
    assert report.job.state == Job.State.CANCELLED
    assert built(report).file is None
    assert built(actions.build_again(report.pk, by=minh, at=LATER)).edition == 1


def test_words_of_an_issued_document_stay(report, minh):
    actions.publish(built(report).pk, by=minh, at=LATER)

    with pytest.raises(ActionRefused, match="đã công bố"):
        write(report, minh)
    with pytest.raises(ActionRefused):
        editing.put_in_envelope(report.pk, given={"number": "12"}, shown={"number": ""}, by=minh, at=LATER)

    assert not EditedWords.objects.exists()
    report.refresh_from_db()
    assert (report.number, report.edition) == ("", 1)
    assert report.file is not None


@pytest.mark.parametrize("who", ["thu", "an", "lan"])
def test_only_the_approver_edits(report, who, request):
    with pytest.raises(ActionRefused):
        write(report, request.getfixturevalue(who))

    assert not EditedWords.objects.exists()


@pytest.mark.parametrize("texts", [{"khong-co": "Lời."}, {KEY: "a" * 8001}])
def test_what_cannot_be_is_refused_whole(report, minh, texts):
    with pytest.raises(ActionRefused):
        editing.write(report.pk, texts={"closing": "Hết.", **texts}, seen=0, by=minh, at=LATER)

    assert not EditedWords.objects.exists()
    assert Job.objects.get().is_open


def test_edited_words_are_never_changed(report, minh):
    write(report, minh)
    row = EditedWords.objects.get()
    row.text = "Khác."

    with pytest.raises(WrittenOnce):
        row.save()


def test_two_people_at_one_moment_lose_nothing(report, minh):
    binh = in_post("Lý Văn Bình", minh.posts_today[0].role, title="Phó Cục trưởng")

    first, second = at_once(
        lambda: write(report, minh, WORDS, seen=0), lambda: write(report, binh, WRONG, seen=0)
    )

    assert sorted([first.changed, second.changed]) == [[], [KEY]]
    (kept,) = EditedWords.objects.all()
    (refused,) = [*first.refused.values(), *second.refused.values()]
    assert refused == kept


def test_editing_while_the_worker_keeps_its_file_ends_in_one_of_both(report, minh):
    outcomes = at_once(lambda: jobs.run(report.job_id), lambda: write(report, minh))

    report.refresh_from_db()
    assert len(outcomes) == 2
    assert printed(report) == [WORDS]
    assert report.file is None  # never a file of the words before


def envelope(**more):
    return {"number": "", "place": "Hà Nội", "issued_on": None, "authority": "", "position": "",
            "signatory": "", **more}  # fmt: skip


def test_number_date_and_signature_are_printed(report, minh):
    given = envelope(number="215", issued_on=date(2026, 12, 20), authority="KT. BỘ TRƯỞNG", signatory="Lê A")

    editing.put_in_envelope(report.pk, given=given, shown=envelope(), by=minh, at=LATER)

    report = CompiledReport.objects.with_parts().get(pk=report.pk)
    head, foot = composed(report).head, composed(report).foot
    assert "215/BC-BCT" in head.number
    assert head.place_and_date == "Hà Nội, ngày 20 tháng 12 năm 2026"
    assert (foot.authority, foot.signatory) == ("KT. BỘ TRƯỞNG", "Lê A")


@pytest.mark.parametrize("number", ["215", "05", "215a", "215đ", "12-1", "12-1a"])
def test_a_number_may_have_letters_or_a_part_behind_it(report, minh, number):
    editing.put_in_envelope(report.pk, given=envelope(number=number), shown=envelope(), by=minh, at=LATER)

    assert f"{number}/BC-BCT" in composed(CompiledReport.objects.with_parts().get(pk=report.pk)).head.number


def test_a_number_kept_from_before_the_rule_stays_when_something_else_is_written(report, minh):
    CompiledReport.objects.update(number="215 bổ sung")
    before = envelope(number="215 bổ sung")

    editing.put_in_envelope(report.pk, given={**before, "signatory": "Lê A"}, shown=before, by=minh, at=LATER)

    report.refresh_from_db()
    assert (report.number, report.signatory) == ("215 bổ sung", "Lê A")


def test_a_number_that_somebody_else_gave_meanwhile_is_not_written_over(report, minh):
    editing.put_in_envelope(report.pk, given=envelope(number="215"), shown=envelope(), by=minh, at=LATER)

    with pytest.raises(ActionRefused, match="215"):
        editing.put_in_envelope(report.pk, given=envelope(number="216"), shown=envelope(), by=minh, at=LATER)

    report.refresh_from_db()
    assert report.number == "215"


def test_annexes_name_the_number_and_the_day_of_the_head(report, minh):
    before = composed(report)
    given = envelope(number="215", issued_on=date(2026, 12, 31))
    editing.put_in_envelope(report.pk, given=given, shown=envelope(), by=minh, at=LATER)

    after = composed(CompiledReport.objects.with_parts().get(pk=report.pk))
    words = "(Kèm theo Báo cáo số 215/BC-BCT ngày 31 tháng 12 năm 2026 của Bộ Công Thương)"
    assert " ".join(after.annex_reference.split()) == words
    assert after.annex_reference.endswith("của\u00a0Bộ\u00a0Công\u00a0Thương)")  # never the last word alone
    assert " ".join(before.head.place_and_date.split()) == "Hà Nội, ngày tháng năm"
    assert " ".join(before.annex_reference.split()) == (
        "(Kèm theo Báo cáo số /BC-BCT ngày tháng năm của Bộ Công Thương)"
    )


def test_a_long_position_is_printed_whole(report, minh):
    position = "CỤC TRƯỞNG CỤC ĐỔI MỚI SÁNG TẠO, CHUYỂN ĐỔI XANH VÀ KHUYẾN CÔNG"

    editing.put_in_envelope(report.pk, given=envelope(position=position), shown=envelope(), by=minh, at=LATER)

    assert composed(CompiledReport.objects.with_parts().get(pk=report.pk)).foot.position == position


def test_a_letter_that_the_font_lacks_is_named_with_its_paragraph(report, minh):
    with pytest.raises(ActionRefused, match=r"Ở đoạn “.+…”: .*“🫠” \(U\+1FAE0\)"):
        write(report, minh, "Đạt 78,8% 🫠.")

    assert not EditedWords.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"issued_on": date(2026, 12, 1)},
        {"issued_on": date(9999, 12, 31)},
        {"issued_on": date(2028, 1, 1)},
        {"number": "215/BC-BCT"},
        {"number": "abc đ<script>"},
        {"number": "215 216"},
        {"number": "0"},
        {"number": "٢١٥"},
        {"number": "215-"},
        {"signatory": "Lê 🫠"},
    ],
)
def test_an_impossible_number_or_date_is_refused(report, minh, given):
    with pytest.raises(ActionRefused):
        editing.put_in_envelope(report.pk, given=envelope(**given), shown=envelope(), by=minh, at=LATER)

    assert not AuditEntry.objects.filter(verb="edit envelope").exists()


def test_a_contradiction_asks_for_a_reason_and_both_are_written_down(report, minh):
    write(report, minh, WRONG)
    (flagged,) = line(report).contradictions
    assert (flagged.written, flagged.found) == ("87,8%", "78,8%")
    report.refresh_from_db()
    built(actions.build_again(report.pk, by=minh, at=LATER))

    with pytest.raises(ActionRefused):
        actions.publish(report.pk, by=minh, at=LATER, reason=" ")
    report.refresh_from_db()
    assert report.published_at is None

    actions.publish(report.pk, by=minh, at=LATER, reason="Số ước cả năm, theo công văn của Cục.")
    entry = AuditEntry.objects.get(verb="publish")
    assert entry.detail == {"reason": "Số ước cả năm, theo công văn của Cục.", "against": [flagged.sentence]}


def test_words_that_agree_ask_for_no_reason(report, minh):
    write(report, minh)
    report.refresh_from_db()
    built(actions.build_again(report.pk, by=minh, at=LATER))

    actions.publish(report.pk, by=minh, at=LATER)

    assert AuditEntry.objects.get(verb="publish").detail == {}


def test_an_unedited_document_has_no_contradiction(report):
    assert wording_of(report).contradictions == []
