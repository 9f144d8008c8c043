"""Addresses of the events room."""

from django.urls import path

from . import views

app_name = "events"

urlpatterns = [
    path("", views.event_list, name="event_list"),
    path("events.ics", views.upcoming_calendar, name="calendar"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("series/<slug:slug>/events.ics", views.series_calendar, name="series_calendar"),
    path("papers/<int:pk>/", views.paper_file, name="paper_file"),
    path("photos/<int:pk>/", views.photo, name="photo"),
    path("registration/<str:token>/", views.registration, name="registration"),
    path("registration/<str:token>/confirm/", views.confirm, name="confirm"),
    path("registration/<str:token>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:slug>/", views.event, name="event"),
    path("<slug:slug>/register/", views.register, name="register"),
    path("<slug:slug>/registered/", views.registered, name="registered"),
    path("<slug:slug>/event.ics", views.event_calendar, name="event_calendar"),
]
