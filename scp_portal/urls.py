"""Every address of the portal: Vietnamese at /, English at /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from . import api, gallery, handbook, mailbox, pages, ratings, views
from .sitemaps import SITEMAPS

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("display/", views.display, name="display"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("about/", pages.about, name="about"),
        path("about/contact/", pages.contact, name="contact"),
        path("about/accessibility/", pages.accessibility, name="accessibility"),
        path("about/personal-data/", pages.privacy, name="privacy"),
        path("about/outages/", pages.outages, name="outages"),
        path("about/guidance/", pages.guidance, name="guidance"),
        path("about/open-data/", pages.open_data, name="open_data"),
        path("about/succession/", handbook.succession, name="succession"),
        path("about/boundary-file/", handbook.boundary_file, name="boundary_file"),
        *api.urls(),
        path("about/rate/", ratings.rate, name="rate"),
        path("about/site-map/", pages.site_map, name="site_map"),
        path("accounts/", include("allauth.urls")),
        path("search/", views.search_page, name="search"),
        path("", include("reporting.public_urls")),
        path("programme/", include("programmes.urls")),
        path("provinces/", include("provinces.urls")),
        path("news/", include("news.urls")),
        path("events/", include("events.urls")),
        path("library/", include("library.urls")),
        path("training/", include("training.urls")),
        path("work/", include("reporting.work_urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]

if settings.DEBUG:
    urlpatterns += i18n_patterns(
        path("about/components/", gallery.components, name="components"),
        path("about/mailbox/", mailbox.mailbox, name="mailbox"),
        prefix_default_language=False,
    )
