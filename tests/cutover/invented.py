"""A merger that never was: two invented units with everything that can hang on them."""

from datetime import UTC, date, datetime

from accounts.models import Post
from events.models import Event, Registration
from foundation.dates import PartialDate
from foundation.indexing import reindex
from provinces.models import OrganisationSeat, ProvinceSupport, ProvincialPlan, Region, RegionMembership
from provinces.proposals import Draft, Proposal
from reporting.models import State
from scp_portal.cutover.door import Paper
from tests.accounts.factories import OccupancyFactory, PostFactory, UserFactory
from tests.events.factories import EventFactory
from tests.programmes.factories import OrganisationFactory
from tests.provinces.factories import NameFactory, PlanFactory, ProvinceFactory
from tests.reporting.factories import ObligationFactory, PeriodFactory, StatusReportFactory
from tests.training.factories import CourseFactory, ExpertFactory
from training.models import Course, Expert

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
DAY = date(2027, 1, 1)
BEGUN = date(2025, 7, 1)
PAPER = Paper("99/2026/QH16", "Quốc hội", date(2026, 11, 1), "National Assembly")


def region(name="Vùng Thử"):
    slug = f"vung-{Region.objects.count()}"
    return Region.objects.create(slug=slug, position=1, name_vi=name, valid_from=date(2008, 8, 1))


def unit(code, name, slug, place=None):
    found = ProvinceFactory(code=code, valid_from=BEGUN, name_vi=name, slug=slug)
    NameFactory(province=found)
    if place:
        RegionMembership.objects.create(province=found, region=place, valid_from=BEGUN)
    reindex([found])  # the search holds dated names, which came after the unit
    return found


def two_units():
    place = region()
    return unit("97", "Sông Mây", "song-may", place), unit("98", "Núi Gió", "nui-gio", place), place


def merger(first, second, place, **heir):
    new = {"code": "97", "name_vi": "Sông Mây", "name_en": "Song May", "kind": "tinh", "slug": "song-may"}
    return Proposal(
        "merger", DAY, (first.pk, second.pk), heirs=(Draft(**{**new, "region": place.pk, **heir}),)
    )


def furnish(home, *, year=2026):
    """Everything that can hang on a unit: plans, support, seat, post with deputy, courses, event, reports."""
    PlanFactory(province=home, first_year=2026, last_year=2030)
    PlanFactory(province=home, status="drafting", number="", published_at=None)
    ProvinceSupport.objects.create(
        province=home, kind="planning", status="running", title_vi="Giúp lập kế hoạch"
    )
    OrganisationSeat.objects.create(organisation=OrganisationFactory(), province=home, valid_from=BEGUN)
    post = PostFactory(title_vi="Chuyên viên Sở", role=Post.Role.PROVINCE_EDITOR, province=home)
    absent = UserFactory()
    OccupancyFactory(post=post, user=UserFactory(), acting_for=absent, valid_from=BEGUN)
    CourseFactory(province=home, begins_on=PartialDate(2027, 3, 4), status="planned")
    CourseFactory(province=home, begins_on=PartialDate(2026, 3, 4), status="held")
    ExpertFactory(province=home)
    event = EventFactory(province=home, open_for=True)
    coming = {"state": "confirmed", "registered_at": NOON, "confirmed_at": NOON, "seated_at": NOON}
    Registration.objects.create(event=event, full_name="Lý Thị Hà", email="ha@example.vn", **coming)
    EventFactory(province=home)
    ObligationFactory(province=home, period=PeriodFactory(year=year - 1))
    owed = ObligationFactory(province=home, period=PeriodFactory(year=year))
    StatusReportFactory(obligation=owed, state=State.DRAFT)
    for model in (ProvincialPlan, Course, Expert, Event):  # their links came after them
        reindex(model.objects.filter(province=home))
    return home
