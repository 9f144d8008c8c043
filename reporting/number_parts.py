"""The parts of an answer that hold numbers: what models, rules, sheets and documents agree on."""

AMOUNTS = ("planned", "received", "spent")  # of money
SPENT = ("spent_central", "spent_local", "spent_enterprise", "spent_international", "spent_other")
NUMBERS: dict[str, tuple[str, ...]] = {
    "ratio": ("numerator", "denominator"),
    "number": ("value",),
    "count": ("value",),
    "money": AMOUNTS,
}
