from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class FoundationConfig(AppConfig):
    name = "foundation"
    verbose_name = _("Files, jobs and mail")

    def ready(self) -> None:
        from .collation import teach_sqlite_vietnamese  # noqa: PLC0415 -- apps must be loaded

        connection_created.connect(teach_sqlite_vietnamese, dispatch_uid="vietnamese order")
