import unicodedata

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from foundation.collation import in_vietnamese_order
from foundation.text import fold, sort_key
from programmes.models import Organisation
from provinces.models import Province
from tests.provinces.factories import ProvinceFactory

IN_ORDER = ["An Giang", "Bắc Ninh", "Cà Mau", "Cần Thơ", "Cao Bằng", "Đà Nẵng", "Đắk Lắk", "Điện Biên",
            "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Nội", "Hà Tĩnh", "Hải Phòng", "Huế", "Hưng Yên",
            "Khánh Hòa", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Ninh Bình", "Nghệ An",
            "Sơn La", "Vĩnh Long"]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đà Nẵng", "da nang"),
        ("ĐẮK LẮK", "dak lak"),
        (unicodedata.normalize("NFD", "Sản xuất bền vững"), "san xuat ben vung"),
        ("889/QĐ-TTg", "889 qd ttg"),
        ("  “Thừa Thiên – Huế” ", "thua thien hue"),
        ("", ""),
    ],
)
def test_fold_forgets_accents_case_and_signs(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_and_sort_alike(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert fold(composed) == fold(decomposed)
    assert sort_key(composed) == sort_key(decomposed)


def test_letters_decide_before_tones():
    words = ["mâu", "màu", "ma", "mã", "má", "mạ", "mau", "mà", "mả", "măng"]

    assert sorted(words, key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ", "mau", "màu", "măng", "mâu"]


@pytest.mark.django_db
@pytest.mark.sqlite_too
def test_both_databases_sort_as_a_vietnamese_dictionary():
    for number, name in enumerate(reversed(IN_ORDER)):
        ProvinceFactory(code=f"{number:02d}", name_vi=name)

    names = list(Province.objects.order_by(in_vietnamese_order("name_vi")).values_list("name_vi", flat=True))

    assert names == sorted(IN_ORDER, key=sort_key)


def test_a_bilingual_text_is_in_the_language_of_the_page():
    body = Organisation(name_vi="Bộ Công Thương", name_en="Ministry of Industry and Trade")

    with translation.override("en"):
        assert (body.name, body.name.lang) == ("Ministry of Industry and Trade", "en")
    with translation.override("vi"):
        assert (body.name, body.name.lang) == ("Bộ Công Thương", "vi")


def test_without_english_the_vietnamese_shows_and_says_so():
    body = Organisation(name_vi="Viện Dệt may")

    with translation.override("en"):
        assert (body.name, body.name.lang) == ("Viện Dệt may", "vi")
