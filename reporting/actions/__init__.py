"""Every deed of reporting: lock, refuse, change, write down, queue. All that changes a report calls these."""

from ..documents.receipts import build_again as build_receipt
from .asking import Request, ask_more_units, ask_units, count_of, withdraw_request
from .attaching import attach_evidence, withdraw_evidence
from .chain_steps import stand_of
from .checking import Checked, blockers, checked, checked_together, contradictions, justify, keep_rule
from .door import Incomplete, locked_meanwhile
from .filling import Conflict, Saved, reply, save_draft
from .following import (
    ask_follow_up,
    cancel_follow_up,
    refuse_follow_up,
    report_done,
    verify_follow_up,
)
from .handing import accept, delegate, hand_back, take_back
from .holding import hand_over, let_go, take_up
from .items import mark_items, unmark_items
from .opening import extend_deadline, open_period, open_periods, start_report
from .reminding import Reminding, send_reminders
from .review import approve, propose, reopen, send_back, why_not_approve
from .signing_off import clear, declare_ready, decline
from .spreading import add_activities, see_form, spread_form, spread_list
from .submitting import evidence_of, gaps, submit
from .threads import ask_again, drop_remark, remark, resolve, unresolve

__all__ = [
    "Checked",
    "Conflict",
    "Incomplete",
    "Reminding",
    "Request",
    "Saved",
    "accept",
    "add_activities",
    "approve",
    "ask_again",
    "ask_follow_up",
    "ask_more_units",
    "ask_units",
    "attach_evidence",
    "blockers",
    "build_receipt",
    "cancel_follow_up",
    "checked",
    "checked_together",
    "clear",
    "contradictions",
    "count_of",
    "declare_ready",
    "decline",
    "delegate",
    "drop_remark",
    "evidence_of",
    "extend_deadline",
    "gaps",
    "hand_back",
    "hand_over",
    "justify",
    "keep_rule",
    "let_go",
    "locked_meanwhile",
    "mark_items",
    "open_period",
    "open_periods",
    "propose",
    "refuse_follow_up",
    "remark",
    "reopen",
    "reply",
    "report_done",
    "resolve",
    "save_draft",
    "see_form",
    "send_back",
    "send_reminders",
    "spread_form",
    "spread_list",
    "stand_of",
    "start_report",
    "submit",
    "take_back",
    "take_up",
    "unmark_items",
    "unresolve",
    "verify_follow_up",
    "why_not_approve",
    "withdraw_evidence",
    "withdraw_request",
]
