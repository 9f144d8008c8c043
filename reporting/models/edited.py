"""The ministry's own words in a document that is not issued yet. The newest of a paragraph count."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import AppendOnly
from foundation.models.appending import AppendOnlyQuerySet

from .cuts import CompiledReport

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 8000


class EditedWordsQuerySet(AppendOnlyQuerySet):
    def in_force(self, *, seen: int | None = None) -> Self:
        """The newest of each paragraph; or those that were so when ``seen`` was the newest row of all."""
        found = self if seen is None else self.filter(pk__lte=seen)
        newest = found.values("report", "key").annotate(newest=models.Max("pk")).values("newest")
        return self.filter(pk__in=newest.order_by())

    def words_of(self, report: CompiledReport) -> "Mapping[str, str]":
        """By key; a paragraph that was put back to the composed words is not there."""
        found = self.filter(report=report).in_force().exclude(text="")
        return dict(found.values_list("key", "text"))


class EditedWords(AppendOnly):
    """What is printed for a composed paragraph instead; empty: the composed words again."""

    report = models.ForeignKey(
        CompiledReport, models.PROTECT, related_name="words", verbose_name=_("compiled report")
    )
    key = models.CharField(_("paragraph"), max_length=160)  # see documents.blocks.Paragraph
    text = models.TextField(_("words"), max_length=LONGEST, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    objects: ClassVar[Any] = EditedWordsQuerySet.as_manager()

    class Meta:
        verbose_name = _("edited words")
        verbose_name_plural = _("edited words")
        ordering = ["pk"]
        indexes = [models.Index(fields=["report", "key"], name="edited_words_of_a_paragraph")]

    def __str__(self) -> str:
        return f"{self.report_id}, {self.key}"
