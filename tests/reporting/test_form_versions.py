"""A form grows while drafts are open: they get what is new, lose nothing, and what would break is refused."""

import copy
import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from foundation.actions import ActionRefused
from reporting import actions
from reporting.definition import form_for
from reporting.facts import load_facts
from reporting.form_changes import breaking, compare, laid_over
from reporting.form_preview import laid_out
from reporting.models import CountAnswer, FormVersion, IndicatorAnswer, StatusReport, TextAnswer
from reporting.workbooks import actions as workbooks
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, COUNTS, DEFINITION, NOON
from tests.reporting.workbooks import cell, fill, given_out, sent, taken

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

LATER = NOON + timedelta(hours=1)
NEW = {"key": "lessons", "kind": "text", "required": True, "label_vi": "Bài học"}


def changed(change, definition=DEFINITION):
    made = copy.deepcopy(definition)
    change({one["key"]: one for one in made["sections"]}, made)
    return made


def question(sections, section, key):
    return next(one for one in sections[section]["questions"] if one["key"] == key)


def grown(definition=DEFINITION):
    return changed(lambda sections, _made: sections["general"]["questions"].append(NEW), definition)


# --- What a change does -----------------------------------------------------------------


def set_on(section, name, /, **said):
    return lambda sections, _made: question(sections, section, name).update(said)


def unset(section, key, name):
    return lambda sections, _made: question(sections, section, key).pop(name)


@pytest.mark.parametrize(
    "change",
    [
        lambda sections, _made: sections["general"]["questions"].append(NEW),
        lambda _sections, made: made["sections"].append(
            {"key": "more", "title_vi": "Thêm", "questions": [NEW]}
        ),
        set_on("general", "summary", label_vi="Kết quả"),
        set_on("general", "summary", help_vi="Ba câu."),
        lambda sections, _made: sections["general"].update(title_vi="Chung"),
        unset("general", "summary", "required"),
        unset("indicators", "T3", "whole"),
        unset("indicators", "T3", "evidence"),
        unset("indicators", "T4", "maximum"),
        set_on("indicators", "T4", maximum="2000"),
    ],
)
def test_what_adds_or_loosens_breaks_nothing(change):
    found = compare(DEFINITION, changed(change))

    assert found != []
    assert [one for one in found if one.is_breaking] == []


@pytest.mark.parametrize(
    ("change", "address"),
    [
        (lambda sections, _made: sections["general"]["questions"].pop(0), "general.summary"),
        (lambda _sections, made: made["sections"].pop(0), "general"),
        (set_on("general", "contact", kind="count"), "general.contact"),
        (set_on("general", "contact", key="person"), "general.contact"),
        (set_on("general", "contact", required=True), "general.contact"),
        (set_on("indicators", "T4", maximum="10"), "indicators.T4"),
        (set_on("indicators", "T3", maximum="10"), "indicators.T3"),
        (set_on("indicators", "T8", whole=True), "indicators.T8"),
        (set_on("indicators", "T8", evidence=True), "indicators.T8"),
        (lambda sections, _made: sections["activities"].pop("from"), "activities"),
    ],
)
def test_what_would_lose_or_spoil_an_answer_breaks(change, address):
    assert [one.address for one in breaking(DEFINITION, changed(change))] == [address]


def test_a_renamed_key_is_named_as_such():
    (found,) = breaking(DEFINITION, changed(set_on("general", "contact", key="person")))

    assert "contact" in found.sentence
    assert "person" in found.sentence


def listing(*codes):
    kept = {"key": "sex", "name_vi": "Giới", "codes": [{"key": one, "name_vi": one} for one in codes]}
    asked = {"key": "n", "kind": "count", "by": "sex", "label_vi": "Người", "list": kept}
    return {"sections": [{"key": "a", "title_vi": "A", "questions": [asked]}]}


def test_a_code_may_come_to_a_list_and_none_may_go():
    more = compare(listing("female"), listing("female", "male"))
    fewer = compare(listing("female", "male"), listing("female"))

    assert [one.is_breaking for one in more] == [False]
    assert [one.is_breaking for one in fewer] == [True]


def test_another_list_breaks():
    other = changed(lambda sections, _made: question(sections, "portal", "trained").update(by="age"), COUNTS)

    assert [one.address for one in breaking(COUNTS, other)] == ["portal.trained"]


def test_a_report_keeps_what_a_new_form_lacks():
    fewer = {"sections": [{"key": "a", "title_vi": "B", "questions": []}]}

    merged = laid_over(listing("female"), fewer, fewer)

    assert merged["sections"][0]["title_vi"] == "B"
    assert [one["key"] for one in merged["sections"][0]["questions"]] == ["n"]


def test_a_list_in_a_report_keeps_its_codes_and_never_becomes_complete():
    fresh = listing("male")
    fresh["sections"][0]["questions"][0]["list"]["complete"] = True

    (section,) = laid_over(listing("female"), fresh, fresh)["sections"]

    kept = section["questions"][0]["list"]
    assert ([code["key"] for code in kept["codes"]], kept["complete"]) == (["female", "male"], False)


# --- To the drafts ----------------------------------------------------------------------


@pytest.fixture
def report(province, lan):
    report = factories.draft(province)
    actions.save_draft(report.pk, answers=ANSWERS, seen=0, by=lan, at=NOON)
    report.refresh_from_db()
    return report


def spread(report, definition, by, at=LATER):
    FormVersion.objects.filter(pk=report.form_id).update(definition=definition)
    count = actions.spread_form(report.form_id, by=by, at=at)
    return StatusReport.objects.with_unit().get(pk=report.pk), count


def test_an_open_draft_gets_the_new_question_and_keeps_every_answer(report, minh):
    fresh, count = spread(report, grown(), minh)

    assert (count, "general.lessons" in fresh.questions) == (1, True)
    assert TextAnswer.objects.get(address="general.summary").text == ANSWERS["general.summary"]["text"]
    assert IndicatorAnswer.objects.get(address="indicators.T3").numerator == 52
    event = fresh.events.get(step="form")
    assert (event.by, event.detail["new"]) == (minh, ["general.lessons"])
    assert fresh.version == report.version


def test_an_indicator_keeps_its_kind_subject_and_words(report, minh):
    before = report.questions["indicators.T3"].raw
    loosened = changed(lambda sections, made: question(sections, "indicators", "T3").pop("evidence"))

    fresh, _count = spread(report, loosened, minh)

    assert fresh.questions["indicators.T3"].raw == {
        name: said for name, said in before.items() if name != "evidence"
    }


def test_spreading_twice_changes_nothing_more(report, minh):
    spread(report, grown(), minh)

    _fresh, count = spread(report, grown(), minh)

    assert count == 0
    assert report.events.filter(step="form").count() == 1


def test_what_was_returned_is_answered_as_it_was_asked(province, tung, thu, minh):
    report = factories.returned(province, tung, thu)

    fresh, count = spread(report, grown(), minh)

    assert (count, "general.lessons" in fresh.questions) == (0, False)


def test_a_new_required_question_stops_submission_until_it_is_answered(report, lan, tung, minh):
    actions.attach_evidence(
        report.pk, address="indicators.T3", upload=factories.upload(), is_public=False, by=lan, at=NOON
    )
    spread(report, grown(), minh)

    with pytest.raises(actions.Incomplete):
        actions.declare_ready(report.pk, by=lan, at=LATER)
    told = {"general.lessons": {"text": "Làm sớm hơn"}}
    actions.save_draft(report.pk, answers=told, seen=report.version, by=tung, at=LATER)

    assert factories.submit(report, tung, at=LATER).round == 1


def test_who_may_not_change_forms_spreads_none(report, thu):
    FormVersion.objects.update(definition=grown())

    with pytest.raises(ActionRefused):
        actions.spread_form(report.form_id, by=thu, at=LATER)

    assert not report.events.filter(step="form").exists()


def test_a_new_code_reaches_the_drafts_that_divide_by_its_list(province, lan, minh):
    report = factories.counting(province)
    told = {"emptiness": "number", "value": "3", "parts": {"female": "2", "male": "1"}}
    actions.save_draft(report.pk, answers={"portal.trained": told}, seen=0, by=lan, at=NOON)
    factories.by_sex().codes.create(key="unknown", name_vi="Không ghi", position=9)

    count = actions.spread_list("sex", by=minh, at=LATER)

    fresh = StatusReport.objects.get(pk=report.pk)
    assert count == 1
    assert list(fresh.questions["portal.trained"].breakdown.codes) == ["female", "male", "unknown"]
    assert CountAnswer.objects.get().parts == {"female": "2", "male": "1"}


# --- The notice -------------------------------------------------------------------------


def section(report, key="general"):
    return reverse("work:section", args=[report.pk, key])


def test_the_notice_names_the_new_field_until_the_person_has_saved(client, lan, tung, minh, report):
    spread(report, grown(), minh)
    client.force_login(lan)

    page = client.get(section(report))
    typed = {"seen": "0", "field": "general.contact", "general-contact-text": "Phòng QLCN"}
    client.post(reverse("work:typed", args=[report.pk, "general"]), typed)
    assert client.get(section(report)).context["page"].news, (
        "an old page that saves by itself has told nobody"
    )
    upto = page.context["page"].news.upto
    assert f'name="news" value="{upto}"' in page.text
    client.post(section(report), {**typed, "seen": "1", "general-summary-text": "", "news": str(upto)})

    assert [str(one.label) for one in page.context["page"].news.fields] == ["Bài học"]
    assert f'href="{section(report)}#general-lessons"' in page.text
    assert client.get(section(report)).context["page"].news is None
    client.force_login(tung)
    assert client.get(section(report)).context["page"].news is not None


def test_pressing_seen_takes_the_notice_away(client, lan, minh, report):
    spread(report, grown(), minh, at=NOON + timedelta(seconds=1))
    client.force_login(lan)

    answer = client.post(reverse("work:form_seen", args=[report.pk]), {"section": "indicators"})

    assert answer.url == section(report, "indicators")
    assert client.get(section(report)).context["page"].news is None


def test_the_work_of_a_province_on_a_new_form_is_no_ones_elses_to_read(client, hoa, thu, minh, report):
    spread(report, grown(), minh)

    for person in (hoa, thu):
        client.force_login(person)
        assert client.post(reverse("work:form_seen", args=[report.pk])).status_code == 404
        assert client.post(reverse("work:add_activities", args=[report.pk])).status_code == 404


# --- Plan activities that came later ----------------------------------------------------


def test_activities_of_the_register_are_offered_and_added_on_request(client, lan, province):
    first = factories.plan_activity(province)
    report = factories.draft(province)
    actions.save_draft(
        report.pk,
        answers={f"activities.{first.pk}": {"progress": "doing", "percent": 40}},
        seen=0,
        by=lan,
        at=NOON,
    )
    later = first.plan.activities.create(position=2, title_vi="Truyền thông")
    client.force_login(lan)

    page = client.get(section(report, "activities"))
    client.post(reverse("work:add_activities", args=[report.pk]))

    fresh = StatusReport.objects.get(pk=report.pk)
    assert page.context["page"].activities_to_add == 1
    assert [one.key for one in fresh.sections[1].questions] == [str(first.pk), str(later.pk)]
    assert fresh.activityanswers.get().percent == 40
    assert client.get(section(report, "activities")).context["page"].activities_to_add == 0


def test_an_activity_that_left_the_register_stays_in_the_report(lan, province):
    first = factories.plan_activity(province)
    report = factories.draft(province)
    first.plan.activities.create(position=2, title_vi="Truyền thông")
    type(first.plan).objects.filter(pk=first.plan_id).update(withdrawn_at=LATER)

    assert actions.add_activities(report.pk, by=lan, at=NOON) == []
    assert [one.key for one in StatusReport.objects.get(pk=report.pk).sections[1].questions] == [
        str(first.pk)
    ]


def test_to_a_returned_report_no_activity_is_added(tung, thu, province):
    report = factories.returned(province, tung, thu)

    with pytest.raises(ActionRefused):
        actions.add_activities(report.pk, by=tung, at=NOON)


# --- A workbook from before the change --------------------------------------------------


def test_a_workbook_from_before_the_form_grew_is_taken_whole(client, report, lan, minh):
    book = fill(given_out(report), indicators__T4__value=7)
    spread(report, grown(), minh)
    kept = sent(report, book, lan)
    client.force_login(lan)

    page = client.get(kept.get_absolute_url())
    kept = workbooks.take(kept.pk, choices={}, seen=1, by=lan, at=LATER)

    assert page.context["page"].is_of_earlier_form
    assert (kept.outcome["taken"], kept.outcome["refused"]) == (1, [])
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 7


def test_a_row_made_up_for_a_new_question_is_passed_over(report, lan, minh):
    book = given_out(report)
    fresh, _count = spread(report, grown(), minh)
    cell(book, "general.contact", "text").parent.cell(6, 1).value = "general.lessons"

    kept = taken(fresh, book, lan)

    assert kept.outcome["taken"] == 0
    assert not TextAnswer.objects.filter(address="general.lessons").exists()


# --- The desk ---------------------------------------------------------------------------


def desk(form):
    return reverse("admin:reporting_formversion_change", args=[form.pk])


def as_typed(form, definition, **said):
    return {
        "regime": form.regime_id, "number": form.number, "in_force_from": form.in_force_from.isoformat(),
        "definition": json.dumps(definition), "changes_vi": "", "changes_en": "", "source": "", **said,
    }  # fmt: skip


def test_the_desk_saves_what_grows_and_tells_how_many_drafts_got_it(client, minh, report):
    client.force_login(minh)

    answer = client.post(desk(report.form), as_typed(report.form, grown()), follow=True)

    assert "general.lessons" in StatusReport.objects.get(pk=report.pk).questions
    assert [str(one)[:1] for one in answer.context["messages"]][:1] == ["1"]


def test_the_desk_refuses_what_would_break_at_its_place(client, minh, report):
    client.force_login(minh)
    shorter = changed(lambda sections, _made: sections["general"]["questions"].pop(0))

    answer = client.post(desk(report.form), as_typed(report.form, shorter))

    faults = answer.context["adminform"].form.errors["definition"]
    assert "general.summary" in faults[0]
    assert "2" in faults[-1]
    assert FormVersion.objects.get().definition == DEFINITION
    assert "general.summary" in StatusReport.objects.get(pk=report.pk).questions


def test_a_version_in_use_keeps_its_number(report):
    form = report.form
    form.number = 9

    with pytest.raises(ValidationError):
        form.clean()


def test_a_version_nobody_uses_may_change_in_any_way():
    form = factories.FormVersionFactory()
    form.definition = changed(lambda sections, _made: sections["general"]["questions"].pop(0))

    form.clean()


def test_a_new_version_begins_as_a_copy_and_leaves_begun_reports_alone(client, minh, report):
    client.force_login(minh)
    page = client.get(reverse("admin:reporting_formversion_add"), {"from": report.form_id})
    initial = page.context["adminform"].form.initial
    shorter = changed(lambda sections, _made: sections["general"]["questions"].pop(0))

    client.post(
        reverse("admin:reporting_formversion_add"),
        as_typed(report.form, shorter, number=initial["number"], in_force_from="2025-12-15"),
    )

    newest = FormVersion.objects.get(number=2)
    assert (initial["number"], initial["definition"]) == (2, DEFINITION)
    assert form_for(report.period) == newest
    begun = StatusReport.objects.get(pk=report.pk)
    assert (begun.form.number, "general.summary" in begun.questions) == (1, True)


def test_the_desk_shows_who_uses_a_version_and_what_changed_since_the_one_before(client, minh, report):
    second = factories.FormVersionFactory(
        regime=report.form.regime, number=2, in_force_from=date(2026, 12, 15), definition=grown()
    )
    client.force_login(minh)

    assert "đang lập: 1" in client.get(desk(report.form)).text
    page = client.get(desk(second)).text

    assert "general.lessons" in page
    assert "Bài học" in page


def test_loading_the_facts_again_leaves_a_version_that_reports_use(province):
    load_facts()
    form = FormVersion.objects.get(regime__code="bao-cao-nam", number=1)
    factories.draft(province, form=form)
    FormVersion.objects.filter(pk=form.pk).update(definition=grown(form.definition))

    load_facts()

    form.refresh_from_db()
    assert form.definition["sections"][0]["questions"][-1] == NEW


# --- How it reads on the desk -----------------------------------------------------------


def test_the_desk_shows_the_form_as_it_reads(client, minh, report):
    client.force_login(minh)

    page = client.get(reverse("admin:reporting_formversion_change", args=[report.form_id])).text

    shown = page[page.index("form-preview") :]
    for words in ("1. Thông tin chung", "Kết quả chính", "general.summary", "phải trả lời", "triệu đồng",
                  "không quá 1000", "sổ đăng ký kế hoạch"):  # fmt: skip
        assert words in shown, words


def test_an_indicator_the_programme_no_longer_measures_is_said_to_be_left_out(db):
    form = {"sections": [{"key": "a", "title_vi": "A", "questions": [{"key": "T99", "kind": "indicator"}]}]}

    (line,) = laid_out(form)[0].questions

    assert (line.address, line.unit) == ("a.T99", "")
    assert "không được hỏi" in line.conditions[0]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ('{"sections": [\n {"key": "a" "title_vi": "A"}]}', "Dòng 2, ký tự 14"),
        ('{"sections": [{"key": "a", "title_vi": "A"}, {"key": "b"}]}', "sections[1]: "),
        (
            '{"sections": [{"key": "a", "title_vi": "A", "questions": [{"key": "1", "kind": "text"}, {}]}]}',
            "sections[0].questions[1]: ",
        ),
        ("[" * 3000 + "]" * 3000, "lồng nhau quá sâu"),
    ],
)
def test_what_is_wrong_with_the_text_is_told_with_its_path(client, minh, typed, told):
    form = factories.FormVersionFactory()
    client.force_login(minh)
    address = reverse("admin:reporting_formversion_change", args=[form.pk])

    page = client.post(
        address,
        {"regime": form.regime_id, "number": form.number, "in_force_from": "2021-01-01", "definition": typed},
    )

    assert page.status_code == 200
    assert told in " ".join(page.context["adminform"].form.errors["definition"])
    assert FormVersion.objects.get().definition == form.definition
