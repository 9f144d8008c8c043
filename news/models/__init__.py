"""News: sections, articles that rest on the records below them, and a still list of highlights."""

from .articles import Article, ArticleQuerySet
from .highlights import Highlight, HighlightQuerySet
from .sections import Section

__all__ = ["Article", "ArticleQuerySet", "Highlight", "HighlightQuerySet", "Section"]
