"""The work screens of a province and of the ministry, under ``work/``."""

from django.urls import path

from .views import (
    absence,
    extension,
    form,
    inside,
    quality,
    records,
    reminders,
    report,
    review,
    typed,
    workbook,
    workspace,
)

app_name = "work"

urlpatterns = [
    path("", workspace.workspace, name="workspace"),
    path("obligations/<int:pk>/start/", workspace.start, name="start"),
    path("obligations/<int:pk>/extend/", extension.extend, name="extend"),
    path("reports/", records.reports, name="reports"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("people/", records.people, name="people"),
    path("people/absence/", absence.absence, name="absence"),
    path("people/absence/<int:pk>/end/", absence.end, name="absence_end"),
    path("reports/<int:pk>/", report.report, name="report"),
    path("reports/<int:pk>/submit/", report.submit, name="submit"),
    path("reports/<int:pk>/rounds/", report.rounds, name="rounds"),
    path("reports/<int:pk>/receipts/<int:number>/", report.receipt, name="receipt"),
    path("reports/<int:pk>/receipts/<int:number>/pdf/", report.receipt_pdf, name="receipt_pdf"),
    path("reports/<int:pk>/receipts/<int:number>/build/", report.build_receipt, name="build_receipt"),
    path("reports/<int:pk>/receipts/<int:number>/json/", report.receipt_json, name="receipt_json"),
    path("reports/<int:pk>/workbook/", workbook.download, name="workbook"),
    path("reports/<int:pk>/workbook/upload/", workbook.upload, name="workbook_upload"),
    path("reports/<int:pk>/form/seen/", form.seen, name="form_seen"),
    path("reports/<int:pk>/form/activities/", form.add_activities, name="add_activities"),
    path("workbooks/<int:pk>/", workbook.preview, name="workbook_preview"),
    path("workbooks/<int:pk>/result/", workbook.result, name="workbook_result"),
    path("workbooks/<int:pk>/refused/", workbook.refused, name="workbook_refused"),
    path("reports/<int:pk>/sign-off/<slug:name>/", inside.sign_off, name="sign_off"),
    path("reports/<int:pk>/<slug:key>/", report.section, name="section"),
    path("reports/<int:pk>/<slug:key>/typed/", typed.typed, name="typed"),
    path("reports/<int:pk>/<slug:key>/hand/", inside.hand, name="hand"),
    path("sections/<int:pk>/<slug:name>/", inside.task, name="task"),
    path("evidence/<int:pk>/", report.evidence, name="evidence"),
    path("quality/", quality.quality, name="quality"),
    path("quality/<slug:name>.csv", quality.export, name="quality_export"),
    path("review/", review.queue, name="review_queue"),
    path("review/events.csv", review.events, name="events_export"),
    path("review/<int:pk>/", review.review, name="review"),
    path("review/<int:pk>/remarks/", review.remark, name="remark"),
    path("review/<int:pk>/<slug:name>/", review.step, name="step"),
    path("remarks/<int:pk>/drop/", review.drop_remark, name="drop_remark"),
]
