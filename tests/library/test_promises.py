"""What the database and the models promise of the library's records."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from foundation.dates import PartialDate
from library.models import Criterion, Document, DocumentRelation, Entry, Kind, Status
from tests.library.factories import (
    ALL,
    CaseFactory,
    CriterionFactory,
    DocumentFactory,
    MaterialFactory,
    NormFactory,
    PilotModelFactory,
)
from tests.programmes.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", ALL)
def test_every_kind_knows_its_kind(make):
    record = make()

    assert Entry.objects.get(pk=record.pk).kind == type(record).KIND


def test_the_eleven_kinds_have_a_factory_each():
    assert {make._meta.model.KIND for make in ALL} == set(Kind)


def test_a_norm_cannot_be_in_the_state_of_a_pilot_model():
    with pytest.raises(IntegrityError), transaction.atomic():
        NormFactory(status=Status.PILOT)


def test_a_wrong_state_gets_a_sentence():
    text = DocumentFactory.build(status=Status.PILOT)

    with pytest.raises(ValidationError, match="Loại hồ sơ này không có trạng thái đó"):
        text.full_clean()


def test_a_text_does_not_take_effect_before_it_is_issued():
    text = DocumentFactory.build(effective_on=date(2020, 6, 23))

    with pytest.raises(ValidationError) as refusal:
        text.full_clean()

    assert list(refusal.value.message_dict) == ["effective_on"]


def test_a_text_issued_in_an_unknown_month_may_take_effect_that_year():
    DocumentFactory.build(dated_on=PartialDate(2023), effective_on=date(2023, 3, 1)).full_clean()


def test_a_text_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentFactory(effective_on=date(2020, 7, 1), expires_on=date(2020, 7, 1))


def test_a_number_stands_once_for_each_issuer():
    ministry, government = OrganisationFactory(), OrganisationFactory()
    DocumentFactory(number="14/CT", issuer=ministry)
    DocumentFactory(number="14/CT", issuer=government)

    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentFactory(number="14/CT", issuer=ministry)


def test_a_text_cannot_replace_itself():
    text = DocumentFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentRelation.objects.create(document=text, kind="replaces", target=text)


def test_a_record_without_a_year_has_no_date():
    with pytest.raises(IntegrityError), transaction.atomic():
        MaterialFactory(dated_on=PartialDate(None, 9, 27))


def test_a_norm_has_both_ends_of_its_range_or_neither():
    with pytest.raises(IntegrityError), transaction.atomic():
        NormFactory(lowest=12)


def test_a_norm_says_its_range_in_the_page_s_language():
    norm = NormFactory(lowest="10.5", highest="1200", unit="kWh/t")
    norm.refresh_from_db()

    with translation.override("vi"):
        assert norm.value_words == "10,5–1.200 kWh/t"
    norm.highest = norm.lowest
    with translation.override("en"):
        assert norm.value_words == "10.5 kWh/t"


def test_a_saving_is_never_negative():
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFactory(saved_number=-1)


def test_a_model_does_not_replicate_itself():
    model = PilotModelFactory()
    model.parent = model

    with pytest.raises(IntegrityError), transaction.atomic():
        model.save()


def test_a_criterion_belongs_under_one_of_its_own_set():
    other = CriterionFactory()
    criterion = Criterion(criteria_set=CriterionFactory().criteria_set, parent=other, code="9", weight=1)

    with pytest.raises(ValidationError, match="Chọn tiêu chí trong cùng bộ"):
        criterion.clean()


def test_a_record_is_found_by_the_beginnings_of_its_words_without_accents():
    text = DocumentFactory(title_vi="Tiêu dùng ở Đà Nẵng")

    assert list(Document.objects.about("da nang")) == [text]
    assert list(Document.objects.about("nẵng tiê")) == [text]
    assert list(Document.objects.about("ung")) == []


def test_a_changed_title_is_found_at_once_and_the_old_one_no_longer():
    text = DocumentFactory(title_vi="Bến Tre")
    text.title_vi = "Vĩnh Long"
    text.save()

    assert not Document.objects.about("ben tre").exists()
    assert list(Document.objects.about("vinh long")) == [text]


def test_the_number_itself_comes_first():
    DocumentFactory(number="3529/QĐ-BCT", abstract_vi="Thực hiện 889/QĐ-TTg", dated_on=PartialDate(2021))
    decision = DocumentFactory(number="889/QĐ-TTg", dated_on=PartialDate(2020))

    assert Document.objects.about("889/qđ-ttg").best_first("889/qđ-ttg").first() == decision


def test_a_record_is_cited_with_issuer_date_and_number():
    text = DocumentFactory(number="889/QĐ-TTg", title_vi="Chương trình", issuer_text="Thủ tướng Chính phủ")
    bare = MaterialFactory(title_vi="Sổ tay")

    with translation.override("vi"):
        assert text.citation() == "Thủ tướng Chính phủ. 24/6/2020. 889/QĐ-TTg Chương trình."
        assert bare.citation() == "Cơ quan ban hành chưa có trong nguồn. Ngày chưa có trong nguồn. Sổ tay."
