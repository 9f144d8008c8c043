"""The overview of quality: what each unit's newest submission holds, and what the rules did."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reporting import actions
from reporting.models import CheckRule, Submission
from reporting.quality import Quality, rule_lines
from reporting.quality_pages import rule_rows, unit_rows
from tests.people import in_post
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.check_rules import ORDER, approved_before, kept_rule
from tests.reporting.factories import ANSWERS, NOON, TODAY

pytestmark = pytest.mark.django_db


def quality(user, today=TODAY):
    return Quality(user, {}, today=today)


def jumped(province, by, at=NOON):
    report = factories.filled(province, by)
    approved_before(province, numerator=41, denominator=66)
    if not CheckRule.objects.exists():
        kept_rule()
    return actions.submit(report.pk, signer="Giám đốc", by=by, at=at)


def line_of(user, today=TODAY):
    lines = [one for one in quality(user, today).units if one.obligation.period.year == 2026]
    assert len(lines) == 1
    return lines[0]


def test_a_unit_is_counted_by_severity_and_by_what_nobody_explained(tung, minh, province):
    kept_rule(code="cap", severity="error", **{**ORDER, "part": "planned", "other_part": "spent"})
    kept_rule(code="thap", severity="note", test="range", scope="field", target="indicators.T4", minimum=9)
    kept_rule()
    report = factories.filled(province, tung)
    approved_before(province, numerator=41, denominator=66)
    actions.justify(report.pk, rule="r", address="indicators.T3", text="Đúng.", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    line = line_of(minh)

    assert (line.blockers, line.errors, line.warnings, line.notes) == (0, 1, 1, 1)
    assert (line.weighty, line.open) == (2, 1)


def test_what_is_empty_with_a_reason_and_what_is_proven_are_shares(tung, minh, province):
    answers = {**ANSWERS, "indicators.T4": {"emptiness": "not_applicable", "reason": "Không có"}}
    factories.submitted(province, tung, answers)

    line = line_of(minh)

    assert (line.empty.part, line.empty.whole) == (1, 4)
    assert (line.proven.part, line.proven.whole, line.proven.percent) == (1, 2, 50)


def test_lateness_is_that_of_the_first_submission(tung, thu, minh, province):
    report = factories.filled(province, tung)
    due = report.obligation.due_on
    first = NOON + (due + timedelta(days=3) - NOON.date())
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=first)
    actions.remark(report.pk, address="indicators.T4", text="Xem lại", by=thu, at=first)
    actions.send_back(report.pk, by=thu, at=first)
    actions.reply(report.remarks.get().pk, reply="kept", text="Đúng", by=tung, at=first)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=first + timedelta(days=9))

    assert line_of(minh, first.date() + timedelta(days=20)).days_late == 3


def test_a_unit_that_has_not_handed_in_is_late_by_today_and_has_no_counts(lan, minh, province):
    report = factories.filled(province, lan)
    kept_rule(code="thap", test="range", scope="field", target="indicators.T4", minimum=9)

    line = line_of(minh, report.obligation.due_on + timedelta(days=2))

    assert (line.sent, line.days_late, line.weighty, line.open, line.empty.percent) == (
        False,
        2,
        None,
        0,
        None,
    )


def test_what_was_sent_before_the_checks_is_no_zero(client, tung, minh, province):
    sent = factories.submitted(province, tung).submissions.get()
    older = {name: value for name, value in sent.snapshot.items() if name != "findings"}
    _replace(sent, older)
    client.force_login(minh)

    page = client.get(reverse("work:quality"))

    (line,) = page.context["page"].units
    assert (line.sent, line.errors) == (True, None)
    assert "nộp trước khi có kiểm tra" in page.text
    assert unit_rows(quality(minh))[1][5:10] == ("", "", "", "", "")


def _replace(sent, snapshot):
    """As an older version of the portal wrote it: a submission is never changed, so it is made anew."""
    fields = {
        name: getattr(sent, name) for name in ("report", "period", "by", "by_name", "signer", "received_at")
    }
    sent.report.round = 2
    sent.report.save()
    Submission.objects.create(round=2, number=99, sha256="0" * 64, snapshot=snapshot, **fields)


# --- Rules --------------------------------------------------------------------------------


def test_a_rule_that_fired_is_justified_open_or_mended_after_the_return(tung, thu, minh, province, neighbour):
    sent = jumped(province, tung)
    nam = in_post("Nguyễn Văn Nam", "province_signatory", province=neighbour, title="Giám đốc")
    jumped(neighbour, nam)
    kept_rule(code="im-lang", **ORDER)
    report = sent.report
    actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)
    report.refresh_from_db()
    mended = {"indicators.T3": {**ANSWERS["indicators.T3"], "numerator": "42"}}
    actions.save_draft(report.pk, answers=mended, seen=report.version, by=tung, at=NOON)
    actions.reply(report.remarks.get().pk, reply="fixed", text="", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    lines = {line.code: line for line in rule_lines(report.period)}

    jump, silent = lines["r"], lines["im-lang"]
    assert (jump.fired, jump.justified, jump.open, jump.mended) == (2, 0, 1, 1)
    assert silent.is_silent
    assert [row[0] for row in rule_rows(quality(minh))[1:]] == ["r", "im-lang"]


def test_a_rule_switched_off_is_still_told_where_it_fired(tung, province):
    sent = jumped(province, tung)
    CheckRule.objects.update(is_active=False)

    (line,) = rule_lines(sent.period)

    assert (line.code, line.fired, line.rule.is_active) == ("r", 1, False)


# --- The page -----------------------------------------------------------------------------


@pytest.mark.parametrize("unit_count", [1, 3])
def test_quality_query_count(client, minh, unit_count, django_assert_num_queries):
    for number in range(unit_count):
        unit = ProvinceFactory(code=f"{number + 10}", slug=f"tinh-{number}")
        by = in_post(f"Nguyễn Văn {'ABC'[number]}", "province_signatory", province=unit, title="Giám đốc")
        jumped(unit, by)
    client.force_login(minh)
    client.get(reverse("work:quality"))

    with django_assert_num_queries(12):
        page = client.get(reverse("work:quality")).context["page"]

    assert len(page.units) == unit_count


def test_what_most_needs_a_look_stands_first(client, tung, minh, province, neighbour):
    nam = in_post("Nguyễn Văn Nam", "province_signatory", province=neighbour, title="Giám đốc")
    factories.submitted(province, tung)
    approved_before(neighbour, numerator=1, denominator=66)
    kept_rule()
    report = factories.filled(neighbour, nam)
    actions.submit(report.pk, signer="Giám đốc", by=nam, at=NOON)
    client.force_login(minh)

    page = client.get(reverse("work:quality"))

    assert [line.obligation.province for line, _url in page.context["page"].rows] == [neighbour, province]
    assert page.text.index("Quảng Ngãi") < page.text.index("Đà Nẵng")


def test_a_period_is_chosen_and_an_unknown_one_is_the_newest(client, tung, minh, province):
    jumped(province, tung)
    client.force_login(minh)
    here = reverse("work:quality")
    page = client.get(here).context["page"]
    older = page.periods[1]

    assert client.get(here, {"period": older.pk}).context["page"].period == older
    assert client.get(here, {"period": "9" * 40}).context["page"].period == page.periods[0]


def test_the_file_holds_what_the_page_shows(client, tung, minh, province):
    jumped(province, tung)
    client.force_login(minh)

    text = client.get(reverse("work:quality_export", args=["units"])).content.decode("utf-8-sig")

    head, row = text.splitlines()
    assert dict(zip(head.split(","), row.split(","), strict=True)) == {
        "unit_code": "48", "unit": "Đà Nẵng", "period": "năm 2026", "handed_in": "có", "days_late": "0",
        "blockers": "0", "errors": "0", "warnings": "1", "notes": "0", "not_justified": "1",
        "empty_with_reason": "0", "claims": "4", "numbers_with_evidence": "1", "numbers": "3",
    }  # fmt: skip


def test_nothing_is_owed_yet(client, minh):
    client.force_login(minh)

    assert "Chưa có nghĩa vụ báo cáo." in client.get(reverse("work:quality")).text
