"""What ``make bench`` compares: the portal's own code, and the least that could do the same."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils import timezone

from accounts.models import User
from foundation.copies import Copies
from programmes.models import CarryOver, Indicator, Programme
from programmes.querysets import OURS
from provinces.models import BoundaryEvent, Province, ProvinceName, Region
from provinces.register import Register
from reporting import year_figures, years
from reporting.lenses import Lens, LensKind
from reporting.models import FormVersion, Obligation, Period, Regime, StatusReport, Submission
from reporting.models.reports import State
from reporting.progress import load_measure
from scp_portal.wsgi import PortalHandler

YEARS = range(2021, 2031)
INDICATORS = 32
TODAY = Lens(LensKind.ON, date(2026, 11, 20))
Cells = Iterator[tuple[int, int, int, Any]]

FILL = """
INSERT INTO reporting_approvedvalue (source, is_demo, created_at, updated_at, version, approved_at,
    superseded_at, part, emptiness, value, numerator, denominator, reason, indicator_id, period_id,
    province_id, submission_id)
SELECT '', true, now(), now(), version, now(),
    CASE WHEN version = 1 AND h %% 5 = 0 THEN now() END, 'ngành ' || sector,
    CASE WHEN h %% 10 = 1 THEN 'not_yet' ELSE 'number' END,
    CASE WHEN h %% 10 <> 1 AND rule = 'sum' THEN (h + version) %% 1000 END,
    CASE WHEN h %% 10 <> 1 AND rule = 'ratio' THEN (h + version) %% (11 + h %% 90) END,
    CASE WHEN h %% 10 <> 1 AND rule = 'ratio' THEN 10 + h %% 90 END,
    CASE WHEN h %% 10 = 1 THEN 'chưa có' ELSE '' END, indicator, period, unit, %s
FROM (
    SELECT u.id AS unit, p.id AS period, i.id AS indicator, i.carry_over AS rule, sector,
        (u.id * 31 + p.id * 17 + i.id * 13 + sector * 7) AS h
    FROM reporting_period p
    JOIN provinces_province u
        ON u.valid_from <= p.last_day AND (u.valid_to IS NULL OR u.valid_to > p.last_day)
    CROSS JOIN programmes_indicator i
    CROSS JOIN generate_series(%s, %s) AS sector
) AS said
CROSS JOIN generate_series(1, 2) AS version
WHERE version = 1 OR h %% 5 = 0
"""

BY_HAND = """
SELECT place.heir, v.indicator_id, p.year,
    CASE WHEN i.carry_over = 'ratio' THEN sum(v.numerator) / nullif(sum(v.denominator), 0) * 100
         ELSE sum(v.value) END AS number
FROM reporting_approvedvalue v
JOIN reporting_period p ON p.id = v.period_id
JOIN programmes_indicator i ON i.id = v.indicator_id
JOIN bench_place place ON place.year = p.year AND place.unit = v.province_id
WHERE v.superseded_at IS NULL AND v.emptiness IN ('number', 'zero')
GROUP BY place.heir, v.indicator_id, p.year, i.carry_over
"""

ONE_CELL = """
UPDATE bench_summary SET number = (
    SELECT sum(v.numerator) / nullif(sum(v.denominator), 0) * 100
    FROM reporting_approvedvalue v
    JOIN reporting_period p ON p.id = v.period_id
    JOIN bench_place place ON place.year = p.year AND place.unit = v.province_id
    WHERE v.superseded_at IS NULL AND v.emptiness IN ('number', 'zero')
        AND place.heir = %s AND v.indicator_id = %s AND p.year = %s)
WHERE heir = %s AND indicator_id = %s AND year = %s
"""


def prepare() -> int:
    """The real units, and generated indicators and periods; returns the submission all values will name."""
    programme = Programme.objects.create(slug=OURS, name_vi="Chương trình", first_year=2021, last_year=2030)
    for number in range(INDICATORS):
        Indicator.objects.create(
            programme=programme, code=f"B{number}", slug=f"b{number}", position=number, name_vi=f"B{number}",
            carry_over=CarryOver.RATIO if number % 2 else CarryOver.SUM, numerator_vi="a", denominator_vi="b",
        )  # fmt: skip
    return _one_submission(_half_years()).pk


def fill(submission: int, sectors: range) -> int:
    """Generated values of these sectors, added up; returns their number."""
    with connection.cursor() as cursor:
        cursor.execute(FILL, [submission, sectors[0], sectors[-1]])
        rows = int(cursor.rowcount)
        cursor.execute("ANALYZE")
    years.add_up()
    return rows


def _half_years() -> list[Period]:
    regime = Regime.objects.create(code="nua-nam", name_vi="Nửa năm", legal_basis_vi="–", months=6)
    return Period.objects.bulk_create(
        Period(
            regime=regime, year=year, number=half, first_day=date(year, 6 * half - 5, 1),
            last_day=date(year, 6 * half, 14), opens_on=date(year, 6 * half, 1),
            due_on=date(year, 6 * half, 20),
            government_due_on=date(year, 6 * half, 25),
        )
        for year in YEARS
        for half in (1, 2)
    )  # fmt: skip


def _one_submission(periods: list[Period]) -> Submission:
    """All values name it: no figure reads submissions."""
    now, period, unit = timezone.now(), periods[0], Province.objects.earliest("pk")
    form = FormVersion.objects.create(
        regime=period.regime, number=1, in_force_from=now.date(), definition={"sections": []}
    )
    owed = Obligation.objects.create(period=period, province=unit, due_on=period.due_on)
    report = StatusReport.objects.create(
        obligation=owed,
        form=form,
        definition={"sections": []},
        state=State.APPROVED,
        state_since=now,
        round=1,
    )
    sender = User.objects.create_user("bench@sxtdbv.example")
    return Submission.objects.create(
        report=report, period=period, round=1, number=1, snapshot={}, sha256="0" * 64, received_at=now,
        by=sender, by_name="–", signer="–",
    )  # fmt: skip


def lay_out_places() -> None:
    """Give the hand-written statement what the portal thinks out: where each unit stands on today's map."""
    lineage, ends = Register.load().lineage, year_figures.last_days()
    rows = [
        (year, unit, place)
        for year, last_day in ends.items()
        for unit, place in lineage.standing(last_day, TODAY.day).place_of.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_place (year int, unit int8, heir int8, PRIMARY KEY (year, unit))")
        cursor.executemany("INSERT INTO bench_place VALUES (%s, %s, %s)", rows)
        cursor.execute(f"CREATE MATERIALIZED VIEW bench_view AS {BY_HAND}")
        cursor.execute("CREATE UNIQUE INDEX ON bench_view (indicator_id, year, heir)")
        cursor.execute("CREATE TABLE bench_summary AS SELECT * FROM bench_view")
        cursor.execute("CREATE UNIQUE INDEX ON bench_summary (indicator_id, year, heir)")
        cursor.execute("ANALYZE")


def by_portal(lens: Lens = TODAY) -> list[tuple[int, int, int, Any]]:
    year_figures.forget()
    found = year_figures.read(lens, list(Indicator.objects.all()), Register.load())
    return [
        (cell.unit, indicator, year.year, cell.number)
        for indicator, years in found.by_indicator.items()
        for year in years
        if year.figure
        for cell in year.figure.cells
        if cell.number is not None
    ]


def by_hand() -> list[tuple[int, int, int, Any]]:
    return [row for row in _rows(BY_HAND) if row[3] is not None]


def _rows(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _ratio() -> Indicator:
    return Indicator.objects.get(code="B1")


def one_slice() -> Any:
    return load_measure(_indicator, TODAY).measures[0].figures


def one_slice_of_the_view() -> Any:
    return _rows("SELECT heir, year, number FROM bench_view WHERE indicator_id = %s", _indicator.pk)


def change_and_read() -> Any:
    """One value corrected, its unit's year added up, and the slice read by whoever comes next."""
    with transaction.atomic():
        _rows_changed(CHANGE)
        years.add_up(years.Scope(unit=_unit, year=2024))  # as approval does
    return one_slice()


def recompute_one_cell() -> Any:
    heir = _rows("SELECT heir FROM bench_place WHERE year = 2024 AND unit = %s", _unit)[0][0]
    with transaction.atomic():
        _rows_changed(CHANGE)
        with connection.cursor() as cursor:
            cursor.execute(ONE_CELL, [heir, _indicator.pk, 2024] * 2)
    return one_slice_of_the_view()


CHANGE = """
UPDATE reporting_approvedvalue SET denominator = denominator + 1
WHERE superseded_at IS NULL AND indicator_id = %s AND province_id = %s AND part = 'ngành 1'
    AND period_id = (SELECT id FROM reporting_period WHERE year = 2024 AND number = 1)
"""


def _rows_changed(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_indicator.pk, _unit])


# --- Pages ------------------------------------------------------------------------------


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_page)


def ordinary(request: HttpRequest) -> HttpResponse:
    """A page as it is usually written: five queries, and a template that goes through rows."""
    units = list(Province.objects.filter(valid_to=None).order_by("name_vi"))
    context = {
        "units": units,
        "names": list(ProvinceName.objects.select_related("province")[:34]),
        "regions": list(Region.objects.all()),
        "events": list(BoundaryEvent.objects.all()[:20]),
        "all": Province.objects.count(),
        "filler": _filler,
    }
    return HttpResponse(ORDINARY.render(Context(context)))


ORDINARY = Template("""<!doctype html><title>Units</title><nav>{{ filler }}</nav><h1>{{ all }} units</h1>
<table>{% for one in units %}<tr><th><a href="/provinces/{{ one.slug }}/">{{ one.name_vi }}</a></th>
<td>{{ one.code }}</td><td>{{ one.valid_from|date:"d/m/Y" }}</td><td>{{ one.slug }}</td></tr>{% endfor %}
</table>
<ul>{% for one in names %}<li>{{ one.name_vi }} {{ one.province.code }} {{ one.valid_from|date }}</li>
{% endfor %}</ul><ul>{% for one in regions %}<li>{{ one.name_vi }}</li>{% endfor %}</ul>
<ul>{% for one in events %}<li>{{ one.effective_on|date:"d/m/Y" }} {{ one.slug }}</li>{% endfor %}</ul>""")

urlpatterns = [path("", bare), path("ordinary/", ordinary)]
BARE = override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])
USUAL = override_settings(
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
)
REPEATS = 200
COLD = 20
_page = b""
_filler = ""


def answer(handler: Any, address: str) -> bytes:
    environ = {**RequestFactory().get(address).environ, "wsgi.input": BytesIO()}
    said = handler(environ, lambda *_head: None)
    body = b"".join(said)
    if hasattr(said, "close"):
        said.close()
    return body


def repeated(address: str) -> Callable[[], Any]:
    """The page again and again, as every reader but the first gets it."""
    portal = PortalHandler()

    def ask() -> None:
        global _page  # noqa: PLW0603 -- the bare view answers with as many bytes
        for _turn in range(REPEATS):
            _page = answer(portal, address)

    return ask


def bare_page() -> None:
    with BARE:
        handler = WSGIHandler()
        for _turn in range(REPEATS):
            answer(handler, "/")


def cold(address: str) -> Callable[[], Any]:
    """The page made anew each time, by a process that has the register in its hand and no copy."""
    portal = PortalHandler()

    def ask() -> None:
        global _filler  # noqa: PLW0603 -- the ordinary page has as many bytes
        for _turn in range(COLD):
            portal.copies = Copies()
            page = answer(portal, address)
        _filler = "x" * max(0, len(page) - 13_000)

    return ask


def ordinary_page() -> None:
    with USUAL:
        handler = WSGIHandler()
        for _turn in range(COLD):
            answer(handler, "/ordinary/")


ROLL_UPS: dict[str, Callable[[], Any]] = {"the portal's own code": by_portal, "hand-written SQL": by_hand}


def pairs() -> list[tuple[str, float, Callable[[], Any], Callable[[], Any]]]:
    """Title, goal, ours, theirs."""
    global _indicator, _unit
    _indicator, _unit = _ratio(), Province.objects.get(slug="hau-giang").pk
    constant = Lens(LensKind.CONSTANT, TODAY.day)
    as_reported = Lens(LensKind.AS_REPORTED, TODAY.day)
    return [
        ("national roll-up, map of a day : one SQL statement", 1.1, by_portal, by_hand),
        ("national roll-up, one map for all years : SQL", 1.1, lambda: by_portal(constant), by_hand),
        ("national roll-up, as reported : SQL", 1.1, lambda: by_portal(as_reported), by_hand),
        ("one indicator, all units and years : materialised view", 2, one_slice, one_slice_of_the_view),
        ("a changed value, until it is read : one cell recomputed", 3, change_and_read, recompute_one_cell),
        ("list of provinces, repeated : a bare Django view", 2, repeated("/provinces/"), bare_page),
        ("progress, repeated : a bare Django view", 2, repeated("/progress/"), bare_page),
        ("list of provinces, made anew : an ordinary page", 0.5, cold("/provinces/"), ordinary_page),
        ("progress, made anew : an ordinary page", 0.5, cold("/progress/"), ordinary_page),
    ]


_indicator: Any = None
_unit: Any = None
