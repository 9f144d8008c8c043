"""Units and plans."""

from django.contrib import admin

from .models import Province


@admin.register(Province)
class ProvinceAdmin(admin.ModelAdmin):
    search_fields = ["name_vi", "name_en", "code"]
