"""What reporting keeps: regimes and obligations, reports with their answers, review, approved values."""

from ..workflow import State
from .check_rules import CheckRule, Justification
from .codes import Code, CodeList
from .counts import ApprovedCount, CountAnswer
from .cuts import CompiledReport, DataCut, ReportFile
from .edited import EditedWords
from .evidence import Evidence
from .followups import FollowUp, FollowUpStep
from .forms import FormVersion
from .inside import Clearance, SectionTask, SignOff
from .items import ItemMark
from .kinds import Format, ReportKind, Span
from .obligations import Obligation, Standing
from .periods import Period
from .receipts import Receipt
from .regimes import Regime
from .reminders import Delivery, Holiday, Reminder
from .reports import (
    COUNTS,
    NEEDS_REASON,
    ActivityAnswer,
    Answer,
    AnswerChange,
    Emptiness,
    IndicatorAnswer,
    MoneyAnswer,
    MoneySource,
    StatusReport,
    TextAnswer,
)
from .review import Remark, ReportEvent, Submission
from .values import ApprovedActivity, ApprovedMoney, ApprovedText, ApprovedValue
from .workbooks import FilledWorkbook
from .years import YearValue

__all__ = [
    "COUNTS",
    "NEEDS_REASON",
    "ActivityAnswer",
    "Answer",
    "AnswerChange",
    "ApprovedActivity",
    "ApprovedCount",
    "ApprovedMoney",
    "ApprovedText",
    "ApprovedValue",
    "CheckRule",
    "Clearance",
    "Code",
    "CodeList",
    "CompiledReport",
    "CountAnswer",
    "DataCut",
    "Delivery",
    "EditedWords",
    "Emptiness",
    "Evidence",
    "FilledWorkbook",
    "FollowUp",
    "FollowUpStep",
    "FormVersion",
    "Format",
    "Holiday",
    "IndicatorAnswer",
    "ItemMark",
    "Justification",
    "MoneyAnswer",
    "MoneySource",
    "Obligation",
    "Period",
    "Receipt",
    "Regime",
    "Remark",
    "Reminder",
    "ReportEvent",
    "ReportFile",
    "ReportKind",
    "SectionTask",
    "SignOff",
    "Span",
    "Standing",
    "State",
    "StatusReport",
    "Submission",
    "TextAnswer",
    "YearValue",
]
