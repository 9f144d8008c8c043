"""Every deed of reporting: lock, refuse, change, write down, queue. All that changes a report calls these."""

from .door import Incomplete, locked_meanwhile
from .filling import Conflict, Saved, attach_evidence, reply, save_draft, withdraw_evidence
from .following import (
    ask_follow_up,
    cancel_follow_up,
    refuse_follow_up,
    report_done,
    verify_follow_up,
)
from .holding import hand_over, let_go, take_up
from .items import mark_items, unmark_items
from .opening import extend_deadline, open_period, open_periods, start_report
from .reminding import Reminding, send_reminders
from .review import approve, propose, reopen, send_back, why_not_approve
from .submitting import evidence_of, gaps, submit
from .threads import ask_again, drop_remark, remark, resolve, unresolve

__all__ = [
    "Conflict",
    "Incomplete",
    "Reminding",
    "Saved",
    "approve",
    "ask_again",
    "ask_follow_up",
    "attach_evidence",
    "cancel_follow_up",
    "drop_remark",
    "evidence_of",
    "extend_deadline",
    "gaps",
    "hand_over",
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
    "send_back",
    "send_reminders",
    "start_report",
    "submit",
    "take_up",
    "unmark_items",
    "unresolve",
    "verify_follow_up",
    "why_not_approve",
    "withdraw_evidence",
]
