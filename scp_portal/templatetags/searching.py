"""Results with the sought words marked."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from foundation.searching import Hit, has_sought
from foundation.searching import sought as mark_sought

register = template.Library()


@register.filter
def sought(text: Any, words: Sequence[str]) -> SafeString:
    """The whole text with the words marked."""
    return mark_sought(text, words)


@register.filter
def excerpt(hit: Hit, words: Sequence[str]) -> SafeString:
    """A stretch of the summary round the words, or of the text when only that has them."""
    elsewhere = hit.text and not has_sought(hit.summary, words) and has_sought(hit.text, words)
    return mark_sought(hit.text if elsewhere else hit.summary, words, most=260)
