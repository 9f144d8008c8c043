"""The portal's addresses and, as in DEBUG, the page with every component."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from scp_portal.gallery import components
from scp_portal.urls import urlpatterns as portal

urlpatterns = [
    *portal,
    *i18n_patterns(path("about/components/", components, name="components"), prefix_default_language=False),
]
