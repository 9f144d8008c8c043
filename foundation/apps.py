from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FoundationConfig(AppConfig):
    name = "foundation"
    verbose_name = _("Files, jobs and mail")
    unseen = frozenset({"AuditEntry", "Change", "Job", "JobStep", "OutboxMail", "PageRating"})

    def ready(self) -> None:
        from .collation import teach_sqlite_vietnamese  # noqa: PLC0415 -- apps must be loaded
        from .editions import watch_tables  # noqa: PLC0415 -- apps must be loaded
        from .indexing import watch_saves  # noqa: PLC0415 -- apps must be loaded

        watch_saves()
        connection_created.connect(teach_sqlite_vietnamese, dispatch_uid="vietnamese order")
        post_migrate.connect(watch_tables, sender=self, dispatch_uid="editions")
