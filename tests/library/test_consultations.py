"""Comments on a draft: taken while it is open, moderated, answered; one door for all three."""

import threading
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from foundation.actions import ActionRefused
from foundation.models import AuditEntry
from library import actions
from library.models import Comment
from tests.library.factories import HANOI, CommentFactory, ConsultationFactory, DraftArticleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

OPENS = datetime(2026, 11, 1, 8, tzinfo=HANOI)
CLOSES = datetime(2026, 12, 1, 8, tzinfo=HANOI)
NOON = datetime(2026, 11, 20, 12, tzinfo=HANOI)


@pytest.fixture
def draft(db):
    return ConsultationFactory(opens_at=OPENS, closes_at=CLOSES)


def send(client, consultation, **fields):
    return client.post(f"/library/consultation/{consultation.slug}/comments/", fields, follow=True)


def test_comments_are_numbered_as_they_come_and_wait_for_moderation(draft):
    first = actions.submit_comment(draft.pk, body=" Nên sửa Điều 2. ", at=NOON)
    second = actions.submit_comment(draft.pk, body="Đồng ý.", at=NOON)

    assert [(one.number, one.state, one.body) for one in (first, second)] == [
        (1, "waiting", "Nên sửa Điều 2."),
        (2, "waiting", "Đồng ý."),
    ]
    assert AuditEntry.objects.filter(verb="library.comment_received").count() == 2


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (OPENS - timedelta(seconds=1), "Đợt lấy ý kiến chưa mở."),
        (CLOSES, "Đợt lấy ý kiến đã đóng ngày 01/12/2026."),
    ],
)
def test_outside_its_window_a_consultation_takes_nothing(draft, at, sentence):
    with pytest.raises(ActionRefused, match=sentence):
        actions.submit_comment(draft.pk, body="Muộn", at=at)

    assert not draft.comments.exists()


def test_the_first_moment_is_in_the_window_and_the_last_is_not(draft):
    actions.submit_comment(draft.pk, body="Đầu", at=OPENS)
    actions.submit_comment(draft.pk, body="Cuối", at=CLOSES - timedelta(microseconds=1))

    assert draft.comments.count() == 2


def test_a_consultation_nobody_may_read_takes_nothing():
    hidden = ConsultationFactory(published_at=None)

    with pytest.raises(ActionRefused, match="chưa mở"):
        actions.submit_comment(hidden.pk, body="A", at=timezone.now())


@pytest.mark.parametrize(("body", "sentence"), [("  ", "Viết ý kiến"), ("a" * 5001, "dài quá 5000")])
def test_an_empty_or_endless_comment_gets_a_sentence(draft, body, sentence):
    with pytest.raises(ActionRefused, match=sentence):
        actions.submit_comment(draft.pk, body=body, at=NOON)


def test_a_comment_names_only_articles_of_its_own_draft(draft):
    with pytest.raises(ActionRefused, match="không thuộc dự thảo"):
        actions.submit_comment(draft.pk, body="A", at=NOON, article_id=DraftArticleFactory().pk)


def test_a_flood_is_stopped_until_staff_have_looked(draft, monkeypatch):
    monkeypatch.setattr(actions, "MOST_WAITING", 1)
    waiting = actions.submit_comment(draft.pk, body="A", at=NOON)
    with pytest.raises(ActionRefused, match="Quá nhiều ý kiến"):
        actions.submit_comment(draft.pk, body="B", at=NOON)

    Comment.objects.filter(pk=waiting.pk).update(state=Comment.State.ON_SHOW)

    assert actions.submit_comment(draft.pk, body="B", at=NOON).number == 2


def test_a_name_that_may_not_be_published_is_not_kept(draft):
    told = {"body": "A", "name": "Ngô Mai", "on_behalf_of": "Hợp tác xã", "at": NOON}

    silent = actions.submit_comment(draft.pk, **told)
    named = actions.submit_comment(draft.pk, may_publish_name=True, **told)

    assert (silent.name, silent.signed) == ("", "Hợp tác xã")
    assert named.signed == "Ngô Mai, Hợp tác xã"


def test_moderation_shows_or_holds_back_with_a_reason(an):
    comment = CommentFactory(state=Comment.State.WAITING)

    actions.moderate_comment(comment.pk, show=True, by=an, at=NOON)
    with pytest.raises(ActionRefused, match="Ghi lý do"):
        actions.moderate_comment(comment.pk, show=False, by=an, at=NOON)
    held = actions.moderate_comment(comment.pk, show=False, by=an, at=NOON, reason="Lời lẽ xúc phạm")

    assert (held.state, held.moderation_reason) == ("held_back", "Lời lẽ xúc phạm")
    assert [entry.detail for entry in AuditEntry.objects.order_by("pk")] == [
        {"state": "on_show"},
        {"state": "held_back"},
    ]


@pytest.mark.parametrize("who", ["lan", "thu", "minh"])
def test_only_editors_moderate_and_answer(request, who):
    somebody, comment = request.getfixturevalue(who), CommentFactory(state=Comment.State.WAITING)

    with pytest.raises(ActionRefused):
        actions.moderate_comment(comment.pk, show=True, by=somebody, at=NOON)
    with pytest.raises(ActionRefused):
        actions.answer_comment(comment.pk, disposition="accepted", answer_vi="A", by=somebody, at=NOON)

    comment.refresh_from_db()
    assert (comment.state, comment.disposition) == ("waiting", "")


def test_an_answer_has_its_disposition_its_words_and_its_time(an):
    comment = CommentFactory()

    answered = actions.answer_comment(
        comment.pk, disposition="partly", answer_vi=" Sửa một phần. ", by=an, at=NOON
    )

    assert (answered.disposition, answered.answer_vi, answered.answered_at, answered.answered_by) == (
        "partly",
        "Sửa một phần.",
        NOON,
        an,
    )
    assert comment.history.count() == 2


@pytest.mark.parametrize(("disposition", "answer"), [("", "A"), ("accepted", " "), ("nonsense", "A")])
def test_half_an_answer_is_refused(an, disposition, answer):
    comment = CommentFactory()

    with pytest.raises(ActionRefused, match="Chọn kết quả xử lý"):
        actions.answer_comment(comment.pk, disposition=disposition, answer_vi=answer, by=an, at=NOON)


def test_a_comment_not_on_show_is_not_answered(an):
    comment = CommentFactory(state=Comment.State.WAITING)

    with pytest.raises(ActionRefused, match="Chỉ trả lời"):
        actions.answer_comment(comment.pk, disposition="accepted", answer_vi="A", by=an, at=NOON)


def test_the_database_keeps_answers_whole_and_reasons_given():
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentFactory(disposition="accepted")
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentFactory(state=Comment.State.HELD_BACK)


def test_the_public_sends_a_comment_and_gets_its_number(client, draft):
    article = DraftArticleFactory(consultation=draft)
    with time_machine.travel(NOON):
        page = send(client, draft, body="Nên có mã vạch.", article=article.pk).content.decode()

    assert "Đã nhận ý kiến số 1" in page
    assert "Nên có mã vạch." not in page  # not before moderation
    assert Comment.objects.get().article == article


def test_a_machine_that_fills_the_hidden_field_is_refused(client, draft):
    with time_machine.travel(NOON):
        response = send(client, draft, body="Mua ngay", website="http://spam.example")

    assert response.status_code == 400
    assert "Để trống ô này" in response.content.decode()
    assert not Comment.objects.exists()


def test_a_form_sent_after_closing_gets_a_sentence_and_keeps_nothing(client, draft):
    with time_machine.travel(CLOSES):
        page = send(client, draft, body="Muộn một phút").content.decode()

    assert "Đợt lấy ý kiến đã đóng ngày 01/12/2026." in page
    assert not Comment.objects.exists()


def test_comments_held_back_or_waiting_are_not_shown(client):
    consultation = ConsultationFactory()
    CommentFactory(consultation=consultation, body="Được hiện")
    CommentFactory(consultation=consultation, body="Còn chờ", state=Comment.State.WAITING)
    held = {"state": Comment.State.HELD_BACK, "moderation_reason": "Xúc phạm"}
    CommentFactory(consultation=consultation, body="Bị giữ", **held)

    page = client.get(consultation.get_absolute_url()).content.decode()

    assert [word in page for word in ("Được hiện", "Còn chờ", "Bị giữ")] == [True, False, False]


def test_a_closed_consultation_keeps_its_comments_and_offers_no_form(client):
    consultation = ConsultationFactory(closed=True)
    CommentFactory(consultation=consultation, body="Góp ý cũ")

    page = client.get(consultation.get_absolute_url()).content.decode()

    assert "Góp ý cũ" in page
    assert "<textarea" not in page


def test_a_coming_consultation_says_from_when(client):
    later = timezone.now() + timedelta(days=1)
    consultation = ConsultationFactory(opens_at=later, closes_at=later + timedelta(days=9))

    assert "Nhận ý kiến từ" in client.get(consultation.get_absolute_url()).content.decode()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_ten_comments_at_once_get_ten_numbers(draft):
    faults = []

    def comment(place):
        try:
            actions.submit_comment(draft.pk, body=f"Ý kiến {place}", at=NOON)
        except Exception as fault:  # noqa: BLE001 -- whatever goes wrong in a thread must reach the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=comment, args=(place,)) for place in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sorted(draft.comments.values_list("number", flat=True)) == list(range(1, 11))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_window_closed_while_a_comment_waits_for_the_lock_stays_closed(draft):
    """Staff close the window in a transaction; a comment that came meanwhile waits and is refused."""
    refusals = []

    def comment():
        try:
            actions.submit_comment(draft.pk, body="Kịp không", at=NOON)
        except ActionRefused as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    thread = threading.Thread(target=comment)
    with transaction.atomic():
        locked = type(draft).objects.select_for_update().get(pk=draft.pk)
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive()  # it waits
        locked.closes_at = NOON - timedelta(hours=1)
        locked.save()
    thread.join()

    assert len(refusals) == 1
    assert not draft.comments.exists()
