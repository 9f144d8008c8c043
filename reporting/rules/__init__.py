"""The ministry's check rules at work. Pure: rules, form, answers and earlier numbers in, findings out."""

from .evaluating import Finding, findings
from .numbers import Before, numbers_of
from .wording import frozen

__all__ = ["Before", "Finding", "findings", "frozen", "numbers_of"]
