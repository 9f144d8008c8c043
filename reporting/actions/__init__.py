"""Every deed of reporting: lock, refuse, change, write down, queue. All that changes a report calls these."""

from .chain_steps import stand_of
from .door import Incomplete, locked_meanwhile
from .filling import Conflict, Saved, attach_evidence, reply, save_draft, withdraw_evidence
from .handing import accept, delegate, hand_back, take_back
from .opening import extend_deadline, open_period, open_periods, start_report
from .reminding import Reminding, send_reminders
from .review import approve, drop_remark, propose, remark, reopen, send_back
from .signing_off import clear, declare_ready, decline
from .submitting import evidence_of, gaps, submit

__all__ = [
    "Conflict",
    "Incomplete",
    "Reminding",
    "Saved",
    "accept",
    "approve",
    "attach_evidence",
    "clear",
    "declare_ready",
    "decline",
    "delegate",
    "drop_remark",
    "evidence_of",
    "extend_deadline",
    "gaps",
    "hand_back",
    "locked_meanwhile",
    "open_period",
    "open_periods",
    "propose",
    "remark",
    "reopen",
    "reply",
    "save_draft",
    "send_back",
    "send_reminders",
    "stand_of",
    "start_report",
    "submit",
    "take_back",
    "withdraw_evidence",
]
