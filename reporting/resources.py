"""Regimes and periods as CSV and XLSX, by natural key."""

from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from foundation.resources import RecordResource

from .models import Holiday, Period, Regime

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
            "regime", "year", "number", "first_day", "last_day", "opens_on", "due_on", "government_due_on",
            "source",
        )  # fmt: skip


class HolidayResource(RecordResource):
    class Meta(RecordResource.Meta):
        model = Holiday
        import_id_fields = ("day",)
        fields = ("day", "name_vi", "name_en", "is_worked", "source")
