"""Accounts, posts and who holds them."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
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
