"""The stock admin in the portal's look; its first page is the ministry's desk."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from .desk import desk

# The rooms as the desk shows them: the framework first, the machinery last. What packages register
# (groups, addresses, authenticators) is kept out: posts carry the rights here.
ORDER = ["programmes", "provinces", "reporting", "training", "events", "library", "news", "accounts",
         "foundation"]  # fmt: skip


class PortalAdmin(admin.AdminSite):
    site_header = site_title = _("Sustainable consumption and production 2021–2030")
    index_title = _("Desk")
    enable_nav_sidebar = False
    empty_value_display = "–"

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().login(request, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        rooms = super().get_app_list(request, app_label)
        known = [room for room in rooms if room["app_label"] in ORDER]
        return sorted(known, key=lambda room: ORDER.index(room["app_label"]))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        rooms = self.get_app_list(request)
        for room in rooms:
            for model in room["models"]:
                model["count"] = model["model"]._default_manager.count()
        context = {
            "app_list": rooms,
            "desk": desk(request.user, today=timezone.localdate(), now=timezone.now()),
        }
        return super().index(request, {**(extra_context or {}), **context})
