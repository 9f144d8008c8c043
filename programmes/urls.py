from django.urls import path

from . import views

app_name = "programmes"
urlpatterns = [
    path("", views.programme_now, name="programme_now"),
    path("all/", views.programme_list, name="programme_list"),
    path("tasks/<slug:slug>/", views.task, name="task"),
    path("assignments/<slug:slug>/", views.assignment, name="assignment"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("<slug:slug>/", views.programme, name="programme"),
]
