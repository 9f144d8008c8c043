"""Loads the yearly regime, its forms, lists and preset checks from ``data/``: idempotent, by natural key."""

from datetime import date
from pathlib import Path
from typing import Any

from foundation.datafiles import read_rows, upsert
from foundation.indexing import indexed_together

from .models import CheckRule, Code, CodeList, FormVersion, Regime
from .models.check_rules import asked_now
from .rule_fitting import faults_of_rule

DATA = Path(__file__).parent / "data"
PRESETS_FROM = date(2026, 1, 1)
PRESETS_SOURCE = "Cổng đặt sẵn, chờ Bộ quyết định"


@indexed_together()
def load_facts() -> dict[str, int]:
    regimes = {row["code"]: _regime(row) for row in read_rows(DATA / "regimes.json")}
    lists = [_code_list(row) for row in read_rows(DATA / "code_lists.json")]  # forms divide by them
    forms = [_form(row, regimes) for row in read_rows(DATA / "forms.json")]
    rules = _rules()
    return {
        "reporting regimes": len(regimes),
        "controlled lists": len(lists),
        "form versions": len(forms),
        "check rules": len(rules),
    }


def _regime(row: dict[str, Any]) -> Regime:
    return upsert(Regime, row, key=["code"])


def _code_list(row: dict[str, Any]) -> CodeList:
    """Brought in once; from then on the list is the ministry's."""
    codes = row.pop("codes")
    if kept := CodeList.objects.filter(key=row["key"]).first():
        return kept
    kept = upsert(CodeList, row, key=["key"])
    for position, code in enumerate(codes, 1):
        upsert(Code, {**code, "list": kept, "position": position}, key=["list", "key"])
    return kept


def _form(row: dict[str, Any], regimes: dict[str, Regime]) -> FormVersion:
    """A version that reports use is the ministry's: what it added there stays."""
    regime = regimes[row["regime"]]
    used = FormVersion.objects.filter(regime=regime, number=row["number"], reports__isnull=False).first()
    return used or upsert(FormVersion, {**row, "regime": regime}, key=["regime", "number"])


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
