"""Provincial units through time, and the plans they issue."""

from .boundary_maps import BoundaryMap
from .cutovers import Cutover, CutoverChange, CutoverChoice, CutoverHeir, CutoverUnit
from .events import BoundaryEvent, Succession
from .plan_parts import ActivityBudget, PlanActivity, PlanTarget
from .plans import PlanFile, ProvincialPlan
from .seats import OrganisationSeat, ProvinceSupport
from .units import Kind, Province, ProvinceAlias, ProvinceName, Region, RegionMembership

__all__ = [
    "ActivityBudget",
    "BoundaryEvent",
    "BoundaryMap",
    "Cutover",
    "CutoverChange",
    "CutoverChoice",
    "CutoverHeir",
    "CutoverUnit",
    "Kind",
    "OrganisationSeat",
    "PlanActivity",
    "PlanFile",
    "PlanTarget",
    "Province",
    "ProvinceAlias",
    "ProvinceName",
    "ProvinceSupport",
    "ProvincialPlan",
    "Region",
    "RegionMembership",
    "Succession",
]
