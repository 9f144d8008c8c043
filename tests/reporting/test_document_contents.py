"""What each kind of document says of a cut: its own span and scope, in order, numbered, in both languages."""

from datetime import UTC, date, datetime

import pytest

from foundation.dates import PartialDate
from foundation.jobs import JobFailed
from provinces.models import PlanActivity
from reporting import actions
from reporting.documents.annexes import ANNEXES
from reporting.documents.blocks import Heading, Paragraph, Picture, Table, from_json
from reporting.documents.composing import numbered
from reporting.documents.rendering import page_of
from reporting.documents.sections import SECTIONS
from reporting.outline import Reach, Scope
from tests.events.factories import EventFactory
from tests.library.factories import GuidelineFactory, PilotModelFactory
from tests.programmes.factories import (
    DeliverableFactory,
    IndicatorFactory,
    TargetFactory,
    TaskFactory,
    TaskGroupFactory,
)
from tests.provinces.factories import PlanFactory, ProvinceFactory, merge
from tests.reporting import factories
from tests.reporting.approved import NOON, approve, t3, year_of
from tests.reporting.composed import (
    KINDS,
    composed,
    cut_of,
    heads,
    in_region,
    said,
    table,
)
from tests.reporting.test_cut_contents import carry_out, everything, spend
from tests.training.factories import CourseFactory, ParticipantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def indicator():
    return t3()


@pytest.fixture
def task(indicator):
    group = TaskGroupFactory(programme=indicator.programme, number=9, name_vi="Giáo dục, lối sống")
    return TaskFactory(programme=indicator.programme, group=group, title_vi="Thực hành tốt")


def scopes(province, region, group):
    return {
        "nation": Scope(),
        "region": Scope(Reach.REGION, region.pk, region.name_vi, region.name_en),
        "province": Scope(Reach.PROVINCE, province.pk, "Đà Nẵng", "Da Nang"),
        "task_group": Scope(Reach.TASK_GROUP, group.pk, group.name_vi, "Education"),
    }


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_asks_only_for_what_is_composed(kind):
    row = KINDS[kind]

    assert set(row["sections"]) <= set(SECTIONS)
    assert set(row["annexes"]) <= set(ANNEXES)
    assert len(set(row["sections"])) == len(row["sections"])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_reads_the_same_from_json_in_both_languages(kind, indicator, province, task):
    region = in_region(province)
    everything(province, indicator, task)
    content = cut_of(year_of(2026), first_year=KINDS[kind].get("first_year"))
    scope = scopes(province, region, task.group)[KINDS[kind]["reach"]]

    for language in ("vi", "en"):
        document = composed(content, kind, scope, language=language)
        assert from_json(document.as_json()) == document
        assert document.blocks[-1].text.endswith("./.")
        for block in document.blocks:
            if isinstance(block, Table):
                assert sum(block.widths) == 100
                assert len(block.head) == len(block.widths) == len(block.aligned)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_told_by_a_cut_from_before_there_were_kinds(kind, indicator, province, task):
    region = in_region(province)
    approve(province, 2026, indicator, numerator=52, denominator=66)
    content = cut_of(year_of(2026))
    old = {name: content[name] for name in OLD}
    old["period"] = {name: content["period"][name] for name in ("year", "first_day", "last_day")}
    old["reports"] = {name: content["reports"][name] for name in ("expected", "approved")}

    document = composed(old, kind, scopes(province, region, task.group)[KINDS[kind]["reach"]])

    assert document.blocks[-1].text.endswith("./.")


OLD = ("map_day", "is_demo", "units", "former_units", "indicators", "plans", "activities", "money", "texts")


def test_headings_are_numbered_as_the_decree_has_them():
    levels = (0, 1, 2, 3, 3, 2, 1, 0, 1, 2)

    found = numbered([Heading(level, "", "x") for level in levels])

    assert [one.number for one in found] == ["I", "I", "1", "a", "b", "2", "II", "II", "I", "1"]
    assert len({one.anchor for one in found}) == len(levels)


def test_numbers_of_headings_go_on_as_long_as_there_are_headings():
    chapters = [one.number for one in numbered([Heading(1, "", "x")] * 60)]
    letters = [one.number for one in numbered([Heading(3, "", "x")] * 25)]

    assert chapters[23:27] + chapters[39:40] + chapters[58:] == [
        "XXIV", "XXV", "XXVI", "XXVII", "XL", "LIX", "LX",
    ]  # fmt: skip
    assert letters[21:] == ["x", "y", "aa", "ab"]


def test_the_ministry_s_words_stand_in_the_document(indicator, province):
    approve(province, 2026, indicator, numerator=52, denominator=66)

    document = composed(cut_of(year_of(2026)), words={"targets.T3": "Lời của Bộ."})

    assert "Lời của Bộ." in said(document)
    assert "Năm 2026 đạt 78,8%" not in said(document)


def test_every_composed_paragraph_has_a_name_of_its_own(indicator, province, task):
    everything(province, indicator, task)

    document = composed(cut_of(year_of(2026)))

    keys = [one.key for one in document.blocks if isinstance(one, Paragraph) and one.key]
    assert len(set(keys)) == len(keys)
    assert {"opening.basis", "targets.overall", "targets.T3", "tasks.overview", "plans.register",
            "training.overview", "events.overview", "money.overview", "closing"} <= set(keys)  # fmt: skip


def test_a_kind_that_asks_for_an_unknown_part_fails_with_its_name(indicator, province):
    content = cut_of(year_of(2026))

    with pytest.raises(JobFailed, match="loi_noi_dau"):
        composed(content, sections=("opening", "loi_noi_dau"))


def test_contents_list_chapters_and_annexes(indicator, province):
    approve(province, 2026, indicator, numerator=52, denominator=66)

    document = composed(cut_of(year_of(2026)))

    (contents,) = (block for block in document.blocks if block.block == "contents")
    chapters = [one for one in document.blocks if isinstance(one, Heading) and one.level == 1]
    assert [entry.anchor for entry in contents.entries if entry.has_page] == [one.anchor for one in chapters]
    assert [entry.words.partition(". ")[2] for entry in contents.entries if not entry.has_page] == [
        annex.title for annex in document.annexes
    ]


def test_a_single_annex_bears_no_number(indicator, province):
    document = composed(cut_of(year_of(2026)), "plan-register")

    assert [annex.number for annex in document.annexes] == [""]
    page = page_of(document, check_url="http://127.0.0.1/", template="reporting/documents/preview.html")
    assert '<p class="annex-number">Phụ lục</p>' in page


def test_every_target_is_told_with_its_pace_its_forecast_and_its_coverage(indicator, province, neighbour):
    for year, numerator in ((2025, 41), (2026, 52)):
        approve(province, year, indicator, numerator=numerator, denominator=66)
        approve(neighbour, year, indicator, numerator=numerator, denominator=66)

    document = composed(cut_of(year_of(2026)))

    words = next(one.text for one in document.blocks if getattr(one, "key", "") == "targets.T3")
    assert words.startswith("Năm 2026 đạt 78,8% (104 trên 132), số liệu của 2 trên 2 đơn vị.")
    assert words.endswith("Nếu giữ xu thế của các năm qua, đến hết năm 2030 đạt 100%.")
    (row,) = table(document, "Tổng hợp các chỉ tiêu").rows
    assert row.cells[1:5] == ("78,8%", "70%", "100%", "100%")
    assert row.cells[-1] == "2/2"


def test_no_forecast_where_too_few_units_gave_a_number(indicator, province):
    for _place in range(3):
        ProvinceFactory()
    for year, numerator in ((2025, 41), (2026, 52)):
        approve(province, year, indicator, numerator=numerator, denominator=66)

    document = composed(cut_of(year_of(2026)))

    line = next(one for one in document.blocks if isinstance(one, Picture) and one.kind == "line")
    assert line.data["forecast"] is None
    assert table(document, "Tổng hợp các chỉ tiêu").rows[0].cells[4] == "–"


def test_every_picture_has_a_table_or_words_that_say_the_same(indicator, province, task):
    for year, numerator in ((2025, 41), (2026, 52)):
        approve(province, year, indicator, numerator=numerator, denominator=66)
    spend(province, 2026, planned=100, received=90, spent=80)

    pictures = [one for one in composed(cut_of(year_of(2026))).blocks if isinstance(one, Picture)]

    assert {one.kind for one in pictures} == {"ruler", "line", "cartogram", "money"}
    assert all(one.sentence and one.caption for one in pictures)


def test_money_of_a_year_is_the_year_s_and_of_several_years_all_of_it(indicator, province):
    spend(province, 2025, planned=1000, received=900, spent=800)
    spend(province, 2026, planned=100, received=90, spent=81)

    of_year = composed(cut_of(year_of(2026)))
    of_all = composed(cut_of(year_of(2026), span="since_start", first_year=2021))

    assert "kế hoạch là 100 triệu đồng, đã cấp 90 triệu đồng, đã chi 81 triệu đồng" in said(of_year)
    assert "Đã cấp 90% kinh phí kế hoạch, đã chi 90% kinh phí được cấp." in said(of_year)
    assert "Trong giai đoạn 2021–2026" in said(of_all)
    assert table(of_all, "Kinh phí theo nguồn, triệu đồng").rows[-1].cells[1:] == ("1.100", "990", "881")


def test_nothing_known_of_money_is_a_dash_and_not_zero(indicator, province):
    spend(province, 2026, planned=100)

    document = composed(cut_of(year_of(2026)))

    assert table(document, "Kinh phí theo nguồn, triệu đồng").rows[-1].cells == (
        "Tất cả các nguồn", "100", "–", "–",
    )  # fmt: skip


def test_a_report_on_a_province_tells_its_own_and_its_predecessors_rows(indicator, province, neighbour, task):
    old = ProvinceFactory(code="60", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1))
    merge(old, heir=province)
    approve(province, 2026, indicator, numerator=52, denominator=66)
    approve(neighbour, 2026, indicator, numerator=1, denominator=66)
    carry_out(province, 2026, factories.plan_activity(province, "Của mình"), "done")
    carry_out(old, 2026, factories.plan_activity(old, "Của đơn vị cũ"), "doing")
    carry_out(neighbour, 2026, factories.plan_activity(neighbour, "Của láng giềng"), "done")

    document = composed(
        cut_of(year_of(2026)), "province", Scope(Reach.PROVINCE, province.pk, "Đà Nẵng", "Da Nang")
    )

    assert "Năm 2026 đạt 78,8% (52 trên 66)." in said(document)
    listed = {row.cells[1] for row in table(document, "Các hoạt động và kết quả").rows}
    assert listed == {"Của mình", "Của đơn vị cũ"}
    assert "2021–2030" in document.blocks[0].text
    assert "tại Đà Nẵng" in document.blocks[0].text


def test_what_no_single_heir_can_show_stands_in_the_total_by_itself(indicator, province, neighbour):
    old = ProvinceFactory(code="60", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1))
    merge(old, heir=province)
    merge(old, heir=neighbour)
    spend(province, 2026, spent=5)
    spend(old, 2026, spent=7)

    document = composed(cut_of(year_of(2026)), annexes=("money",))

    rows = document.annexes[0].blocks[0].rows
    assert [row.cells[1:5:3] for row in rows[-2:]] == [
        ("Không chia được cho các đơn vị kế thừa", "7"),
        ("Mọi đơn vị", "12"),
    ]


def test_a_report_on_a_region_shows_its_units_alone(indicator, province, neighbour):
    region = in_region(province)
    approve(province, 2026, indicator, numerator=52, denominator=66)
    approve(neighbour, 2026, indicator, numerator=1, denominator=66)

    document = composed(cut_of(year_of(2026)), "region", Scope(Reach.REGION, region.pk, "Duyên hải", "Coast"))

    rows = table(document, "Các chỉ tiêu theo tỉnh, thành phố").rows
    assert [row.cells[1:] for row in rows] == [("Đà Nẵng", "78,8")]
    assert "số liệu của 1 trên 1 đơn vị" in said(document)
    assert "Quảng Ngãi" not in str(document.as_json())


def test_few_units_have_all_their_targets_in_one_annex(indicator, province):
    other = IndicatorFactory(programme=indicator.programme, code="T9", name_vi="Mô hình")
    TargetFactory(indicator=other, phase=indicator.programme.phases.first())
    approve(province, 2026, indicator, numerator=52, denominator=66)

    document = composed(cut_of(year_of(2026)), annexes=("indicators",))

    (annex,) = document.annexes
    assert [one.caption for one in annex.blocks] == [indicator.name_vi, "Mô hình"]


def test_a_sum_of_one_part_is_measured_by_no_national_mark(indicator, province):
    models = indicator
    models.carry_over, models.unit_vi = "sum", "mô hình"
    models.save()
    approve(province, 2026, models, value=3)

    document = composed(cut_of(year_of(2026)), "province", Scope(Reach.PROVINCE, province.pk, "Đà Nẵng", ""))

    assert "Năm 2026 đạt 3 mô hình." in said(document)
    assert "mốc" not in next(one.text for one in document.blocks if getattr(one, "key", "") == "targets.T3")
    assert not [one for one in document.blocks if isinstance(one, Picture) and one.kind == "ruler"]


def test_a_task_s_state_follows_from_its_approved_activities(indicator, province, task):
    plan = PlanFactory(province=province)
    for place, progress in enumerate(("done", "doing"), 1):
        activity = PlanActivity.objects.create(plan=plan, position=place, task=task, title_vi=f"Việc {place}")
        carry_out(province, 2026, activity, progress)

    document = composed(cut_of(year_of(2026)))

    rows = table(document, "Nhiệm vụ, cơ quan thực hiện và các hoạt động triển khai").rows
    assert rows[0].cells[1] == "9. Giáo dục, lối sống"
    assert rows[1].cells[1:] == ("Thực hành tốt", "chưa có trong nguồn", "2", "1", "1", "0", "đang thực hiện")


def test_a_report_on_a_task_group_tells_that_group_alone(indicator, province, task):
    other = TaskFactory(programme=indicator.programme, title_vi="Việc khác")
    plan = PlanFactory(province=province)
    for place, one in enumerate((task, other), 1):
        activity = PlanActivity.objects.create(plan=plan, position=place, task=one, title_vi=f"Việc {place}")
        carry_out(province, 2026, activity, "done", spent_local=place)

    document = composed(
        cut_of(year_of(2026)), "task-group", Scope(Reach.TASK_GROUP, task.group_id, "Giáo dục, lối sống", "")
    )

    assert "Việc khác" not in str(document.as_json())
    assert [row.cells[1] for row in table(document, "Các hoạt động và kết quả").rows if not row.is_group] == [
        "Việc 1"
    ]
    assert "“Giáo dục, lối sống”" in document.blocks[0].text


def test_training_counts_what_was_held_within_the_year(indicator, province):
    within = CourseFactory(province=province)
    ParticipantFactory(course=within)
    ParticipantFactory(course=within, sex="male")
    CourseFactory(province=province, begins_on=PartialDate(2025, 4, 1), ends_on=None)
    CourseFactory(province=province, status="planned", begins_on=PartialDate(2026, 12, 1), ends_on=None)

    document = composed(cut_of(year_of(2026)), "training")

    assert "Trong năm 2026 đã tổ chức 1 khoá học tại 1 tỉnh, thành phố." in said(document)
    assert "2 người tham dự, trong đó 1 nữ" in said(document)
    (annex,) = document.annexes
    assert len(annex.blocks[0].rows) == 2  # held, and announced for the same year


def test_a_rough_number_of_people_says_that_it_is_rough(indicator, province):
    course = CourseFactory(province=province)
    course.reported_counts.create(stage="attended", people_number=60, people_qualifier="about")

    document = composed(cut_of(year_of(2026)), "training")

    assert "ước chừng" in said(document)
    assert "khoảng 60" in document.annexes[0].blocks[0].rows[0].cells


def test_events_of_the_half_year_are_those_that_began_in_it(indicator):
    EventFactory(title_vi="Trong kỳ", starts=PartialDate(2026, 6, 14))
    EventFactory(title_vi="Sau kỳ", starts=PartialDate(2026, 6, 15))
    EventFactory(
        title_vi="Đã huỷ", starts=PartialDate(2026, 5, 1), stated_status="cancelled",
        cancelled_at=datetime(2026, 4, 1, tzinfo=UTC),
    )  # fmt: skip

    document = composed(cut_of(year_of(2026), span="half", half=1), "national-half")

    assert [row.cells[2] for row in table(document, "Các sự kiện 6 tháng đầu năm 2026").rows] == ["Trong kỳ"]


def test_events_of_a_year_are_counted_by_kind_and_listed_in_an_annex(indicator):
    for number, qualifier in ((100, ""), (60, "about")):
        EventFactory(starts=PartialDate(2026, 4, 1), delegates_number=number, delegates_qualifier=qualifier)

    document = composed(cut_of(year_of(2026)))

    (row,) = table(document, "Các sự kiện năm 2026 theo loại").rows
    assert row.cells == ("Hội nghị toàn quốc", "2", "Đà Nẵng", "khoảng 160")
    annex = next(annex for annex in document.annexes if annex.title == "Các sự kiện năm 2026")
    assert len(annex.blocks[0].rows) == 2


def test_deliverables_are_counted_by_what_has_become_of_them(indicator):
    DeliverableFactory(programme=indicator.programme, count=5, first_year=2021)
    DeliverableFactory(programme=indicator.programme, status="planned", first_year=2027)
    model = PilotModelFactory(status="apply")
    PilotModelFactory(status="replicate", parent=model)
    GuidelineFactory(title_vi="Hướng dẫn dệt may", dated_on=PartialDate(2026, 3))

    document = composed(cut_of(year_of(2026)))

    assert "có 5 sản phẩm đã hoàn thành, 0 sản phẩm đang soạn thảo và 0 sản phẩm dự kiến" in said(document)
    assert "ban hành trong năm 2026: Hướng dẫn dệt may." in said(document)
    assert "2 mô hình thí điểm: 2 mô hình đã áp dụng hoặc nhân rộng, 1 mô hình nhân rộng từ" in said(document)


def test_plans_name_who_issued_who_inherited_and_who_lacks_one(indicator, province, neighbour):
    old = ProvinceFactory(code="62", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1))
    merge(old, heir=neighbour)
    PlanFactory(province=province, issued_on=PartialDate(2026, 1, 5))
    PlanFactory(province=old, issued_on=PartialDate(2021, 1, 5))
    ProvinceFactory(code="30", name_vi="Hải Phòng")

    document = composed(cut_of(year_of(2026)), "plan-register")

    rows = table(document, "Đơn vị ban hành, kế thừa, chưa có kế hoạch trong sổ").rows
    assert [row.cells[1:] for row in rows] == [("1", "Đà Nẵng"), ("1", "Quảng Ngãi"), ("1", "Hải Phòng")]


def test_the_same_words_of_several_provinces_are_told_once_with_all_of_them(province, neighbour, tung, minh):
    content = cut_of(reported_period(province, tung, minh))
    (group,) = [group for group in content["texts"] if group["chapter"] == "results"]
    group["lines"].append({"unit": neighbour.pk, "text": group["lines"][0]["text"]})

    document = composed(content)

    assert "– Đà Nẵng, Quảng Ngãi: Đã tập huấn 52 khu, cụm." in said(document)


def reported_period(province, tung, minh):
    report = factories.submitted(province, tung)
    actions.approve(report.pk, by=minh, at=NOON)
    return report.period


def test_the_annex_on_figures_names_the_formula_and_who_is_missing(indicator, province, neighbour):
    approve(province, 2026, indicator, numerator=52, denominator=66)
    approve(neighbour, 2026, indicator, emptiness="not_yet", reason="đang kiểm kê")

    document = composed(cut_of(year_of(2026)))

    annex = next(annex for annex in document.annexes if annex.title == "Cách tính các số liệu")
    (row,) = annex.blocks[0].rows
    assert row.cells[1] == "Tổng “đã phổ biến” chia cho tổng “tổng số”, nhân 100."
    assert row.cells[2:] == ("1/2", "chưa có số: Quảng Ngãi")


def test_only_a_report_to_the_prime_minister_is_addressed_to_him(indicator, province):
    content = cut_of(year_of(2026))

    national, events = composed(content), composed(content, "events")

    assert national.head.addressed_to == "Kính gửi: Thủ tướng Chính phủ."
    assert national.foot.recipients[0] == "- Như trên;"
    assert (events.head.addressed_to, "- Như trên;" in events.foot.recipients) == ("", False)


def test_the_parts_of_a_long_report_hold_its_chapters(indicator, province):
    document = composed(cut_of(year_of(2026), span="since_start", first_year=2021), "mid-term")

    tops = [one for one in document.blocks if isinstance(one, Heading) and one.level < 2]
    assert [(one.level, one.number) for one in tops][:2] == [(0, "I"), (1, "I")]
    second = [place for place, one in enumerate(tops) if one.level == 0][1]
    assert tops[second + 1].number == "I"
    assert heads(document)[0] == "I. Tình hình và kết quả thực hiện"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_heading_stands_alone(kind, language, indicator, province, task):
    """Neither where nothing is known nor, below, where everything is."""
    scope = scopes(province, in_region(province), task.group)[KINDS[kind]["reach"]]
    contents = [cut_of(year_of(2026), first_year=KINDS[kind].get("first_year"))]
    everything(province, indicator, task)
    contents.append(cut_of(year_of(2026), first_year=KINDS[kind].get("first_year")))

    for content in contents:
        blocks = composed(content, kind, scope, language=language).blocks
        for block, after in zip(blocks, [*blocks[1:], Heading(0, "", "")], strict=True):
            assert not (
                isinstance(block, Heading) and isinstance(after, Heading) and after.level <= block.level
            ), block.text


def test_the_activities_of_a_task_add_up(indicator, province, task):
    plan = PlanFactory(province=province)
    for place, progress in enumerate(("done", "doing", "paused", "not_started", "dropped"), 1):
        activity = PlanActivity.objects.create(plan=plan, position=place, task=task, title_vi=f"Việc {place}")
        carry_out(province, 2026, activity, progress)

    document = composed(cut_of(year_of(2026)))

    rows = table(document, "Nhiệm vụ, cơ quan thực hiện và các hoạt động triển khai").rows
    assert rows[1].cells[3:7] == ("5", "1", "2", "2")
