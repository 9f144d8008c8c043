"""Every event that cannot be: a sentence at its field, and nothing half saved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from provinces.models import Cutover, CutoverHeir, CutoverUnit
from provinces.proposals import Draft, Proposal
from scp_portal.cutover import door
from tests.cutover.invented import BEGUN, DAY, NOON, PAPER, merger, unit
from tests.provinces.factories import MergerFactory, merge

pytestmark = pytest.mark.django_db


def refused(proposal, by):
    """The sentences by field, after which no table of the cut-over holds a row."""
    with pytest.raises(door.Faulty) as refusal:
        door.prepare(proposal, PAPER, by=by, at=NOON)
    assert [model.objects.count() for model in (Cutover, CutoverUnit, CutoverHeir)] == [0, 0, 0]
    return {fault.field: fault.sentence for fault in refusal.value.faults}


def test_an_event_before_a_unit_existed(bare, an):
    asked = replace(merger(*bare), on=BEGUN - timedelta(days=1))

    assert refused(asked, an)["effective_on"].startswith("Núi Gió bắt đầu từ 01/7/2025")


def test_a_merger_into_itself(bare, an):
    first, _second, _place = bare

    twice = refused(replace(merger(*bare), predecessors=(first.pk, first.pk)), an)
    alone = refused(replace(merger(*bare), predecessors=(first.pk,)), an)

    assert twice == {"predecessors": "Sông Mây được nêu hai lần: một đơn vị không sáp nhập vào chính nó."}
    assert "chính nó" in alone["predecessors"]


def test_a_loop(bare, an):
    first, second, _place = bare
    other_way = MergerFactory(kind="part_transfer", effective_on=DAY)
    other_way.successions.create(predecessor=second, heir=first)

    asked = Proposal("part_transfer", DAY, (first.pk,), receiver=second.pk)

    assert "vòng" in refused(asked, an)["receiver"]


def test_a_part_given_to_itself(bare, an):
    first = bare[0]

    asked = Proposal("part_transfer", DAY, (first.pk,), receiver=first.pk)

    assert refused(asked, an) == {"receiver": "Sông Mây không thể chuyển một phần cho chính nó."}


def test_a_code_held_by_a_unit_that_goes_on(bare, an):
    unit("96", "Biển Xa", "bien-xa")

    found = refused(merger(*bare, code="96"), an)

    assert found == {"heir1_code": "Biển Xa giữ mã 96 vào ngày 01/01/2027 và còn tồn tại. Hãy chọn mã khác."}


@pytest.mark.parametrize("code", ["", "7", "7a", "٩٩"])
def test_a_code_that_is_none(bare, an, code):
    assert set(refused(merger(*bare, code=code), an)) == {"heir1_code"}


def test_a_unit_already_closed(bare, an):
    first, second, _place = bare
    third = unit("95", "Đồi Cát", "doi-cat")
    third.valid_to = date(2026, 1, 1)
    third.save()
    merge(third, heir=unit_of(date(2026, 1, 1)))

    found = refused(replace(merger(*bare), predecessors=(first.pk, second.pk, third.pk)), an)

    assert found["predecessors"].startswith("Đồi Cát đã kết thúc từ 01/01/2026")


def unit_of(day):
    found = unit("94", "Đồi Cát mới", "doi-cat-moi")
    found.valid_from = day
    found.save()
    return found


def test_a_split_with_one_heir(bare, an):
    asked = replace(merger(*bare), kind="split", predecessors=(bare[0].pk,))

    assert refused(asked, an) == {
        "heir2_name_vi": "Chia tách phải có ít nhất hai đơn vị kế thừa. Hãy nêu đơn vị thứ hai."
    }


def test_heirs_with_one_code_and_one_address(bare, an):
    heir = merger(*bare).heirs[0]
    asked = Proposal("split", DAY, (bare[0].pk,), heirs=(heir, replace(heir, name_vi="Sông Mưa")))

    assert set(refused(asked, an)) == {"heir2_code", "heir2_slug"}


@pytest.mark.parametrize("heirs", [(), (Draft(name_en="Cloud River"),)])
def test_a_renaming_without_a_new_name(bare, an, heirs):
    asked = Proposal("renaming", DAY, (bare[0].pk,), heirs=heirs)

    assert refused(asked, an) == {"heir1_name_vi": "Ghi tên mới."}


def test_a_renaming_to_the_name_it_bears(bare, an):
    asked = Proposal("renaming", DAY, (bare[0].pk,), heirs=(Draft(name_vi="Sông Mây"),))

    assert refused(asked, an) == {"heir1_name_vi": "Sông Mây đã mang tên này."}


def test_a_change_to_the_type_it_has(bare, an):
    asked = Proposal("type_change", DAY, (bare[0].pk,), heirs=(Draft(kind="tinh"),))

    assert refused(asked, an) == {"heir1_kind": "Sông Mây đã thuộc loại này."}


def test_a_part_for_a_unit_that_does_not_exist_that_day(bare, an):
    later = unit_of(date(2028, 1, 1))

    asked = Proposal("part_transfer", DAY, (bare[0].pk,), receiver=later.pk)

    assert refused(asked, an) == {"receiver": "Đồi Cát mới không tồn tại ngày 01/01/2027."}


def test_an_event_out_of_the_order_of_time(bare, an):
    first = bare[0]
    event = MergerFactory(kind="renaming", effective_on=date(2027, 6, 1), unit=first)
    assert event.unit == first

    found = refused(merger(*bare), an)

    assert found["effective_on"].startswith("Sổ đã có thay đổi của Sông Mây vào ngày 01/6/2027")


def test_an_address_of_another_page_and_a_region_of_the_past(bare, an):
    unit("96", "Biển Xa", "bien-xa")
    place = bare[2]
    place.valid_to = date(2026, 1, 1)
    place.save()

    assert set(refused(merger(*bare, slug="bien-xa"), an)) == {"heir1_region", "heir1_slug"}


def test_a_province_may_not_prepare(bare, lan):
    with pytest.raises(door.ActionRefused):
        door.prepare(merger(*bare), PAPER, by=lan, at=NOON)

    assert not Cutover.objects.exists()
