"""The work screens of a province and of the ministry, under ``work/``."""

from django.urls import path

from .views import extension, followups, judging, records, reminders, report, review, workbook, workspace

app_name = "work"

urlpatterns = [
    path("", workspace.workspace, name="workspace"),
    path("obligations/<int:pk>/start/", workspace.start, name="start"),
    path("obligations/<int:pk>/extend/", extension.extend, name="extend"),
    path("reports/", records.reports, name="reports"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("people/", records.people, name="people"),
    path("reports/<int:pk>/", report.report, name="report"),
    path("reports/<int:pk>/submit/", report.submit, name="submit"),
    path("reports/<int:pk>/rounds/", report.rounds, name="rounds"),
    path("reports/<int:pk>/receipts/<int:number>/", report.receipt, name="receipt"),
    path("reports/<int:pk>/receipts/<int:number>/json/", report.receipt_json, name="receipt_json"),
    path("reports/<int:pk>/workbook/", workbook.download, name="workbook"),
    path("reports/<int:pk>/workbook/upload/", workbook.upload, name="workbook_upload"),
    path("workbooks/<int:pk>/", workbook.preview, name="workbook_preview"),
    path("workbooks/<int:pk>/result/", workbook.result, name="workbook_result"),
    path("workbooks/<int:pk>/refused/", workbook.refused, name="workbook_refused"),
    path("reports/<int:pk>/<slug:key>/", report.section, name="section"),
    path("evidence/<int:pk>/", report.evidence, name="evidence"),
    path("followups/", followups.follow_ups, name="follow_ups"),
    path("followups/<int:pk>/", followups.follow_up, name="follow_up"),
    path("followups/<int:pk>/<slug:name>/", followups.follow_up_deed, name="follow_up_deed"),
    path("followups/files/<int:pk>/", followups.file, name="follow_up_file"),
    path("review/", review.queue, name="review_queue"),
    path("review/load/", review.load, name="review_load"),
    path("review/events.csv", review.events, name="events_export"),
    path("review/<int:pk>/", review.review, name="review"),
    path("review/<int:pk>/remarks/", judging.remark, name="remark"),
    path("review/<int:pk>/followup/", followups.ask, name="follow_up_ask"),
    path("review/<int:pk>/items/", judging.items, name="items"),
    path("review/<int:pk>/reviewer/", judging.reviewer, name="reviewer"),
    path("review/<int:pk>/<slug:name>/", judging.step, name="step"),
    path("review/<int:pk>/<slug:name>/confirm/", judging.confirm, name="confirm"),
    path("remarks/<int:pk>/drop/", judging.drop_remark, name="drop_remark"),
    path("remarks/<int:pk>/resolve/", judging.resolve, name="resolve"),
    path("remarks/<int:pk>/unresolve/", judging.unresolve, name="unresolve"),
    path("remarks/<int:pk>/again/", judging.ask_again, name="ask_again"),
]
