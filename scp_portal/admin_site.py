"""The stock admin in the portal's look; sign-in goes through the portal's own page."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class PortalAdmin(admin.AdminSite):
    site_header = site_title = _("Sustainable consumption and production 2021–2030")
    index_title = _("Desk")
    login = secure_admin_login(admin.AdminSite.login)
