"""The steps as they stand in the admin: fields with their sentences, choices, decisions, obstacles."""

import pytest
from django.urls import reverse

from provinces.models import BoundaryEvent, Cutover, Province
from scp_portal.cutover import door
from tests.cutover.invented import DAY, LATER, NOON, PAPER, merger, unit
from tests.provinces.factories import PlanFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
ADD = "/admin/provinces/cutover/add/"


def typed(first, second, place, **other):
    return {
        "effective_on": "2027-01-01",
        "predecessors": [first.pk, second.pk],
        "heir1_name_vi": "Sông Mây",
        "heir1_kind": "tinh",
        "heir1_code": "97",
        "heir1_region": place.pk,
        "instrument_number": "99/2026/QH16",
        "instrument_issuer_vi": "Quốc hội",
        "instrument_date": "2026-11-01",
        **other,
    }


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_the_kind_comes_first(client, an):
    client.force_login(an)

    page = client.get(ADD).content.decode()

    assert [kind for kind in BoundaryEvent.Kind.values if f"?kind={kind}" not in page] == []


def test_a_merger_is_entered_and_leads_to_its_dry_run(client, an, bare):
    client.force_login(an)

    answer = client.post(f"{ADD}?kind=merger", typed(*bare))

    cutover = Cutover.objects.get()
    assert answer.url == reverse("admin:provinces_cutover_change", args=[cutover.pk])
    assert cutover.heirs.get().slug == "song-may"
    page = client.get(answer.url).content.decode()
    assert "Núi Gió và Sông Mây kết thúc từ 01/01/2027 và trở thành Sông Mây." in page


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"effective_on": "2020-01-01"}, "effective_on", "sự kiện phải sau"),
        ({"heir1_code": "96"}, "heir1_code", "Biển Xa giữ mã 96"),
        ({"heir1_name_vi": ""}, "heir1_name_vi", "Ghi tên đơn vị mới."),
        ({"predecessors": []}, "predecessors", "Chọn đơn vị mà sự kiện làm thay đổi."),
    ],
)
def test_the_sentence_stands_at_its_field_and_nothing_is_saved(client, an, bare, change, field, words):
    unit("96", "Biển Xa", "bien-xa")
    client.force_login(an)

    answer = client.post(f"{ADD}?kind=merger", typed(*bare, **change))

    assert list(errors(answer)) == [field]
    assert words in errors(answer)[field][0]
    assert not Cutover.objects.exists()


@pytest.mark.parametrize("kind", ["split", "part_transfer", "renaming", "type_change"])
def test_each_kind_has_its_fields_in_both_languages(client, an, bare, kind):
    client.force_login(an)

    pages = [client.get(f"{start}{ADD}?kind={kind}") for start in ("", "/en")]

    assert [page.status_code for page in pages] == [200, 200]
    assert ("receiver" in pages[0].context["form"].fields) == (kind == "part_transfer")


def test_a_renaming_without_a_name_is_told_at_the_field(client, an, bare):
    client.force_login(an)

    answer = client.post(f"{ADD}?kind=renaming", typed(*bare, predecessors=bare[0].pk, heir1_name_vi=""))

    assert errors(answer) == {"heir1_name_vi": ["Ghi tên mới."]}


def test_a_fault_of_the_fourth_heir_stands_there_though_the_third_is_blank(client, an, bare):
    unit("96", "Biển Xa", "bien-xa")
    heirs = {2: ("Sông Mưa", "98"), 4: ("Sông Gió", "96")}
    described = {
        f"heir{number}_{name}": value
        for number, (name_vi, code) in heirs.items()
        for name, value in {"name_vi": name_vi, "kind": "tinh", "code": code, "region": bare[2].pk}.items()
    }
    client.force_login(an)

    answer = client.post(f"{ADD}?kind=split", typed(*bare, predecessors=bare[0].pk, **described))

    assert "giữ mã 96" in errors(answer)["heir4_code"][0]
    assert "heir3_code" not in errors(answer)


@pytest.mark.parametrize("heir", ["9" * 5000, "²", "x"])
def test_a_position_that_is_none_chooses_no_heir(client, an, homes, heir):
    cutover = door.prepare(merger(*homes), PAPER, by=an, at=NOON)
    client.force_login(an)
    key = f"training.course.{homes[0].courses.get(status='planned').pk}"
    choose = reverse("admin:provinces_cutover_choose", args=[cutover.pk])

    answer = client.post(choose, {f"choice-{key}": "inherit", f"heir-{key}": heir})

    assert (answer.status_code, cutover.choices.get().heir) == (302, None)


def test_a_draft_is_entered_anew(client, an, bare):
    cutover = door.prepare(merger(*bare), PAPER, by=an, at=NOON)
    client.force_login(an)
    edit = reverse("admin:provinces_cutover_edit", args=[cutover.pk])

    assert client.get(edit).context["form"].initial["heir1_code"] == "97"
    client.post(edit, typed(*bare, heir1_name_vi="Sông Trăng"))

    assert cutover.heirs.get().name_vi == "Sông Trăng"


def test_choices_are_kept_and_confirmation_is_asked(client, an, homes):
    cutover = door.prepare(merger(*homes), PAPER, by=an, at=NOON)
    client.force_login(an)
    course = homes[0].courses.get(status="planned")
    key = f"training.course.{course.pk}"
    choose = reverse("admin:provinces_cutover_choose", args=[cutover.pk])

    client.post(choose, {f"choice-{key}": "close", "ask": "1"})
    cutover.refresh_from_db()
    assert cutover.state == "draft", "a closed course needs its reason"

    client.post(choose, {f"choice-{key}": "close", f"note-{key}": "Thiếu người.", "ask": "1"})
    cutover.refresh_from_db()
    assert cutover.state == "waiting"
    assert cutover.choices.get(kind="course", item=course.pk).note == "Thiếu người."


def test_what_an_item_does_not_offer_is_refused(client, an, homes):
    cutover = door.prepare(merger(*homes), PAPER, by=an, at=NOON)
    client.force_login(an)
    post = homes[0].posts.get()

    client.post(
        reverse("admin:provinces_cutover_choose", args=[cutover.pk]),
        {f"choice-accounts.post.{post.pk}": "archive"},
    )

    assert not cutover.choices.exists()


def test_the_second_person_sees_the_same_and_confirms(client, asked, minh, an):
    here = reverse("admin:provinces_cutover_change", args=[asked.pk])
    client.force_login(an)
    mine = client.get(here)
    client.force_login(minh)
    theirs = client.get(here)
    assert (mine.context["may_decide"], theirs.context["may_decide"]) == (False, True)
    assert mine.context["run"].digest == theirs.context["run"].digest

    client.post(reverse("admin:provinces_cutover_confirm", args=[asked.pk]))

    page = client.get(here)
    assert "Đã áp dụng" in page.content.decode()
    assert page.context["may_undo"]


def test_what_stands_in_the_way_of_undoing_is_linked(client, asked, minh):
    door.confirm(asked.pk, by=minh, at=LATER)
    plan = PlanFactory(province=Province.objects.get(valid_from=DAY))
    client.force_login(minh)

    page = client.get(reverse("admin:provinces_cutover_undo", args=[asked.pk])).content.decode()

    assert plan.get_absolute_url() in page
    assert "<textarea" not in page


def test_undone_it_says_so(client, asked, minh):
    door.confirm(asked.pk, by=minh, at=LATER)
    client.force_login(minh)

    undo = reverse("admin:provinces_cutover_undo", args=[asked.pk])
    page = client.post(undo, {"reason": "Nhầm ngày."}, follow=True).content.decode()

    assert "Nhầm ngày." in page
    assert "Tất cả đã được trả về như cũ." in page


def test_after_a_change_the_new_dry_run_is_shown(client, asked, homes, minh):
    homes[0].courses.filter(status="planned").update(status="open")
    client.force_login(minh)

    client.post(reverse("admin:provinces_cutover_confirm", args=[asked.pk]))
    page = client.get(reverse("admin:provinces_cutover_change", args=[asked.pk]))

    assert not page.context["run"].still_as_asked
    assert "Đã thay đổi sau khi đề nghị xác nhận" in page.content.decode()
    assert "Xác nhận và áp dụng" not in page.content.decode()
