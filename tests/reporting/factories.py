from datetime import UTC, date, datetime

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory

from programmes.models import CarryOver, Indicator
from provinces.models import PlanActivity, ProvincialPlan
from reporting import actions
from reporting.chains import Chain
from reporting.definition import definition_for
from reporting.models import Code, CodeList, FormVersion, Obligation, Period, Regime, State, StatusReport
from tests.programmes.factories import IndicatorFactory
from tests.provinces.factories import ProvinceFactory

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
CSV = b"ten,loai\nKhu 1,khu cong nghiep\n"

DEFINITION = {
    "sections": [
        {
            "key": "general",
            "title_vi": "Thông tin chung",
            "title_en": "General",
            "questions": [
                {"key": "summary", "kind": "text", "required": True, "label_vi": "Kết quả chính"},
                {"key": "contact", "kind": "text", "label_vi": "Đầu mối"},
            ],
        },
        {"key": "activities", "title_vi": "Hoạt động", "from": "plan_activities"},
        {
            "key": "indicators",
            "title_vi": "Chỉ tiêu",
            "questions": [
                {"key": "T3", "kind": "indicator", "whole": True, "evidence": True},
                {"key": "T4", "kind": "indicator", "whole": True, "maximum": "1000"},
                {"key": "T8", "kind": "indicator"},
            ],
        },
        {
            "key": "money",
            "title_vi": "Kinh phí",
            "questions": [{"key": "local", "kind": "money", "label_vi": "Ngân sách địa phương"}],
        },
    ]
}

ANSWERS = {
    "general.summary": {"text": "Đã tập huấn 52 khu, cụm."},
    "indicators.T3": {"emptiness": "number", "numerator": "52", "denominator": "66"},
    "indicators.T4": {"emptiness": "number", "value": "2"},
    "indicators.T8": {"emptiness": "number"},
    "money.local": {"emptiness": "number", "planned": "100", "received": "90", "spent": "80.5"},
}


class RegimeFactory(DjangoModelFactory):
    class Meta:
        model = Regime
        django_get_or_create = ["code"]

    code = "bao-cao-nam"
    name_vi = "Báo cáo năm"
    name_en = "Yearly report"
    legal_basis_vi = "Nghị định 09/2019/NĐ-CP"
    months = 12
    begins_shift, begins_day = -1, 15
    ends_shift, ends_day = 0, 14
    opens_shift, opens_day = -2, 1
    due_shift, due_day = -1, 17
    government_shift, government_day = 0, 25


class FormVersionFactory(DjangoModelFactory):
    class Meta:
        model = FormVersion
        django_get_or_create = ["regime", "number"]

    regime = factory.SubFactory(RegimeFactory)
    number = 1
    in_force_from = date(2020, 12, 15)
    definition = factory.LazyFunction(lambda: DEFINITION)


class PeriodFactory(DjangoModelFactory):
    class Meta:
        model = Period
        django_get_or_create = ["regime", "year", "number"]

    regime = factory.SubFactory(RegimeFactory)
    year = 2026
    number = 1
    first_day = factory.LazyAttribute(lambda period: date(period.year - 1, 12, 15))
    last_day = factory.LazyAttribute(lambda period: date(period.year, 12, 14))
    opens_on = factory.LazyAttribute(lambda period: date(period.year, 10, 1))
    due_on = factory.LazyAttribute(lambda period: date(period.year, 11, 30))
    government_due_on = factory.LazyAttribute(lambda period: date(period.year, 12, 25))


class ObligationFactory(DjangoModelFactory):
    class Meta:
        model = Obligation
        django_get_or_create = ["period", "province"]

    period = factory.SubFactory(PeriodFactory)
    province = factory.SubFactory(ProvinceFactory)
    due_on = factory.LazyAttribute(lambda obligation: obligation.period.due_on)


def measured():
    """The three indicators the form of the tests asks about."""
    return [
        IndicatorFactory(code="T3", slug="t3", carry_over=CarryOver.RATIO, numerator_vi="Đã phổ biến",
                         denominator_vi="Tổng số"),
        IndicatorFactory(code="T4", slug="t4", carry_over=CarryOver.SUM, unit_vi="mô hình"),
        IndicatorFactory(code="T8", slug="t8", carry_over=CarryOver.SHARE_OF_UNITS),
    ]  # fmt: skip


class StatusReportFactory(DjangoModelFactory):
    """A draft with its form; use ``submitted`` and friends for what comes after."""

    class Meta:
        model = StatusReport

    obligation = factory.SubFactory(ObligationFactory)
    form = factory.SubFactory(FormVersionFactory)
    state = State.DRAFT
    state_since = NOON

    @factory.lazy_attribute
    def definition(self):
        if not Indicator.objects.filter(code="T3").exists():
            measured()
        return definition_for(self.form, self.obligation.province, self.obligation.period)


def by_sex(*, is_complete=True):
    """The list of the tests: women and men, together everybody."""
    kept, _new = CodeList.objects.get_or_create(
        key="sex", defaults={"name_vi": "Giới tính", "name_en": "Sex", "is_complete": is_complete}
    )
    for position, (key, name) in enumerate((("female", "Nữ"), ("male", "Nam"))):
        Code.objects.get_or_create(list=kept, key=key, defaults={"name_vi": name, "position": position})
    return kept


COUNTS = {
    "sections": [
        {
            "key": "portal",
            "title_vi": "Số cổng đã có",
            "questions": [
                {"key": "trained", "kind": "count", "by": "sex", "required": True, "label_vi": "Người dự",
                 "unit_vi": "người", "proposed_from": "training.people"},
                {"key": "courses", "kind": "count", "label_vi": "Khoá đã tổ chức", "unit_vi": "khoá",
                 "maximum": "500", "proposed_from": "training.courses"},
            ],
        }
    ]
}  # fmt: skip


def counting(province, **fields):
    """A draft of a form that asks for counts."""
    if not CodeList.objects.exists():
        by_sex()
    fields.setdefault("form", FormVersionFactory(number=7, definition=COUNTS))
    return draft(province, **fields)


def draft(province, **fields):
    return StatusReportFactory(obligation__province=province, **fields)


def plan_activity(province, title="Tập huấn tại cụm công nghiệp"):
    years = {"first_year": 2021, "last_year": 2030}
    plan = ProvincialPlan.objects.create(
        province=province, kind="frame", number="1/KH-UBND", published_at=NOON, **years
    )
    return PlanActivity.objects.create(plan=plan, position=1, title_vi=title)


def upload(name="danh-sach.csv", content=CSV):
    return SimpleUploadedFile(name, content)


def filled(province, by, answers=ANSWERS):
    """A draft that lacks nothing."""
    report = draft(province)
    actions.save_draft(report.pk, answers=answers, seen=0, by=by, at=NOON)
    actions.attach_evidence(
        report.pk, address="indicators.T3", upload=upload(), is_public=False, by=by, at=NOON
    )
    report.refresh_from_db()
    return report


def signed_off(report, signatory, at=NOON):
    """The province's own steps before the signature, each by whoever holds its post."""
    deeds = {"declare": actions.declare_ready, "clear": actions.clear}
    report.refresh_from_db()
    chain = Chain(report, on=at.date())
    for step in chain.pending:
        if chain.taking(step, signatory) is None:
            deeds[step](report.pk, by=chain.takers(step)[0], at=at)
    report.refresh_from_db()
    return report


def submit(report, by, *, at=NOON, signer="Giám đốc Sở", **fields):
    """Through the chain, and out."""
    signed_off(report, by, at=at)
    return actions.submit(report.pk, signer=signer, by=by, at=at, **fields)


def submitted(province, by, answers=ANSWERS):
    report = filled(province, by, answers)
    submit(report, by)
    report.refresh_from_db()
    return report


def returned(province, by, reviewer, *addresses):
    report = submitted(province, by)
    for address in addresses or ("indicators.T3",):
        actions.remark(report.pk, address=address, text=f"Xem lại {address}", by=reviewer, at=NOON)
    actions.send_back(report.pk, by=reviewer, at=NOON)
    report.refresh_from_db()
    return report


def approved(province, by, approver):
    report = submitted(province, by)
    actions.approve(report.pk, by=approver, at=NOON)
    report.refresh_from_db()
    return report
