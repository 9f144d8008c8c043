"""The library's real records: what the sources say, and nothing where they are silent."""

import pytest

from foundation.amounts import Amount
from library.facts import load_facts
from library.models import (
    CaseStudy,
    ConsumptionNorm,
    Document,
    DocumentRelation,
    Entry,
    Guideline,
    PilotModel,
)
from programmes.facts import load_facts as load_programmes
from provinces.facts import load_facts as load_provinces

pytestmark = pytest.mark.django_db


def load_all():
    load_programmes()
    return load_facts()


@pytest.fixture(scope="module")
def loaded_once(once_a_file):
    yield from once_a_file(load_all)


@pytest.fixture
def facts(loaded_once, db):
    return loaded_once


def test_facts_load_by_kind(facts):
    assert facts == {
        "documents": 38,
        "guidelines": 3,
        "criteria sets": 1,
        "norms": 2,
        "pilot models": 14,
        "case studies": 1,
        "materials": 3,
        "projects": 2,
        "funding": 1,
        "relations between texts": 11,
    }


def test_a_second_load_changes_nothing(facts):
    before = list(Entry.objects.order_by("pk").values_list("pk", "updated_at"))

    load_facts()

    assert list(Entry.objects.order_by("pk").values_list("pk", "updated_at")) == before
    assert set(Document.history.values_list("history_type", flat=True)) == {"+"}


def test_decision_889_replaced_76_and_is_implemented_by_3529(facts):
    decision = Document.objects.get(number="889/QĐ-TTg")

    assert (str(decision.dated_on), str(decision.effective_on)) == ("2020-06-24", "2020-06-24")
    assert (decision.signer_name, decision.signer_post) == ("Trịnh Đình Dũng", "Phó Thủ tướng")
    assert sorted(decision.bears_on.values_list("kind", "target__number")) == [
        ("based_on", "622/QĐ-TTg"),
        ("based_on", "681/QĐ-TTg"),
        ("based_on", "76/QĐ-TTg"),
        ("replaces", "76/QĐ-TTg"),
    ]
    assert list(decision.borne_on_by.values_list("kind", "document__number")) == [
        ("implements", "3529/QĐ-BCT")
    ]


def test_decree_224_repealed_42_and_64_on_the_first_of_july_2026(facts):
    repeals = DocumentRelation.objects.filter(document__number="224/2026/NĐ-CP", kind="repeals")

    assert [(one.target.number, str(one.dated_on), one.target.status) for one in repeals] == [
        ("42/2022/NĐ-CP", "2026-07-01", "repealed"),
        ("64/2007/NĐ-CP", "2026-07-01", "repealed"),
    ]


def test_resolutions_are_tied_to_the_units_they_changed():
    load_programmes()
    load_provinces()
    load_facts()

    tied = {text.number: text.boundary_events.count() for text in Document.objects.all()}

    assert {number: count for number, count in tied.items() if count} == {
        "202/2025/QH15": 23,
        "30/2026/QH16": 1,
        "36/2026/QH16": 1,
        "39/2026/QH16": 1,
    }


def test_a_text_has_a_status_only_where_the_source_gives_one(facts):
    silent = Document.objects.filter(number__in=["30/2020/NĐ-CP", "09/2019/NĐ-CP", "85/2016/NĐ-CP"])

    assert list(silent.values_list("status", flat=True)) == ["", "", ""]


def test_the_five_guidelines_are_not_given_invented_names(facts):
    assert list(Guideline.objects.order_by("slug").values_list("slug", "count", "status")) == [
        ("huong-dan-che-bien-che", 1, "planned"),
        ("huong-dan-da-giay", 1, "planned"),
        ("nam-huong-dan-ky-thuat", 5, "issued"),
    ]


def test_the_brewery_saves_nearly_one_point_three_billion_a_year(facts):
    case = CaseStudy.objects.get()

    assert case.saved == Amount(1_300_000_000, "nearly", "VND")
    assert (case.investment, case.payback_months, case.province, case.dated_on) == (None, None, None, None)


def test_norms_without_a_value_stay_without_one(facts):
    assert [norm.value_words for norm in ConsumptionNorm.objects.all()] == ["", ""]


def test_no_model_counts_toward_the_target_before_somebody_says_so(facts):
    assert not PilotModel.objects.filter(counts_toward_target=True).exists()


def test_every_record_names_its_source_and_is_published_and_real(facts):
    assert not Entry.objects.filter(source="").exists()
    assert Entry.objects.published().filter(is_demo=False).count() == Entry.objects.count()
