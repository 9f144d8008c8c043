"""Rules and earlier values as the tests of checks need them."""

from datetime import date
from decimal import Decimal

from accounts.models import User
from programmes.models import Indicator
from reporting import actions
from reporting.models import ApprovedValue, CheckRule, Emptiness, Obligation, StatusReport, Submission
from reporting.questions import questions_of
from reporting.workflow import State
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.factories import NOON

JUMP = {"scope": "field", "target": "indicators.T3", "test": "jump", "measure": "points",
        "direction": "both", "threshold": Decimal(15)}  # fmt: skip
ORDER = {"scope": "kind", "target": "money", "test": "order", "part": "received", "other_part": "planned"}
TEXT = {"scope": "field", "target": "general.summary", "test": "text", "other": "indicators.T3",
        "aliases": "khu, cụm\nkhu công nghiệp"}  # fmt: skip


def rule(**given):
    """Not stored. A jump of T3 unless another test is given."""
    base = {} if "test" in given else JUMP
    plain = {"code": "r", "severity": "warning", "message_vi": "Hiếm khi như vậy.", "message_en": "Rare.",
             "instruction_vi": "Xem lại số và danh sách.", "instruction_en": "Check the list."}  # fmt: skip
    return CheckRule(**{**plain, **base, **given})


def kept_rule(**given):
    """In force for long."""
    found = rule(is_active=True, in_force_from=date(2021, 1, 1), **given)
    return actions.keep_rule(found)


FORM = {
    "sections": [
        {
            "key": "general",
            "questions": [{"key": "summary", "kind": "text", "label_vi": "Kết quả chính"}],
        },
        {
            "key": "activities",
            "questions": [
                {"key": "1", "kind": "activity", "label_vi": "Tập huấn", "subject": 1},
                {"key": "2", "kind": "activity", "label_vi": "Hội thảo", "subject": 2},
            ],
        },
        {
            "key": "indicators",
            "questions": [
                {"key": "T3", "kind": "ratio", "label_vi": "Khu, cụm", "label_en": "Parks", "subject": 3,
                 "numerator_vi": "Đã phổ biến", "denominator_vi": "Tổng số"},
                {"key": "T4", "kind": "number", "label_vi": "Mô hình", "unit_vi": "mô hình", "subject": 4},
                {"key": "T8", "kind": "yes_no", "label_vi": "Có kế hoạch", "subject": 8},
            ],
        },
        {"key": "money", "questions": [{"key": "local", "kind": "money", "label_vi": "Ngân sách"}]},
    ]
}  # fmt: skip
QUESTIONS = questions_of(FORM)
EMPTY_CLAIM = {
    "value": None,
    "numerator": None,
    "denominator": None,
    "reason": "",
    "expected_on": None,
    "note": "",
}
EMPTY_ACTIVITY = {
    "progress": "doing", "percent": None, "started_on": None, "finished_on": None, "spent_central": None,
    "spent_local": None, "spent_enterprise": None, "spent_international": None, "spent_other": None,
    "result": "", "difficulty": "",
}  # fmt: skip


def answers(**given):
    """Every field blank but those given, such as ``T3=(52, 66)`` or ``local=(100, 90, 80)``."""
    said = {
        "general.summary": {"text": given.get("summary", "")},
        "activities.1": {**EMPTY_ACTIVITY, **given.get("first", {})},
        "activities.2": {**EMPTY_ACTIVITY, **given.get("second", {})},
        "indicators.T3": {"emptiness": "", **EMPTY_CLAIM},
        "indicators.T4": {"emptiness": "", **EMPTY_CLAIM},
        "indicators.T8": {"emptiness": given.get("T8", ""), **EMPTY_CLAIM, "note": given.get("note", "")},
        "money.local": {
            "emptiness": "",
            "planned": None,
            "received": None,
            "spent": None,
            "reason": "",
            "note": "",
        },
    }
    if "T3" in given:
        above, below = given["T3"]
        said["indicators.T3"] |= {"emptiness": "number", "numerator": str(above), "denominator": str(below)}
    if "T4" in given:
        said["indicators.T4"] |= {"emptiness": "number", "value": str(given["T4"])}
    if "local" in given:
        amounts = dict(zip(("planned", "received", "spent"), map(str, given["local"]), strict=True))
        said["money.local"] |= {"emptiness": "number", **amounts}
    return said


def approved_before(unit, code="T3", year=2025, **value):
    """An approved value of an earlier year, in the regime of the tests' reports."""
    period = factories.PeriodFactory(year=year)
    obligation, _made = Obligation.objects.get_or_create(
        period=period, province=unit, defaults={"due_on": period.due_on}
    )
    report, _made = StatusReport.objects.get_or_create(
        obligation=obligation,
        defaults={
            "form": factories.FormVersionFactory(), "definition": {"sections": []}, "round": 1,
            "state": State.APPROVED, "state_since": NOON,
        },
    )  # fmt: skip
    sender, _made = User.objects.get_or_create(
        email="nguoi-nop@example.vn", defaults={"full_name": "Người nộp"}
    )
    sent, _made = Submission.objects.get_or_create(
        report=report,
        round=1,
        defaults={
            "period": period, "number": period.submissions.count() + 1, "snapshot": {}, "sha256": "0" * 64,
            "received_at": NOON, "by": sender, "by_name": str(sender), "signer": "Giám đốc",
        },
    )  # fmt: skip
    version = value.pop("version", 1)
    numbers = {name: Decimal(number) for name, number in value.items() if name != "emptiness"}
    return ApprovedValue.objects.create(
        province=unit, period=period, submission=sent, version=version, approved_at=NOON,
        indicator=Indicator.objects.get(code=code),
        emptiness=value.get("emptiness", Emptiness.NUMBER), **numbers,
    )  # fmt: skip


def former(name, code):
    """A unit that ended on 30 June 2025."""
    return ProvinceFactory(
        code=code, name_vi=name, slug=f"cu-{code}", valid_from=date(2004, 1, 1), valid_to=date(2025, 7, 1)
    )
