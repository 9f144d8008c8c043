"""Every deed of reporting: lock, refuse, change, write down, queue. All that changes a report calls these."""

from .checking import Checked, blockers, checked, justify, keep_rule
from .door import Incomplete, locked_meanwhile
from .filling import Conflict, Saved, attach_evidence, reply, save_draft, withdraw_evidence
from .opening import extend_deadline, open_period, open_periods, start_report
from .reminding import Reminding, send_reminders
from .review import approve, drop_remark, propose, remark, reopen, send_back
from .submitting import evidence_of, gaps, submit

__all__ = [
    "Checked",
    "Conflict",
    "Incomplete",
    "Reminding",
    "Saved",
    "approve",
    "attach_evidence",
    "blockers",
    "checked",
    "drop_remark",
    "evidence_of",
    "extend_deadline",
    "gaps",
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
    "send_back",
    "send_reminders",
    "start_report",
    "submit",
    "withdraw_evidence",
]
