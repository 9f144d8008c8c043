"""What a room tells of rows that a new map touches, and what it is told to do with one. Knows no room."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from .journal import Journal


class Choice(models.TextChoices):
    """What becomes of one item on the day the map changes."""

    INHERIT = "inherit", _("the heir takes over")
    CLOSE = "close", _("close")
    ARCHIVE = "archive", _("leave as it is")


@dataclass(frozen=True)
class Offer:
    """One choice that makes sense for an item, with the sentence that says what will happen."""

    choice: Choice
    sentence: str


@dataclass(frozen=True)
class Item:
    """One row that hangs on a unit. ``offers`` begin with the usual one; ``seen`` speaks no language."""

    room: str
    kind: str
    pk: int
    unit: int
    title: str
    state: str  # for people
    seen: str  # what must still be so when the second person confirms
    offers: tuple[Offer, ...]
    url: str = ""
    people: frozenset[int] = field(default_factory=frozenset)  # whose duties it moves
    is_shared: bool = False  # every heir inherits it alike: nobody has to choose among them
    is_draft: bool = False
    is_overdue: bool = False

    @property
    def key(self) -> str:
        return f"{self.room}.{self.kind}.{self.pk}"

    @property
    def default(self) -> Choice:
        return self.offers[0].choice

    def offer(self, choice: str) -> Offer | None:
        return next((offer for offer in self.offers if offer.choice == choice), None)


@dataclass(frozen=True)
class Turn:
    """One item's turn on the day: what was chosen, for whom, and the journal that remembers the row."""

    kind: str
    pk: int
    choice: Choice
    heir: int | None
    on: date
    reason: str
    by: Any
    at: datetime
    journal: Journal


class Carrier(Protocol):
    """A room's ``carrying`` module."""

    ROOM: str
    KINDS: dict[str, Any]  # each kind of item and what it is called

    @staticmethod
    def hanging(units: Collection[int], *, on: date, goes_on: bool) -> list[Item]:
        """What hangs on these units on that day, in a fixed number of queries.

        ``goes_on``: they only give a part away, so what they carry stays theirs unless somebody says else.
        """
        ...

    @staticmethod
    def carry(turn: Turn) -> None:
        """Do with one item what was chosen, through the journal."""
        ...
