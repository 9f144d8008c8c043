"""What reporting keeps: regimes and obligations, reports with their answers, review, approved values."""

from ..workflow import State
from .cuts import CompiledReport, DataCut
from .followups import FollowUp, FollowUpStep
from .forms import FormVersion
from .items import ItemMark
from .regimes import Obligation, Period, Regime, Standing
from .reminders import Delivery, Holiday, Reminder
from .reports import (
    COUNTS,
    NEEDS_REASON,
    ActivityAnswer,
    Answer,
    AnswerChange,
    Emptiness,
    Evidence,
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
    "ApprovedMoney",
    "ApprovedText",
    "ApprovedValue",
    "CompiledReport",
    "DataCut",
    "Delivery",
    "Emptiness",
    "Evidence",
    "FilledWorkbook",
    "FollowUp",
    "FollowUpStep",
    "FormVersion",
    "Holiday",
    "IndicatorAnswer",
    "ItemMark",
    "MoneyAnswer",
    "MoneySource",
    "Obligation",
    "Period",
    "Regime",
    "Remark",
    "Reminder",
    "ReportEvent",
    "Standing",
    "State",
    "StatusReport",
    "Submission",
    "TextAnswer",
    "YearValue",
]
