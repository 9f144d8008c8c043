"""One list over all kinds: filters, counts, order, and a number of queries that never grows."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from foundation.dates import PartialDate
from library.catalogue import Question, look_up
from library.models import DocumentRelation, Sector, Status
from programmes.models import LifeCycleStage
from tests.library.factories import (
    CaseFactory,
    ConsultationFactory,
    DocumentFactory,
    GuidelineFactory,
    MaterialFactory,
    PilotModelFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def recycling(db):
    return LifeCycleStage.objects.create(position=7, slug="tai-che", name_vi="Tái chế", name_en="Recycling")


@pytest.fixture
def design(db):
    return LifeCycleStage.objects.create(position=2, slug="thiet-ke", name_vi="Thiết kế", name_en="Design")


def ask(query, user):
    return look_up(Question.of(QueryDict(query)), user=user)


def titles(shelf):
    return [entry.title_vi for entry in shelf.page]


def counts(shelf, facet):
    options = next(one["options"] for one in shelf.facets if one["name"] == facet)
    return {option["value"]: option["count"] for option in options}


def test_a_facet_is_counted_under_the_choices_of_the_others_but_not_its_own(lan, recycling, design):
    DocumentFactory(dated_on=PartialDate(2020), stages=[recycling])
    DocumentFactory(dated_on=PartialDate(2022), stages=[recycling, design])
    MaterialFactory(dated_on=PartialDate(2022))

    shelf = ask("kind=document&year=2022", lan)

    assert shelf.total == 1
    assert counts(shelf, "kind") == {"document": 1, "material": 1}
    assert counts(shelf, "year") == {"2022": 1, "2020": 1}
    assert counts(shelf, "stage") == {"thiet-ke": 1, "tai-che": 1}


def test_a_stage_narrows_the_list_and_every_other_facet(lan, recycling, design):
    DocumentFactory(title_vi="Nhựa", stages=[recycling, design])
    GuidelineFactory(title_vi="Chè", stages=[design])
    MaterialFactory()

    shelf = ask("stage=tai-che&stage=thiet-ke", lan)

    assert sorted(titles(shelf)) == ["Chè", "Nhựa"]
    assert shelf.total == 2
    assert counts(shelf, "kind") == {"document": 1, "guideline": 1}
    assert counts(shelf, "stage") == {"thiet-ke": 2, "tai-che": 1}


def test_silence_of_the_source_is_a_choice_of_its_own(lan):
    DocumentFactory(title_vi="Không rõ")
    DocumentFactory(title_vi="Còn", status=Status.IN_FORCE)
    CaseFactory(title_vi="Bia")  # case studies have no status at all

    shelf = ask("status=unknown", lan)

    assert titles(shelf) == ["Không rõ"]
    assert counts(shelf, "status") == {"in_force": 1, "unknown": 1}
    assert titles(ask("year=unknown", lan)) == ["Bia"]


def test_a_record_in_two_languages_is_found_by_either(lan):
    MaterialFactory(title_vi="Song ngữ", language="vi-en")
    MaterialFactory(title_vi="Tiếng Việt", language="vi")

    shelf = ask("language=en", lan)

    assert titles(shelf) == ["Song ngữ"]
    assert counts(shelf, "language") == {"vi": 2, "en": 1}


def test_a_sector_narrows(lan):
    leather = Sector.objects.create(slug="da-giay", name_vi="Da giày")
    GuidelineFactory(title_vi="Da", sector=leather)
    GuidelineFactory()

    shelf = ask("sector=da-giay", lan)

    assert titles(shelf) == ["Da"]
    assert [(one["label"], one["remove_url"]) for one in shelf.active] == [("Da giày", "?")]


def test_total_and_rows_agree_whatever_is_chosen(lan, recycling):
    DocumentFactory(stages=[recycling], status=Status.REPLACED)
    PilotModelFactory(stages=[recycling], status=Status.PILOT)
    ConsultationFactory()

    for query in ("", "kind=model", "stage=tai-che&kind=document", "status=replaced&status=unknown",
                  "year=2020&language=vi", "q=ho+so&sort=title", "sector=none"):  # fmt: skip
        shelf = ask(query, lan)
        assert len(list(shelf.page)) == shelf.total, query


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["Đá", "Ăn", "Dép"]),
        ("oldest", ["Ăn", "Đá", "Dép"]),
        ("title", ["Ăn", "Dép", "Đá"]),
        ("nonsense", ["Đá", "Ăn", "Dép"]),
    ],
)
def test_orders(lan, sort, expected):
    MaterialFactory(title_vi="Đá", dated_on=PartialDate(2024, 5))
    MaterialFactory(title_vi="Ăn", dated_on=PartialDate(2019))
    MaterialFactory(title_vi="Dép")

    assert titles(ask(f"sort={sort}", lan)) == expected


def test_a_draft_is_neither_listed_nor_counted_for_the_public(lan, an):
    DocumentFactory(title_vi="Bản thảo", published_at=None)

    assert (ask("", lan).total, ask("", an).total) == (0, 1)


def test_a_relation_to_an_unpublished_text_does_not_leak(client):
    text = DocumentFactory(number="1/QĐ")
    draft = DocumentFactory(number="2/BÍ-MẬT", published_at=None)
    DocumentRelation.objects.create(document=draft, kind="replaces", target=text)
    DocumentRelation.objects.create(document=text, kind="amends", target=draft)

    for address in (reverse("library:index"), text.get_absolute_url()):
        assert "BÍ-MẬT" not in client.get(address).content.decode()


def test_a_filter_is_taken_off_without_losing_the_rest():
    question = Question.of(QueryDict("kind=document&kind=norm&q=giấy&sort=title"))

    assert question.address(without=("kind", "norm")) == "?kind=document&q=gi%E1%BA%A5y&sort=title"


def test_filtering_keeps_the_order_and_ordering_keeps_the_filters(client):
    DocumentFactory()

    page = client.get(reverse("library:index"), {"kind": "document", "sort": "title"}).content.decode()

    assert page.count('<input type="hidden" name="sort" value="title">') == 1
    assert '<input type="hidden" name="kind" value="document">' in page


@pytest.mark.parametrize("count", [1, 3])
def test_library_list_query_count(client, count, recycling, django_assert_num_queries):
    old = DocumentFactory()
    for text in DocumentFactory.create_batch(count, stages=[recycling]):
        DocumentRelation.objects.create(document=text, kind="replaces", target=old)
    for make in (MaterialFactory, PilotModelFactory, ConsultationFactory):
        make.create_batch(count, stages=[recycling])

    with django_assert_num_queries(8):
        response = client.get(reverse("library:index"), {"q": "ho so", "stage": "tai-che", "language": "vi"})

    assert response.context["shelf"].total == 4 * count


def test_an_empty_library_says_what_will_appear(client):
    page = client.get(reverse("library:index")).content.decode()

    assert "Thư viện chưa có hồ sơ nào" in page


def test_a_search_without_an_answer_says_what_to_do(client):
    DocumentFactory()

    page = client.get(reverse("library:index"), {"q": "không có gì"}).content.decode()

    assert "Không có hồ sơ nào khớp" in page


def test_the_list_speaks_english(client):
    DocumentFactory(title_en="Decision on recycling", status=Status.IN_FORCE)
    with translation.override("en"):
        address = reverse("library:index")

    page = client.get(address).content.decode()

    assert "Decision on recycling" in page
    assert "In force" in page


def test_pages_of_twenty(client):
    MaterialFactory.create_batch(21)

    first, second, beyond = (
        client.get(reverse("library:index"), {"page": page}).context["shelf"].page for page in (1, 2, 99)
    )

    assert (len(first), len(second), beyond.number) == (20, 1, 2)
