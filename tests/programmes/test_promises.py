"""What the database refuses, with the sentence people read."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from programmes.models import TaskBody
from tests.programmes.factories import (
    IndicatorFactory,
    OrganisationFactory,
    PhaseFactory,
    ProgrammeFactory,
    TargetFactory,
    TaskFactory,
    TaskGroupFactory,
)

pytestmark = pytest.mark.django_db


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_target_range_runs_upwards():
    refused(lambda: TargetFactory(low=30, high=20))


def test_a_target_needs_both_ends_or_none():
    refused(lambda: TargetFactory(low=None, high=20))


def test_a_programme_ends_after_it_begins():
    refused(lambda: ProgrammeFactory(first_year=2030, last_year=2021))


def test_a_ratio_names_its_numerator_and_denominator():
    refused(lambda: IndicatorFactory(carry_over="ratio"))


def test_what_cannot_be_added_says_why():
    indicator = IndicatorFactory.build(programme=ProgrammeFactory(), carry_over="not_additive")

    with pytest.raises(ValidationError, match=r"không cộng được|cannot be added up"):
        indicator.validate_constraints()


def test_a_task_has_one_lead():
    task = TaskFactory()
    TaskBody.objects.create(task=task, organisation=OrganisationFactory(), part="lead")

    refused(lambda: TaskBody.objects.create(task=task, organisation=OrganisationFactory(), part="lead"))


def test_a_group_number_is_used_once():
    group = TaskGroupFactory(number=7)

    refused(lambda: TaskGroupFactory(programme=group.programme, number=7))


def test_an_organisation_does_not_succeed_itself():
    body = OrganisationFactory()
    body.successor = body

    refused(body.save)


def test_a_target_of_another_programme_is_refused_in_words():
    target = TargetFactory()
    target.phase = PhaseFactory()

    with pytest.raises(ValidationError) as refusal:
        target.clean()

    assert list(refusal.value.message_dict) == ["phase"]
