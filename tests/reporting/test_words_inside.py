"""Each kind of text has its readers: province, ministry, everybody. A marker in each shows where it goes."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from reporting import actions
from reporting.models import ApprovedCount, Receipt, ReportEvent
from tests.programmes.factories import ProgrammeFactory
from tests.reporting import factories
from tests.reporting.check_rules import ORDER, kept_rule
from tests.reporting.factories import NOON
from tests.reporting.test_handing import hand
from tests.reporting.test_leaks import public_pages

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

INSIDE, SENT = "TRONG-TỈNH-551", "GỬI-BỘ-552"
FORM = {
    "sections": [
        *factories.COUNTS["sections"],
        {
            "key": "money",
            "title_vi": "Kinh phí",
            "questions": [{"key": "local", "kind": "money", "label_vi": "Ngân sách địa phương"}],
        },
    ]
}
TRAINED = {"emptiness": "number", "value": "20", "parts": {"female": "12", "male": "8"}}
MONEY = {"emptiness": "number", "planned": "100", "received": "101", "spent": "80"}


def ministry_pages(report):
    names = ["review_queue", "review_load", "quality", "follow_ups", "reminders", "events_export"]
    pages = [reverse(f"work:{name}") for name in names]
    pages += [reverse(f"work:{name}", args=[report.pk]) for name in ("review", "rounds")]
    pages += [f"{reverse('work:review', args=[report.pk])}?tab=whole&field=portal.trained"]
    rounds = range(1, report.round + 1)
    pages += [
        reverse(f"work:{name}", args=[report.pk, one])
        for one in rounds
        for name in ("receipt", "receipt_json")
    ]
    return [*pages, *(f"/en{page}" for page in pages if not page.endswith(".csv"))]


def admin_pages(report):
    tables = ["statusreport", "submission", "reportevent", "remark", "followup", "receipt", "approvedcount"]
    pages = [reverse(f"admin:reporting_{table}_changelist") for table in tables]
    pages.append(reverse("admin:reporting_statusreport_change", args=[report.pk]))
    pages += [reverse("admin:reporting_remark_change", args=[one.pk]) for one in report.remarks.all()]
    pages += [
        reverse("admin:reporting_reportevent_change", args=[pk])
        for pk in ReportEvent.objects.filter(report=report).submitted().values_list("pk", flat=True)
    ]
    return pages


def holding(client, pages, marker):
    answers = {page: client.get(page) for page in pages}
    assert {answer.status_code for answer in answers.values()} == {200}
    return [page for page, answer in answers.items() if marker in _text(answer)]


def _text(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def save(report, by, money=MONEY, note=SENT):
    report.refresh_from_db()
    given = {"portal.trained": {**TRAINED, "note": note}, "money.local": money}
    actions.save_draft(report.pk, answers=given, seen=report.version, by=by, at=NOON)


def justify(report, by, text):
    actions.justify(report.pk, rule="r", address="money.local", text=text, by=by, at=NOON)


def worked_upon(province, lan, mai, tung):
    """A draft with a word of each kind that stays inside."""
    kept_rule(**ORDER)
    report = factories.counting(province, form=factories.FormVersionFactory(number=7, definition=FORM))
    task = hand(report, mai, lan, note=INSIDE)
    save(report, lan)
    actions.hand_back(task.pk, word=INSIDE, by=mai, at=NOON)
    actions.accept(task.pk, by=lan, at=NOON)
    again = hand(report, mai, lan, section="portal", note=INSIDE)
    actions.take_back(again.pk, why=INSIDE, by=lan, at=NOON)
    justify(report, lan, SENT)
    actions.declare_ready(report.pk, note=INSIDE, by=lan, at=NOON)
    actions.decline(report.pk, why=INSIDE, by=tung, at=NOON)
    actions.declare_ready(report.pk, note=INSIDE, by=lan, at=NOON)
    return report


def submitted(report, tung):
    actions.submit(report.pk, signer="Giám đốc Sở", by=tung, at=NOON)
    report.refresh_from_db()
    return report


def returned_with_work(report, lan, tung, thu):
    submitted(report, tung)
    actions.remark(report.pk, address="money.local", text="Xem lại", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)
    save(report, lan, {**MONEY, "received": "102"})
    justify(report, lan, INSIDE)
    actions.reply(report.remarks.get().pk, reply="kept", text=INSIDE, by=lan, at=NOON)
    actions.attach_evidence(
        report.pk, address="money.local", upload=factories.upload(f"{INSIDE}.csv"), is_public=True, by=lan,
        at=NOON,
    )  # fmt: skip
    report.refresh_from_db()
    return report


def test_the_ministry_reads_what_was_sent_and_no_word_from_inside(client, lan, mai, tung, minh, province):
    report = submitted(worked_upon(province, lan, mai, tung), tung)
    client.force_login(minh)

    pages = [*ministry_pages(report), *admin_pages(report)]

    assert holding(client, pages, INSIDE) == []
    assert holding(client, [reverse("work:review", args=[report.pk])], SENT)


def test_the_ministry_reads_nothing_that_is_in_progress_after_a_return(
    client, lan, mai, tung, thu, minh, province
):
    report = returned_with_work(worked_upon(province, lan, mai, tung), lan, tung, thu)
    client.force_login(minh)

    assert holding(client, [*ministry_pages(report), *admin_pages(report)], INSIDE) == []


def test_a_neighbour_reads_none_of_it(client, lan, mai, tung, thu, hoa, province):
    report = returned_with_work(worked_upon(province, lan, mai, tung), lan, tung, thu)
    post = lan.posts_today[0]
    asked = actions.ask_follow_up(report.pk, text=SENT, post=post, due_on=date(2026, 12, 1), by=thu, at=NOON)
    client.force_login(hoa)

    own = ["workspace", "reports", "people", "reminders", "follow_ups"]
    assert holding(client, [reverse(f"work:{name}") for name in own], SENT) == []
    for name in ("review", "rounds", "report", "submit"):
        assert client.get(reverse(f"work:{name}", args=[report.pk])).status_code in (403, 404), name
    assert client.get(reverse("work:follow_up", args=[asked.pk])).status_code == 404
    assert client.get(reverse("work:hand", args=[report.pk, "money"])).status_code == 404


def test_nothing_but_approved_values_is_public_even_after_the_approval(lan, mai, tung, thu, minh, province):
    ProgrammeFactory(slug="sxtdbv-2021-2030")
    report = submitted(worked_upon(province, lan, mai, tung), tung)
    post = lan.posts_today[0]
    asked = actions.ask_follow_up(report.pk, text=SENT, post=post, due_on=date(2026, 12, 1), by=thu, at=NOON)
    actions.report_done(asked.pk, word=SENT, by=lan, at=NOON)
    actions.refuse_follow_up(asked.pk, word=SENT, by=thu, at=NOON)
    receipt = reverse("reporting:document", args=[Receipt.objects.get().check_code])
    guest = Client()
    pages = [*public_pages(province), receipt, f"/en{receipt}"]
    before = {page: guest.get(page) for page in pages}
    assert [page for page, answer in before.items() if answer.status_code not in (200, 404)] == []

    actions.approve(report.pk, by=minh, at=NOON + timedelta(days=1))

    assert ApprovedCount.objects.current().get().value == 20
    answers = {page: guest.get(page) for page in pages}
    texts = {page: _text(one) for page, one in [*before.items(), *answers.items()] if one.status_code == 200}
    assert [page for page, text in texts.items() if INSIDE in text or SENT in text] == []
