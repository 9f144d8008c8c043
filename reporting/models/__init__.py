"""What reporting keeps: regimes and obligations, reports with their answers, review, approved values."""

from ..workflow import State
from .cuts import CompiledReport, DataCut
from .forms import FormVersion
from .inside import Clearance, SectionTask, SignOff
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
    "Clearance",
    "CompiledReport",
    "DataCut",
    "Delivery",
    "Emptiness",
    "Evidence",
    "FilledWorkbook",
    "FormVersion",
    "Holiday",
    "IndicatorAnswer",
    "MoneyAnswer",
    "MoneySource",
    "Obligation",
    "Period",
    "Regime",
    "Remark",
    "Reminder",
    "ReportEvent",
    "SectionTask",
    "SignOff",
    "Standing",
    "State",
    "StatusReport",
    "Submission",
    "TextAnswer",
    "YearValue",
]
