"""Loads the yearly regime, its form and preset checks from ``data/``: idempotent, by natural key."""

from datetime import date
from pathlib import Path
from typing import Any

from foundation.datafiles import read_rows, upsert
from foundation.indexing import indexed_together

from .models import CheckRule, FormVersion, Regime
from .models.check_rules import asked_now
from .rule_fitting import faults_of_rule

DATA = Path(__file__).parent / "data"
PRESETS_FROM = date(2026, 1, 1)
PRESETS_SOURCE = "Cổng đặt sẵn, chờ Bộ quyết định"


@indexed_together()
def load_facts() -> dict[str, int]:
    regimes = {row["code"]: _regime(row) for row in read_rows(DATA / "regimes.json")}
    forms = [_form(row, regimes) for row in read_rows(DATA / "forms.json")]
    rules = _rules()
    return {"reporting regimes": len(regimes), "form versions": len(forms), "check rules": len(rules)}


def _regime(row: dict[str, Any]) -> Regime:
    return upsert(Regime, row, key=["code"])


def _form(row: dict[str, Any], regimes: dict[str, Regime]) -> FormVersion:
    return upsert(FormVersion, {**row, "regime": regimes[row["regime"]]}, key=["regime", "number"])


def _rules() -> list[CheckRule]:
    """A preset is brought once, where the forms ask for what it looks at.

    What the ministry makes of it afterwards, no later load takes back.
    """
    asked = asked_now()
    known = {rule.code: rule for rule in CheckRule.objects.all()}
    preset = {"is_preset": True, "is_active": True, "in_force_from": PRESETS_FROM, "source": PRESETS_SOURCE}
    found = []
    for row in read_rows(DATA / "check_rules.json"):
        rule = known.get(row["code"]) or CheckRule(**row, **preset)
        if rule._state.adding:
            rule.clean_fields()  # text into numbers
            if faults_of_rule(rule, asked):
                continue
            rule = upsert(CheckRule, {**row, **preset}, key=["code"])
        found.append(rule)
    return found
