"""Text as the index keeps it: folded, in pairs, and spelt with its accents."""

import unicodedata

import pytest

from foundation.searching import Query, has_sought, lexemes, sought
from foundation.text import Text

pytestmark = pytest.mark.sqlite_too


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đà Nẵng", ["pda0nang"]),
        ("DA NANG", ["pda0nang"]),
        (unicodedata.normalize("NFD", "Đà Nẵng"), ["pda0nang"]),
        ("dak lak", ["pdak0lak"]),
        ("889/QĐ-TTg", ["p8890qd", "pqd0ttg"]),
        ("nghiệm", ["nghiem"]),
    ],
)
def test_a_phrase_is_the_pairs_of_its_words(typed, folded):
    assert folded in Query.of(typed).readings


def test_a_query_with_accents_reads_the_exact_spelling_first():
    assert Query.of("Đà Nẵng").readings == [["vd9a10na63ng"], ["pda0nang"], ["da", "nang"]]


def test_a_query_without_accents_has_no_exact_spelling_to_prefer():
    assert Query.of("da nang").readings == [["pda0nang"], ["da", "nang"]]


@pytest.mark.parametrize("typed", ["", "   ", "/-–", "“”", "\u0301"])
def test_a_query_without_words_reads_nothing(typed):
    assert Query.of(typed).readings == []


def test_the_index_holds_words_pairs_and_spellings():
    found = (
        "202 hoach ke kh phoach0202 pke0hoach pkh0ubnd p2020kh ubnd vhoa5ch vhoa5ch0202 vke74 vke740hoa5ch"
    )

    assert lexemes("Kế hoạch 202/KH-UBND") == sorted(found.split())


def test_words_on_two_lines_are_no_phrase():
    assert "pke0hoach" not in lexemes("kế\nhoạch")


def test_both_normal_forms_of_one_text_are_indexed_alike():
    text = "Hội nghị ở Đắk Lắk, 19/09/2024"

    assert lexemes(unicodedata.normalize("NFD", text)) == lexemes(unicodedata.normalize("NFC", text))


def test_sought_words_are_marked_whatever_their_accents():
    assert sought("Hội nghị tại Đà Nẵng", ["da", "nang"]) == ("Hội nghị tại <mark>Đà Nẵng</mark>")


def test_marking_tells_the_language_and_escapes():
    assert sought(Text("<b>Đà</b>", "vi"), ["da"]) == (
        '<span lang="vi">&lt;b&gt;<mark>Đà</mark>&lt;/b&gt;</span>'
    )


def test_a_long_text_is_cut_between_words_around_the_first_sought_word():
    text = "đầu " * 40 + "nghiệm thu " + "cuối " * 40

    assert sought(text, ["nghiem"], most=40).replace("<mark>", "").replace("</mark>", "") == (
        "… đầu đầu đầu đầu nghiệm thu cuối cuối …"
    )


def test_a_lone_word_is_not_marked_where_the_words_stand_together():
    assert sought("Dự thảo đã có ở Đà Nẵng", ["da", "nang"]) == "Dự thảo đã có ở <mark>Đà Nẵng</mark>"


def test_lone_words_are_marked_where_they_never_stand_together():
    assert sought("nặng mà đã nhẹ", ["da", "nang"]) == "<mark>nặng</mark> mà <mark>đã</mark> nhẹ"


@pytest.mark.parametrize(
    ("text", "words", "there"),
    [("ở Đà Nẵng", ["da", "nang"], True), ("đã nói nắng", ["da", "nang"], False), ("ở Đà", ["da"], True)],
)
def test_several_words_must_stand_together_to_count_as_there(text, words, there):
    assert has_sought(text, words) is there
