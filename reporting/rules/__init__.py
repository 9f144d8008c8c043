"""The ministry's check rules at work. Pure: rules, form, answers and earlier numbers in, findings out."""

from .evaluating import Finding, findings
from .finding_words import frozen
from .numbers import Before, numbers_of

__all__ = ["Before", "Finding", "findings", "frozen", "numbers_of"]
