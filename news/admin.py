"""The newsroom's desk: writing, scheduling, previewing, withdrawing, highlights."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.actions import ActionRefused
from foundation.admin import RecordAdmin
from foundation.files import store_upload

from . import actions
from .forms import ArticleForm, WithdrawalForm
from .models import Article, Highlight, Section
from .resources import ArticleResource, HighlightResource


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    list_display = ["name_vi", "name_en", "position"]
    search_fields = ["name_vi", "name_en"]
    prepopulated_fields = {"slug": ["name_vi"]}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("public", _("published")),
            ("scheduled", _("scheduled")),
            ("draft", pgettext_lazy("an article", "draft")),
            ("withdrawn", _("withdrawn")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = timezone.now()
        narrowed = {
            "public": queryset.filter(published_at__lte=now, withdrawn_at=None),
            "scheduled": queryset.filter(published_at__gt=now),
            "draft": queryset.filter(published_at=None),
            "withdrawn": queryset.filter(withdrawn_at__lte=now),
        }
        return narrowed.get(self.value() or "", queryset)


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    form = ArticleForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    resource_classes = [ArticleResource]
    change_form_template = "news/admin/article_change_form.html"
    list_display = ["title_vi", "section", "state", "published_at", "is_demo"]
    list_filter = [StateFilter, "section", "is_demo"]
    list_select_related = ["section"]
    search_fields = ["title_vi", "title_en", "slug"]
    date_hierarchy = "published_at"
    prepopulated_fields = {"slug": ["title_vi"]}
    autocomplete_fields = [
        "programmes",
        "tasks",
        "assignments",
        "curricula",
        "events",
        "organisations",
        "provinces",
    ]
    filter_horizontal = ["entries", "stages"]
    readonly_fields = ["state", "is_demo"]
    fieldsets = [
        (None, {"fields": ["section", "title_vi", "title_en", "slug", "summary_vi", "summary_en"]}),
        (_("Text"), {"fields": ["body_vi", "body_en", "byline_vi", "byline_en"]}),
        (_("Source"), {"fields": ["attribution_vi", "attribution_en", "attribution_url", "source"]}),
        (
            _("Event"),
            {
                "fields": [
                    "event_on",
                    "event_ends_on",
                    "date_doubt_vi",
                    "date_doubt_en",
                    "place_vi",
                    "place_en",
                ]
            },
        ),
        (
            _("Picture"),
            {
                "fields": [
                    "new_picture",
                    "drop_picture",
                    "picture_alt_vi",
                    "picture_alt_en",
                    "picture_caption_vi",
                    "picture_caption_en",
                    "picture_credit",
                    "picture_is_illustrative",
                ]
            },
        ),
        (
            _("Related records"),
            {
                "fields": [
                    "programmes",
                    "tasks",
                    "assignments",
                    "curricula",
                    "events",
                    "entries",
                    "organisations",
                    "provinces",
                    "stages",
                ]
            },
        ),
        (_("Publication"), {"fields": ["published_at", "state", "is_demo"]}),
    ]

    @admin.display(description=_("state"))
    def state(self, article: Article) -> str:
        return article.state_words

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if upload := form.cleaned_data.get("new_picture"):
            obj.picture = store_upload(upload, by=request.user, at=timezone.now(), is_public=False)
        elif form.cleaned_data.get("drop_picture"):
            obj.picture = None
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The editor's import map is an inline script: it runs only with the page's nonce."""
        if hasattr(context["media"], "with_nonce"):
            context["media"] = context["media"].with_nonce(request.csp_nonce)  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/withdraw/", wrap(self.withdraw_view), name="news_article_withdraw"),
            path("<int:pk>/restore/", wrap(self.restore_view), name="news_article_restore"),
            *super().get_urls(),
        ]

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason, then withdraw."""
        article = self._to_change(request, pk)
        form = WithdrawalForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                actions.withdraw(article.pk, by=request.user, at=timezone.now(), **form.cleaned_data)
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.info(request, _("Article withdrawn. Its address now shows the reason."))
                return redirect("admin:news_article_change", article.pk)
        context = {
            **self.admin_site.each_context(request),
            "article": article,
            "form": form,
            "opts": self.opts,
        }
        return render(request, "news/admin/withdraw.html", context)

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._to_change(request, pk)
        if request.method == "POST":
            try:
                actions.restore(article.pk, by=request.user, at=timezone.now())
            except ActionRefused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.info(request, _("The article is public again."))
        return redirect(reverse("admin:news_article_change", args=[article.pk]))

    def _to_change(self, request: HttpRequest, pk: int) -> Article:
        article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article


@admin.register(Highlight)
class HighlightAdmin(RecordAdmin):
    resource_classes = [HighlightResource]
    list_display = ["headline_vi", "position", "starts_on", "ends_on", "today", "is_demo"]
    list_editable = ["position"]
    list_filter = ["is_demo"]
    list_select_related = ["article", "plan", "entry"]
    search_fields = ["headline_vi", "headline_en"]
    autocomplete_fields = ["article", "plan"]
    readonly_fields = ["is_demo"]

    @admin.display(description=_("today"))
    def today(self, highlight: Highlight) -> Any:
        return highlight.state_words(on=timezone.localdate())
