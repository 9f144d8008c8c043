"""Regimes, periods, days off and check rules as CSV and XLSX, by natural key."""

from typing import Any

from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from foundation.resources import RecordResource

from . import actions
from .models import CheckRule, Holiday, Period, Regime
from .rule_fitting import PARAMETERS

DAYS = ("begins", "ends", "opens", "due", "government")


class RegimeResource(RecordResource):
    class Meta(RecordResource.Meta):
        model = Regime
        import_id_fields = ("code",)
        fields = (
            "code", "kind", "name_vi", "name_en", "legal_basis_vi", "legal_basis_en", "note_vi", "note_en",
            "months", "is_active", *(f"{name}_{part}" for name in DAYS for part in ("shift", "day")),
            "return_days", "needs_acceptance", "two_persons", "reminder_days", "overdue_days", "idle_days",
            "source",
        )  # fmt: skip


class PeriodResource(RecordResource):
    regime = Field(column_name="regime", attribute="regime", widget=ForeignKeyWidget(Regime, "code"))

    class Meta(RecordResource.Meta):
        model = Period
        import_id_fields = ("regime", "year", "number")
        fields = (
            "regime", "year", "number", "title_vi", "title_en", "asked_vi", "asked_en", "first_day",
            "last_day", "opens_on", "due_on", "government_due_on", "source",
        )  # fmt: skip


class HolidayResource(RecordResource):
    class Meta(RecordResource.Meta):
        model = Holiday
        import_id_fields = ("day",)
        fields = ("day", "name_vi", "name_en", "is_worked", "source")


class CheckRuleResource(RecordResource):
    regime = Field(column_name="regime", attribute="regime", widget=ForeignKeyWidget(Regime, "code"))

    class Meta(RecordResource.Meta):
        model = CheckRule
        import_id_fields = ("code",)
        fields = (
            "code", "regime", "scope", "target", "test", *PARAMETERS, "severity", "message_vi", "message_en",
            "instruction_vi", "instruction_en", "legal_reference_vi", "legal_reference_en", "is_active",
            "in_force_from", "source",
        )  # fmt: skip

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Through the door of rules, which counts their versions."""
        actions.keep_rule(instance)
