"""Progress for everyone, and the ministry's desk for the national report."""

from django.urls import path

from . import compiling_views, public_views, wording_views

app_name = "reporting"
urlpatterns = [
    path("progress/", public_views.progress, name="progress"),
    path("progress/documents/", public_views.document_list, name="document_list"),
    path("progress/documents/check/", public_views.check, name="check"),
    path("progress/documents/<slug:code>/", public_views.document, name="document"),
    path("progress/documents/<slug:code>/pdf/", public_views.document_pdf, name="document_pdf"),
    path("progress/documents/<slug:code>/file.<str:form>", public_views.document_file, name="document_file"),
    path("progress/reports/", public_views.reports, name="reports"),
    path("progress/targets.<str:kind>", public_views.targets_table, name="targets_table"),
    path("progress/<slug:slug>/", public_views.target, name="target"),
    path("progress/<slug:slug>/table.<str:kind>", public_views.target_table, name="target_table"),
    path(
        "progress/<slug:slug>/pictures/<slug:name>.<str:kind>",
        public_views.target_picture,
        name="target_picture",
    ),
    path("work/national/", compiling_views.compiled_list, name="compiled_list"),
    path("work/national/<int:pk>/", compiling_views.compiled, name="compiled"),
    path("work/national/<int:pk>/files/<int:file>/", compiling_views.compiled_file, name="compiled_file"),
    path("work/national/<int:pk>/words/", wording_views.words, name="words"),
    path("work/national/<int:pk>/envelope/", wording_views.envelope, name="envelope"),
    path("work/national/<int:pk>/preview/", wording_views.preview, name="preview"),
    path("work/national/<int:pk>/again/", compiling_views.build_again, name="build_again"),
    path("work/national/<int:pk>/stop/", compiling_views.stop, name="stop"),
    path("work/national/<int:pk>/publish/", compiling_views.publish, name="publish"),
    path("work/national/<int:pk>/withdraw/", compiling_views.withdraw, name="withdraw"),
]
