"""Numbers as templates print them: rounded as people round, with the language's separators."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override


@pytest.mark.parametrize(
    ("value", "places", "vietnamese", "english"),
    [
        (Decimal("2.675"), 2, "2,68", "2.68"),
        (Decimal("2.25"), 1, "2,3", "2.3"),
        (2.675, 2, "2,68", "2.68"),
        (Decimal("0.96"), 0, "1", "1"),
        (Decimal("-0.96"), 1, "-1,0", "-1.0"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (7, 1, "7,0", "7.0"),
    ],
)
def test_a_number_with_fixed_places_is_rounded_and_not_cut(value, places, vietnamese, english):
    template, given = Template("{{ value|number:places }}"), Context({"value": value, "places": places})

    assert template.render(given) == vietnamese
    with override("en"):
        assert template.render(given) == english


def test_a_number_without_places_keeps_what_it_has():
    template = Template("{{ value|number }}|{{ nothing|number }}")

    assert template.render(Context({"value": Decimal("1234.5"), "nothing": None})) == "1.234,5|"
