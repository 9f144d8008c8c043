"""Targets and activities of plans as CSV and XLSX; each row names its plan by code, day and number."""

from copy import deepcopy
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from import_export.fields import Field

from foundation.resources import RecordResource, by_slug
from programmes.models import Indicator, Task

from .models import ActivityBudget, PlanActivity, PlanTarget
from .unit_codes import PlanWidget

AMOUNTS = ("planned", "received", "spent")


class PartResource(RecordResource):
    """What targets and activities share: the plan they belong to, and their place in it."""

    code = Field(attribute="plan__province__code", column_name="code", readonly=True)
    on = Field(column_name="on", readonly=True)
    unit = Field(column_name="unit", readonly=True)
    plan = Field(attribute="plan", column_name="plan", widget=PlanWidget(own_only=True))

    class Meta(RecordResource.Meta):
        abstract = True
        import_id_fields = ("plan", "position")

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        if not str(row.get("plan") or "").strip():
            raise ValueError(_("Write the number of the plan in the column “plan”."))

    def dehydrate_on(self, part: Any) -> str:
        """A day on which the code means the plan's unit."""
        day = part.plan.issued_on.exact if part.plan.issued_on else None
        return str(day or part.plan.province.valid_from)

    def dehydrate_unit(self, part: Any) -> str:
        return str(part.plan.province)


class TargetResource(PartResource):
    indicator = by_slug("indicator", Indicator)

    class Meta(PartResource.Meta):
        model = PlanTarget
        export_order = ("code", "on", "unit", "plan", "position", "indicator")


class MoneyField(Field):
    """One amount of one source of an activity, in đồng; an empty cell is not known, not zero."""

    def __init__(self, source: str, amount: str) -> None:
        super().__init__(attribute="money", column_name=f"{source}_{amount}", default=None)
        self.key = (source, amount)

    def get_value(self, instance: Any) -> Decimal | None:
        return _money(instance).get(self.key)

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        instance.money = {**_money(instance), self.key: _amount(row[self.column_name])}

    def export(self, instance: Any, **kwargs: Any) -> str:
        value = self.get_value(instance)
        return "" if value is None else str(value)


class ActivityResource(PartResource):
    """Activities with their money: fifteen columns, one for each amount of each source."""

    task = by_slug("task", Task)

    class Meta(PartResource.Meta):
        model = PlanActivity
        export_order = ("code", "on", "unit", "plan", "position", "task")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        money = [MoneyField(source, part) for source in ActivityBudget.Source.values for part in AMOUNTS]
        self.fields.update({field.column_name: field for field in money})

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        keep_money(instance, _money(instance))


def keep_money(activity: PlanActivity, money: dict[tuple[str, str], Decimal | None]) -> None:
    """Write the amounts of each source that has any, or that has a row already."""
    held = {budget.source: budget for budget in activity.budgets.all()}
    for source in ActivityBudget.Source.values:
        amounts = {f"{part}_number": money.get((source, part)) for part in AMOUNTS}
        budget = held.get(source)
        if budget is None and not any(value is not None for value in amounts.values()):
            continue
        budget = budget or ActivityBudget(activity=activity, source=source)
        for name, value in amounts.items():
            setattr(budget, name, value)
        budget.full_clean()
        budget.save()


def _money(activity: PlanActivity) -> dict[tuple[str, str], Decimal | None]:
    """What the register holds or, during an import, what the row says."""
    if not hasattr(activity, "money"):
        rows = activity.budgets.all() if activity.pk else []
        activity.money = {  # type: ignore[attr-defined]
            (row.source, part): getattr(row, f"{part}_number") for row in rows for part in AMOUNTS
        }
    return deepcopy(activity.money)  # type: ignore[attr-defined]


def _amount(typed: Any) -> Decimal | None:
    text = str(typed if typed is not None else "").strip().replace(" ", "")
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount != amount.to_integral_value():
        raise ValueError(_("“%(typed)s” is not an amount in đồng. Write digits only.") % {"typed": text})
    if amount < 0:
        raise ValueError(_("An amount of money cannot be negative."))
    return amount
