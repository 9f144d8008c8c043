"""The words of the documents' tables fit their columns, as the font of documents measures them."""

import pytest
from django.utils import translation
from fontTools.ttLib import TTFont

from reporting.documents.letters import FACE, FONT_FOLDERS
from reporting.pace import Standing
from tests.programmes.factories import TaskFactory, TaskGroupFactory
from tests.reporting.approved import t3, year_of
from tests.reporting.composed import composed, cut_of
from tests.reporting.test_cut_contents import everything

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
LINE = 162 / 25.4 * 72  # points between the margins of a page
HEAD, CELL = 2.75, 8.75  # what padding and border take of a column


@pytest.fixture(scope="module")
def long():
    """How many points a text of 12 points takes in a style of the font."""

    def measured(text, style):
        (file, *_) = [file for folder in FONT_FOLDERS for file in folder.rglob(f"{FACE}-{style}.ttf")]
        if style not in fonts:
            fonts[style] = TTFont(file)
        letters, widths = fonts[style].getBestCmap(), fonts[style]["hmtx"]
        return sum(widths[letters[ord(one)]][0] for one in text) * 12 / fonts[style]["head"].unitsPerEm

    fonts = {}
    return measured


@pytest.fixture
def tables(province):
    """The tables of targets and of tasks, in one language or the other."""
    indicator = t3()
    group = TaskGroupFactory(programme=indicator.programme, number=9)
    everything(province, indicator, TaskFactory(programme=indicator.programme, group=group))
    content = cut_of(year_of(2026))

    def found(language):
        blocks = composed(content, language=language).blocks
        targets, *_ = [one for one in blocks if len(getattr(one, "head", ())) == 7]
        tasks, *_ = [one for one in blocks if len(getattr(one, "head", ())) == 8]
        return targets, tasks

    return found


def lines(text, room, long):
    """How many lines a text takes in a column, word after word."""
    taken, line = 1, ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and long(longer, "Regular") > room:
            taken, longer = taken + 1, word
        line = longer
    return taken


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_word_of_a_head_is_wider_than_its_column(tables, long, language):
    over = [
        word
        for table in tables(language)
        for head, width in zip(table.head, table.widths, strict=True)
        for word in head.split()
        if long(word, "Bold") + HEAD > LINE * width / 100
    ]

    assert over == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_state_of_a_target_takes_three_lines_at_most(tables, long, language):
    targets, _tasks = tables(language)
    room = LINE * targets.widths[-2] / 100 - CELL
    with translation.override(language):
        states = [str(one.label) for one in Standing]

    assert max(lines(state, room, long) for state in states) <= 3
    assert all(state[0] == state[0].lower() for state in states)
