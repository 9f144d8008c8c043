"""A column the library writes by itself: what search reads."""

from typing import Any

from django.db import models

from foundation.text import fold


class FoldedField(models.TextField):
    """Holds ``instance.folded_text()`` with a blank before each word, anew at every save.

    The leading blank lets “da” find words that begin so, and not the middle of others.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "editable": False, "default": "", "blank": True})

    def pre_save(self, model_instance: Any, add: bool) -> str:
        value = f" {model_instance.folded_text()}"
        setattr(model_instance, self.attname, value)
        return value


def begins_a_word(word: str) -> str:
    """What a folded column contains when one of its words begins with ``word``."""
    return f" {fold(word)}"
