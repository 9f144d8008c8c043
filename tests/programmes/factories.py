from datetime import date

import factory
from factory.django import DjangoModelFactory

from programmes.models import (
    Assignment,
    Deliverable,
    Indicator,
    Organisation,
    Phase,
    Programme,
    Target,
    Task,
    TaskGroup,
)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name_vi = factory.Sequence(lambda n: f"Viện số {n}")
    slug = factory.Sequence(lambda n: f"vien-so-{n}")
    kind = Organisation.Kind.INSTITUTE


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    name_vi = factory.Sequence(lambda n: f"Chương trình số {n}")
    slug = factory.Sequence(lambda n: f"chuong-trinh-{n}")
    status = Programme.Status.IN_FORCE
    number = factory.Sequence(lambda n: f"{n}/QĐ-TTg")
    issued_on = date(2020, 6, 24)
    first_year = 2021
    last_year = 2030


class PhaseFactory(DjangoModelFactory):
    class Meta:
        model = Phase

    programme = factory.SubFactory(ProgrammeFactory)
    first_year = 2021
    last_year = 2025


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    programme = factory.SubFactory(ProgrammeFactory)
    code = factory.Sequence(lambda n: f"I{n}")
    slug = factory.Sequence(lambda n: f"chi-so-{n}")
    position = factory.Sequence(lambda n: n)
    name_vi = factory.Sequence(lambda n: f"Chỉ số {n}")
    carry_over = "sum"
    unit_vi = "mô hình"
    unit_en = "models"


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = Target

    indicator = factory.SubFactory(IndicatorFactory)
    phase = factory.LazyAttribute(lambda target: PhaseFactory(programme=target.indicator.programme))
    low = 20
    high = 30


class TaskGroupFactory(DjangoModelFactory):
    class Meta:
        model = TaskGroup

    programme = factory.SubFactory(ProgrammeFactory)
    position = factory.Sequence(lambda n: n)
    slug = factory.Sequence(lambda n: f"nhom-{n}")
    name_vi = factory.Sequence(lambda n: f"Nhóm nhiệm vụ {n}")


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = Task

    programme = factory.SubFactory(ProgrammeFactory)
    slug = factory.Sequence(lambda n: f"nhiem-vu-{n}")
    title_vi = factory.Sequence(lambda n: f"Nhiệm vụ {n}")


class DeliverableFactory(DjangoModelFactory):
    class Meta:
        model = Deliverable

    programme = factory.SubFactory(ProgrammeFactory)
    slug = factory.Sequence(lambda n: f"san-pham-{n}")
    title_vi = factory.Sequence(lambda n: f"Sản phẩm {n}")
    kind = Deliverable.Kind.GUIDELINE
    status = Deliverable.Status.DONE


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    programme = factory.SubFactory(ProgrammeFactory)
    slug = factory.Sequence(lambda n: f"giao-{n}")
    title_vi = factory.Sequence(lambda n: f"Nhiệm vụ giao {n}")
    year = 2022
    assigner = factory.SubFactory(OrganisationFactory)
    contractor = factory.SubFactory(OrganisationFactory)
