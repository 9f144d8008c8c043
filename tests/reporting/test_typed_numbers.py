"""Numbers in the forms of reports: what was typed comes back as typed, in either language."""

import pytest
from django.urls import reverse

from reporting import actions
from reporting.models import IndicatorAnswer, MoneyAnswer
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = pytest.mark.django_db


def section(report, key="indicators"):
    return reverse("work:section", args=[report.pk, key])


def as_shown(response):
    """Every box as a browser would send it back."""
    fields = [one.form for one in response.context["page"].fields if one.form]
    return {
        "seen": str(response.context["page"].seen),
        **{box.html_name: str(box.value() or "") for form in fields for box in form},
    }


@pytest.mark.parametrize(
    ("prefix", "planned", "received"), [("", "3.350", "2.110"), ("/en", "3,350", "2,110")]
)
def test_numbers_come_back_as_typed_until_all_is_mended(client, lan, province, prefix, planned, received):
    address = prefix + section(factories.draft(province), "money")
    client.force_login(lan)
    boxes = {"money-local-emptiness": "number", "money-local-planned": planned}
    boxes |= {"money-local-received": received, "money-local-spent": "-5"}

    refused = client.post(address, {"seen": "0", **boxes})
    again = as_shown(refused)
    mended = client.post(address, {**again, "money-local-spent": "5"})

    assert refused.status_code == 422
    assert f'value="{planned}"' in refused.text
    assert {name: again[name] for name in boxes} == boxes
    assert mended.status_code == 302
    stored = MoneyAnswer.objects.get()
    assert (stored.planned, stored.received, stored.spent) == (3350, 2110, 5)


@pytest.mark.parametrize(("prefix", "shown"), [("", "1.111"), ("/en", "1,111")])
def test_a_question_left_alone_keeps_its_number_beside_a_refused_one(client, lan, province, prefix, shown):
    report = factories.draft(province)
    stored = {"indicators.T3": {"emptiness": "number", "numerator": "1000", "denominator": "1111"}}
    actions.save_draft(report.pk, answers=stored, seen=0, by=lan, at=NOON)
    client.force_login(lan)
    address = prefix + section(report)
    boxes = as_shown(client.get(address))

    refused = client.post(
        address, {**boxes, "indicators-T4-emptiness": "number", "indicators-T4-value": "1e5"}
    )
    client.post(address, {**as_shown(refused), "indicators-T4-value": "12"})

    assert as_shown(refused)["indicators-T3-denominator"] == shown
    assert as_shown(refused)["indicators-T4-value"] == "1e5"
    assert IndicatorAnswer.objects.get(address="indicators.T3").denominator == 1111


def test_a_conflict_offers_the_number_as_it_was_typed(client, lan, tung, province):
    report = factories.draft(province)
    theirs = {"money.local": {"emptiness": "number", "planned": "3"}}
    actions.save_draft(report.pk, answers=theirs, seen=0, by=tung, at=NOON)
    client.force_login(lan)
    stale = {"seen": "0", "money-local-emptiness": "number", "money-local-planned": "7.000"}

    offered = client.post(section(report, "money"), stale)
    client.post(section(report, "money"), as_shown(offered))

    assert 'value="7.000"' in offered.text
    assert MoneyAnswer.objects.get().planned == 7000
