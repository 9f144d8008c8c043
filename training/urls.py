"""Training: /training/."""

from django.urls import path

from . import views

app_name = "training"
urlpatterns = [
    path("", views.index, name="index"),
    path("curricula/<slug:slug>/", views.curriculum, name="curriculum"),
    path("materials/<slug:slug>/", views.material, name="material"),
    path("courses/", views.course_list, name="course_list"),
    path("courses/<slug:slug>/", views.course_detail, name="course_detail"),
    path("experts/", views.expert_list, name="expert_list"),
    path("certificates/check/", views.certificate_check, name="certificate_check"),
    path("certificates/<str:code>/", views.certificate, name="certificate"),
    path("certificates/<str:code>/document/", views.certificate_document, name="certificate_document"),
]
