"""What has come to a report's form since a person last worked on it, and what the register could add."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .definition import activities_of
from .models import State
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
    upto: int  # the event of the newest change that is told


def news_for(frame: Frame) -> FormNews | None:
    """Until the person saves the page that says so, or presses “seen”. No query of its own."""
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
    return FormNews(fields, others, unseen[-1].pk) if unseen else None


def _last_work(frame: Frame) -> datetime | None:
    """When the person last saw the change; what a page saves while they type may come from before it."""
    own = [event.at for event in frame.events if event.by_id == frame.user.pk and event.step in MINE]
    return max(own, default=None)


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
