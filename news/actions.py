"""Deeds of the news room that need a reason and leave a line in the audit."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused, write_down

from .models import Article


@transaction.atomic
def withdraw(article_id: int, *, by: Any, at: datetime, reason_vi: str, reason_en: str = "") -> Article:
    """Take an article off the portal; its address keeps the title and says why."""
    article = Article.objects.select_for_update().get(pk=article_id)
    if not by.has_perm("news.change_article"):
        raise ActionRefused(_("Only the ministry's editors withdraw an article."))
    if not reason_vi.strip():
        raise ActionRefused(_("Say in Vietnamese why the article is withdrawn; readers will see it."))
    if article.withdrawn_at is not None:
        raise ActionRefused(_("The article is already withdrawn."))
    if article.published_at is None or article.published_at >= at:
        raise ActionRefused(_("The article is not public yet. Empty its date instead."))
    article.withdrawn_at = at
    article.withdrawal_reason_vi, article.withdrawal_reason_en = reason_vi.strip(), reason_en.strip()
    article.save()
    write_down("withdraw", article, by=by, at=at, detail={"reason": article.withdrawal_reason_vi})
    return article


@transaction.atomic
def restore(article_id: int, *, by: Any, at: datetime) -> Article:
    """Put a withdrawn article back as it was."""
    article = Article.objects.select_for_update().get(pk=article_id)
    if not by.has_perm("news.change_article"):
        raise ActionRefused(_("Only the ministry's editors put an article back."))
    if article.withdrawn_at is None:
        raise ActionRefused(_("The article is not withdrawn."))
    reason = article.withdrawal_reason_vi
    article.withdrawn_at, article.withdrawal_reason_vi, article.withdrawal_reason_en = None, "", ""
    article.save()
    write_down("restore", article, by=by, at=at, detail={"reason then": reason})
    return article
