"""The one door to comments on a draft: receive, moderate, answer."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.actions import ActionRefused, write_down
from foundation.dates import day_words

from .models import Comment, Consultation

MOST_LETTERS = 5000  # of one comment
INCOMPLETE_ANSWER = gettext_lazy("Choose what became of the comment and write the answer in Vietnamese.")
MOST_WAITING = 500  # of one consultation; beyond it somebody is flooding, and staff must look first


@transaction.atomic
def submit_comment(
    consultation_id: int,
    *,
    body: str,
    at: datetime,
    article_id: int | None = None,
    name: str = "",
    on_behalf_of: str = "",
    may_publish_name: bool = False,
) -> Comment:
    """Take a comment while the consultation is open; it is shown only after moderation.

    The consultation's row is locked, so that the window cannot close between check and receipt and
    two comments never get one number.
    """
    consultation = Consultation.objects.select_for_update().get(pk=consultation_id)
    _refuse_outside_window(consultation, at)
    _refuse_body(body)
    _refuse_unknown_article(consultation, article_id)
    _refuse_flood(consultation)
    last = consultation.comments.aggregate(last=Max("number"))["last"] or 0
    comment = Comment.objects.create(
        consultation=consultation,
        number=last + 1,
        article_id=article_id,
        body=body.strip(),
        name=name.strip() if may_publish_name else "",  # a name nobody may see is not kept
        on_behalf_of=on_behalf_of.strip(),
        may_publish_name=may_publish_name,
        submitted_at=at,
        is_demo=consultation.is_demo,
    )
    write_down("library.comment_received", comment, by=None, at=at)
    return comment


@transaction.atomic
def moderate_comment(comment_id: int, *, show: bool, by: Any, at: datetime, reason: str = "") -> Comment:
    """Show a comment, or hold it back with the reason."""
    comment = _comment_for(comment_id, by)
    if not show and not reason.strip():
        raise ActionRefused(_("Say why the comment is held back."))
    comment.state = Comment.State.ON_SHOW if show else Comment.State.HELD_BACK
    comment.moderation_reason = "" if show else reason.strip()
    comment.save(update_fields=["state", "moderation_reason"])
    write_down("library.comment_moderated", comment, by=by, at=at, detail={"state": comment.state})
    return comment


@transaction.atomic
def answer_comment(
    comment_id: int, *, disposition: str, answer_vi: str, by: Any, at: datetime, answer_en: str = ""
) -> Comment:
    """Answer a comment on show; a later answer replaces the earlier, which history keeps."""
    comment = _comment_for(comment_id, by)
    if comment.state != Comment.State.ON_SHOW:
        raise ActionRefused(_("Only a comment on show is answered. Show it first."))
    if disposition not in Comment.Disposition.values or not answer_vi.strip():
        raise ActionRefused(INCOMPLETE_ANSWER)
    comment.disposition = disposition
    comment.answer_vi, comment.answer_en = answer_vi.strip(), answer_en.strip()
    comment.answered_at, comment.answered_by = at, by
    comment.save(update_fields=["disposition", "answer_vi", "answer_en", "answered_at", "answered_by"])
    write_down("library.comment_answered", comment, by=by, at=at, detail={"disposition": disposition})
    return comment


def _comment_for(comment_id: int, by: Any) -> Comment:
    if not by.has_perm("library.change_comment"):
        raise ActionRefused(_("Comments are handled by the ministry's editors."))
    return Comment.objects.select_for_update().get(pk=comment_id)


def _refuse_outside_window(consultation: Consultation, at: datetime) -> None:
    if not consultation.is_published or at < consultation.opens_at:
        raise ActionRefused(_("This consultation is not open yet."))
    if at >= consultation.closes_at:
        closed = day_words(consultation.closes_at)
        raise ActionRefused(_("This consultation closed on %(day)s.") % {"day": closed})


def _refuse_unknown_article(consultation: Consultation, article_id: int | None) -> None:
    if article_id and not consultation.articles.filter(pk=article_id).exists():
        raise ActionRefused(_("This article is not part of the draft. Open the page again."))


def _refuse_flood(consultation: Consultation) -> None:
    if consultation.comments.filter(state=Comment.State.WAITING).count() >= MOST_WAITING:
        raise ActionRefused(_("Too many comments await moderation. Send yours again tomorrow."))


def _refuse_body(body: str) -> None:
    if not body.strip():
        raise ActionRefused(_("Write your comment before sending it."))
    if len(body) > MOST_LETTERS:
        raise ActionRefused(_("The comment is longer than %(most)s letters.") % {"most": MOST_LETTERS})
