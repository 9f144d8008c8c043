"""Reasons for checks: one record while they are worded, frozen once sent, given where a field is open."""

import pytest

from foundation.actions import ActionRefused
from reporting import actions
from reporting.models import Justification, ReportEvent
from tests.reporting import factories
from tests.reporting.factories import NOON
from tests.reporting.test_checking import T3, found, jumped, justify

pytestmark = pytest.mark.django_db


def test_one_persons_wordings_are_one_record_until_it_is_cleared(lan, tung, province):
    report = jumped(province, tung)
    seen = actions.stand_of(report)
    for text in ("Mười", "Mười một", "Mười một cụm."):
        stood, seen = seen, actions.stand_of(report)
        justify(report, lan, text=text)
        assert actions.stand_of(report) not in (stood, seen), "who looked at the report has to look again"
    assert [one.text for one in Justification.objects.all()] == ["Mười một cụm."]
    assert ReportEvent.objects.filter(step="justify").count() == 1

    actions.declare_ready(report.pk, by=lan, at=NOON)
    justify(report, lan, text="Mười hai cụm.")
    justify(report, tung, text="Mười ba cụm.")

    assert [(one.by, one.text) for one in Justification.objects.all()] == [
        (lan, "Mười một cụm."), (lan, "Mười hai cụm."), (tung, "Mười ba cụm."),
    ]  # fmt: skip
    assert ReportEvent.objects.filter(step="void").count() == 1


def test_what_was_sent_keeps_its_reason_when_another_is_given_after_the_return(lan, tung, minh, province):
    report = jumped(province, tung)
    justify(report, lan)
    factories.submit(report, tung)
    actions.remark(report.pk, address=T3, text="Vì sao?", by=minh, at=NOON)
    actions.send_back(report.pk, by=minh, at=NOON)

    justify(report, lan, text="Mười hai cụm.")

    kept = [(one.round, one.text) for one in Justification.objects.all()]
    assert kept == [(0, "Mười một cụm được tập huấn lần đầu."), (1, "Mười hai cụm.")]
    assert found(report)[0].given.text == "Mười hai cụm."


def test_of_a_return_a_reason_is_given_only_where_a_field_is_open(lan, tung, minh, province):
    report = jumped(province, tung)
    factories.submit(report, tung)
    actions.remark(report.pk, address="indicators.T4", text="Xem lại", by=minh, at=NOON)
    actions.send_back(report.pk, by=minh, at=NOON)

    with pytest.raises(ActionRefused, match="không được trả lại"):
        justify(report, lan)

    assert not Justification.objects.exists()
