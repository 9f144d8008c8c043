"""Away for a while: who acts, for whom, how long; nothing else than the post goes to the deputy."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.absences import LONGEST, end_absence, enter_absence
from accounts.models import Occupancy, Post
from foundation.actions import ActionRefused
from foundation.models import AuditEntry, OutboxMail
from reporting.rights import units_of
from tests.accounts.factories import OccupancyFactory, PostFactory, UserFactory
from tests.people import in_post
from tests.threads import at_once

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def autumn():
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def tung(province):
    return in_post("Hoàng Thanh Tùng", Post.Role.PROVINCE_SIGNATORY, province=province, title="Giám đốc Sở")


def away(holder, deputy, **fields):
    given = {"first_day": TODAY, "last_day": TODAY + 6 * DAY, "basis": "12/QĐ-SCT", "by": holder, "at": NOON}
    return enter_absence(holder.posts_today[0].pk, deputy=deputy, **{**given, **fields})


def today(person, moment=NOON):
    """The posts the person holds on that day, as a new request would find them."""
    vars(person).pop("posts_today", None)
    vars(person).pop("_units_answered_for", None)
    with time_machine.travel(moment):
        return {post.title_vi for post in person.posts_today}


def test_the_deputy_acts_in_the_post_on_these_days_and_no_other(tung, lan):
    away(tung, lan)

    assert today(lan) == {"Chuyên viên Sở", "Giám đốc Sở"}
    assert today(lan, NOON + 6 * DAY) == {"Chuyên viên Sở", "Giám đốc Sở"}
    assert today(lan, NOON + 7 * DAY) == {"Chuyên viên Sở"}
    held = Occupancy.objects.get(acting_for=tung)
    assert (held.user, held.last_day, held.basis) == (lan, TODAY + 6 * DAY, "12/QĐ-SCT")


def test_the_deputy_is_told_and_the_audit_names_both(tung, lan):
    away(tung, lan)

    mail = OutboxMail.objects.get()
    assert (mail.recipient, "Hoàng Thanh Tùng" in mail.subject, "12/QĐ-SCT" in mail.body) == (
        lan.email, True, True,
    )  # fmt: skip
    entry = AuditEntry.objects.get(verb="enter absence")
    assert (entry.by_name, entry.detail["deputy"]) == ("Hoàng Thanh Tùng", "Trần Thị Lan")


def test_the_deputy_speaks_for_no_other_unit_than_before(tung, lan, province, neighbour):
    away(tung, lan)

    with time_machine.travel(NOON):
        vars(lan).pop("posts_today", None)
        assert units_of(lan) == {province.pk}


@pytest.mark.parametrize(
    "fields",
    [
        {"first_day": TODAY - DAY},
        {"last_day": TODAY - DAY},
        {"last_day": TODAY + LONGEST * DAY},
        {"basis": "   "},
        {"basis": "x" * 201},
    ],
)
def test_what_cannot_be_an_absence_is_refused(fields, tung, lan):
    with pytest.raises(ActionRefused):
        away(tung, lan, **fields)

    assert not Occupancy.objects.filter(acting_for=tung).exists()
    assert not OutboxMail.objects.exists()


def test_ninety_days_are_the_most(tung, lan):
    assert away(tung, lan, last_day=TODAY + (LONGEST - 1) * DAY).last_day == date(2027, 2, 17)


@pytest.mark.parametrize("who", ["tung", "hoa", "minh", "gone"])
def test_a_deputy_is_another_who_holds_a_post_of_the_unit(who, tung, lan, hoa, minh):
    gone = UserFactory(full_name="Người Đã Nghỉ", is_active=False)
    OccupancyFactory(user=gone, post=lan.posts_today[0])
    people = {"tung": tung, "hoa": hoa, "minh": minh, "gone": gone}

    with pytest.raises(ActionRefused):
        away(tung, people[who])

    assert not Occupancy.objects.filter(acting_for=tung).exists()


def test_a_post_of_the_ministry_goes_to_another_of_the_ministry(thu, minh, lan):
    with pytest.raises(ActionRefused):
        away(minh, lan)

    away(minh, thu)

    assert today(thu) == {"Chuyên viên Cục", "Lãnh đạo Cục"}


def test_a_deputy_passes_nothing_on(tung, lan, province):
    nam = in_post("Lý Văn Nam", Post.Role.PROVINCE_EDITOR, province=province, title="Chuyên viên 2")
    held = away(tung, lan)

    with pytest.raises(ActionRefused, match="chính bạn giữ"):
        enter_absence(
            held.post_id, deputy=nam, first_day=TODAY, last_day=TODAY, basis="Miệng", by=lan, at=NOON
        )

    assert Occupancy.objects.filter(user=nam).count() == 1


def test_two_absences_do_not_overlap(tung, lan, province):
    nam = in_post("Lý Văn Nam", Post.Role.PROVINCE_EDITOR, province=province, title="Chuyên viên 2")
    away(tung, lan)

    with pytest.raises(ActionRefused, match="Trần Thị Lan"):
        away(tung, nam, first_day=TODAY + 6 * DAY, last_day=TODAY + 9 * DAY)
    away(tung, nam, first_day=TODAY + 7 * DAY, last_day=TODAY + 9 * DAY)

    assert Occupancy.objects.filter(acting_for=tung).count() == 2


def test_no_absence_outlasts_the_holders_own_days(tung, lan):
    Occupancy.objects.filter(user=tung).update(valid_to=TODAY + 3 * DAY)

    with pytest.raises(ActionRefused):
        away(tung, lan)

    assert away(tung, lan, last_day=TODAY + 2 * DAY).last_day == TODAY + 2 * DAY


def test_back_early_today_is_the_deputys_last_day(tung, lan):
    held = away(tung, lan)

    end_absence(held.pk, by=tung, at=NOON + 2 * DAY)

    held.refresh_from_db()
    assert held.last_day == TODAY + 2 * DAY
    assert today(lan, NOON + 3 * DAY) == {"Chuyên viên Sở"}
    assert OutboxMail.objects.filter(key__contains="ended", recipient=lan.email).count() == 1


def test_an_absence_that_never_began_is_taken_out(tung, lan):
    held = away(tung, lan, first_day=TODAY + 2 * DAY)

    end_absence(held.pk, by=tung, at=NOON)

    assert not Occupancy.objects.filter(acting_for=tung).exists()
    assert AuditEntry.objects.filter(verb="end absence").count() == 1


@pytest.mark.parametrize("later", [timedelta(0), 30 * DAY])
def test_only_whom_it_is_about_ends_it_and_only_while_it_lasts(later, tung, lan):
    held = away(tung, lan)

    with pytest.raises(ActionRefused):
        end_absence(held.pk, by=tung if later else lan, at=NOON + later)

    held.refresh_from_db()
    assert held.last_day == TODAY + 6 * DAY


def test_nobody_deputises_for_himself_in_the_database_either(tung):
    with pytest.raises(IntegrityError), transaction.atomic():
        OccupancyFactory(post=tung.posts_today[0], user=tung, acting_for=tung, valid_from=TODAY)


def test_the_admin_gets_a_sentence_for_an_overlap(tung, lan):
    away(tung, lan)
    second = Occupancy(post=tung.posts_today[0], user=UserFactory(), acting_for=tung, valid_from=TODAY + DAY)

    with pytest.raises(ValidationError) as refusal:
        second.full_clean()

    assert set(refusal.value.message_dict) == {"acting_for"}


@pytest.mark.postgres
def test_the_database_itself_lets_no_two_absences_overlap(tung, lan):
    away(tung, lan)

    with pytest.raises(IntegrityError), transaction.atomic():
        OccupancyFactory(
            post=tung.posts_today[0], user=UserFactory(), acting_for=tung, valid_from=TODAY + DAY
        )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_entered_twice_at_once_it_is_one_absence(tung, lan, province):
    nam = in_post("Lý Văn Nam", Post.Role.PROVINCE_EDITOR, province=province, title="Chuyên viên 2")

    outcomes = at_once(lambda: away(tung, lan), lambda: away(tung, nam))

    assert sum(isinstance(one, ActionRefused) for one in outcomes) == 1
    assert Occupancy.objects.filter(acting_for=tung).count() == 1


def test_whoever_holds_the_post_already_needs_no_authorisation(tung, province):
    other = UserFactory(full_name="Đồng Giữ")
    OccupancyFactory(post=tung.posts_today[0], user=other)

    with pytest.raises(ActionRefused):
        away(tung, other)

    assert not Occupancy.objects.filter(acting_for=tung).exists()


def test_a_vacant_post_has_nobody_to_be_away(lan, province):
    vacant = PostFactory(title_vi="Giám đốc", role=Post.Role.PROVINCE_SIGNATORY, province=province)

    with pytest.raises(ActionRefused):
        enter_absence(vacant.pk, deputy=lan, first_day=TODAY, last_day=TODAY, basis="Miệng", by=lan, at=NOON)

    assert not vacant.occupancies.exists()
