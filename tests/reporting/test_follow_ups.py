"""Follow-up actions outlive the report: an owner and a day, proof, another person who verifies."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Post
from foundation.actions import ActionRefused
from foundation.models import OutboxMail, StoredFile
from provinces.models import BoundaryEvent, Succession
from reporting import actions
from reporting.models import FollowUp, FollowUpStep, Submission
from tests.accounts.factories import PostFactory
from tests.people import in_post
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.factories import NOON, upload

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
DUE = date(2026, 12, 31)
TEXT = "Ban hành kế hoạch của đơn vị mới"


@pytest.fixture
def report(tung, minh, province):
    return factories.approved(province, tung, minh)


def post_of(person):
    return person.occupancies.get().post


def ask(report, by, owner, **given):
    given = {"text": TEXT, "due_on": DUE, "address": "indicators.T4", **given}
    return actions.ask_follow_up(report.pk, post=owner, by=by, at=NOON, **given)


@pytest.fixture
def asked(report, thu, lan):
    return ask(report, thu, post_of(lan))


def done(asked, by, **given):
    return actions.report_done(asked.pk, **{"word": "Đã ban hành", "by": by, "at": NOON, **given})


def state(asked):
    asked.refresh_from_db()
    return asked.state


def test_a_day_in_a_far_year_is_refused(report, thu, lan):
    with pytest.raises(ActionRefused, match="quá xa hôm nay"):
        ask(report, thu, post_of(lan), due_on=date(9999, 12, 31))


def test_it_has_an_owner_who_gets_a_mail(asked, report, lan, thu):
    mail = OutboxMail.objects.get(key__startswith="follow-up-")

    assert (mail.recipient, TEXT in mail.body) == (lan.email, True)
    assert (asked.made_by_name, asked.made_post_title) == ("Vũ Thị Thu", "Chuyên viên Cục")
    event = report.events.get(step="follow_up")
    assert (event.comment, event.detail["owner"]) == (TEXT, "Chuyên viên Sở")


def test_the_mail_goes_to_the_units_other_people_while_the_post_is_vacant(report, thu, lan, tung, province):
    empty = PostFactory(title_vi="Phó Giám đốc", role=Post.Role.PROVINCE_EDITOR, province=province)

    ask(report, thu, empty)

    mails = OutboxMail.objects.filter(key__startswith="follow-up-")
    assert {mail.recipient for mail in mails} == {lan.email, tung.email}


def test_done_with_proof_and_verified_by_another(asked, lan, thu):
    done(asked, lan, upload=upload())
    assert state(asked) == FollowUp.State.DONE

    actions.verify_follow_up(asked.pk, by=thu, at=NOON)

    assert state(asked) == FollowUp.State.VERIFIED
    steps = asked.steps.all()
    assert [(one.kind, one.by_name) for one in steps] == [
        ("done", "Trần Thị Lan"), ("verified", "Vũ Thị Thu"),
    ]  # fmt: skip
    assert steps[0].file.name == "danh-sach.csv"
    assert OutboxMail.objects.get(key__contains="-done-").recipient == thu.email


def test_nobody_verifies_what_they_did_themselves(report, thu, minh):
    asked = ask(report, minh, post_of(thu))
    done(asked, thu)

    for deed in (actions.verify_follow_up, actions.refuse_follow_up):
        with pytest.raises(ActionRefused):
            deed(asked.pk, word="Xong", by=thu, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=asked.pk).update(state="verified", verified_by=thu, verified_at=NOON)
    actions.verify_follow_up(asked.pk, by=minh, at=NOON)

    assert state(asked) == FollowUp.State.VERIFIED


def test_what_is_not_accepted_goes_back_with_the_reason_and_may_be_done_again(asked, lan, thu):
    done(asked, lan, word="Lần một")
    with pytest.raises(ActionRefused):
        actions.refuse_follow_up(asked.pk, word=" ", by=thu, at=NOON)

    actions.refuse_follow_up(asked.pk, word="Chưa có số văn bản", by=thu, at=NOON)

    assert state(asked) == FollowUp.State.OPEN
    assert "Chưa có số văn bản" in OutboxMail.objects.get(key__contains="refused").body
    done(asked, lan, word="Lần hai")
    assert [one.word for one in asked.steps.all()] == ["Lần một", "Chưa có số văn bản", "Lần hai"]


def test_it_is_called_off_with_a_reason_that_stays(asked, thu):
    with pytest.raises(ActionRefused):
        actions.cancel_follow_up(asked.pk, word="", by=thu, at=NOON)

    actions.cancel_follow_up(asked.pk, word="Đã có kế hoạch chung", by=thu, at=NOON)

    assert state(asked) == FollowUp.State.CANCELLED
    assert asked.cancelled_reason == "Đã có kế hoạch chung"
    assert OutboxMail.objects.filter(key__contains="cancelled").count() == 1


@pytest.mark.parametrize(
    "given",
    [{"text": "  "}, {"due_on": date(2026, 11, 19)}, {"address": "indicators.T9"}],
    ids=["no words", "a day that has passed", "a field the form does not ask"],
)
def test_what_cannot_be_asked_is_refused(given, report, thu, lan):
    with pytest.raises(ActionRefused):
        ask(report, thu, post_of(lan), **given)

    assert not FollowUp.objects.exists()


def test_it_cannot_be_given_to_another_units_post(report, thu, hoa, lan):
    for owner in (post_of(hoa), None):
        with pytest.raises(ActionRefused):
            ask(report, thu, owner)
    with pytest.raises(ActionRefused):
        ask(report, lan, post_of(lan))

    assert not FollowUp.objects.exists()


def test_who_may_do_what(asked, tung, hoa, lan, thu):
    for person in (tung, hoa, thu):
        with pytest.raises(ActionRefused):
            done(asked, person)
    with pytest.raises(ActionRefused):
        actions.verify_follow_up(asked.pk, by=thu, at=NOON)  # nothing was done yet
    done(asked, lan)
    with pytest.raises(ActionRefused):
        actions.verify_follow_up(asked.pk, by=tung, at=NOON)
    with pytest.raises(ActionRefused):
        actions.cancel_follow_up(asked.pk, word="Thôi", by=lan, at=NOON)

    assert state(asked) == FollowUp.State.DONE


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_done(asked, lan):
    with pytest.raises(ActionRefused):
        done(asked, lan, upload=upload("ket-qua.pdf", b"xin chao"))

    assert state(asked) == FollowUp.State.OPEN
    assert not FollowUpStep.objects.exists()
    assert not StoredFile.objects.filter(name="ket-qua.pdf").exists()


def test_it_stands_in_the_next_form_of_the_unit_and_in_its_snapshot(client, asked, tung, province):
    period = factories.PeriodFactory(year=2027)
    owed = factories.ObligationFactory(province=province, period=period)
    later = factories.draft(province, obligation=owed)
    client.force_login(tung)

    pages = {
        key: client.get(reverse("work:section", args=[later.pk, key])).text for key in ("indicators", "money")
    }

    assert TEXT in pages["indicators"]
    assert TEXT not in pages["money"]
    actions.save_draft(later.pk, answers=factories.ANSWERS, seen=0, by=tung, at=NOON)
    actions.attach_evidence(
        later.pk, address="indicators.T3", upload=upload(), is_public=False, by=tung, at=NOON
    )
    sent = factories.submit(later, tung)
    (frozen,) = sent.snapshot["follow_ups"]
    assert (frozen["text"], frozen["due_on"], frozen["state"]) == (TEXT, "2026-12-31", "open")
    assert frozen["asked_in"] == {"year": 2026, "number": 1}


def test_one_about_no_field_stands_in_the_first_section_and_leaves_when_verified(
    client, report, lan, tung, thu, province
):
    asked = ask(report, thu, post_of(lan), address="")
    client.force_login(tung)
    first = reverse("work:section", args=[report.pk, "general"])

    assert TEXT in client.get(first).text
    done(asked, lan)
    actions.verify_follow_up(asked.pk, by=thu, at=NOON)

    assert TEXT not in client.get(first).text


def test_the_heir_finds_it_in_its_own_form(client, asked, province):
    heir = ProvinceFactory(code="60", name_vi="Đà Nẵng mới", slug="da-nang-moi")
    merger = BoundaryEvent.objects.create(slug="sap-nhap", kind="merger", effective_on=date(2026, 12, 1))
    Succession.objects.create(event=merger, predecessor=province, heir=heir)
    van = in_post("Mai Thị Vân", "province_editor", province=heir, title="Chuyên viên Sở")
    later = factories.draft(heir, obligation__period=factories.PeriodFactory(year=2027))
    client.force_login(van)

    page = client.get(reverse("work:section", args=[later.pk, "indicators"])).text

    assert TEXT in page
    done(asked, van)
    assert state(asked) == FollowUp.State.DONE


def test_both_sides_find_it_on_their_page(client, asked, lan, hoa, thu):
    with time_machine.travel(NOON + timedelta(days=60)):
        for person, sees in ((lan, True), (thu, True), (hoa, False)):
            client.force_login(person)
            page = client.get("/work/followups/").text
            assert (TEXT in page) == sees
            assert ("Quá hạn 19 ngày" in page) == sees


@pytest.mark.parametrize(
    ("query", "found"),
    [("show=open", True), ("show=overdue", False), ("show=done", False), ("show=settled", False),
     ("unit=da-nang", True), ("unit=khong-co", False), ("show=la&page=x", True)],
)  # fmt: skip
def test_the_filters(client, asked, thu, query, found):
    client.force_login(thu)

    with time_machine.travel(NOON):
        page = client.get(f"/work/followups/?{query}").text

    assert (TEXT in page) == found


def test_it_stands_among_the_tasks_of_whoever_has_to_do_it(client, asked, lan, tung, hoa):
    for person, has in ((lan, True), (tung, False), (hoa, False)):
        client.force_login(person)
        with time_machine.travel(NOON):
            page = client.get(reverse("work:workspace")).text
        assert (f'href="{asked.get_absolute_url()}"' in page, TEXT in page) == (has, has)

    with time_machine.travel(NOON + timedelta(days=60)):
        client.force_login(lan)
        assert "quá hạn từ" in client.get(reverse("work:workspace")).text.lower()
    client.force_login(lan)
    done(asked, lan)
    assert TEXT not in client.get(reverse("work:workspace")).text


def test_the_word_that_is_needed_is_not_called_optional(client, asked, lan):
    client.force_login(lan)

    page = client.get(asked.get_absolute_url())

    assert page.context["forms"]["done"].fields["word"].required
    assert 'name="done-word" cols="40" rows="3" maxlength="4000" required' in page.text


def test_the_review_page_shows_those_of_earlier_reports(client, asked, tung, thu, province):
    owed = factories.ObligationFactory(province=province, period=factories.PeriodFactory(year=2027))
    later = factories.draft(province, obligation=owed)
    actions.save_draft(later.pk, answers=factories.ANSWERS, seen=0, by=tung, at=NOON)
    actions.attach_evidence(
        later.pk, address="indicators.T3", upload=upload(), is_public=False, by=tung, at=NOON
    )
    factories.submit(later, tung)
    client.force_login(thu)

    assert TEXT in client.get(f"/work/review/{later.pk}/").text


def test_what_was_typed_into_a_refused_form_is_still_there(client, asked, lan, thu):
    client.force_login(lan)
    address = reverse("work:follow_up_deed", args=[asked.pk, "done"])
    bad = {"done-word": "Đã ban hành số 12", "done-upload": upload("a.pdf", b"khong phai")}

    answer = client.post(address, bad)

    assert answer.status_code == 422
    assert "Đã ban hành số 12" in answer.text
    assert "Nội dung của “a.pdf” không đúng với tên tệp." in answer.text
    assert client.post(address, {"done-word": "Đã ban hành số 12"}).status_code == 302
    client.force_login(thu)
    refuse = reverse("work:follow_up_deed", args=[asked.pk, "refuse"])
    assert client.post(refuse, {"refuse-word": ""}).status_code == 422
    assert client.post(refuse, {"refuse-word": "Thiếu tệp"}).status_code == 302
    assert state(asked) == FollowUp.State.OPEN


def test_it_is_asked_for_on_a_page(client, report, thu, lan):
    client.force_login(thu)
    address = reverse("work:follow_up_ask", args=[report.pk])
    given = {"address": "indicators.T4", "text": TEXT, "post": post_of(lan).pk, "due_on": "2026-12-31"}

    with time_machine.travel(NOON):
        assert client.post(address, {**given, "due_on": "2026-11-01"}).status_code == 422
        answer = client.post(address, given)

    assert answer.url == FollowUp.objects.get().get_absolute_url()


def test_the_file_is_for_those_who_may_see_the_action(client, asked, lan, hoa, thu):
    done(asked, lan, upload=upload())
    address = reverse("work:follow_up_file", args=[asked.steps.get().pk])

    for person, status in ((thu, 200), (lan, 200), (hoa, 404)):
        client.force_login(person)
        answer = client.get(address)
        assert answer.status_code == status
        content = b"".join(answer.streaming_content) if status == 200 else b""
        assert content == (factories.CSV if status == 200 else b"")


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has the trigger")
def test_the_database_itself_refuses_to_change_a_step(asked, lan):
    done(asked, lan)

    for sql in ("UPDATE reporting_followupstep SET word = 'x'", "DELETE FROM reporting_followupstep"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            connection.cursor().execute(sql)


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count(client, report, thu, lan, item_count, django_assert_num_queries):
    for _one in range(item_count):
        ask(report, thu, post_of(lan))
    client.force_login(thu)

    with django_assert_num_queries(6):
        answer = client.get("/work/followups/")

    assert len(answer.context["follow_ups"].lines) == item_count


def test_a_submission_from_before_there_were_follow_ups_is_read_as_ever(client, report, tung, minh):
    sent = Submission.objects.get()
    assert sent.snapshot["follow_ups"] == []
    client.force_login(minh)

    assert client.get(f"/work/review/{report.pk}/").status_code == 200
