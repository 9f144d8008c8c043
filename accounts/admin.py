"""Accounts, posts and who holds them."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import Occupancy, Post, User


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "full_name")
        field_classes: dict[str, type] = {}


class OccupancyInline(admin.TabularInline):
    model = Occupancy
    fk_name = "user"
    extra = 0
    autocomplete_fields = ["post", "acting_for"]


@admin.register(User)
class UserAdmin(StockUserAdmin):
    add_form = UserCreationForm
    ordering = ["full_name"]
    list_display = ["full_name", "email", "is_active", "is_staff", "last_login", "is_demo"]
    list_filter = ["is_active", "is_staff", "is_demo"]
    search_fields = ["full_name", "email"]
    filter_horizontal = []
    readonly_fields = ["last_login", "joined_at"]
    fieldsets = [
        (None, {"fields": ["email", "password", "full_name", "language"]}),
        (_("What the account may do"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "joined_at"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["email", "full_name", "usable_password", "password1", "password2"],
            },
        )
    ]
    inlines = [OccupancyInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        own = list(super().get_readonly_fields(request, obj))
        return own if request.user.is_superuser else [*own, "is_superuser"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)


def _may_touch(request: HttpRequest, user: User | None) -> bool:
    """A superuser's new password would make whoever set it a superuser."""
    return user is None or not user.is_superuser or bool(request.user.is_superuser)


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    list_display = ["title_vi", "role", "province", "organisation", "is_demo"]
    list_filter = ["role", "is_demo"]
    search_fields = ["title_vi", "title_en", "province__code"]
    autocomplete_fields = ["province", "organisation"]
    list_select_related = ["province", "organisation"]


@admin.register(Occupancy)
class OccupancyAdmin(admin.ModelAdmin):
    list_display = ["user", "post", "valid_from", "valid_to", "acting_for"]
    search_fields = ["user__full_name", "user__email", "post__title_vi"]
    autocomplete_fields = ["user", "post", "acting_for"]
    list_select_related = ["user", "post__province", "acting_for"]
    date_hierarchy = "valid_from"
