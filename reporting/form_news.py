"""What has come to a report's form since a person last worked on it, and what the register could add."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .definition import activities_of
from .models import AnswerChange, State
from .pages import Frame
from .workflow import STEPS


@dataclass(frozen=True)
class NewField:
    label: Any
    url: str


@dataclass(frozen=True)
class FormNews:
    """``fields`` are new to the person, ``others`` say in sentences what else changed."""

    fields: list[NewField]
    others: list[dict[str, str]]


def news_for(frame: Frame) -> FormNews | None:
    """Until the person saves or presses “seen”. No query where the form has not changed."""
    grown = [event for event in frame.events if event.step == "form"]
    if not grown or not frame.may_save:
        return None
    since = _last_work(frame)
    unseen = [event for event in grown if since is None or event.at > since]
    questions = frame.report.questions
    new = [address for event in unseen for address in event.detail["new"] if address in questions]
    fields = [NewField(questions[address].label, frame.url_of(address)) for address in dict.fromkeys(new)]
    others = [
        change for event in unseen for change in event.detail["changes"] if change["address"] not in new
    ]
    return FormNews(fields, others) if unseen else None


def _last_work(frame: Frame) -> datetime | None:
    """When the person last saved something or said that the change was seen."""
    own = [event.at for event in frame.events if event.by_id == frame.user.pk and event.step in MINE]
    saved = AnswerChange.objects.filter(report=frame.report, by=frame.user).order_by("-version")
    moments = [*own, *saved.values_list("at", flat=True)[:1]]
    return max(moments, default=None)


MINE = ("form_seen", "form", "workbook", "attach", "detach")


def activities_to_add(frame: Frame) -> int:
    """How many of the register's activities a draft does not ask about yet."""
    report = frame.report
    section = report.form.activities_section
    if (
        report.state != State.DRAFT
        or not section
        or STEPS["save"].post_of(frame.user, report, section) is None
    ):
        return 0
    known = {question.key for question in report.questions.values() if question.section == section}
    return sum(str(row.pk) not in known for row in activities_of(report.province, report.period))
