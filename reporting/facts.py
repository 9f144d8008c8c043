"""Loads the yearly regime, its forms and their lists from ``data/``: idempotent, by natural key."""

from pathlib import Path
from typing import Any

from foundation.datafiles import read_rows, upsert
from foundation.indexing import indexed_together

from .models import Code, CodeList, FormVersion, Regime

DATA = Path(__file__).parent / "data"


@indexed_together()
def load_facts() -> dict[str, int]:
    regimes = {row["code"]: _regime(row) for row in read_rows(DATA / "regimes.json")}
    lists = [_code_list(row) for row in read_rows(DATA / "code_lists.json")]  # forms divide by them
    forms = [_form(row, regimes) for row in read_rows(DATA / "forms.json")]
    return {
        "reporting regimes": len(regimes),
        "controlled lists": len(lists),
        "form versions": len(forms),
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
