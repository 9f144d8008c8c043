"""Addresses of the library, under ``library/``."""

from django.urls import path

from . import views

app_name = "library"

urlpatterns = [
    path("", views.index, name="index"),
    path("files/<int:pk>/", views.file, name="file"),
    path("consultation/<slug:slug>/comments/", views.comment, name="comment"),
    path("<slug:kind>/", views.kind, name="kind"),
    path("<slug:kind>/<slug:slug>/", views.entry, name="entry"),
    path("<slug:kind>/<slug:slug>/picture/", views.picture, name="picture"),
]
