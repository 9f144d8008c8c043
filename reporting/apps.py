from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Reporting")
    # What only those at work see; a deadline's storm of drafts leaves the public pages as they were.
    unseen = frozenset(
        {"StatusReport", "TextAnswer", "IndicatorAnswer", "MoneyAnswer", "ActivityAnswer", "Evidence",
         "AnswerChange", "ReportEvent", "Submission", "Remark", "FormVersion", "Holiday", "Reminder",
         "Delivery", "FilledWorkbook", "CountAnswer", "CodeList", "Code",
         "CheckRule", "Justification", "SectionTask", "SignOff", "Clearance",
         "ItemMark", "FollowUp", "FollowUpStep"}
    )  # fmt: skip

    def ready(self) -> None:
        post_migrate.connect(add_up_once, sender=self, dispatch_uid="years")


def add_up_once(sender: AppConfig, **_about_migrate: Any) -> None:
    """Fill the table of years in a database that had approved values before it had the table."""
    from . import years  # noqa: PLC0415 -- apps must be loaded

    years.add_up_if_empty()
