"""A file with its hash and its rights."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def storage_path(instance: "StoredFile", _filename: str) -> str:
    """Files lie under their hash, so a hostile name never reaches the disk."""
    return f"files/{instance.sha256[:2]}/{instance.sha256}{instance.suffix}"


class StoredFile(models.Model):
    """Made only by ``foundation.files.store_upload`` and ``store_bytes``."""

    file = models.FileField(_("file"), upload_to=storage_path, max_length=200)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("media type"), max_length=120)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    is_public = models.BooleanField(_("public"), default=False)
    rights = models.CharField(_("rights"), max_length=200, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    stored_at = models.DateTimeField(_("stored at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering = ["-stored_at"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def suffix(self) -> str:
        _stem, dot, ending = self.name.rpartition(".")
        return f".{ending.lower()}" if dot and ending.isalnum() and len(ending) <= 5 else ""
