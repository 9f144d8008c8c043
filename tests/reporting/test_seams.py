"""Where parts of reporting meet: what holds in each alone holds between them too."""

from datetime import timedelta

import pytest

from reporting import actions
from reporting.items import Items, ItemState
from reporting.models import ApprovedCount, StatusReport
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

LATER = NOON + timedelta(days=1)
NOTE = "Sổ của cổng còn thiếu hai lớp"
TWENTY = {"emptiness": "number", "value": "20", "parts": {"female": "12", "male": "8"}, "note": NOTE}
THIRTY = {"emptiness": "number", "value": "30", "parts": {"female": "20", "male": "10"}, "note": NOTE}


def save(report, by, **answers):
    report.refresh_from_db()
    given = {address.replace("__", "."): said for address, said in answers.items()}
    return actions.save_draft(report.pk, answers=given, seen=report.version, by=by, at=NOON)


def resubmitted(report, by, **answers):
    save(report, by, **answers)
    for one in report.remarks.sent().filter(round=report.round, reply=""):
        actions.reply(one.pk, reply="fixed", text="Đã sửa", by=by, at=NOON)
    actions.submit(report.pk, signer="Giám đốc Sở", by=by, at=NOON)
    report.refresh_from_db()


# --- Counts and the approval of single fields -------------------------------------------


def returned_with_a_count_approved(province, tung, minh):
    report = factories.counting(province)
    save(report, tung, portal__trained=TWENTY, portal__courses={"emptiness": "zero"})
    actions.submit(report.pk, signer="Giám đốc Sở", by=tung, at=NOON)
    actions.mark_items(report.pk, addresses=["portal.trained"], kind="approved", seen=1, by=minh, at=NOON)
    actions.remark(report.pk, address="portal.courses", text="Xem lại", by=minh, at=NOON)
    actions.send_back(report.pk, by=minh, at=NOON)
    report.refresh_from_db()
    return report


def test_a_count_approved_alone_is_replaced_when_it_is_approved_alone_again(tung, minh, province):
    report = returned_with_a_count_approved(province, tung, minh)
    resubmitted(report, tung, portal__courses={"emptiness": "number", "value": "1", "note": NOTE})
    for address in ("portal.trained", "portal.courses"):
        actions.remark(report.pk, address=address, text="Đính chính", by=minh, at=NOON)
    actions.send_back(report.pk, by=minh, at=NOON)
    report.refresh_from_db()
    resubmitted(report, tung, portal__trained=THIRTY)
    assert Items.load(StatusReport.objects.get(pk=report.pk))["portal.trained"].state == ItemState.EDITED

    actions.mark_items(report.pk, addresses=["portal.trained"], kind="approved", seen=3, by=minh, at=LATER)
    actions.remark(report.pk, address="portal.courses", text="Còn nữa", by=minh, at=LATER)
    actions.send_back(report.pk, by=minh, at=LATER)

    rows = ApprovedCount.objects.filter(address="portal.trained").order_by("version")
    assert [(row.version, row.value, row.superseded_at) for row in rows] == [(1, 20, LATER), (2, 30, None)]
    assert rows[1].parts == {"female": "20", "male": "10"}
