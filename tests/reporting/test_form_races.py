"""A form that grows while somebody begins, fills in or submits a report: nothing is lost on the way."""

import pytest
from django.db import transaction

from reporting import actions
from reporting.models import FormVersion, State, StatusReport, TextAnswer
from tests.reporting import factories
from tests.reporting.factories import NOON
from tests.reporting.test_form_versions import grown
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def growing(form, by):
    """As the desk does it: the row and the drafts in one transaction."""

    def grow():
        with transaction.atomic():
            form.definition = grown()
            form.save()
            return actions.spread_form(form.pk, by=by, at=NOON)

    return grow


def test_a_report_begun_while_the_form_grows_has_what_is_new(lan, minh, province):
    factories.measured()
    form = factories.FormVersionFactory()
    owed = factories.ObligationFactory(province=province)

    at_once(growing(form, minh), lambda: actions.start_report(owed.pk, by=lan, at=NOON))

    assert "general.lessons" in StatusReport.objects.get().questions


def test_a_report_submitted_while_the_form_grows_was_asked_the_old_or_answers_the_new(tung, minh, province):
    report = factories.filled(province, tung)

    at_once(
        growing(FormVersion.objects.get(), minh),
        lambda: actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON),
    )

    fresh = StatusReport.objects.get()
    is_asked = "general.lessons" in fresh.questions
    assert (fresh.state, is_asked) in [(State.SUBMITTED, False), (State.DRAFT, True)]
    for sent in fresh.submissions.all():
        assert sent.snapshot["form"]["definition"] == fresh.definition


def test_an_answer_saved_while_the_form_grows_stays(lan, minh, province):
    report = factories.draft(province)
    told = {"general.summary": {"text": "Xong"}}

    at_once(
        growing(FormVersion.objects.get(), minh),
        lambda: actions.save_draft(report.pk, answers=told, seen=0, by=lan, at=NOON),
    )

    fresh = StatusReport.objects.get()
    assert (TextAnswer.objects.get().text, "general.lessons" in fresh.questions) == ("Xong", True)


def test_two_who_add_the_activities_add_them_once(lan, tung, province):
    first = factories.plan_activity(province)
    report = factories.draft(province)
    first.plan.activities.create(position=2, title_vi="Truyền thông")

    def add(person):
        return lambda: actions.add_activities(report.pk, by=person, at=NOON)

    outcomes = at_once(add(lan), add(tung))

    assert sorted(len(one) for one in outcomes) == [0, 1]
    assert len(StatusReport.objects.get().sections[1].questions) == 2
