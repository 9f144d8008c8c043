from decimal import Decimal

import pytest
from django.utils import translation

from foundation.amounts import Amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount(Decimal(72)), "72"),
        (Amount(Decimal(100), "more than"), "more than 100"),
        (Amount(Decimal(1_300_000_000), "nearly", "VND"), "nearly 1.3 billion đồng"),
        (Amount(Decimal(4_400_000_000_000), "about", "VND"), "about 4,400 billion đồng"),
        (Amount(Decimal(292_000_000), "", "VND"), "292 million đồng"),
        (Amount(Decimal(1_234_567), "", "VND"), "1,234,567 VND"),
        (Amount(Decimal(2_000_000), "", "EUR"), "2,000,000 EUR"),
        (Amount(Decimal("12.5"), "about"), "about 12.5"),
        (Amount(Decimal(0)), "0"),
    ],
)
def test_an_amount_says_how_sure_its_source_is(amount, words):
    with translation.override("en"):
        assert str(amount) == words


def test_vietnamese_groups_with_points():
    with translation.override("vi"):
        assert str(Amount(Decimal("1874.5"))) == "1.874,5"
