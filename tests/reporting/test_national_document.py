"""The national report as it reads: its chapters, figures, tables and words, composed from real cuts."""

import re
from datetime import date

import pytest

from reporting import actions
from reporting.documents import cutting
from reporting.documents.blocks import Document, Heading, Paragraph, Picture, Table
from reporting.documents.composing import compose
from reporting.documents.head_and_foot import Envelope
from reporting.documents.rendering import page_of
from reporting.lenses import Lens, LensKind
from reporting.models import Period
from tests.programmes.factories import IndicatorFactory, PhaseFactory, ProgrammeFactory, TargetFactory
from tests.reporting import factories
from tests.reporting.approved import approve, national_outline, t3, year_of
from tests.reporting.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
LAST_DAY = date(2026, 12, 14)


def national(period: Period, language: str = "vi") -> Document:
    content = cutting.content_of(period, Lens(LensKind.ON, LAST_DAY))
    envelope = Envelope("C-2026-01", NOON, "7K4M-92QD", "", "Hà Nội", None, "", "", "")
    return compose(content, national_outline(), language=language, envelope=envelope)


def small_share(ours=None):
    """A percentage with low marks: 5–8 % by 2025."""
    ours = ours or ProgrammeFactory(slug="sxtdbv-2021-2030")
    found = IndicatorFactory(
        programme=ours, code="T1", slug="tai-nguyen", carry_over="ratio", unit_vi="%", unit_en="%",
        numerator_vi="đã giảm", denominator_vi="tổng số",
    )  # fmt: skip
    TargetFactory(indicator=found, phase=ours.phases.first() or PhaseFactory(programme=ours), low=5, high=8)
    return found


def test_figures_are_numbered_in_the_order_of_reading(province):
    indicator = t3()
    other = small_share(indicator.programme)
    for year, numerator in ((2025, 41), (2026, 52)):
        approve(province, year, indicator, numerator=numerator, denominator=66)
        approve(province, year, other, numerator=4, denominator=100)

    blocks = national(year_of(2026)).blocks

    captions = [block.caption for block in blocks if isinstance(block, Picture)]
    assert [re.search(r"\d+", words)[0] for words in captions] == ["1", "2", "3", "4", "5"]


def words_of(question, label):
    return {"key": question, "kind": "text", "label_vi": label}


FORM = {
    "sections": [
        factories.DEFINITION["sections"][0],
        {
            "key": "difficulties",
            "title_vi": "Khó khăn, đề xuất",
            "questions": [words_of("obstacles", "Vướng mắc"), words_of("asks", "Đề xuất")],
        },
        *factories.DEFINITION["sections"][2:],
    ]
}
ANSWERS = {
    **factories.ANSWERS,
    "general.contact": {"text": "Phòng Công nghiệp, số máy lẻ 112"},
    "difficulties.obstacles": {"text": "Thiếu kinh phí."},
    "difficulties.asks": {"text": "Bố trí vốn."},
}


@pytest.fixture
def reported(province, tung, minh):
    """One approved report with everything in it."""
    ProgrammeFactory(slug="sxtdbv-2021-2030")
    factories.FormVersionFactory(definition=FORM)
    report = factories.submitted(province, tung, ANSWERS)
    actions.approve(report.pk, by=minh, at=NOON)
    return report.period


def outline(document: Document) -> list[str]:
    return [f"{one.number}. {one.text}" for one in document.blocks if isinstance(one, Heading)]


def test_the_words_of_provinces_stand_in_their_chapters_in_the_order_of_the_form(reported):
    document = national(reported)

    heads = outline(document)
    results = next(place for place, head in enumerate(heads) if head.endswith("Kết quả chính"))
    assert results < next(place for place, head in enumerate(heads) if head.startswith("II."))
    last = next(place for place, head in enumerate(heads) if "Khó khăn, đề xuất" in head)
    assert heads[last + 1 :] == ["1. Vướng mắc", "2. Đề xuất"]
    said = " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert "Đã tập huấn 52 khu, cụm." in said
    assert "số máy lẻ 112" not in str(document.as_json())


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("vi", ("Nguồn", "Kế hoạch", "Đã cấp", "Đã chi")),
        ("en", ("Source", "Planned", "Received", "Spent")),
    ],
)
def test_the_money_table_is_headed_with_words_of_money(reported, language, head):
    tables = [block for block in national(reported, language).blocks if isinstance(block, Table)]

    assert [table.head for table in tables].count(head) == 1


def test_an_annex_shows_as_many_decimals_as_decide_on_the_mark(province, neighbour):
    indicator = small_share()
    approve(province, 2026, indicator, numerator=495, denominator=10000)
    approve(neighbour, 2026, indicator, numerator=6, denominator=100)

    annexes = national(year_of(2026)).annexes
    table = next(annex for annex in annexes if annex.title.startswith("Chỉ số")).blocks[0]

    shares = [row.cells[-2:] for row in table.rows if not row.is_group]
    assert shares == [("4,95", "chưa đạt"), ("6,00", "đạt")]


def test_the_signature_stays_on_a_page_with_the_last_paragraph(reported):
    document = national(reported)

    page = page_of(document, check_url="http://127.0.0.1/")

    ending = page[page.index('<div class="ending">') : page.index('<section class="annex')]
    assert document.blocks[-1].text in ending
    assert 'class="signing"' in ending
    assert document.blocks[-2].text not in ending
