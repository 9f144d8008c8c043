"""The cut-over in the admin: its own steps in place of the stock form."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from foundation.admin import ReadOnlyAdmin
from provinces.models import Cutover

from .cutover import door, views


@admin.register(Cutover)
class CutoverAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "effective_on", "instrument_number", "state", "prepared_by", "confirmed_by"]
    list_filter = ["state", "kind"]
    search_fields = ["instrument_number", "units__unit__name_vi", "heirs__name_vi"]
    list_select_related = ["prepared_by", "confirmed_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(door.PREPARE)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        steps = {
            "edit": views.edit,
            "choose": views.choose,
            "drop": views.drop,
            "confirm": views.confirm,
            "send-back": views.send_back,
            "undo": views.undo,
        }
        own = [
            path(f"<int:pk>/{name}/", wrap(view), name=f"provinces_cutover_{name.replace('-', '_')}")
            for name, view in steps.items()
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return views.enter(request)

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return views.show(request, int(object_id) if object_id.isdecimal() else 0)
