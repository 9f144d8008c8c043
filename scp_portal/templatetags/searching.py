"""Results with the sought words marked."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from foundation.searching import sought as mark_sought

register = template.Library()


@register.filter
def sought(text: Any, words: Sequence[str]) -> SafeString:
    """The whole text with the words marked."""
    return mark_sought(text, words)


@register.filter
def excerpt(text: Any, words: Sequence[str]) -> SafeString:
    """A stretch of the text round the first of the words."""
    return mark_sought(text, words, most=260)
