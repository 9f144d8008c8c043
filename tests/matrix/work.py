from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils.timezone import localdate, now

from accounts.models import Post
from foundation.models import StoredFile
from reporting import actions
from reporting.models import Evidence, FollowUpStep, Obligation, Receipt, Regime
from tests.accounts.factories import OccupancyFactory
from tests.matrix import LOGIN, Row
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.approved import year_of
from tests.reporting.factories import NOON
from tests.reporting.workbooks import given_out, sent

DAY = timedelta(days=1)
DUE = date(2027, 3, 31)


def signatory(people):
    return in_post(
        "Hoàng Thanh Tùng", Post.Role.PROVINCE_SIGNATORY, province=people.province, title="Giám đốc"
    )


def owed(people):
    factories.FormVersionFactory()
    return {"pk": factories.ObligationFactory(province=people.province).pk}


def a_draft(people):
    return {"pk": factories.draft(people.province).pk}


def section_of_draft(people):
    return {**a_draft(people), "key": "indicators"}


def section_that_is_not(people):
    return {**a_draft(people), "key": "khong-co"}


def submitted(people):
    return {"pk": factories.submitted(people.province, signatory(people)).pk}


def section_of_submitted(people):
    return {**submitted(people), "key": "indicators"}


def receipt(people):
    return {**submitted(people), "number": 1}


def receipt_built(people):
    found = receipt(people)
    stored = StoredFile.objects.create(
        name="a.pdf", media_type="application/pdf", size=3, sha256="0" * 64, stored_at=NOON
    )
    stored.file.save("a.pdf", ContentFile(b"%PDF"))
    Receipt.objects.update(file=stored)
    return found


def receipt_that_is_not(people):
    return {**submitted(people), "number": 2}


def evidence_of_draft(people):
    report = factories.draft(people.province)
    stored = StoredFile.objects.create(
        name="a.csv", media_type="text/csv", size=3, sha256="0" * 64, stored_at=NOON
    )
    stored.file.save("a.csv", ContentFile(b"a,b"))
    proof = Evidence.objects.create(
        report=report, address="indicators.T3", file=stored, attached_at=NOON, attached_by=people.lan
    )
    return {"pk": proof.pk}


def evidence_sent(people):
    factories.submitted(people.province, signatory(people))
    return {"pk": Evidence.objects.get().pk}


def workbook_of_lan(people):
    report = factories.draft(people.province)
    return {"pk": sent(report, given_out(report), people.lan).pk}


def remark(people):

    report = factories.submitted(people.province, signatory(people))
    written = actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=people.thu, at=NOON)
    return {"pk": written.pk}


def follow_up(people):
    report = factories.submitted(people.province, signatory(people))
    made = actions.ask_follow_up(
        report.pk,
        text="Ban hành kế hoạch",
        post=people.lan.posts_today[0],
        due_on=DUE,
        by=people.thu,
        at=NOON,
    )
    return {"pk": made.pk}


def follow_up_done(people):
    return {**follow_up(people), "name": "done"}


def follow_up_nothing(people):
    return {**follow_up(people), "name": "khac"}


def follow_up_proof(people):
    made = follow_up(people)
    actions.report_done(made["pk"], word="Xong", upload=factories.upload(), by=people.lan, at=NOON)
    return {"pk": FollowUpStep.objects.get().pk}


def thematic():
    regime = factories.RegimeFactory(code="chuyen-de", kind=Regime.Kind.THEMATIC)
    factories.FormVersionFactory(regime=regime)
    return regime


def request_asked(people):
    asked = actions.Request(
        regime=thematic().pk, title_vi="Túi ni-lông", first_day=NOON.date(), last_day=NOON.date(),
        opens_on=NOON.date(), due_on=DUE,
    )  # fmt: skip
    return {"pk": actions.ask_units(asked, [people.province.pk], by=people.minh, at=NOON).pk}


def unit_asked(people):
    return {"pk": Obligation.objects.get(period=request_asked(people)["pk"]).pk}


def to_return(people):
    return {**submitted(people), "name": "return"}


def to_approve(people):
    return {**submitted(people), "name": "approve"}


def no_such_step(people):
    return {**submitted(people), "name": "delete"}


def section_handed_out(people):
    report = factories.draft(people.province)
    post = in_post(
        "Ngô Thị Mai", Post.Role.PROVINCE_CONTRIBUTOR, province=people.province, title="Sở Tài chính"
    ).posts_today[0]
    task = actions.delegate(
        report.pk, section="money", post=post, due_on=localdate(), by=people.lan, at=now()
    )
    return {"pk": task.pk, "name": "take-back"}


def deed_that_is_not(people):
    return {**section_handed_out(people), "name": "khong-co"}


def to_declare(people):
    return {**a_draft(people), "name": "declare"}


def no_such_sign_off(people):
    return {**a_draft(people), "name": "delete"}


def away(people):
    held = OccupancyFactory(
        post=people.thu.posts_today[0], user=people.an, acting_for=people.thu, valid_to=localdate() + DAY
    )
    return {"pk": held.pk}


ROWS = [
    Row("work:workspace", guest=LOGIN, lan=200, hoa=200, thu=302, minh=302, an=302),
    Row("work:reports", guest=LOGIN, lan=200, hoa=200, thu=302, minh=302, an=302),
    Row("work:reminders", guest=LOGIN, everyone=200),
    Row("work:people", guest=LOGIN, lan=200, hoa=200, everyone=404),
    Row("work:absence", guest=LOGIN, everyone=200),
    Row("work:absence", method="post", guest=LOGIN, everyone=422),
    Row("work:absence_end", away, method="post", guest=LOGIN, everyone=404, thu=302),
    Row("work:absence_end", away, everyone=405, guest=LOGIN),
    Row("work:hand", section_of_draft, guest=LOGIN, everyone=404, lan=200),
    Row("work:hand", section_of_draft, method="post", guest=LOGIN, everyone=404, lan=422),
    Row("work:hand", section_that_is_not, guest=LOGIN, everyone=404),
    Row("work:task", section_handed_out, method="post", guest=LOGIN, everyone=404, lan=302),
    Row("work:task", deed_that_is_not, method="post", guest=LOGIN, everyone=404),
    Row("work:sign_off", to_declare, method="post", guest=LOGIN, everyone=404, lan=302),
    Row("work:sign_off", no_such_sign_off, method="post", guest=LOGIN, everyone=404),
    Row("work:start", owed, method="post", guest=LOGIN, everyone=302, hoa=404),
    Row("work:start", owed, everyone=405, guest=LOGIN),
    Row("work:extend", owed, guest=LOGIN, everyone=404, minh=200),
    Row("work:extend", owed, method="post", guest=LOGIN, everyone=404, minh=422),
    Row("work:report", a_draft, guest=LOGIN, everyone=404, lan=302),
    Row("work:report", submitted, guest=LOGIN, everyone=302, hoa=404),
    Row("work:section", section_of_draft, guest=LOGIN, everyone=404, lan=200),
    Row("work:section", section_of_submitted, guest=LOGIN, everyone=404, lan=200),
    Row("work:section", section_that_is_not, guest=LOGIN, everyone=404),
    Row("work:section", section_of_draft, method="post", guest=LOGIN, everyone=404, lan=302),
    Row("work:typed", section_of_draft, method="post", guest=401, everyone=404, lan=200),
    Row("work:typed", section_that_is_not, method="post", guest=401, everyone=404),
    Row("work:submit", a_draft, guest=LOGIN, everyone=404, lan=200),
    Row("work:submit", a_draft, method="post", guest=LOGIN, everyone=404, lan=200),
    Row("work:rounds", a_draft, guest=LOGIN, everyone=404, lan=200),
    Row("work:rounds", submitted, guest=LOGIN, everyone=200, hoa=404),
    Row("work:receipt", receipt, guest=LOGIN, everyone=200, hoa=404),
    Row("work:receipt", receipt_that_is_not, guest=LOGIN, everyone=404),
    Row("work:receipt_pdf", receipt, guest=LOGIN, everyone=404),  # not built yet
    Row("work:receipt_pdf", receipt_built, guest=LOGIN, everyone=200, hoa=404),
    Row("work:build_receipt", receipt, method="post", guest=LOGIN, everyone=302, hoa=404),
    Row("work:build_receipt", receipt_that_is_not, method="post", guest=LOGIN, everyone=404),
    Row("work:receipt_json", receipt, guest=LOGIN, everyone=200, hoa=404),
    Row("work:receipt_json", receipt_that_is_not, guest=LOGIN, everyone=404),
    Row("work:form_seen", a_draft, method="post", guest=LOGIN, everyone=404, lan=302),
    Row("work:form_seen", submitted, method="post", guest=LOGIN, everyone=404, lan=302),
    Row("work:add_activities", a_draft, method="post", guest=LOGIN, everyone=404, lan=302),
    Row("work:add_activities", submitted, method="post", guest=LOGIN, everyone=404, lan=302),
    Row("work:workbook", a_draft, guest=LOGIN, everyone=404, lan=200),
    Row("work:workbook", submitted, guest=LOGIN, everyone=404, lan=200),
    Row("work:workbook_upload", a_draft, guest=LOGIN, everyone=404, lan=200),
    Row("work:workbook_upload", a_draft, method="post", guest=LOGIN, everyone=404, lan=422),
    Row("work:workbook_preview", workbook_of_lan, guest=LOGIN, everyone=404, lan=200),
    Row("work:workbook_preview", workbook_of_lan, method="post", guest=LOGIN, everyone=404, lan=302),
    Row("work:workbook_result", workbook_of_lan, guest=LOGIN, everyone=404, lan=302),
    Row("work:workbook_refused", workbook_of_lan, guest=LOGIN, everyone=404, lan=302),
    Row("work:evidence", evidence_of_draft, guest=LOGIN, everyone=404, lan=200),
    Row("work:evidence", evidence_sent, guest=LOGIN, everyone=200, hoa=404),
    Row("work:follow_ups", guest=LOGIN, everyone=200),
    Row("work:follow_up", follow_up, guest=LOGIN, everyone=200, hoa=404),
    Row("work:follow_up_deed", follow_up_done, method="post", guest=LOGIN, everyone=422, hoa=404),
    Row("work:follow_up_deed", follow_up_nothing, method="post", guest=LOGIN, everyone=404),
    Row("work:follow_up_deed", follow_up_done, everyone=405, guest=LOGIN),
    Row("work:follow_up_file", follow_up_proof, guest=LOGIN, everyone=200, hoa=404),
    Row("work:follow_up_ask", submitted, guest=LOGIN, everyone=200, lan=404, hoa=404),
    Row("work:follow_up_ask", submitted, method="post", guest=LOGIN, everyone=422, lan=404, hoa=404),
    Row("work:requests", guest=LOGIN, everyone=200, lan=404, hoa=404),
    Row("work:request_ask", guest=LOGIN, everyone=404, minh=200),
    Row("work:request_ask", method="post", guest=LOGIN, everyone=404, minh=422),
    Row("work:request", request_asked, guest=LOGIN, everyone=200, lan=404, hoa=404),
    Row("work:request", request_asked, method="post", guest=LOGIN, everyone=404, minh=422),
    Row("work:request", lambda people: {"pk": year_of(2025).pk}, guest=LOGIN, everyone=404),
    Row("work:request_withdraw", unit_asked, guest=LOGIN, everyone=404, minh=200),
    Row("work:request_withdraw", unit_asked, method="post", guest=LOGIN, everyone=404, minh=422),
    Row("work:request_withdraw", owed, guest=LOGIN, everyone=404),
    Row("work:review_load", guest=LOGIN, everyone=200, lan=404, hoa=404),
    Row("work:review_queue", guest=LOGIN, everyone=200, lan=404, hoa=404),
    Row("work:events_export", guest=LOGIN, everyone=200, lan=404, hoa=404),
    Row("work:quality", guest=LOGIN, everyone=200, lan=404, hoa=404),
    Row("work:quality_export", lambda people: {"name": "units"}, guest=LOGIN, everyone=200, lan=404, hoa=404),
    Row("work:quality_export", lambda people: {"name": "rules"}, guest=LOGIN, everyone=200, lan=404, hoa=404),
    Row("work:quality_export", lambda people: {"name": "khac"}, guest=LOGIN, everyone=404),
    Row("work:review", a_draft, guest=LOGIN, everyone=404),
    Row("work:review", submitted, guest=LOGIN, everyone=200, lan=404, hoa=404),
    Row("work:remark", submitted, method="post", guest=LOGIN, everyone=422, lan=404, hoa=404),
    Row("work:drop_remark", remark, method="post", guest=LOGIN, everyone=302, lan=404, hoa=404),
    Row("work:resolve", remark, method="post", guest=LOGIN, everyone=302, lan=404, hoa=404),
    Row("work:unresolve", remark, method="post", guest=LOGIN, everyone=302, lan=404, hoa=404),
    Row("work:ask_again", remark, method="post", guest=LOGIN, everyone=302, lan=404, hoa=404),
    Row("work:items", submitted, method="post", guest=LOGIN, everyone=302, lan=404, hoa=404),
    Row("work:reviewer", submitted, method="post", guest=LOGIN, everyone=404, lan=404, hoa=404),
    Row("work:reviewer", submitted, everyone=405, guest=LOGIN),
    Row("work:confirm", to_return, guest=LOGIN, everyone=404, thu=200, minh=200, an=302),
    Row("work:confirm", to_approve, guest=LOGIN, everyone=404, thu=302, minh=200, an=302),
    Row("work:confirm", no_such_step, guest=LOGIN, everyone=404),
    Row("work:step", to_return, method="post", guest=LOGIN, everyone=302, lan=404, hoa=404),
    Row("work:step", to_approve, method="post", guest=LOGIN, everyone=302, lan=404, hoa=404),
    Row("work:step", no_such_step, method="post", guest=LOGIN, everyone=404),
    Row("work:step", to_return, everyone=405, guest=LOGIN),
]
