from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from foundation.dates import PartialDate
from foundation.files import PDF, store_bytes
from library.models import (
    CaseStudy,
    Comment,
    Consultation,
    ConsumptionNorm,
    CriteriaSet,
    Criterion,
    Document,
    DraftArticle,
    EntryFile,
    FundingOpportunity,
    Guideline,
    Material,
    PartnerProject,
    Photo,
    PilotModel,
    SustainableProduct,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NUMBERS = count(1)  # an address is unique over all kinds
LONG_AGO = datetime(2024, 1, 1, 8, tzinfo=HANOI)


class EntryFactory(DjangoModelFactory):
    """A published record; say ``published_at=None`` for a draft, ``stages=[…]`` for its stages."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    title_vi = factory.Sequence(lambda n: f"Hồ sơ số {n}")
    slug = factory.LazyFunction(lambda: f"ho-so-{next(NUMBERS)}")
    published_at = LONG_AGO

    @factory.post_generation
    def stages(self, create, extracted, **_kwargs):
        if create and extracted:
            self.stages.set(extracted)


class DocumentFactory(EntryFactory):
    class Meta:
        model = Document

    type = Document.Type.DECISION
    number = factory.Sequence(lambda n: f"{n}/QĐ-TTg")
    dated_on = PartialDate(2020, 6, 24)


class MaterialFactory(EntryFactory):
    class Meta:
        model = Material

    type = Material.Type.HANDBOOK


class GuidelineFactory(EntryFactory):
    class Meta:
        model = Guideline


class CriteriaSetFactory(EntryFactory):
    class Meta:
        model = CriteriaSet

    object_vi = "Làng nghề"


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    criteria_set = factory.SubFactory(CriteriaSetFactory)
    code = factory.Sequence(lambda n: f"{n}")
    name_vi = "Tiết kiệm nước"
    weight = 10


class NormFactory(EntryFactory):
    class Meta:
        model = ConsumptionNorm

    product_vi = "Giấy bao bì"


class CaseFactory(EntryFactory):
    class Meta:
        model = CaseStudy

    measure_vi = "Cải tiến nồi hơi"


class PilotModelFactory(EntryFactory):
    class Meta:
        model = PilotModel

    type = PilotModel.Type.CIRCULAR


class ProjectFactory(EntryFactory):
    class Meta:
        model = PartnerProject


class ProductFactory(DjangoModelFactory):
    class Meta:
        model = SustainableProduct

    project = factory.SubFactory(ProjectFactory)
    slug = factory.Sequence(lambda n: f"san-pham-{n}")
    name_vi = "Túi cói"
    category = SustainableProduct.Category.CLOTHING


class FundingFactory(EntryFactory):
    class Meta:
        model = FundingOpportunity


class PhotoFactory(EntryFactory):
    class Meta:
        model = Photo


class ConsultationFactory(EntryFactory):
    """Open now; ``closed=True`` for one that is over."""

    class Meta:
        model = Consultation

    class Params:
        closed = factory.Trait(closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)))

    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=10))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=10))


class DraftArticleFactory(DjangoModelFactory):
    class Meta:
        model = DraftArticle

    consultation = factory.SubFactory(ConsultationFactory)
    position = factory.Sequence(lambda n: n)
    heading = "Điều 1. Phạm vi"
    text = "Dự thảo quy định về nhãn."


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    consultation = factory.SubFactory(ConsultationFactory)
    number = factory.Sequence(lambda n: n + 1)
    body = "Nên làm rõ phạm vi."
    submitted_at = LONG_AGO
    state = Comment.State.ON_SHOW


class EntryFileFactory(DjangoModelFactory):
    class Meta:
        model = EntryFile

    class Params:
        is_public = True

    entry = factory.SubFactory(MaterialFactory)
    label_vi = "Toàn văn"
    file = factory.LazyAttribute(
        lambda row: store_bytes(
            b"%PDF-1.7 minh hoa", name="toan-van.pdf", media_type=PDF, by=None, at=LONG_AGO,
            is_public=row.is_public,
        )
    )  # fmt: skip


ALL = (
    DocumentFactory,
    MaterialFactory,
    GuidelineFactory,
    CriteriaSetFactory,
    NormFactory,
    CaseFactory,
    PilotModelFactory,
    ProjectFactory,
    FundingFactory,
    PhotoFactory,
    ConsultationFactory,
)
