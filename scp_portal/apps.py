from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "scp_portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        # Without it the web process would send its tasks to Celery's default broker.
        from . import celery  # noqa: F401, PLC0415 -- apps must be loaded


class PortalAdminConfig(AdminConfig):
    default_site = "scp_portal.admin_site.PortalAdmin"
