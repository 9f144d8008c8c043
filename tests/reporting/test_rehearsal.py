"""A rule is rehearsed on past reports: how often it would have fired, on whom; nothing is stored or sent."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from foundation.models import OutboxMail
from reporting import actions
from reporting.models import CheckRule, ReportEvent
from reporting.rehearsal import rehearse, years_sent
from reporting.resources import CheckRuleResource
from tests.people import in_post
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.check_rules import ORDER, approved_before, kept_rule, rule
from tests.reporting.factories import ANSWERS, NOON

pytestmark = pytest.mark.django_db
ADD = "admin:reporting_checkrule_add"
OVER = {**ANSWERS, "money.local": {**ANSWERS["money.local"], "received": "120"}}


def signatory(province, name="Hoàng Thanh Tùng"):
    return in_post(name, "province_signatory", province=province, title="Giám đốc")


@pytest.fixture
def sent(province, neighbour):
    """Đà Nẵng received more than planned, Quảng Ngãi did not."""
    return [
        factories.submitted(province, signatory(province), OVER),
        factories.submitted(neighbour, signatory(neighbour, "Nguyễn Văn Nam")),
    ]


def typed(**given):
    """The form as somebody fills it in."""
    boxes = {
        "code": "cap", "scope": "kind", "target": "money", "test": "order", "part": "received",
        "other_part": "planned", "severity": "warning", "message_vi": "Đã cấp quá kế hoạch.",
        "instruction_vi": "Xem lại.",
    }  # fmt: skip
    return {**boxes, **given, "_rehearse": "1"}


def test_it_fires_on_the_reports_it_would_have_fired_on(sent, province):
    done = rehearse(rule(**ORDER), [2026])

    (year,) = done.years
    assert (year.year, year.fired, year.reports) == (2026, 1, 2)
    (hit,) = year.hits
    assert hit.submission.report.province == province
    assert hit.finding.sentence == "“đã cấp” là 120 triệu đồng, lớn hơn “kế hoạch” là 100 triệu đồng."


def test_each_year_is_compared_with_the_year_before_it(sent, province, neighbour):
    approved_before(province, numerator=41, denominator=66)
    approved_before(neighbour, numerator=52, denominator=66)

    (year,) = rehearse(rule(), [2026]).years

    assert [hit.submission.report.province for hit in year.hits] == [province]


def test_drafts_are_never_rehearsed_on_and_of_rounds_the_newest(province, thu):
    tung = signatory(province)
    report = factories.submitted(province, tung, OVER)
    factories.draft(ProvinceFactory(code="01", slug="ha-noi"))
    actions.remark(report.pk, address="money.local", text="Xem lại", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)
    (drafted,) = rehearse(rule(**ORDER), [2026]).years
    assert (drafted.fired, drafted.reports) == (1, 1)  # the correction is not sent yet

    report.refresh_from_db()
    mended = {"money.local": ANSWERS["money.local"]}
    actions.save_draft(report.pk, answers=mended, seen=report.version, by=tung, at=NOON)
    actions.reply(report.remarks.get().pk, reply="fixed", text="", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    (newest,) = rehearse(rule(**ORDER), [2026]).years
    assert (newest.fired, newest.reports) == (0, 1)


def test_a_rule_of_one_regime_is_rehearsed_on_its_reports_alone(sent):
    other = factories.RegimeFactory(code="chuyen-de")

    (year,) = rehearse(rule(regime=other, **ORDER), [2026]).years

    assert (year.fired, year.reports) == (0, 0)


@pytest.mark.parametrize("unit_count", [1, 3])
def test_rehearsing_costs_the_same_queries_however_many_reports(
    unit_count, province, django_assert_num_queries
):
    for number in range(unit_count):
        unit = ProvinceFactory(code=f"{number + 10}", slug=f"tinh-{number}")
        factories.submitted(unit, signatory(unit, f"Nguyễn Văn {'ABC'[number]}"))
        approved_before(unit, numerator=41, denominator=66)
    one = rule()
    rehearse(one, [2026])  # the register is read once in a process

    with django_assert_num_queries(4):  # submissions, periods, edition of the register, values
        done = rehearse(one, [2026])

    assert done.years[0].fired == unit_count


# --- In the admin -------------------------------------------------------------------------


def test_what_was_just_typed_is_rehearsed_and_nothing_is_stored(client, minh, sent):
    client.force_login(minh)
    before = (ReportEvent.objects.count(), OutboxMail.objects.count())

    response = client.post(reverse(ADD), typed())

    assert response.status_code == 200
    assert "1 trên 2 báo cáo" in response.text
    assert "Đà Nẵng" in response.text
    assert 'value="cap"' in response.text  # the form stays as it was typed
    assert not CheckRule.objects.exists()
    assert (ReportEvent.objects.count(), OutboxMail.objects.count()) == before


def test_what_is_wrong_is_said_at_its_box_and_not_rehearsed(client, minh, sent):
    client.force_login(minh)

    response = client.post(reverse(ADD), typed(other_part="percent"))

    assert response.status_code == 422
    assert "Ô loại này không có số đó." in response.text
    assert "Chưa chạy thử" in response.text
    assert not CheckRule.objects.exists()


def test_a_stored_rule_is_rehearsed_with_what_is_typed_over_it(client, minh, sent):
    kept = kept_rule(code="cap", **ORDER)
    client.force_login(minh)
    here = reverse("admin:reporting_checkrule_change", args=[kept.pk])

    response = client.post(here, typed(part="spent"))

    assert "0 trên 2 báo cáo" in response.text
    assert CheckRule.objects.get().part == "received"
    assert "1 trên 2 báo cáo" in client.get(f"{here}?rehearse=1").text


def test_a_reviewer_rehearses_what_is_stored_and_types_nothing(client, thu, sent):
    kept = kept_rule(code="cap", **ORDER)
    client.force_login(thu)
    here = reverse("admin:reporting_checkrule_change", args=[kept.pk])

    assert "1 trên 2 báo cáo" in client.get(f"{here}?rehearse=1").text
    assert client.post(here, typed()).status_code == 404
    assert client.post(reverse(ADD), typed()).status_code == 404


def test_years_are_chosen_and_a_year_without_reports_is_none(client, minh, sent):
    client.force_login(minh)

    response = client.post(reverse(ADD), typed(years=["1999"]))

    assert years_sent() == [2026]
    assert response.context["chosen_years"] == [2026]


def test_before_any_report_there_is_nothing_to_rehearse_on(client, minh, province):
    factories.draft(province)
    client.force_login(minh)

    assert "chưa có gì để chạy thử" in client.get(reverse(ADD)).text


# --- Keeping rules in the admin -----------------------------------------------------------


def test_a_rule_is_switched_on_with_a_day_and_history_says_who(client, minh, province):
    factories.draft(province)
    kept = rule(code="cap", **ORDER)
    kept.save()
    client.force_login(minh)
    here = reverse("admin:reporting_checkrule_change", args=[kept.pk])
    boxes = {**typed(), "is_active": "on"}
    del boxes["_rehearse"]

    refused = client.post(here, boxes)
    assert "Ghi ngày đó." in refused.text

    changed = client.post(here, {**boxes, "in_force_from": "01/12/2026"}, follow=True)
    assert changed.redirect_chain
    assert all(str(one)[0].isupper() and "<a href" in str(one) for one in changed.context["messages"])
    stored = CheckRule.objects.get()
    assert (stored.is_active, stored.in_force_from) == (True, date(2026, 12, 1))
    assert stored.history.first().history_user == minh
    assert stored.code == "cap"


def test_a_rule_is_never_deleted(client, minh, province):
    kept = kept_rule()
    client.force_login(minh)

    assert (
        client.post(reverse("admin:reporting_checkrule_delete", args=[kept.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert CheckRule.objects.exists()


def test_rules_go_out_and_come_in_as_a_file(province):
    factories.draft(province)
    kept_rule(is_preset=True)
    rows = CheckRuleResource().export()

    unchanged = CheckRuleResource().import_data(rows)
    assert unchanged.totals["skip"] == 1
    rows = CheckRuleResource().export()
    place = rows.headers.index("threshold")
    row = list(rows.pop())
    row[place] = "20"
    rows.append(row)
    assert not CheckRuleResource().import_data(rows).has_errors()
    stored = CheckRule.objects.get()
    assert (stored.threshold, stored.version, stored.is_preset) == (Decimal(20), 2, False)
    row[place] = "-1"
    del rows[0]
    rows.append(row)
    assert CheckRuleResource().import_data(rows).has_validation_errors()


def test_the_form_says_which_parameters_each_kind_of_check_takes(client, minh, province):
    client.force_login(minh)

    page = client.get(reverse(ADD))

    told = {str(kind): [str(one) for one in must] for kind, must, _may in page.context["kinds"]}
    assert told["biến động so với kỳ trước"] == ["đo bằng", "chiều", "ngưỡng biến động"]
    assert "Mỗi cách kiểm tra dùng những tham số nào" in page.text
