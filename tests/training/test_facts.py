"""The real programme is loaded as told and no more; demo rows are marked and repeatable."""

import random
from datetime import date

import pytest
from django.apps import apps

from programmes.facts import load_facts as load_programmes
from provinces.facts import load_facts as load_provinces
from training.demo import make_demo
from training.facts import load_facts
from training.models import Certificate, Course, Curriculum, Expert, Material, Module

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)


def dice():
    return random.Random("889 training")  # noqa: S311 -- the same demo each time


def everything():
    models = list(apps.get_app_config("training").get_models())
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def load_all():
    load_programmes()
    load_provinces()
    load_facts()


@pytest.fixture(scope="module")
def facts(once_a_file):
    yield from once_a_file(load_all)


def test_the_programme_has_two_levels_and_six_topics_and_nothing_invented(facts):
    curriculum = Curriculum.objects.get()

    assert [one.level.name_vi for one in curriculum.levels.all()] == ["cơ bản", "chuyên sâu"]
    assert [topic.name_vi for topic in curriculum.topics.order_by("position")] == [
        "Quản lý tài nguyên bền vững",
        "Thiết kế theo hướng bền vững",
        "Sản xuất bền vững",
        "Phân phối bền vững",
        "Tiêu dùng bền vững",
        "Quản lý chất thải",
    ]
    assert curriculum.assignment.year == 2022
    assert not Module.objects.exists()
    assert not Course.objects.exists()
    assert {one.hours for one in curriculum.levels.all()} == {None}


def test_loading_again_changes_nothing(facts):
    before = everything()

    load_facts()

    assert everything() == before


def test_demo_rows_are_marked_and_a_second_run_changes_nothing(facts, an):
    an.is_demo = True
    an.save()

    counts = make_demo(dice(), today=TODAY)
    before = everything()
    again = make_demo(dice(), today=TODAY)

    assert again == counts
    assert everything() == before
    assert counts == {"courses": 8, "experts": 7, "certificates": Certificate.objects.count()}
    for model in (Course, Expert, Certificate, Material, Module):
        assert set(model.objects.values_list("is_demo", flat=True)) == {True}
    assert Certificate.objects.filter(revoked_at__isnull=False).count() == 1
    assert Curriculum.objects.filter(is_demo=False).count() == 1


def test_demo_courses_stand_in_units_that_are_gone_too(facts):
    make_demo(dice(), today=TODAY)

    gone = Course.objects.filter(province__valid_to__isnull=False)

    assert sorted(gone.values_list("province__name_vi", flat=True)) == ["Hậu Giang", "Quảng Nam", "Đà Nẵng"]
