"""Every deed of reporting: lock, refuse, change, write down, queue. All that changes a report calls these."""

from ..documents.receipts import build_again as build_receipt
from .chain_steps import stand_of
from .checking import Checked, blockers, checked, justify, keep_rule
from .door import Incomplete, locked_meanwhile
from .filling import Conflict, Saved, attach_evidence, reply, save_draft, withdraw_evidence
from .handing import accept, delegate, hand_back, take_back
from .opening import extend_deadline, open_period, open_periods, start_report
from .reminding import Reminding, send_reminders
from .review import approve, drop_remark, propose, remark, reopen, send_back
from .signing_off import clear, declare_ready, decline
from .spreading import add_activities, see_form, spread_form, spread_list
from .submitting import evidence_of, gaps, submit

__all__ = [
    "Checked",
    "Conflict",
    "Incomplete",
    "Reminding",
    "Saved",
    "accept",
    "add_activities",
    "approve",
    "attach_evidence",
    "blockers",
    "build_receipt",
    "checked",
    "clear",
    "declare_ready",
    "decline",
    "delegate",
    "drop_remark",
    "evidence_of",
    "extend_deadline",
    "gaps",
    "hand_back",
    "justify",
    "keep_rule",
    "locked_meanwhile",
    "open_period",
    "open_periods",
    "propose",
    "remark",
    "reopen",
    "reply",
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
    "withdraw_evidence",
]
