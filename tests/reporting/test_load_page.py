"""How the review stands: who holds what for how long, what nobody holds, and which steps lack people."""

from datetime import date, timedelta

import pytest
import time_machine

from reporting import actions
from reporting.load_page import LoadPage
from reporting.models import State
from tests.people import in_post
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
TODAY = date(2026, 11, 26)
NOW = NOON + timedelta(days=6)


def page():
    return LoadPage(today=TODAY, now=NOW)


def of_another_unit(slug, code):
    unit = ProvinceFactory(code=code, name_vi=slug.title(), slug=slug)
    signer = in_post(f"Ký {slug}", "province_signatory", province=unit, title="Giám đốc")
    return factories.submitted(unit, signer)


def test_who_holds_what_and_what_nobody_holds(tung, thu, minh, province):
    mine, free = factories.submitted(province, tung), of_another_unit("hue", "46")
    actions.take_up(mine.pk, by=thu, at=NOON)

    load = page()

    assert [(one.person, len(one.pending)) for one in load.loads] == [(thu, 1), (minh, 0)]
    assert (load.loads[0].oldest.report, load.loads[0].mean_days, load.loads[1].mean_days) == (mine, 6, None)
    assert [(one.report, one.days) for one in load.unassigned] == [(free, 6)]


def test_what_is_held_by_somebody_who_reviews_no_more_is_named(tung, thu, minh, province):
    report = factories.submitted(province, tung)
    actions.take_up(report.pk, by=thu, at=NOON)
    thu.occupancies.update(valid_to=TODAY)

    load = page()

    assert load.left_behind == 1
    assert [(one.person, one.is_on_duty) for one in load.loads] == [(thu, False), (minh, True)]


def test_days_in_each_state(tung, thu, minh, province):
    factories.returned(province, tung, thu)
    waiting = of_another_unit("hue", "46")
    actions.propose(waiting.pk, by=thu, at=NOON + timedelta(days=4))

    lines = {line.state: line for line in page().states}

    assert (lines[State.PROPOSED].longest, lines[State.RETURNED].longest) == (2, 6)
    assert (lines[State.PROPOSED].bar, lines[State.RETURNED].bar) == (33, 100)


def test_a_step_with_one_person_or_none_is_said(tung, thu, minh, province):
    assert [(line.people, line.icon) for line in page().steps] == [(2, "done"), (1, "late")]
    minh.occupancies.update(valid_to=TODAY)

    review, approve = page().steps

    assert (review.people, approve.people, approve.icon) == (1, 0, "failed")
    assert [post.title_vi for post in approve.vacant] == ["Lãnh đạo Cục"]


def test_a_unit_that_owes_a_report_and_has_nobody_to_sign(tung, lan, province, neighbour):
    factories.ObligationFactory(province=province)
    factories.ObligationFactory(province=neighbour)

    assert page().units_without_signatory == [neighbour]


def test_two_clocks_by_unit(tung, thu, province):
    factories.returned(province, tung, thu)

    (line,) = page().unit_clocks

    assert (line.unit, line.median_province, line.longest_ministry) == (province, 6, 0)


def test_it_is_empty_before_anything_is_sent(client, thu):
    client.force_login(thu)

    answer = client.get("/work/review/load/")

    assert answer.status_code == 200
    assert "Chưa có báo cáo nào được nộp." in answer.text


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count(client, thu, minh, item_count, django_assert_num_queries):
    for place in range(item_count):
        report = of_another_unit(f"tinh-{place}", f"7{place}")
        if place:
            actions.take_up(report.pk, by=thu, at=NOON)
    client.force_login(thu)

    with time_machine.travel(NOW), django_assert_num_queries(11):
        answer = client.get("/work/review/load/")

    assert len(answer.context["load"].unit_clocks) == item_count


def test_a_former_unit_is_named_with_the_day_it_ended(client, thu, province):
    ended = ProvinceFactory(
        code="94",
        name_vi="Sóc Trăng",
        slug="soc-trang",
        valid_from=date(2008, 8, 1),
        valid_to=date(2025, 7, 1),
    )
    factories.ObligationFactory(province=ended)
    client.force_login(thu)

    with time_machine.travel(NOW):
        answer = client.get("/work/review/load/")

    assert "Sóc Trăng (trước 01/7/2025)" in answer.text
