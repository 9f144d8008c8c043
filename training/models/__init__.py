"""Curricula and their materials, courses held in provinces, experts, certificates."""

from .certificates import Certificate, CertificateNumbering, CertificateQuerySet
from .courses import Course, CourseQuerySet, OrganisationKind, Participant, ReportedCount, Sex, Stage
from .curricula import Curriculum, CurriculumLevel, Level, Material, Module, Topic
from .experts import Expert, ExpertConsent, ExpertQuerySet, Purpose

__all__ = [
    "Certificate",
    "CertificateNumbering",
    "CertificateQuerySet",
    "Course",
    "CourseQuerySet",
    "Curriculum",
    "CurriculumLevel",
    "Expert",
    "ExpertConsent",
    "ExpertQuerySet",
    "Level",
    "Material",
    "Module",
    "OrganisationKind",
    "Participant",
    "Purpose",
    "ReportedCount",
    "Sex",
    "Stage",
    "Topic",
]
