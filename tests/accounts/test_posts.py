"""Rights follow the posts held today: not the person, not the past, not the account's flags."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Occupancy, Post
from accounts.permissions import ALLOWS
from tests.accounts.factories import OccupancyFactory, PostFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
Role = Post.Role


def again(user):
    """The person as a new request meets them."""
    return get_user_model().objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("who", "perm", "allowed"),
    [
        ("an", "events.change_event", True),
        ("an", "events.import_event", True),
        ("an", "reporting.change_period", False),
        ("an", "accounts.change_user", False),
        ("thu", "events.view_event", True),
        ("thu", "events.change_event", False),
        ("thu", "accounts.view_user", False),
        ("minh", "reporting.change_period", True),
        ("minh", "accounts.change_user", True),
        ("minh", "news.change_article", False),
        ("lan", "events.view_event", False),
        ("lan", "reporting.view_statusreport", False),
    ],
)
def test_what_a_post_allows(who, perm, allowed, request):
    assert request.getfixturevalue(who).has_perm(perm) is allowed


def test_every_ministry_role_has_its_line():
    assert set(ALLOWS) == {role for role in Role if role.startswith("ministry")}


def test_a_right_ends_with_the_post(an):
    assert an.has_perm("events.change_event")

    Occupancy.objects.filter(user=an).update(valid_from=date(2020, 1, 1), valid_to=timezone.localdate())

    assert not again(an).has_perm("events.change_event")


def test_a_right_begins_with_the_post():
    user = UserFactory()
    OccupancyFactory(
        user=user,
        post=PostFactory(role=Role.MINISTRY_EDITOR),
        valid_from=timezone.localdate() + timedelta(days=1),
    )

    assert not again(user).has_perm("events.change_event")


def test_a_disabled_account_has_no_rights(an):
    an.is_active = False
    an.save()

    assert not again(an).has_perm("events.change_event")


def test_rights_cost_one_query_however_many_are_asked(an, django_assert_num_queries):
    person = again(an)

    with django_assert_num_queries(1):
        assert person.has_perm("events.change_event")
        assert person.has_module_perms("library")
        assert person.works_for_ministry


def test_a_provincial_post_names_its_province():
    with pytest.raises(IntegrityError), transaction.atomic():
        PostFactory(role=Role.PROVINCE_EDITOR, province=None)


def test_a_ministry_post_names_none(province):
    post = PostFactory.build(role=Role.MINISTRY_EDITOR, province=province)

    with pytest.raises(ValidationError):
        post.validate_constraints()


def test_an_occupancy_ends_after_it_begins(an):
    held = an.occupancies.get()
    held.valid_to = held.valid_from

    with pytest.raises(IntegrityError), transaction.atomic():
        held.save()
