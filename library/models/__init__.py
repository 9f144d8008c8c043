"""The library: one shelf of records, and a table for what each kind adds."""

from .consultations import Comment, Consultation, DraftArticle
from .documents import Document, DocumentRelation
from .entry import Entry, EntryFile, Kind, Sector, Status
from .knowledge import ConsumptionNorm, CriteriaSet, Criterion, Guideline, Material, Photo
from .practice import (
    CaseStudy,
    FundingOpportunity,
    PartnerProject,
    PilotModel,
    Saving,
    SustainableProduct,
)

__all__ = [
    "CaseStudy",
    "Comment",
    "Consultation",
    "ConsumptionNorm",
    "CriteriaSet",
    "Criterion",
    "Document",
    "DocumentRelation",
    "DraftArticle",
    "Entry",
    "EntryFile",
    "FundingOpportunity",
    "Guideline",
    "Kind",
    "Material",
    "PartnerProject",
    "Photo",
    "PilotModel",
    "Saving",
    "Sector",
    "Status",
    "SustainableProduct",
]
