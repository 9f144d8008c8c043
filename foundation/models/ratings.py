"""What readers say of a page. Nobody's name, address or browser is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageRating(models.Model):
    """One answer to “Was this page useful to you?”, or a comment, or both."""

    path = models.CharField(_("page"), max_length=300)
    is_useful = models.BooleanField(_("useful"), null=True)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("page rating")
        verbose_name_plural = _("page ratings")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_useful__isnull=False) | ~models.Q(comment=""),
                name="page_rating_says_something",
                violation_error_message=_("Answer the question or write a comment."),
            )
        ]

    def __str__(self) -> str:
        return self.path
