"""Figures and tables numbered as they are read."""

from django.utils.translation import gettext as _


class Captions:
    """One for each document; the annexes count none."""

    def __init__(self) -> None:
        self.figures = self.tables = 0

    def figure(self, words: str) -> str:
        self.figures += 1
        return _("Figure %(n)s. %(words)s") % {"n": self.figures, "words": words}

    def table(self, words: str) -> str:
        self.tables += 1
        return _("Table %(n)s. %(words)s") % {"n": self.tables, "words": words}
