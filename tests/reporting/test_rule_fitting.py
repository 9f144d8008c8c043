"""A rule that does not fit is refused at the column that is wrong, in a sentence."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from programmes import facts as programmes
from reporting import actions
from reporting.facts import load_facts
from reporting.models import CheckRule
from reporting.rule_fitting import Asked, faults_of_rule, summands_of
from tests.reporting import factories
from tests.reporting.check_rules import ORDER, TEXT, kept_rule, rule

ASKED = [
    Asked("general", "summary", "text"),
    Asked("activities", "*", "activity"),
    Asked("indicators", "T3", "ratio"),
    Asked("indicators", "T4", "number"),
    Asked("indicators", "T8", "yes_no"),
    Asked("money", "local", "money"),
]
SUM = {"test": "sum", "scope": "kind", "target": "money", "part": "spent", "relation": "at_most",
       "summands": "activities.* spent_{key}"}  # fmt: skip
RANGE = {"test": "range", "scope": "field", "target": "indicators.T4"}


@pytest.mark.parametrize("given", [
    {}, ORDER, TEXT, SUM, {**RANGE, "maximum": Decimal(3)},
    {"test": "note", "scope": "kind", "target": "yes_no", "condition": "zero"},
    {"test": "unchanged", "scope": "section", "target": "indicators"},
    {"test": "range", "scope": "section", "target": "activities", "part": "percent", "maximum": Decimal(99)},
    {"test": "order", "scope": "field", "target": "indicators.T4", "other": "indicators.T3",
     "other_part": "denominator"},
])  # fmt: skip
def test_what_fits_is_kept(given):
    assert faults_of_rule(rule(**given), ASKED) == {}


@pytest.mark.parametrize(("given", "column"), [
    ({"target": "indicators.T9"}, "target"),
    ({"scope": "section", "target": "indicator"}, "target"),
    ({"scope": "kind", "target": "share"}, "target"),
    ({"target": "activities.*"}, "target"),
    ({"target": "general.summary"}, "test"),
    ({"threshold": None}, "threshold"),
    ({"threshold": Decimal(-1)}, "threshold"),
    ({"direction": ""}, "direction"),
    ({"measure": ""}, "measure"),
    ({"part": "spent"}, "part"),
    ({"part": "denominator"}, "measure"),  # points of a count
    ({"target": "indicators.T4"}, "measure"),
    ({"minimum": Decimal(1)}, "minimum"),  # of another kind of check
    ({"aliases": "khu"}, "aliases"),
    (RANGE, "minimum"),
    ({**RANGE, "minimum": Decimal(3), "maximum": Decimal(2)}, "maximum"),
    ({**ORDER, "other_part": "received"}, "other_part"),
    ({**ORDER, "other_part": "percent"}, "other_part"),
    ({**ORDER, "other_part": ""}, "other"),
    ({**ORDER, "other": "money.khac"}, "other"),
    ({**ORDER, "part": ""}, "part"),
    ({**SUM, "summands": ""}, "summands"),
    ({**SUM, "summands": "activity.* spent_{key}"}, "summands"),
    ({**SUM, "summands": "activities.* received"}, "summands"),
    ({**SUM, "summands": "activities.12 spent"}, "summands"),
    ({**SUM, "relation": ""}, "relation"),
    ({**SUM, "tolerance": Decimal(101)}, "tolerance"),
    ({**TEXT, "aliases": " "}, "aliases"),
    ({**TEXT, "other": ""}, "other"),
    ({**TEXT, "other": "general.summary"}, "other_part"),
    ({"test": "note", "scope": "kind", "target": "yes_no"}, "condition"),
    ({"test": "note", "scope": "kind", "target": "activity", "condition": "zero"}, "test"),
])  # fmt: skip
def test_what_does_not_fit_is_said_at_its_column(given, column):
    faults = faults_of_rule(rule(**given), ASKED)

    assert column in faults
    assert all(sentence[0].isupper() or sentence.startswith("“") for sentence in faults.values())


def test_a_line_of_a_sum_names_a_field_and_its_number():
    assert [(one.address, one.part) for one in summands_of("indicators.T4\n\n activities.*  spent \n")] == [
        ("indicators.T4", ""), ("activities.*", "spent"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_rule_is_held_against_the_forms_in_use(province):
    factories.draft(province)

    rule().full_clean()
    with pytest.raises(ValidationError) as refusal:
        rule(target="indicators.T9", is_active=True).full_clean()

    assert set(refusal.value.message_dict) == {"target", "in_force_from"}
    assert (
        "Đang có: general.summary, general.contact, indicators.T3" in refusal.value.message_dict["target"][0]
    )


@pytest.mark.django_db
def test_a_form_replaced_by_a_newer_one_is_no_longer_in_use(province):
    draft = factories.draft(province)
    newer = {"sections": [{"key": "general", "title_vi": "Chung", "questions": []}]}
    factories.FormVersionFactory(regime=draft.form.regime, number=2, definition=newer)

    with pytest.raises(ValidationError):
        rule().full_clean()


@pytest.mark.django_db
def test_a_rule_that_no_longer_fits_is_still_switched_off(province):
    draft = factories.draft(province)
    kept = kept_rule()
    newer = {"sections": [{"key": "general", "title_vi": "Chung", "questions": []}]}
    factories.FormVersionFactory(regime=draft.form.regime, number=2, definition=newer)

    with pytest.raises(ValidationError):
        kept.full_clean()
    kept.is_active = False
    kept.full_clean()


@pytest.mark.django_db
def test_presets_are_brought_once_say_so_and_never_overwrite_the_ministry():
    programmes.load_facts()
    load_facts()
    changed = CheckRule.objects.get(code="ty-le-bien-dong")
    changed.threshold, changed.is_active = Decimal(25), False
    actions.keep_rule(changed)

    load_facts()

    assert CheckRule.objects.count() == 9
    assert set(CheckRule.objects.exclude(pk=changed.pk).values_list("is_preset", "is_active")) == {
        (True, True)
    }
    kept = CheckRule.objects.get(pk=changed.pk)
    assert (kept.threshold, kept.is_active, kept.is_preset, kept.version) == (25, False, False, 2)
    assert [one.history.count() for one in CheckRule.objects.exclude(pk=changed.pk)] == [1] * 8
    for one in CheckRule.objects.all():
        one.full_clean()
        assert one.message_en
        assert one.instruction_en


@pytest.mark.django_db
def test_a_preset_whose_field_nobody_asks_is_not_brought():
    load_facts()  # without the programme's indicators

    codes = set(CheckRule.objects.values_list("code", flat=True))

    assert "ty-le-bien-dong" not in codes
    assert "cap-khong-qua-ke-hoach" in codes
