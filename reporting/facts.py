"""Loads the yearly regime, its forms, lists and preset checks from ``data/``: idempotent, by natural key."""

from datetime import date
from pathlib import Path
from typing import Any

from foundation.datafiles import read_rows, upsert
from foundation.indexing import indexed_together

from .models import CheckRule, Code, CodeList, FormVersion, Regime, ReportKind
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
    kinds = kinds_of_documents()
    return {
        "reporting regimes": len(regimes),
        "controlled lists": len(lists),
        "form versions": len(forms),
        "check rules": len(rules),
        "kinds of documents": len(kinds),
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


def kinds_of_documents() -> list[ReportKind]:
    return [_kind(row) for row in read_rows(DATA / "report_kinds.json")]


def _kind(row: dict[str, Any]) -> ReportKind:
    """Brought in once, or completed where a migration only named it; then it is the ministry's."""
    kept = ReportKind.objects.filter(code=row["code"]).exclude(sections=[]).first()
    return kept or upsert(ReportKind, row, key=["code"])


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
