"""Every address of the portal: Vietnamese at /, English at /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("display/", views.display, name="display"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("accounts/", include("allauth.urls")),
        path("programme/", include("programmes.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
