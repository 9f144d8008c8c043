"""The ministry's boundary maps in the admin: load a file, look at it, show it, stop showing it."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.actions import ActionRefused
from foundation.admin import ReadOnlyAdmin
from foundation.editions import asked_once
from foundation.files import send_file
from foundation.text import whole_number

from . import boundary_maps
from .boundary_maps import LOAD, MOST_BYTES, SHOW
from .boundary_preview import days_words, drawn_by_another, preview_of, rows_of
from .forms import BoundaryFileForm
from .models import BoundaryMap
from .register import Register


@admin.register(BoundaryMap)
class BoundaryMapAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "source_vi", "days", "state", "loaded_by", "loaded_at"]
    list_filter = ["is_shown"]
    list_select_related = ["loaded_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(LOAD)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("shapes")

    @admin.display(description=gettext_lazy("draws the days"))
    def days(self, found: BoundaryMap) -> str:
        return days_words(found.units_of, Register.load())

    @admin.display(description=gettext_lazy("state"), ordering="is_shown")
    def state(self, found: BoundaryMap) -> str:
        return _("Shown on the pages") if found.is_shown else _("Not shown")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        with asked_once():  # the register is the same for every row
            return response.render() if isinstance(response, TemplateResponse) else response

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path(f"<int:pk>/{name}/", wrap(view), name=f"provinces_boundarymap_{name}")
            for name, view in {"show": self.show, "stop": self.stop, "file": self.file}.items()
        ]
        return [*own, *super().get_urls()]

    def page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": BoundaryMap._meta}
        return render(request, template, {**shared, **context})

    def add_view(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Nothing is saved of a file that cannot be drawn; everything wrong with it stands at its field."""
        _refuse_without(request, LOAD)
        is_sent = request.method == "POST"
        form = BoundaryFileForm(
            request.POST if is_sent else None,
            request.FILES if is_sent else None,
            initial={"units_of": timezone.localdate()},
        )
        if is_sent and form.is_valid() and (made := _loaded(request, form)):
            messages.success(request, _("Loaded. It is not shown yet: look at it first."))
            return redirect(made)
        return self.page(request, "provinces/admin/boundary_add.html", form=form)

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_kwargs: Any) -> HttpResponse:
        people = BoundaryMap.objects.select_related("loaded_by", "file")
        found = get_object_or_404(people, pk=whole_number(object_id) or 0)
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        register = Register.load()
        outlines = boundary_maps.outlines_of(found)
        return self.page(
            request,
            "provinces/admin/boundary_map.html",
            boundary=found,
            map=preview_of(outlines, register),
            days=days_words(found.units_of, register),
            fits=boundary_maps.fits(outlines, register),
            hidden_by=drawn_by_another(found),
            rows=rows_of(outlines, register),
            changes=found.history.select_related("history_user"),
            may_show=request.user.has_perm(SHOW),
            may_download=_may_download(request),
        )

    def show(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._asked(request, pk, boundary_maps.show_map, _("Shown from now on."), is_shown=False)

    def stop(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._asked(request, pk, boundary_maps.stop_showing, _("No longer shown."), is_shown=True)

    def _asked(
        self, request: HttpRequest, pk: int, deed: Callable[..., Any], done: str, *, is_shown: bool
    ) -> HttpResponse:
        """Ask first, then do it; what the door refuses is said on the page of the map."""
        _refuse_without(request, SHOW)
        found = get_object_or_404(BoundaryMap.objects.defer("shapes"), pk=pk)
        if request.method != "POST" and found.is_shown == is_shown:
            days = days_words(found.units_of, Register.load())
            return self.page(request, "provinces/admin/boundary_confirm.html", boundary=found, days=days)
        try:
            if request.method == "POST":
                deed(found.pk, by=request.user, at=timezone.now())
                messages.success(request, done)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(found)

    def file(self, request: HttpRequest, pk: int) -> FileResponse:
        if not _may_download(request):
            raise PermissionDenied
        found = get_object_or_404(BoundaryMap.objects.select_related("file").defer("shapes"), pk=pk)
        return send_file(found.file)


def _refuse_without(request: HttpRequest, right: str) -> None:
    if not request.user.has_perm(right):
        raise PermissionDenied


def _may_download(request: HttpRequest) -> bool:
    return request.user.has_perm(LOAD) or request.user.has_perm(SHOW)


def _loaded(request: HttpRequest, form: BoundaryFileForm) -> BoundaryMap | None:
    said = form.cleaned_data
    upload = said["file"]
    try:
        return boundary_maps.load_map(
            upload.read(MOST_BYTES + 1),  # one more tells that it is too large
            name=upload.name,
            units_of=said["units_of"],
            source_vi=said["source_vi"],
            source_en=said["source_en"],
            by=request.user,
            at=timezone.now(),
        )
    except boundary_maps.Unfit as refusal:
        form.add_error("file", refusal.sentences)
    except ActionRefused as refusal:
        form.add_error("units_of", str(refusal))
    return None
