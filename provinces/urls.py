"""Public addresses of the provinces' room."""

from django.urls import path

from . import views

app_name = "provinces"
urlpatterns = [
    path("", views.province_list, name="province_list"),
    path("plans/", views.plan_list, name="plan_list"),
    path("plans/table.<str:kind>", views.plan_table, name="plan_table"),
    path("plans/issuers/", views.issuer_list, name="issuer_list"),
    path("plans/issuers/table.<str:kind>", views.issuer_table, name="issuer_table"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/files/<int:file_pk>/", views.plan_file, name="plan_file"),
    path("<slug:slug>/", views.province, name="province"),
]
