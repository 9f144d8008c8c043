"""Search: typed without accents it finds all; typed with accents, the exact spelling comes first.

Plain words are too common in Vietnamese to rank by. So the index also holds each pair of
neighbouring words as one lexeme, which makes a phrase as cheap to find as a rare word, and the
accented spelling in letters and digits ("v" + "d9a1" is “đà”), which both databases keep whole.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, reduce
from itertools import pairwise
from operator import and_
from typing import Any, ClassVar, Self

from django.db import connection
from django.db.models import QuerySet, Value
from django.utils.functional import cached_property
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from modelsearch import index
from modelsearch.conf import get_app_config

from .dates import PartialDate
from .text import Text, fold

MOST_WORDS = 12  # of a query; the rest is dropped
MOST_MATCHES = 4000  # rows read from the index for one query
COMMON = 16_384  # words and pairs whose coded form is kept, as the same ones come again and again
_WORD = re.compile(r"[^\W_]+")
_MARKS = dict(zip("\u0300\u0309\u0303\u0301\u0323\u0306\u0302\u031b", "12345678", strict=True))


@dataclass(frozen=True)
class Hit:
    """What a result shows, whatever its room."""

    title: Text | str
    url: str
    summary: Text | str = ""
    text: Text | str = ""  # where the sought words may stand when the summary lacks them
    kind: str = ""
    date: PartialDate | date | datetime | None = None
    note: str = ""  # one line beside the kind: number, issuer, place
    is_demo: bool = False  # the search fills it in


class Searchable(index.Indexed):
    """Mixed into a model, before its other bases, to make its rows findable at /search/.

    Most models have a title or name, a summary and ``get_absolute_url``, and name further
    ``search_columns`` (without “_vi”, “_en”); whatever differs is a method to override.
    """

    search_fields: ClassVar[list[Any]] = [
        index.AutocompleteField("title_lexemes"),  # the column that holds titles alone
        index.SearchField("text_lexemes"),
    ]
    search_auto_update = False  # ``indexing`` does it, with fewer queries
    search_title_columns: ClassVar[Sequence[str]] = ("title", "name", "number")
    search_columns: ClassVar[Sequence[str]] = ("summary",)

    @classmethod
    def searchable_by(cls, user: Any) -> QuerySet[Any]:
        """The rows this person may find, with what ``search_hit`` reads selected along."""
        return cls._default_manager.visible_to(user)

    def search_title(self) -> str:
        """Name and number in both languages, accents and all."""
        return " \n ".join(columns_text(self, self.search_title_columns))

    def search_text(self) -> str:
        """The rest that should find this row, in both languages, accents and all."""
        return " \n ".join(columns_text(self, self.search_columns))

    @property
    def search_hit(self) -> Hit:
        return Hit(
            title=getattr(self, "title", "") or getattr(self, "name", "") or str(self),
            url=self.get_absolute_url(),
            summary=getattr(self, "summary", ""),
            kind=str(self._meta.verbose_name),
        )

    def title_lexemes(self) -> str:
        return self.all_lexemes[0]

    def text_lexemes(self) -> str:
        return self.all_lexemes[1]

    @cached_property
    def all_lexemes(self) -> tuple[str, str]:
        """Of the title, and of everything; kept, as the index asks for each of them several times."""
        title = self.search_title()
        return " ".join(lexemes(title)), " ".join(lexemes(f"{title} \n {self.search_text()}"))


def columns_text(row: Any, names: Iterable[str]) -> list[str]:
    """The filled columns of these names, in both languages where there are two."""
    columns = [f"{name}{tail}" for name in names for tail in ("_vi", "_en", "")]
    values = [row.__dict__.get(column) for column in columns]
    return [str(value) for value in values if value]


def lexemes(text: str) -> list[str]:
    """Every word folded, every two neighbours, and the accented spelling of both."""
    found: set[str] = set()
    for line in text.splitlines():
        words = _words(line)
        pairs = [f"{one} {other}" for one, other in pairwise(words)]
        for piece in (*words, *pairs):
            found |= {_plain(piece), _spelled(piece)}
    return sorted(found)


@dataclass(frozen=True)
class Query:
    """What somebody typed, as sets of lexemes: the strictest reading first."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        return cls(tuple(_words(text)[:MOST_WORDS]))

    @property
    def apart(self) -> list[str]:
        """Every word, anywhere."""
        return [_plain(word) for word in self.words]

    @property
    def readings(self) -> list[list[str]]:
        """Exact spelling in order, then any accents in order, then all words anywhere."""
        pairs = [f"{one} {other}" for one, other in pairwise(self.words)]
        pieces = pairs or list(self.words)
        readings = [
            [_spelled(piece) for piece in pieces],
            [_plain(piece) for piece in pieces],
            self.apart,
        ]
        return [r for place, r in enumerate(readings) if r and r not in readings[:place]]

    def scatters(self, reading: list[str]) -> bool:
        """Up to three syllables are mostly one name or term; apart they mean something else."""
        return 2 <= len(self.words) <= 3 and reading == self.apart


def matches(*queries: Query) -> list[tuple[int, int]]:
    """(content type, key) of every indexed row that answers any of them, best first; one statement.

    Says nothing about who may see the rows: never show one that was not fetched for a person.
    """
    ranked = [
        (column, reading, query.scatters(reading))
        for query in queries
        for reading in query.readings
        for column in ("autocomplete", "body")
    ]
    if not ranked:
        return []
    first, *others = (
        _entries(column, reading)
        .annotate(place=Value(place))
        .values_list("place", "content_type_id", "object_id")
        for place, (column, reading, _scattered) in enumerate(ranked)
    )
    rows = first.union(*others, all=True).order_by("place")[:MOST_MATCHES]
    found = sorted((place, -int(key), kind) for place, kind, key in rows)
    together = [row for row in found if not ranked[row[0]][2]]
    return list(dict.fromkeys((kind, -key) for _place, key, kind in together or found))


def sought(text: Text | str, words: Iterable[str], *, most: int = 0) -> SafeString:
    """The text with the sought words in ``<mark>`` and its language told; cut to ``most`` letters."""
    folded = {fold(word) for word in words}
    plain = unicodedata.normalize("NFC", str(text))
    if most and len(plain) > most:
        plain = _around(plain, folded, most)
    parts, end = [], 0
    for start, stop in _runs(plain, folded):
        parts += [escape(plain[end:start]), format_html("<mark>{}</mark>", plain[start:stop])]
        end = stop
    html = format_html_join("", "{}", ((part,) for part in [*parts, escape(plain[end:])]))
    lang = getattr(text, "lang", "")
    return format_html('<span lang="{}">{}</span>', lang, html) if lang else html


def has_sought(text: str, words: Sequence[str]) -> bool:
    """Whether the words stand in this text: together where several are sought."""
    plain = unicodedata.normalize("NFC", text)
    runs = _runs(plain, {fold(word) for word in words})
    return any(len(_words(plain[start:end])) >= min(len(words), 2) for start, end in runs)


def _runs(text: str, folded: set[str]) -> list[tuple[int, int]]:
    """Where sought words stand side by side; where none do, where they stand alone."""
    runs: list[tuple[int, int, int]] = []
    last = False
    for word in _WORD.finditer(text):
        hit = fold(word[0]) in folded
        if hit and last:
            start, _end, length = runs.pop()
            runs.append((start, word.end(), length + 1))
        elif hit:
            runs.append((word.start(), word.end(), 1))
        last = hit
    longest = min(max((length for *_ends, length in runs), default=0), 2)
    return [(start, end) for start, end, length in runs if length >= longest]


def _around(text: str, folded: set[str], most: int) -> str:
    """A stretch of the text that begins near the first sought words, cut between words."""
    first = next((start for start, _end in _runs(text, folded)), 0)
    start = text.rfind(" ", 0, max(0, first - most // 3)) + 1
    end = len(text) if start + most >= len(text) else text.rfind(" ", start, start + most)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if fold(word)]


@lru_cache(COMMON)
def _plain(piece: str) -> str:
    """“đà nẵng” → pda0nang: a letter first and no blank, so both databases keep it whole."""
    folded = fold(piece)
    return f"p{folded.replace(' ', '0')}" if " " in folded else folded


@lru_cache(COMMON)
def _spelled(piece: str) -> str:
    """“đà nẵng” → vd9a10na63ng; without accents it is the plain form."""
    letters = unicodedata.normalize("NFD", piece.casefold())
    if letters == fold(piece):
        return _plain(piece)
    coded = (_MARKS.get(letter, letter) for letter in letters.replace("đ", "d9").replace(" ", "0"))
    return "v" + "".join(letter for letter in coded if letter.isalnum())


def _entries(column: str, wanted: Sequence[str]) -> QuerySet[Any]:
    entries = get_app_config().get_model("IndexEntry").objects
    if connection.vendor == "postgresql":
        from django.contrib.postgres.search import SearchQuery  # noqa: PLC0415 -- needs psycopg

        raw = " & ".join(f"'{lexeme}'" for lexeme in wanted)
        return entries.filter(**{column: SearchQuery(raw, search_type="raw", config="simple")})
    from modelsearch.backends.database.sqlite import query as fts  # noqa: PLC0415 -- SQLite only

    together = fts.SearchQueryExpression(reduce(and_, [fts.Lexeme(lexeme) for lexeme in wanted]))
    rows = fts.SQLiteFTSIndexEntry.objects.filter(fts.MatchExpression([column], together))
    return entries.filter(pk__in=rows.values("index_entry_id"))
