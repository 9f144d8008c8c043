"""Plans and units as CSV and XLSX. A code alone is not a unit: rows say code and day."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from import_export import resources
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from foundation.dates import PartialDate, day_words
from foundation.resources import PartialDateWidget, RecordResource
from programmes.models import Organisation

from .models import OrganisationSeat, PlanActivity, Province, ProvinceSupport, ProvincialPlan


class UnitWidget(ForeignKeyWidget):
    """The unit that held a code on the day in the column “on”, or on the day of issue."""

    def __init__(self) -> None:
        super().__init__(Province, "code")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Province:
        code = str(value or "").strip().removesuffix(".0").zfill(2)
        said = (row or {}).get("on") or (row or {}).get("issued_on") or ""
        return unit_of(code, PartialDateWidget().clean(said))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.code if value else ""


def unit_of(code: str, day: PartialDate | None) -> Province:
    """The one unit, or a ``ValueError`` that names those it could mean."""
    holders = list(Province.objects.filter(code=code))
    if not holders:
        raise ValueError(_("No unit ever held code %(code)s.") % {"code": code})
    first, last = _bounds(day)
    meant = [
        unit
        for unit in holders
        if (last is None or unit.valid_from <= last) and (first is None or not _over(unit, first))
    ]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        raise ValueError(
            _("No unit held code %(code)s on %(day)s.") % {"code": code, "day": day.words() if day else ""}
        )
    raise ValueError(
        _("Code %(code)s could mean %(units)s. Write a day in the column “on”.")
        % {"code": code, "units": _(" or ").join(_named(unit) for unit in meant)}
    )


def _over(unit: Province, day: date) -> bool:
    return unit.valid_to is not None and unit.valid_to <= day


def _bounds(day: PartialDate | None) -> tuple[date | None, date | None]:
    """The first and last day a partial date can mean."""
    if day is None or day.first_day is None:
        return None, None
    first = day.first_day
    if day.day:
        return first, first
    if day.month:
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    return first, date(first.year, 12, 31)


def _named(unit: Province) -> str:
    if unit.valid_to:
        return str(unit)
    return _("%(unit)s (from %(day)s)") % {"unit": unit.name, "day": day_words(unit.valid_from)}


class PlanResource(RecordResource):
    """The register of plans, keyed by unit (code and day), kind, number and first year."""

    province = Field(attribute="province", column_name="code", widget=UnitWidget())
    on = Field(column_name="on", readonly=True)
    unit = Field(column_name="unit", readonly=True)
    lead = Field(attribute="lead", column_name="lead", widget=ForeignKeyWidget(Organisation, "slug"))

    class Meta(RecordResource.Meta):
        model = ProvincialPlan
        import_id_fields = ("province", "kind", "number", "first_year")
        exclude = (*RecordResource.Meta.exclude, "frame", "supersedes")
        export_order = ("province", "on", "unit", "kind", "number", "issued_on", "reported_on")

    def dehydrate_on(self, plan: ProvincialPlan) -> str:
        """A day on which the code means this unit."""
        day = plan.issued_on.exact if plan.issued_on else None
        return str(day or plan.province.valid_from)

    def dehydrate_unit(self, plan: ProvincialPlan) -> str:
        return str(plan.province)


class ActivityResource(resources.ModelResource):
    """Activities go out with their plan named; they come in with the plan, in the admin."""

    code = Field(attribute="plan__province__code", column_name="code", readonly=True)
    plan = Field(attribute="plan__number", column_name="plan", readonly=True)
    task = Field(attribute="task__slug", column_name="task", readonly=True)

    class Meta:
        model = PlanActivity
        exclude = ("id", "created_at", "updated_at")


class SupportResource(RecordResource):
    province = Field(attribute="province", column_name="code", widget=UnitWidget())
    on = Field(column_name="on", readonly=True)
    provider = Field(
        attribute="provider", column_name="provider", widget=ForeignKeyWidget(Organisation, "slug")
    )

    class Meta(RecordResource.Meta):
        model = ProvinceSupport
        import_id_fields = ("province", "kind", "year", "title_vi")

    def dehydrate_on(self, support: ProvinceSupport) -> str:
        return str(support.province.valid_from)


class SeatResource(RecordResource):
    organisation = Field(
        attribute="organisation", column_name="organisation", widget=ForeignKeyWidget(Organisation, "slug")
    )
    province = Field(attribute="province", column_name="code", widget=UnitWidget())
    on = Field(column_name="on", readonly=True)

    class Meta(RecordResource.Meta):
        model = OrganisationSeat
        import_id_fields = ("organisation", "province")

    def dehydrate_on(self, seat: OrganisationSeat) -> str:
        return str(seat.valid_from or seat.province.valid_from)


class ProvinceResource(resources.ModelResource):
    """Units go out as a table; they come in only through boundary events."""

    class Meta:
        model = Province
        fields = ("code", "valid_from", "valid_to", "name_vi", "name_en", "slug", "note_vi", "note_en")
