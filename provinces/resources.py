"""Plans, support, seats and units as CSV and XLSX. A code alone is not a unit: rows say code and day."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import resources
from import_export.fields import Field

from foundation.actions import ActionRefused
from foundation.resources import RecordResource, by_slug
from programmes.models import Organisation

from . import actions
from .models import OrganisationSeat, Province, ProvinceSupport, ProvincialPlan
from .unit_codes import PlanWidget, UnitWidget
from .workflow import AT_FIRST


class PlanResource(RecordResource):
    """The register of plans, keyed by unit (code and day), kind, number and first year.

    Rows are saved through the same door as the form: what a plan supersedes changes with it.
    """

    province = Field(attribute="province", column_name="code", widget=UnitWidget())
    on = Field(column_name="on", readonly=True)
    unit = Field(column_name="unit", readonly=True)
    lead = by_slug("lead", Organisation)
    frame = Field(attribute="frame", column_name="frame", widget=PlanWidget())
    supersedes = Field(attribute="supersedes", column_name="supersedes", widget=PlanWidget())

    class Meta(RecordResource.Meta):
        model = ProvincialPlan
        import_id_fields = ("province", "kind", "number", "first_year")
        export_order = ("province", "on", "unit", "kind", "number", "issued_on", "reported_on")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.by = kwargs.get("user")

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        if instance.pk is None and instance.status not in AT_FIRST:
            errors["status"] = ValidationError(
                _("Enter the plan as issued: it becomes amended or replaced when a later plan names it.")
            )
        super().validate_instance(instance, errors, validate_unique)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        try:
            actions.enter_plan(instance, by=self.by, at=timezone.now())
        except ActionRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def dehydrate_on(self, plan: ProvincialPlan) -> str:
        """A day on which the code means this unit."""
        day = plan.issued_on.exact if plan.issued_on else None
        return str(day or plan.province.valid_from)

    def dehydrate_unit(self, plan: ProvincialPlan) -> str:
        return str(plan.province)


class SupportResource(RecordResource):
    province = Field(attribute="province", column_name="code", widget=UnitWidget())
    on = Field(column_name="on", readonly=True)
    provider = by_slug("provider", Organisation)

    class Meta(RecordResource.Meta):
        model = ProvinceSupport
        import_id_fields = ("province", "kind", "year", "title_vi")

    def dehydrate_on(self, support: ProvinceSupport) -> str:
        return str(support.province.valid_from)


class SeatResource(RecordResource):
    organisation = by_slug("organisation", Organisation)
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
