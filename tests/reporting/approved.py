"""Approved values as tests need them, with the submission each comes from."""

from datetime import UTC, date, datetime
from decimal import Decimal

from accounts.models import User
from foundation.datafiles import read_rows
from programmes.models import Indicator
from provinces.models import Province
from reporting import years
from reporting.facts import DATA, kinds_of_documents
from reporting.models import (
    ApprovedValue,
    Emptiness,
    FormVersion,
    Obligation,
    Period,
    Regime,
    ReportKind,
    StatusReport,
    Submission,
)
from reporting.outline import Outline, Scope
from reporting.workflow import State
from tests.programmes.factories import IndicatorFactory, PhaseFactory, ProgrammeFactory, TargetFactory

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def yearly() -> Regime:
    regime, _made = Regime.objects.get_or_create(
        code="hang-nam-thu",
        defaults={"name_vi": "Hằng năm", "legal_basis_vi": "Nghị định 09/2019/NĐ-CP", "months": 12},
    )
    return regime


def year_of(year: int) -> Period:
    """15 December to 14 December, as Decree 09/2019 has it."""
    period, _made = Period.objects.get_or_create(
        regime=yearly(),
        year=year,
        number=1,
        defaults={
            "first_day": date(year - 1, 12, 15),
            "last_day": date(year, 12, 14),
            "opens_on": date(year, 10, 1),
            "due_on": date(year, 12, 1),
            "government_due_on": date(year, 12, 25),
        },
    )
    return period


def national() -> ReportKind:
    """The kind as the portal brings it."""
    found = ReportKind.objects.filter(code="national").first()
    if found is None:
        found = kinds_of_documents()[0]
    return found


def national_outline() -> Outline:
    """The national report of a year as the portal brings it, without the database."""
    row = next(row for row in read_rows(DATA / "report_kinds.json") if row["code"] == "national")
    return Outline(
        code="national",
        title_vi=row["title_vi"].format(year=2026),
        title_en=row["title_en"].format(year=2026),
        sections=tuple(row["sections"]),
        annexes=tuple(row["annexes"]),
        scope=Scope(),
        template="reporting/documents/official.html",
    )


def submission_of(unit: Province, year: int, *, is_demo: bool = False) -> Submission:
    """An approved report with its one submission."""
    period = year_of(year)
    found = Submission.objects.filter(
        report__obligation__period=period, report__obligation__province=unit
    ).first()
    if found:
        return found
    form, _made = FormVersion.objects.get_or_create(
        regime=yearly(),
        number=1,
        defaults={"in_force_from": date(2021, 1, 1), "definition": {"sections": []}},
    )
    obligation, _made = Obligation.objects.get_or_create(
        period=period, province=unit, defaults={"due_on": period.due_on}
    )
    report = StatusReport.objects.create(
        obligation=obligation,
        form=form,
        definition={"sections": []},
        state=State.APPROVED,
        state_since=NOON,
        round=1,
    )
    sender, _made = User.objects.get_or_create(
        email="nguoi-nop@example.vn", defaults={"full_name": "Người nộp"}
    )
    return Submission.objects.create(
        report=report,
        period=period,
        round=1,
        number=Submission.objects.filter(period=period).count() + 1,
        snapshot={},
        sha256="0" * 64,
        received_at=NOON,
        by=sender,
        by_name="Người nộp",
        signer="Giám đốc Sở",
        is_demo=is_demo,
    )


def approve(
    unit: Province, year: int, indicator: Indicator, *, is_demo: bool = False, **value
) -> ApprovedValue:
    """``value=…`` or ``numerator=…, denominator=…`` or ``emptiness=…, reason=…``."""
    value.setdefault("emptiness", Emptiness.NUMBER)
    for name in ("value", "numerator", "denominator"):
        if value.get(name) is not None:
            value[name] = Decimal(str(value[name]))
    made = ApprovedValue.objects.create(
        province=unit,
        period=year_of(year),
        indicator=indicator,
        submission=submission_of(unit, year, is_demo=is_demo),
        approved_at=NOON,
        is_demo=is_demo,
        **value,
    )
    years.add_up(years.Scope(unit=unit.pk, year=year))
    return made


def t3() -> Indicator:
    """Parks, clusters and craft villages, as Decision 889 has it: 70 % by 2025, 100 % by 2030."""
    ours = ProgrammeFactory(slug="sxtdbv-2021-2030")
    found = IndicatorFactory(
        programme=ours,
        code="T3",
        slug="khu-cum-lang-nghe",
        name_vi="Khu, cụm công nghiệp, làng nghề",
        name_en="Parks, clusters and craft villages",
        carry_over="ratio",
        numerator_vi="đã phổ biến",
        denominator_vi="tổng số",
        unit_vi="%",
        unit_en="%",
    )
    TargetFactory(indicator=found, phase=PhaseFactory(programme=ours), low=70, high=70)
    TargetFactory(
        indicator=found,
        phase=PhaseFactory(programme=ours, first_year=2026, last_year=2030),
        low=100,
        high=100,
    )
    return found
