"""What an English document says in another way: place and day, short days, words that stay Vietnamese."""

import re
from dataclasses import replace
from datetime import date

import pytest

from reporting.documents.composing import compose
from reporting.outline import Reach, Scope
from tests.programmes.factories import TaskFactory, TaskGroupFactory
from tests.reporting.approved import t3, year_of
from tests.reporting.composed import ENVELOPE, composed, cut_of, outline_of, said, table
from tests.reporting.test_cut_contents import everything
from tests.reporting.test_document_contents import reported_period

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def indicator():
    return t3()


@pytest.fixture
def task(indicator):
    group = TaskGroupFactory(programme=indicator.programme, number=9, name_vi="Giáo dục, lối sống")
    return TaskFactory(programme=indicator.programme, group=group, title_vi="Thực hành tốt")


def test_in_english_the_words_of_provinces_are_said_to_be_vietnamese_and_marked(province, tung, minh):
    content = cut_of(reported_period(province, tung, minh))
    note = "Words of provinces are printed as they were written, in Vietnamese."

    document = composed(content, language="en")

    quoted = [(block.lead, block.quote) for block in document.blocks if getattr(block, "quote", "")]
    assert quoted == [("– Da Nang: ", "Đã tập huấn 52 khu, cụm.")]
    assert said(document).count(note) == 1
    vietnamese = composed(content)
    assert not [block for block in vietnamese.blocks if getattr(block, "quote", "")]
    assert "bằng tiếng Việt" not in said(vietnamese)


def test_in_english_what_activities_came_to_is_marked_as_vietnamese(indicator, province, task):
    everything(province, indicator, task)
    content = cut_of(year_of(2026))
    scope = Scope(Reach.PROVINCE, province.pk, "Đà Nẵng", "Da Nang")

    listed = table(composed(content, "province", scope, language="en"), "Activities and their results")

    quoted = {(listed.head[column], row.cells[column]) for row in listed.rows for column in row.quoted}
    assert {head for head, _words in quoted} == {"Activity", "Result and difficulty"}
    assert "–" not in {words for _head, words in quoted}
    assert listed.note.endswith("Words of provinces are printed as they were written, in Vietnamese.")
    vietnamese = table(composed(content, "province", scope), "Các hoạt động và kết quả")
    assert not any(row.quoted for row in vietnamese.rows)


def test_days_in_english_annexes_are_short_enough_for_their_columns(province, tung, minh):
    document = composed(cut_of(reported_period(province, tung, minh)), language="en")

    (reports,) = [annex for annex in document.annexes if annex.title == "The reports behind the figures"]
    (row,) = [row for row in reports.blocks[0].rows if row.cells[2] == "approved"]
    assert [re.fullmatch(r"\d+ [A-Z][a-z]{2} \d{4}", day) is not None for day in row.cells[3:5]] == [
        True,
        True,
    ]


def test_an_english_head_names_place_and_day_or_leaves_them_open(indicator, province):
    content = cut_of(year_of(2026))

    document = composed(content, language="en")

    head = document.head
    assert (head.number, head.place_and_date) == ("No.: …………/BC-BCT", "Hanoi, date: ……………………")
    assert document.annex_reference == (
        "(Attached to Report No. …………/BC-BCT dated …………………… of the Ministry of Industry and Trade)"
    )
    assert composed(content).head.place_and_date.startswith("Hà Nội, ngày ")


@pytest.mark.parametrize(("place", "printed"), [("Hà Nội", "Hanoi"), ("Huế", "Huế"), ("Ha Noi", "Ha Noi")])
def test_an_english_head_keeps_another_place_as_the_ministry_wrote_it(indicator, place, printed):
    given = replace(ENVELOPE, place=place, issued_on=date(2026, 12, 20), number="215")

    made = compose(cut_of(year_of(2026)), outline_of("national"), language="en", envelope=given)

    assert made.head.place_and_date == f"{printed}, 20 December 2026"
    assert made.annex_reference.endswith("dated 20 December 2026 of the Ministry of Industry and Trade)")
