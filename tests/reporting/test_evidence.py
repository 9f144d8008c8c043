"""The ledger of evidence: each file says what it is, and where the same content proves something else."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Post
from foundation.actions import ActionRefused
from reporting import actions
from reporting.models import Evidence
from reporting.reuse import uses
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.factories import NOON, upload

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def attach(report, by, address="indicators.T3", content=factories.CSV, **said):
    return actions.attach_evidence(
        report.pk, address=address, upload=upload(content=content), is_public=False, by=by, at=NOON, **said
    )


def section(report, key="indicators"):
    return reverse("work:section", args=[report.pk, key])


@pytest.fixture
def son(neighbour):
    return in_post("Đinh Văn Sơn", Post.Role.PROVINCE_SIGNATORY, province=neighbour, title="Giám đốc")


def told(proof, user):
    return [(use.words, use.url) for use in uses([(proof.pk, proof.file.sha256)], user)[proof.pk]]


# --- What a file is ---------------------------------------------------------------------


def test_a_file_says_its_kind_and_its_own_day(lan, province):
    report = factories.draft(province)

    proof = attach(report, lan, kind="list", dated_on=date(2026, 11, 19))

    assert (proof.kind, proof.dated_on) == ("list", date(2026, 11, 19))
    assert report.events.get().detail["kind"] == "list"


@pytest.mark.parametrize("said", [{"kind": "rumour"}, {"kind": ""}, {"dated_on": date(2026, 11, 21)}])
def test_an_unknown_kind_and_a_day_to_come_are_refused(said, lan, province):
    report = factories.draft(province)

    with pytest.raises(ActionRefused):
        attach(report, lan, **said)

    assert not Evidence.objects.exists()


def test_the_database_knows_the_kinds(lan, province):
    proof = attach(factories.draft(province), lan)

    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=proof.pk).update(kind="rumour")


def test_kind_and_day_are_told_with_the_files_on_the_page(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    client.post(
        section(report),
        {"seen": "0", "indicators-T3-evidence": upload(), "indicators-T3-file-kind": "decision",
         "indicators-T3-file-dated_on": "2026-03-01"},
    )  # fmt: skip

    proof = Evidence.objects.get()
    assert (proof.kind, proof.dated_on) == ("decision", date(2026, 3, 1))
    assert "01/3/2026" in client.get(section(report)).text


@pytest.mark.parametrize("said", [{"dated_on": "31/31"}, {"dated_on": "9999-01-01"}, {"kind": "rumour"}])
def test_what_is_told_wrongly_gets_a_sentence_and_the_answers_are_kept(client, lan, province, said):
    report = factories.draft(province)
    client.force_login(lan)
    boxes = {f"indicators-T3-file-{name}": value for name, value in said.items()}

    answer = client.post(
        section(report),
        {"seen": "0", "indicators-T3-evidence": upload(), "indicators-T4-emptiness": "zero", **boxes},
    )

    assert answer.status_code == 422
    assert len(answer.context["page"].fields[0].evidence_faults) == 1
    assert not Evidence.objects.exists()
    assert report.indicatoranswers.get().address == "indicators.T4"


def test_what_was_sent_says_kind_and_day_and_an_older_submission_reads_without(client, tung, thu, province):
    report = factories.filled(province, tung)
    Evidence.objects.update(kind="photo", dated_on=date(2026, 3, 1))
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    kept = report.submissions.get().snapshot["evidence"]["indicators.T3"][0]
    client.force_login(thu)

    page = client.get(reverse("work:review", args=[report.pk])).text

    assert (kept["kind"], kept["dated_on"]) == ("photo", "2026-03-01")
    assert "01/3/2026" in page


# --- Used elsewhere ---------------------------------------------------------------------


def test_the_same_content_on_another_claim_is_shown_with_its_place(lan, province):
    report = factories.draft(province)
    first, second = attach(report, lan), attach(report, lan, "indicators.T4")

    ((words, url),) = told(second, lan)

    assert str(report.questions["indicators.T3"].label) in words
    assert url == f"{section(report)}#indicators-T3"
    assert told(first, lan)[0][1] == f"{section(report)}#indicators-T4"


def test_the_same_content_in_another_year_is_shown_with_the_year(lan, province):
    before = factories.StatusReportFactory(
        obligation=factories.ObligationFactory(period=factories.PeriodFactory(year=2025), province=province)
    )
    attach(before, lan)

    ((words, _url),) = told(attach(factories.draft(province), lan), lan)

    assert "2025" in words


def test_of_another_unit_a_province_reads_only_that_there_is_one(lan, son, province, neighbour):
    theirs = factories.submitted(neighbour, son)
    proof = attach(factories.draft(province), lan)

    found = told(proof, lan)

    assert [url for _words, url in found] == [""]
    assert str(theirs.province.name) not in found[0][0]


def test_a_draft_of_another_unit_says_nothing(lan, son, province, neighbour):
    factories.filled(neighbour, son)

    assert told(attach(factories.draft(province), lan), lan) == []


def test_other_content_and_what_was_taken_away_is_no_reuse(lan, province):
    report = factories.draft(province)
    attach(report, lan, "indicators.T4", content=b"a,b\n1,2\n")
    gone = attach(report, lan, "indicators.T8")
    actions.withdraw_evidence(gone.pk, by=lan, at=NOON)

    assert told(attach(report, lan), lan) == []


def test_the_reviewer_reads_every_use_with_its_report(client, thu, tung, son, province, neighbour):
    report, theirs = factories.submitted(province, tung), factories.submitted(neighbour, son)
    client.force_login(thu)

    page = client.get(reverse("work:review", args=[report.pk])).text

    assert f"{reverse('work:review', args=[theirs.pk])}?tab=whole&amp;field=indicators.T3" in page
    assert "Quảng Ngãi" in page


def test_the_ministry_learns_nothing_of_a_draft_by_its_files(thu, tung, son, province, neighbour):
    factories.submitted(province, tung)
    factories.filled(neighbour, son)

    assert told(Evidence.objects.order_by("pk")[0], thu) == []


@pytest.mark.parametrize("page", ["section", "submit", "receipt"])
def test_the_flag_stands_wherever_the_file_does(client, tung, province, page):
    report = factories.filled(province, tung)
    attach(report, tung, "indicators.T4")
    addresses = {"section": section(report), "submit": reverse("work:submit", args=[report.pk])}
    if page == "receipt":
        addresses["receipt"] = actions.submit(
            report.pk, signer="Giám đốc", by=tung, at=NOON
        ).get_absolute_url()
    client.force_login(tung)

    assert client.get(addresses[page]).text.count('class="reuse"') == 2


@pytest.mark.parametrize("item_count", [1, 3])
def test_looking_for_other_uses_costs_one_query(lan, province, item_count, django_assert_num_queries):
    report = factories.draft(province)
    proofs = [attach(report, lan, content=f"a,{number}\n".encode()) for number in range(item_count)]
    files = [(proof.pk, proof.file.sha256) for proof in proofs]
    uses(files, lan)

    with django_assert_num_queries(1):
        found = uses(files, lan)

    assert len(found) == item_count


def test_the_flag_stands_in_the_changes_of_a_round_as_well(client, tung, thu, son, province, neighbour):
    factories.submitted(neighbour, son)
    report = factories.returned(province, tung, thu)
    actions.reply(report.remarks.get().pk, reply="fixed", text="Đã sửa", by=tung, at=NOON)
    factories.submit(report, tung)
    client.force_login(thu)

    page = client.get(f"{reverse('work:review', args=[report.pk])}?tab=changes").text

    flagged = page[page.index("round-diff") :]
    assert "Tệp này còn dùng ở chỗ khác" in flagged
    assert str(neighbour.name) in flagged
