"""What the portal says of the decision is what the sources say, no more."""

import pytest
from django.utils import translation

from programmes.facts import load_facts
from programmes.models import (
    AcceptanceReview,
    Indicator,
    Organisation,
    Programme,
    Target,
    Task,
    TaskGroup,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def facts(once_a_file):
    yield from once_a_file(load_facts)


def test_the_eight_targets_say_what_the_decision_says(facts):
    with translation.override("en"):
        words = {
            (target.indicator.code, target.phase.last_year): target.words()
            for target in Target.objects.select_related("indicator", "phase")
        }

    assert words == {
        ("T1", 2025): "built",
        ("T1", 2030): "completed and effectively enforced",
        ("T2", 2025): "5–8%",
        ("T2", 2030): "7–10%",
        ("T3", 2025): "70%",
        ("T3", 2030): "100%",
        ("T4", 2025): "20–30 models",
        ("T4", 2030): "not in the source",
        ("T5", 2025): "80%",
        ("T5", 2030): "100%",
        ("T6", 2025): "85%",
        ("T6", 2030): "100%",
        ("T7", 2025): "built, encouraged",
        ("T7", 2030): "built, encouraged",
        ("T8", 2025): "not in the source",
        ("T8", 2030): "90%",
    }


def test_a_second_run_writes_nothing(facts):
    before = [Model.history.count() for Model in (Organisation, Programme, Indicator, Target, Task)]

    assert load_facts() == facts
    assert [Model.history.count() for Model in (Organisation, Programme, Indicator, Target, Task)] == before


def test_only_confirmed_group_numbers_are_given(facts):
    numbered = TaskGroup.objects.exclude(number=None).values_list("number", "slug")

    assert list(numbered) == [(7, "thong-tin-nguoi-tieu-dung"), (9, "giao-duc-loi-song")]


def test_the_decision_replaces_its_predecessor(facts):
    ours = Programme.objects.get(number="889/QĐ-TTg")

    assert (ours.issued_on.isoformat(), ours.predecessor.number) == ("2020-06-24", "76/QĐ-TTg")
    assert [str(phase) for phase in ours.phases.all()] == ["2021–2025", "2026–2030"]
    assert ours.stages.count() == 9


def test_the_review_of_2022_says_its_year_is_inferred(facts):
    review = AcceptanceReview.objects.get()

    assert review.held_on.words() == "24/12/2022"
    assert "suy ra" in review.held_on_note_vi
    assert review.assignment.contractor.short_name == "VNCPC"


def test_the_department_leads_to_the_agency_of_today(facts):
    old = Organisation.objects.get(slug="vu-tknl-ptbv")

    assert old.successor.name_vi == "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công"


def test_the_centre_is_known_by_four_spellings(facts):
    assert Organisation.objects.get(slug="vncpc").aliases.count() == 4


def test_no_fact_is_marked_as_demo(facts):
    for model in (Organisation, Programme, Indicator, Target, Task, TaskGroup):
        assert not model.objects.filter(is_demo=True).exists()
