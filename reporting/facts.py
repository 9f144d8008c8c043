"""Loads the yearly regime and its form from ``data/``: idempotent, by natural key."""

from pathlib import Path
from typing import Any

from foundation.datafiles import read_rows, upsert
from foundation.indexing import indexed_together

from .models import FormVersion, Regime

DATA = Path(__file__).parent / "data"


@indexed_together()
def load_facts() -> dict[str, int]:
    regimes = {row["code"]: _regime(row) for row in read_rows(DATA / "regimes.json")}
    forms = [_form(row, regimes) for row in read_rows(DATA / "forms.json")]
    return {"reporting regimes": len(regimes), "form versions": len(forms)}


def _regime(row: dict[str, Any]) -> Regime:
    return upsert(Regime, row, key=["code"])


def _form(row: dict[str, Any], regimes: dict[str, Regime]) -> FormVersion:
    return upsert(FormVersion, {**row, "regime": regimes[row["regime"]]}, key=["regime", "number"])
