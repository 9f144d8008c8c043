"""What a submission freezes: one canonical JSON text, the same bytes for the same content."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from .models import COUNTS, Evidence, Remark, StatusReport

SCHEMA = 1


def canonical(content: Any) -> bytes:
    """Sorted keys, no blanks, UTF-8: the form that is hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: Any) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def build(
    report: StatusReport,
    *,
    round_number: int,
    values: Mapping[str, Mapping[str, Any]],
    evidence: Iterable[Evidence],
    remarks: Iterable[Remark],
    signature: Mapping[str, str],
    proposed: Mapping[str, Mapping[str, Any]] | None = None,
    findings: Iterable[Mapping[str, Any]] | None = None,
    clearances: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Everything the ministry receives, as plain JSON: whoever reads it needs no other table.

    Without ``findings`` nothing was checked; submissions from before the rules have no such key.
    """
    return {
        **_where_there_are_any(proposed, findings),
        "schema": SCHEMA,
        "round": round_number,
        "unit": _unit(report),
        "period": _period(report),
        "form": {"version": report.form.number, "definition": report.definition},
        "answers": {address: dict(value) for address, value in values.items()},
        "evidence": files_by_claim(evidence),
        "replies": [_reply(one) for one in remarks],
        "signature": dict(signature),
        "clearances": [dict(one) for one in clearances],
        "is_demo": report.is_demo,
    }


def _where_there_are_any(
    proposed: Mapping[str, Mapping[str, Any]] | None, findings: Iterable[Mapping[str, Any]] | None
) -> dict[str, Any]:
    checked = {} if findings is None else {"findings": [dict(one) for one in findings]}
    counted = {"proposed": {address: dict(stamp) for address, stamp in proposed.items()}} if proposed else {}
    return {**counted, **checked}


def _reply(remark: Remark) -> dict[str, str]:
    return {
        "address": remark.address,
        "remark": remark.text,
        "reply": remark.reply,
        "text": remark.reply_text,
    }


def _unit(report: StatusReport) -> dict[str, str]:
    unit = report.province
    return {"code": unit.code, "valid_from": unit.valid_from.isoformat(), "name_vi": unit.name_vi}


def _period(report: StatusReport) -> dict[str, Any]:
    period = report.period
    titles = {"title_vi": period.title_vi, "title_en": period.title_en} if period.is_asked_for else {}
    return {
        **titles,
        "regime": period.regime.code,
        "year": period.year,
        "number": period.number,
        "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat(),
    }


def files_by_claim(evidence: Iterable[Evidence]) -> dict[str, list[dict[str, Any]]]:
    files: dict[str, list[dict[str, Any]]] = {}
    for proof in evidence:
        files.setdefault(proof.address, []).append(
            {
                "id": proof.pk,
                "name": proof.file.name,
                "sha256": proof.file.sha256,
                "size": proof.file.size,
                "is_public": proof.is_public,
                "kind": proof.kind,
                "dated_on": proof.dated_on.isoformat() if proof.dated_on else None,
            }
        )
    return files


def says_something(snapshot: Mapping[str, Any]) -> bool:
    """Whether any field holds a number, a text or the state of an activity: an empty form is no report."""
    return any(_is_said(value) for value in snapshot.get("answers", {}).values())


def answered(snapshot: Mapping[str, Any]) -> tuple[int, int]:
    """How many fields hold an answer, a reason for having no number included; of how many."""
    answers = snapshot["answers"].values()
    return sum(any(part not in ("", None, {}) for part in value.values()) for value in answers), len(answers)


def file_key(kept: Mapping[str, Any]) -> tuple[str, bool, str, str | None]:
    """What makes a file of a claim another one; older submissions say neither its kind nor its day."""
    return kept["sha256"], bool(kept.get("is_public")), kept.get("kind") or "other", kept.get("dated_on")


def _is_said(value: Mapping[str, Any]) -> bool:
    spoken = any(str(value.get(part) or "").strip() for part in ("text", "progress", "result"))
    return spoken or value.get("emptiness") in COUNTS
