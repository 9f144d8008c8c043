"""Rules at a report: what stops it, what is justified and for which value, and what is frozen with it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from foundation.actions import ActionRefused
from foundation.models import WrittenOnce
from programmes.models import Indicator
from reporting import actions
from reporting.models import CheckRule, Justification, ReportEvent
from tests.provinces.factories import ProvinceFactory, merge
from tests.reporting import factories
from tests.reporting.check_rules import ORDER, approved_before, former, kept_rule, rule
from tests.reporting.factories import ANSWERS, NOON, TODAY
from tests.threads import at_once

pytestmark = pytest.mark.django_db
T3 = "indicators.T3"


def found(report):
    return actions.checked(report, on=TODAY)


def sentences(report):
    return [one.finding.sentence for one in found(report)]


def jumped(province, by):
    """52 of 66 where 41 of 66 had been approved the year before."""
    report = factories.filled(province, by)
    approved_before(province, numerator=41, denominator=66)
    kept_rule()
    return report


def justify(report, by, text="Mười một cụm được tập huấn lần đầu.", **given):
    given = {"rule": "r", "address": T3, **given}
    return actions.justify(report.pk, text=text, by=by, at=NOON, **given)


def save(report, by, **answers):
    values = {address.replace("__", "."): value for address, value in answers.items()}
    report.refresh_from_db()
    actions.save_draft(report.pk, answers=values, seen=report.version, by=by, at=NOON)


# --- Which rules, against what ------------------------------------------------------------


def test_the_approved_value_of_the_year_before_is_what_a_jump_is_measured_by(tung, province):
    report = jumped(province, tung)

    assert sentences(report) == ["Tăng 16,7 điểm so với năm 2025: từ 62,1% lên 78,8%."]


def test_a_value_of_two_years_before_is_none_of_the_year_before(tung, province):
    report = factories.filled(province, tung)
    approved_before(province, year=2025, code="T4", value=2)
    approved_before(province, year=2024, numerator=1, denominator=66)
    kept_rule()

    assert sentences(report) == []


def test_a_superseded_value_is_not_compared_with(tung, province):
    report = factories.filled(province, tung)
    old = approved_before(province, numerator=1, denominator=66)
    old.superseded_at = NOON
    old.save()
    approved_before(province, version=2, numerator=50, denominator=66)
    kept_rule()

    assert sentences(report) == []


@pytest.mark.parametrize("given", [
    {"is_active": False}, {"in_force_from": TODAY + timedelta(days=1)},
])  # fmt: skip
def test_a_rule_not_switched_on_finds_nothing(tung, province, given):
    report = jumped(province, tung)
    CheckRule.objects.update(**given)

    assert sentences(report) == []


def test_a_rule_of_another_regime_looks_elsewhere(tung, province):
    report = jumped(province, tung)
    CheckRule.objects.update(regime=factories.RegimeFactory(code="chuyen-de"))

    assert sentences(report) == []


@pytest.fixture
def merged(province):
    """Đà Nẵng came of two units on 1 July 2025; its first report is for that year."""
    ours, joined = former("Đà Nẵng", "48"), former("Quảng Nam", "49")
    merge(ours, joined, heir=province)
    return ours, joined


def inherited(province, by, code="T3", **answer):
    report = factories.draft(province, obligation__period=factories.PeriodFactory(year=2025))
    actions.save_draft(report.pk, answers={f"indicators.{code}": {"emptiness": "number", **answer}}, seen=0,
                       by=by, at=NOON)  # fmt: skip
    return report


def test_an_heir_is_compared_with_the_sum_of_those_it_came_from(lan, province, merged):
    report = inherited(province, lan, numerator="52", denominator="66")
    for unit, above, below in zip(merged, (10, 31), (20, 46), strict=True):
        approved_before(unit, year=2024, numerator=above, denominator=below)
    kept_rule()

    assert sentences(report) == ["Tăng 16,7 điểm so với năm 2024: từ 62,1% lên 78,8%."]


def test_counts_of_the_merged_are_added_up(lan, province, merged):
    report = inherited(province, lan, code="T4", value="9")
    for unit in merged:
        approved_before(unit, code="T4", year=2024, value=3)
    kept_rule(target="indicators.T4", test="jump", scope="field", measure="percent", direction="up",
              threshold=Decimal(40))  # fmt: skip

    assert sentences(report) == ["Tăng 50% so với năm 2024: từ 6 mô hình lên 9 mô hình."]


@pytest.mark.parametrize("second", [None, {"emptiness": "not_yet"}])
def test_an_heir_of_whose_parts_one_is_missing_is_compared_with_nothing(lan, province, merged, second):
    report = inherited(province, lan, numerator="52", denominator="66")
    approved_before(merged[0], year=2024, numerator=10, denominator=66)
    if second:
        approved_before(merged[1], year=2024, **second)
    kept_rule()

    assert sentences(report) == []


@pytest.mark.parametrize("carry_over", ["latest", "not_additive"])
def test_what_cannot_be_added_up_is_compared_with_nothing(lan, province, merged, carry_over):
    report = inherited(province, lan, code="T4", value="9")
    for unit in merged:
        approved_before(unit, code="T4", year=2024, value=1)
    Indicator.objects.filter(code="T4").update(carry_over=carry_over, carry_over_reason_vi="Không cộng được")
    kept_rule(target="indicators.T4", test="jump", scope="field", measure="percent", direction="up",
              threshold=Decimal(40))  # fmt: skip

    assert sentences(report) == []


def test_a_unit_that_gave_a_part_away_is_compared_with_nothing(tung, province):
    neighbour = ProvinceFactory(code="51", name_vi="Quảng Ngãi", slug="quang-ngai")
    report = jumped(province, tung)
    event = merge(heir=neighbour)
    type(event).objects.filter(pk=event.pk).update(kind="part_transfer", effective_on=date(2026, 3, 1))
    event.successions.create(predecessor=province, heir=neighbour)

    assert sentences(report) == []


def test_a_report_on_a_part_of_the_year_is_compared_with_nothing(tung, province):
    report = jumped(province, tung)
    type(report.obligation).objects.filter(report=report).update(first_day=date(2026, 7, 1))

    assert sentences(type(report).objects.with_unit().get(pk=report.pk)) == []


# --- Stopping -----------------------------------------------------------------------------


def test_only_blockers_stop_and_each_is_named_with_its_field(tung, province):
    report = jumped(province, tung)
    kept_rule(code="cap", severity="blocker", **ORDER)
    save(report, tung, money__local={**ANSWERS["money.local"], "received": "120"})

    with pytest.raises(actions.Incomplete) as refusal:
        actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    assert [(gap.address, gap.sentence) for gap in refusal.value.gaps] == [
        ("money.local", "“đã cấp” là 120 triệu đồng, lớn hơn “kế hoạch” là 100 triệu đồng.")
    ]
    assert not report.submissions.exists()


@pytest.mark.parametrize("severity", ["error", "warning", "note"])
def test_everything_else_goes_without_a_reason_and_is_marked(tung, province, severity):
    report = jumped(province, tung)
    CheckRule.objects.update(severity=severity)

    sent = actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    (kept,) = sent.snapshot["findings"]
    assert (kept["severity"], kept["justification"]) == (severity, None)


def test_a_blocker_in_a_locked_field_stops_no_resubmission(tung, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T4")
    approved_before(province, numerator=41, denominator=66)
    kept_rule(severity="blocker")
    actions.reply(report.remarks.get().pk, reply="kept", text="Đúng vậy", by=tung, at=NOON)

    sent = actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    assert [one["severity"] for one in sent.snapshot["findings"]] == ["blocker"]


def test_a_blocker_in_a_returned_field_stops_the_resubmission(tung, thu, province):
    report = factories.returned(province, tung, thu, T3)
    approved_before(province, numerator=41, denominator=66)
    kept_rule(severity="blocker")
    actions.reply(report.remarks.get().pk, reply="kept", text="Đúng vậy", by=tung, at=NOON)

    with pytest.raises(actions.Incomplete):
        actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)


# --- Justifying ---------------------------------------------------------------------------


def test_a_reason_is_kept_with_who_when_and_the_value_it_was_given_for(lan, tung, province):
    report = jumped(province, tung)

    given = justify(report, lan)

    (one,) = found(report)
    assert one.justified
    assert (given.by, given.at, given.post_title) == (lan, NOON, "Chuyên viên Sở")
    assert given.finding["basis"]["indicators.T3:numerator"] == "52"
    event = ReportEvent.objects.get(step="justify")
    assert (event.by, event.comment) == (lan, ""), "the words are the reason's own"
    assert event.detail == {"rule": "r", "version": 1, "address": T3, "reason": given.pk}


def test_another_value_voids_the_reason_and_the_old_value_brings_it_back(lan, tung, province):
    report = jumped(province, tung)
    justify(report, lan)

    save(report, tung, indicators__T3={**ANSWERS[T3], "numerator": "60"})
    (one,) = found(report)
    assert (one.justified, one.is_void, one.lacks_reason) == (False, True, True)

    save(report, tung, indicators__T3=ANSWERS[T3])
    assert found(report)[0].justified


def test_the_same_reason_twice_is_written_once(lan, tung, province):
    report = jumped(province, tung)

    assert justify(report, lan) == justify(report, tung)
    assert (Justification.objects.count(), ReportEvent.objects.filter(step="justify").count()) == (1, 1)


def test_a_reason_is_taken_back_with_an_empty_text(lan, tung, province):
    report = jumped(province, tung)
    justify(report, lan)
    justify(report, lan, text=" ")

    assert not found(report)[0].justified
    assert [one.text for one in Justification.objects.all()] == [""]


@pytest.mark.parametrize(("severity", "given", "says"), [
    ("blocker", {}, "Lỗi chặn nộp phải sửa"),
    ("note", {}, "Lưu ý thì không cần"),
    ("warning", {"address": "indicators.T4"}, "không còn gì để giải trình"),
    ("warning", {"rule": "khac"}, "không còn gì để giải trình"),
    ("warning", {"text": "x" * 2001}, "không quá 2000 chữ"),
])  # fmt: skip
def test_what_cannot_be_justified_is_said_and_nothing_is_kept(lan, tung, province, severity, given, says):
    report = jumped(province, tung)
    CheckRule.objects.update(severity=severity)

    with pytest.raises(ActionRefused, match=says):
        justify(report, lan, **given)

    assert not Justification.objects.exists()
    assert not ReportEvent.objects.filter(step="justify").exists()


def test_the_neighbour_and_the_ministry_justify_nothing(hoa, minh, tung, province):
    report = jumped(province, tung)

    for person in (hoa, minh):
        with pytest.raises(ActionRefused):
            justify(report, person)

    assert not Justification.objects.exists()


def test_nothing_is_justified_once_it_is_submitted(tung, province):
    report = jumped(province, tung)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    with pytest.raises(ActionRefused, match="Tải lại trang"):
        justify(report, tung)


def test_the_ministry_reads_no_reason_before_the_report_is_submitted(tung, thu, minh, province):
    report = factories.returned(province, tung, thu, T3)
    approved_before(province, numerator=41, denominator=66)
    kept_rule()
    justify(report, tung)

    assert not ReportEvent.objects.seen_by(minh).filter(step="justify").exists()
    assert ReportEvent.objects.seen_by(tung).filter(step="justify").exists()


def test_a_reason_is_never_changed(lan, tung, province):
    given = justify(jumped(province, tung), lan)
    given.text = "khác"

    with pytest.raises(WrittenOnce):
        given.save()
    with pytest.raises(WrittenOnce):
        Justification.objects.all().delete()


@pytest.mark.postgres
def test_the_database_changes_no_reason(lan, tung, province):
    """Once it was sent, however it was worded; before, nobody takes it for another's or for another field."""
    report = jumped(province, tung)
    justify(report, lan)

    for change in ("address = 'x'", "round = 7", f"by_id = {tung.pk}"):
        assert not changes(f"UPDATE reporting_justification SET {change}")
    assert changes("UPDATE reporting_justification SET text = 'khác'")

    factories.submit(report, tung)
    assert not changes("UPDATE reporting_justification SET text = 'nữa'")
    assert not changes("DELETE FROM reporting_justification")


def changes(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return False
    return True


# --- Freezing -----------------------------------------------------------------------------


def test_findings_and_reasons_are_frozen_with_the_submission(lan, tung, province):
    report = jumped(province, tung)
    justify(report, lan)

    sent = factories.submit(report, tung)
    changed = CheckRule.objects.get()
    changed.threshold, changed.message_vi = Decimal(1), "Khác hẳn."
    actions.keep_rule(changed)

    (kept,) = report.submissions.get().snapshot["findings"]
    assert kept["sentence_vi"] == "Tăng 16,7 điểm so với năm 2025: từ 62,1% lên 78,8%."
    assert kept["sentence_en"] == "Up 16.7 points on year 2025: from 62.1% to 78.8%."
    assert (kept["version"], kept["message_vi"]) == (1, "Hiếm khi như vậy.")
    assert kept["justification"]["text"] == "Mười một cụm được tập huấn lần đầu."
    assert kept["justification"]["by"] == str(lan)
    assert sent.snapshot["findings"] == [kept]


def test_a_void_reason_is_not_sent(lan, tung, province):
    report = jumped(province, tung)
    justify(report, lan)
    save(report, tung, indicators__T3={**ANSWERS[T3], "numerator": "60"})

    sent = factories.submit(report, tung)

    assert sent.snapshot["findings"][0]["justification"] is None


def test_without_rules_a_submission_says_that_nothing_was_found(tung, province):
    report = factories.submitted(province, tung)

    assert report.submissions.get().snapshot["findings"] == []


# --- Queries ------------------------------------------------------------------------------


def test_no_rule_costs_one_query(lan, province, django_assert_num_queries):
    report = factories.draft(province)
    report = type(report).objects.with_unit().get()

    with django_assert_num_queries(1):
        actions.checked(report, on=TODAY, values={})


@pytest.mark.parametrize("rule_count", [1, 3])
def test_rules_cost_the_same_queries_however_many(tung, province, rule_count, django_assert_num_queries):
    report = factories.filled(province, tung)
    for code in ("T3", "T4"):
        approved_before(
            province, code=code, **({"numerator": 1, "denominator": 66} if code == "T3" else {"value": 1})
        )
    for number in range(rule_count):
        kept_rule(code=f"r{number}")
    values = actions.checking.values_of(report)
    report = type(report).objects.with_unit().get(pk=report.pk)
    actions.checked(report, on=TODAY, values=values)  # the register is read once in a process

    with django_assert_num_queries(5):  # rules, periods, edition of the register, values, reasons
        assert len(actions.checked(report, on=TODAY, values=values)) == rule_count


# --- Keeping rules ------------------------------------------------------------------------


def test_another_limit_is_a_new_version_and_no_preset_any_more(province):
    factories.draft(province)
    kept = kept_rule(is_preset=True)

    kept.is_active = False
    assert (actions.keep_rule(kept).version, kept.is_preset) == (1, True)
    kept.threshold = Decimal(20)
    assert (actions.keep_rule(kept).version, kept.is_preset) == (2, False)
    assert [one.version for one in kept.history.all()] == [2, 1, 1]


@pytest.mark.parametrize("given", [
    {"is_active": True, "in_force_from": None}, {"threshold": Decimal(0)},
    {"minimum": Decimal(2), "maximum": Decimal(1)},
])  # fmt: skip
def test_the_database_keeps_nonsense_out(db, given):
    with pytest.raises(IntegrityError), transaction.atomic():
        rule(**given).save()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_reasons_at_one_moment_are_both_kept_and_the_newest_counts(lan, tung, province):
    report = jumped(province, tung)

    at_once(lambda: justify(report, lan, text="Vì A"), lambda: justify(report, tung, text="Vì B"))

    (one,) = found(report)
    assert sorted(given.text for given in Justification.objects.all()) == ["Vì A", "Vì B"]
    assert one.given == Justification.objects.latest("pk")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_reason_and_the_submission_at_one_moment_never_part(lan, tung, province):
    """Whichever comes first: the reason makes void what was declared, or the report is out without it."""
    report = factories.signed_off(jumped(province, tung), tung)

    outcomes = at_once(
        lambda: justify(report, lan),
        lambda: actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON),
    )

    assert sum(isinstance(one, ActionRefused) for one in outcomes) == 1
    assert report.submissions.exists() != Justification.objects.exists()
    for sent in report.submissions.all():
        assert [one["justification"] for one in sent.snapshot["findings"]] == [None]
