"""Every address of the portal: Vietnamese at /, English at /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from . import gallery, views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("display/", views.display, name="display"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("accounts/", include("allauth.urls")),
        path("search/", views.search_page, name="search"),
        path("programme/", include("programmes.urls")),
        path("provinces/", include("provinces.urls")),
        path("news/", include("news.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]

if settings.DEBUG:
    urlpatterns += i18n_patterns(
        path("about/components/", gallery.components, name="components"), prefix_default_language=False
    )
