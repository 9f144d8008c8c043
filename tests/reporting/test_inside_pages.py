"""What a province sees of its own work: what waits for whom, who holds a section, why not and who can."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Occupancy, Post
from foundation.models import OutboxMail
from reporting import actions
from reporting.documents import receipts
from reporting.inside_pages import clearance_lines
from reporting.models import SectionTask, SignOff, State, Submission
from reporting.workspace_page import Workspace
from tests.accounts.factories import OccupancyFactory, PostFactory, UserFactory
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON, TODAY

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def autumn():
    with time_machine.travel(NOON):
        yield


def hand(report, mai, lan, section="money", **fields):
    given = {"due_on": DUE, "by": lan, "at": NOON, **fields}
    return actions.delegate(report.pk, section=section, post=mai.posts_today[0], **given)


def waiting(person):
    vars(person).pop("posts_today", None)
    return [one.what for one in Workspace(person, today=TODAY).waiting]


def url(name, report, *more):
    return reverse(f"work:{name}", args=[report.pk, *more])


def text(client, person, address):
    client.force_login(person)
    return " ".join(client.get(address).text.split())


# --- What waits for me --------------------------------------------------------------------


def test_a_report_wanders_from_desk_to_desk(lan, nga, tung, province):
    report = factories.draft(province)
    assert [waiting(one) for one in (lan, nga, tung)] == [[], [], []]
    fill(report, lan)
    assert [waiting(one) for one in (lan, nga, tung)] == [["Báo đã xong"], [], []]

    actions.declare_ready(report.pk, by=lan, at=NOON)
    assert [waiting(one) for one in (lan, nga, tung)] == [[], ["Duyệt để trình ký"], []]

    actions.clear(report.pk, by=nga, at=NOON)
    assert [waiting(one) for one in (lan, nga, tung)] == [[], [], ["Nộp"]]

    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    assert [waiting(one) for one in (lan, nga, tung)] == [[], [], []]


def fill(report, by):
    actions.save_draft(report.pk, answers=ANSWERS, seen=0, by=by, at=NOON)
    proof = {"upload": factories.upload(), "is_public": False, "by": by, "at": NOON}
    actions.attach_evidence(report.pk, address="indicators.T3", **proof)


def test_a_section_waits_for_its_post_and_then_for_the_focal_point(lan, mai, tung, province):
    report = factories.filled(province, lan)
    task = hand(report, mai, lan)

    assert waiting(mai) == ["Điền mục “Kinh phí” rồi giao lại"]
    assert waiting(lan) == []
    actions.hand_back(task.pk, by=mai, at=NOON)

    assert waiting(mai) == []
    assert waiting(lan) == ["Nhận mục “Kinh phí” do Ngô Thị Mai giao lại"]
    assert waiting(tung) == []


def test_what_is_late_stands_first(lan, mai, province):
    early = factories.draft(province)
    late = factories.draft(province, obligation__period=factories.PeriodFactory(year=2025))
    hand(early, mai, lan, due_on=TODAY + timedelta(days=2))
    hand(late, mai, lan, due_on=TODAY)

    with time_machine.travel(NOON + timedelta(days=1)):
        found = Workspace(mai, today=TODAY + timedelta(days=1)).waiting

    assert [(one.icon, one.report) for one in found] == [("failed", late), ("pace", early)]


def test_a_return_waits_for_those_who_fill_in(lan, tung, thu, province):
    factories.returned(province, tung, thu, "indicators.T3", "indicators.T4")

    assert waiting(lan) == ["Trả lời các ô Bộ trả lại: 2 ô"]
    assert waiting(tung) == []


def test_a_neighbours_reports_wait_for_nobody_here(lan, hoa, province, neighbour):
    factories.filled(neighbour, hoa)

    found = Workspace(lan, today=TODAY)

    assert (found.waiting, found.open_reports) == ([], [])


def test_the_workspace_shows_lights_and_hands(client, lan, mai, province):
    report = factories.filled(province, lan)
    hand(report, mai, lan)

    page = text(client, lan, reverse("work:workspace"))

    assert "Chuyên viên Sở Tài chính, đến 25/11/2026" in page
    (shown,) = Workspace(lan, today=TODAY).open_reports
    assert [(line.icon, bool(line.holder)) for line in shown.sections] == [
        ("done", False), ("done", False), ("done", False), ("done", True),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_workspace_with_open_reports_query_count(
    client, lan, mai, tung, province, count, django_assert_num_queries
):
    for year in range(2026 - count + 1, 2027):
        report = factories.draft(province, obligation__period=factories.PeriodFactory(year=year))
        fill_other(report, lan, year)
        hand(report, mai, lan, section="general")
    last = factories.draft(province, obligation__period=factories.PeriodFactory(year=2020))
    fill_other(last, lan, 2020)
    actions.declare_ready(last.pk, by=lan, at=NOON)
    client.force_login(lan)

    with django_assert_num_queries(21):
        response = client.get(reverse("work:workspace"))

    assert len(response.context["workspace"].open_reports) == count + 1


def fill_other(report, by, year):
    actions.save_draft(report.pk, answers=ANSWERS, seen=0, by=by, at=NOON)
    file = factories.upload(f"{year}.csv", f"a,b\n{year},1\n".encode())
    actions.attach_evidence(report.pk, address="indicators.T3", upload=file, is_public=False, by=by, at=NOON)


# --- A section in another hand ------------------------------------------------------------


def test_a_section_is_handed_out_on_its_page(client, lan, mai, province):
    report = factories.draft(province)
    client.force_login(lan)
    typed = {"post": mai.posts_today[0].pk, "due_on": "2026-11-25", "note": "Theo sổ"}

    response = client.post(url("hand", report, "money"), typed)

    assert response.url == url("hand", report, "money")
    assert SectionTask.objects.get().note == "Theo sổ"
    page = text(client, lan, response.url)
    assert "Ngô Thị Mai" in page
    assert "Lấy lại mục này" in page


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, ["post", "due_on"]),
        ({"post": "0", "due_on": "2026-11-25"}, ["post"]),
        ({"due_on": "2026-11-01"}, ["__all__"]),
        ({"due_on": "mai"}, ["due_on"]),
    ],
)
def test_what_cannot_be_handed_out_stays_in_the_form_with_a_sentence(
    typed, wrong, client, lan, mai, province
):
    report = factories.draft(province)
    client.force_login(lan)
    kept = {"post": mai.posts_today[0].pk, "note": "Theo sổ", **typed} if typed else {}

    response = client.post(url("hand", report, "money"), kept)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == wrong
    assert not SectionTask.objects.exists()


def test_a_vacant_post_is_shown_and_refused_with_the_way_forward(client, lan, province):
    report = factories.draft(province)
    vacant = PostFactory(title_vi="Sở Xây dựng", role=Post.Role.PROVINCE_CONTRIBUTOR, province=province)
    client.force_login(lan)

    response = client.post(url("hand", report, "money"), {"post": vacant.pk, "due_on": "2026-11-25"})

    assert "Sở Xây dựng (còn trống)" in response.text
    assert "đề nghị Bộ ghi người giữ" in response.text


def test_the_post_that_has_it_writes_there_reads_elsewhere_and_hands_it_back(client, lan, mai, province):
    report = factories.draft(province)
    task = hand(report, mai, lan, note="Theo sổ")
    own, other = (text(client, mai, url("section", report, key)) for key in ("money", "indicators"))

    assert "Theo sổ" in own
    assert 'name="money-local-spent"' in own
    assert 'name="indicators-T4-value"' not in other
    assert "Mục này không giao cho bạn" in other
    client.post(url("task", task, "hand-back"), {"word": "Xong"})
    task.refresh_from_db()
    assert (task.word, task.handed_back_by) == ("Xong", mai)
    assert 'name="money-local-spent"' not in text(client, mai, url("section", report, "money"))


def test_typing_into_a_section_taken_back_meanwhile_loses_nothing(client, lan, mai, province):
    report = factories.draft(province)
    task = hand(report, mai, lan)
    client.force_login(mai)
    actions.take_back(task.pk, by=lan, at=NOON)

    response = client.post(
        url("section", report, "money"),
        {"seen": "0", "money-local-emptiness": "number", "money-local-spent": "77"},
    )

    assert response.status_code == 422
    assert "77" in response.text


def test_the_focal_point_sees_what_was_written_and_accepts_it(client, lan, mai, province):
    report = factories.draft(province)
    actions.save_draft(report.pk, answers={"money.local": ANSWERS["money.local"]}, seen=0, by=lan, at=NOON)
    task = hand(report, mai, lan)
    changed = {**ANSWERS["money.local"], "spent": "77"}
    actions.save_draft(report.pk, answers={"money.local": changed}, seen=1, by=mai, at=NOON)
    actions.hand_back(task.pk, word="Xong", by=mai, at=NOON)

    page = text(client, lan, url("hand", report, "money"))
    assert "80,5</del>" in page
    assert "77</ins>" in page
    assert client.post(url("task", task, "accept")).url == url("hand", report, "money")
    task.refresh_from_db()
    assert task.outcome == "accepted"


def test_the_steps_say_who_has_a_section_and_the_ministry_is_not_told(client, lan, mai, tung, thu, province):
    report = factories.returned(province, tung, thu)
    hand(report, mai, lan)

    held = "Chuyên viên Sở Tài chính"
    assert held in text(client, lan, url("section", report, "general"))
    assert held not in text(client, thu, url("review", report))
    assert held not in text(client, thu, url("rounds", report))


# --- The chain ----------------------------------------------------------------------------


def test_declared_cleared_and_signed_on_one_page(client, lan, nga, tung, province):
    report = factories.filled(province, lan)
    page = url("submit", report)
    for person, name in ((lan, "declare"), (nga, "clear")):
        client.force_login(person)
        seen = client.get(page).context["inside"].seen
        client.post(url("sign_off", report, name), {"seen": seen, "word": "Đủ"})

    shown = text(client, tung, page)
    assert "Trần Thị Lan, Chuyên viên Sở" in shown
    assert 'value="Hoàng Thanh Tùng"' in shown
    seen = client.get(page).context["inside"].seen
    response = client.post(page, {"signer": "Hoàng Thanh Tùng", "capacity": "", "seen": seen})

    receipt = text(client, tung, response.url)
    assert "Bùi Thị Nga, Trưởng phòng" in receipt
    assert Submission.objects.count() == 1


def test_why_not_names_the_rule_the_owner_and_the_way(client, lan, nga, tung, province):
    report = factories.filled(province, lan)

    for_tung, for_lan = (text(client, one, url("submit", report)) for one in (tung, lan))

    assert "Bước kế tiếp là “Báo đã xong”, thuộc về: Chuyên viên Sở (Trần Thị Lan)." in for_tung
    assert "Việc nộp thuộc về: Giám đốc Sở (Hoàng Thanh Tùng)." in for_lan
    assert 'name="signer"' not in for_tung


def test_a_page_that_is_out_of_date_signs_nothing(client, lan, tung, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    client.force_login(tung)
    seen = client.get(url("submit", report)).context["inside"].seen
    report.refresh_from_db()
    seven = {"indicators.T4": {"emptiness": "number", "value": "7"}}
    actions.save_draft(report.pk, answers=seven, seen=report.version, by=lan, at=NOON)
    actions.declare_ready(report.pk, by=lan, at=NOON)

    response = client.post(url("submit", report), {"signer": "Tùng", "capacity": "", "seen": seen})

    assert "đã thay đổi sau khi bạn mở" in response.text
    report.refresh_from_db()
    assert report.state == State.DRAFT


def test_what_came_back_and_what_became_void_stand_on_the_page(client, lan, nga, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    client.force_login(nga)
    client.post(url("sign_off", report, "decline"), {"word": "Xem lại T4"})
    actions.declare_ready(report.pk, by=lan, at=NOON)
    report.refresh_from_db()
    seven = {"indicators.T4": {"emptiness": "number", "value": "7"}}
    assert "các bước đã báo và đã duyệt không còn giá trị" in text(
        client, lan, url("section", report, "general")
    )
    actions.save_draft(report.pk, answers=seven, seen=report.version, by=lan, at=NOON)

    page = text(client, lan, url("submit", report))

    assert "Bùi Thị Nga đã trả lại báo cáo trong nội bộ" in page
    assert "Xem lại T4" in page
    assert "Trần Thị Lan đã sửa báo cáo" in page


def test_a_refused_step_says_why_and_changes_nothing(client, lan, nga, province):
    report = factories.draft(province)
    client.force_login(lan)

    response = client.post(url("sign_off", report, "declare"), {"word": ""}, follow=True)

    assert "Chưa nộp được" in response.text
    assert not SignOff.objects.exists()
    client.force_login(nga)
    assert client.post(url("sign_off", report, "decline"), {"word": ""}).status_code == 302
    assert not OutboxMail.objects.exists()


def test_a_vacant_step_says_who_may_take_it(client, lan, nga, tung, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    Occupancy.objects.filter(user=nga).update(valid_to=date(2026, 1, 1))

    page = text(client, tung, url("submit", report))

    assert "vị trí cao hơn kế tiếp được làm: Giám đốc Sở (Hoàng Thanh Tùng)" in page
    assert "Cùng lúc bạn làm luôn các bước sau" in page


def test_a_deputys_signature_bears_both_names_once(client, tung, province):
    report = factories.filled(province, tung)
    deputy = UserFactory(full_name="Mai Thị Thay")
    OccupancyFactory(post=tung.posts_today[0], user=deputy, acting_for=tung, valid_to=date(2026, 12, 1))
    client.force_login(deputy)
    page = client.get(url("submit", report)).context
    asked = {name: page["form"][name].value() for name in ("signer", "capacity")}
    assert asked == {"signer": "Mai Thị Thay", "capacity": "KT."}

    client.post(url("submit", report), {**asked, "authority": "GIÁM ĐỐC", "seen": page["inside"].seen})

    sent = report.submissions.get()
    assert (sent.signer, sent.acting_for) == ("Mai Thị Thay", "Hoàng Thanh Tùng")
    signed = dict(receipts.printed(sent.receipt)["facts"])["Người ký"]
    assert signed == "KT. GIÁM ĐỐC: Mai Thị Thay, thay Hoàng Thanh Tùng"


def test_the_holder_signs_as_the_head_unless_saying_otherwise(client, tung, province):
    report = factories.filled(province, tung)
    client.force_login(tung)

    form = client.get(url("submit", report)).context["form"]

    assert (form["signer"].value(), form["capacity"].value()) == ("Hoàng Thanh Tùng", "")


@pytest.mark.parametrize(
    ("capacity", "more", "sentence"),
    [
        ("TM.", {}, "Ghi ký cho ai"),
        ("TUQ.", {"authority": "CHỦ TỊCH"}, "Ghi văn bản giao ký"),
    ],
)
def test_a_signature_that_lacks_something_says_so_at_its_box(
    client, tung, province, capacity, more, sentence
):
    report = factories.filled(province, tung)
    client.force_login(tung)

    response = client.post(url("submit", report), {"signer": "Tùng", "capacity": capacity, **more})

    assert sentence in response.text
    assert not Submission.objects.exists()


def test_an_older_submission_without_clearances_is_read_all_the_same(tung, province):
    factories.submitted(province, tung)
    snapshot = Submission.objects.get().snapshot
    old = {key: value for key, value in snapshot.items() if key != "clearances"}

    assert "clearances" in snapshot
    assert clearance_lines(old) == []


# --- Absence ------------------------------------------------------------------------------


def test_an_absence_is_entered_and_ended_on_its_page(client, tung, lan):
    client.force_login(tung)
    typed = {"post": tung.posts_today[0].pk, "deputy": lan.pk, "first_day": "2026-11-20",
             "last_day": "2026-11-26", "basis": "12/QĐ-SCT"}  # fmt: skip

    assert client.post(reverse("work:absence"), typed).status_code == 302
    held = Occupancy.objects.get(acting_for=tung)
    assert "Trần Thị Lan" in text(client, tung, reverse("work:absence"))
    assert client.post(reverse("work:absence_end", args=[held.pk])).status_code == 302
    held.refresh_from_db()
    assert held.last_day == TODAY


def test_an_absence_with_its_days_reversed_gets_a_sentence(client, tung, lan):
    client.force_login(tung)
    typed = {"post": tung.posts_today[0].pk, "deputy": lan.pk, "first_day": "2026-11-26",
             "last_day": "2026-11-20", "basis": "12/QĐ-SCT"}  # fmt: skip

    response = client.post(reverse("work:absence"), typed)

    assert response.status_code == 422
    assert "Ngày cuối trước ngày đầu" in response.text
    assert not Occupancy.objects.filter(acting_for=tung).exists()


def test_the_form_offers_people_of_the_own_unit_only(client, tung, lan, hoa, minh):
    page = text(client, tung, reverse("work:absence"))

    assert lan.full_name in page
    assert hoa.full_name not in page
    assert minh.full_name not in page


def test_the_ministry_enters_its_absences_on_the_same_page(client, minh, thu, an):
    page = text(client, minh, reverse("work:absence"))

    assert thu.full_name in page
    assert an.full_name in page


def test_whoever_acts_for_another_only_passes_nothing_on(client, tung, province):
    deputy = UserFactory(full_name="Mai Thị Thay")
    OccupancyFactory(post=tung.posts_today[0], user=deputy, acting_for=tung)

    assert "không tự giữ vị trí nào" in text(client, deputy, reverse("work:absence"))


@pytest.mark.parametrize("name", ["workspace", "absence"])
def test_the_pages_read_in_english(client, lan, name):
    client.force_login(lan)

    page = client.get("/en" + reverse(f"work:{name}")).text

    assert {"workspace": "Waiting for me", "absence": "I will be away"}[name] in page


def test_a_second_expert_can_be_handed_a_section_too(lan, province):
    report = factories.draft(province)
    nam = in_post("Lý Văn Nam", Post.Role.PROVINCE_EDITOR, province=province, title="Chuyên viên 2")

    hand(report, nam, lan)

    assert waiting(nam) == ["Điền mục “Kinh phí” rồi giao lại"]


def test_a_course_of_events_names_a_section_in_the_readers_language(client, lan, mai, province):
    report = factories.draft(province)
    titled = {**report.definition["sections"][0], "title_en": "General"}
    report.definition = {**report.definition, "sections": [titled, *report.definition["sections"][1:]]}
    report.save(update_fields=["definition"])
    hand(report, mai, lan, section="general")
    hand(report, mai, lan, section="money")
    client.force_login(lan)

    page = client.get(f"/en/work/reports/{report.pk}/general/")
    told = [str(one.about) for one in page.context["frame"].events if one.step == "delegate"]

    assert told[0] == "General"
    assert f': <span lang="vi">{told[1]}</span>' in page.text
