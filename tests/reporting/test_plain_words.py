"""Wherever people write words, signs that nobody sees are taken out; no box can be forgotten."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation

import reporting
import scp_portal.cutover
from accounts.forms import AbsenceForm
from accounts.models import Post
from foundation.plain_text import PlainTextField
from provinces.models import BoundaryEvent
from reporting.forms import AnswerForm
from reporting.forms_of_deeds import DelegateForm
from reporting.forms_of_followups import FollowUpForm
from reporting.forms_of_requests import UnitsForm
from reporting.questions import Question
from scp_portal.cutover.forms import EventForm
from tests.matrix import cutover, work
from tests.reporting.factories import TODAY
from tests.test_matrix import people  # noqa: F401 -- the fixture

pytestmark = pytest.mark.django_db
PASTED, KEPT = "Lời\x00 nói\x07\u200b", "Lời nói"
NUMBERED = {"key": "1", "kind": "text", "label_vi": "Câu hỏi"}
SIGNS_OF_THEIR_OWN = (forms.SlugField, forms.URLField, forms.EmailField)
PUBLIC = "reporting.public_forms"  # choices and a code, and what the ministry writes on a compiled report


def modules():
    for package in (reporting, scp_portal.cutover):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if "form" in found.name or "box" in found.name:
                yield importlib.import_module(found.name)


def every_form():
    """Those of the work pages and of the cut-over, found by themselves."""
    for module in modules():
        assert module  # imported, so that its classes are known
    found, waiting = [AbsenceForm], list(forms.Form.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if re.match(r"reporting\.|scp_portal\.cutover\.", one.__module__) and one.__module__ != PUBLIC:
            found.append(one)
    return sorted(set(found), key=lambda one: (one.__module__, one.__name__))


def built(form, person):
    """A form class that needs more than this has to be taught to this test."""
    if issubclass(form, AnswerForm):
        return [form(Question("x", NUMBERED))]
    if form is EventForm:
        return [form(kind) for kind in BoundaryEvent.Kind.values]
    if form in (DelegateForm, FollowUpForm):
        return [form(posts=Post.objects.all())]
    if issubclass(form, UnitsForm):
        return [form(today=TODAY)]
    return [form(user=person, on=TODAY) if form is AbsenceForm else form()]


def is_written(field):
    words = isinstance(field, forms.CharField) and not isinstance(field, SIGNS_OF_THEIR_OWN)
    return words and not field.widget.is_hidden


@pytest.mark.parametrize("form", every_form(), ids=lambda form: form.__name__)
def test_every_box_for_words_takes_out_what_nobody_sees(form, lan):
    for one in built(form, lan):
        for name, field in one.fields.items():
            if not is_written(field):
                continue
            field.max_length, field.validators = None, []
            assert field.clean(PASTED) == KEPT, f"{form.__name__}.{name}: use PlainTextField"


@pytest.mark.parametrize("form", every_form(), ids=lambda form: form.__name__)
def test_every_other_box_answers_such_signs_with_a_sentence(form, lan):
    for one in built(form, lan):
        for field in one.fields.values():
            if is_written(field) or isinstance(field, forms.FileField):
                continue
            try:
                kept = field.clean([PASTED] if isinstance(field, forms.ModelMultipleChoiceField) else PASTED)
            except ValidationError:
                continue
            assert "\x00" not in str(kept)


def test_the_walk_finds_forms_of_both():
    found = {one.__module__ for one in every_form()}

    assert {"reporting.forms", "reporting.forms_of_deeds", "reporting.forms_of_followups",
            "reporting.check_boxes", "accounts.forms", "scp_portal.cutover.forms"} <= found  # fmt: skip


# --- What is read without a form ------------------------------------------------------------

ROOT = Path(__file__).resolve().parent.parent.parent
READ = re.compile(r"""(?:POST|data)(?:\.get(?:list)?\(|,\s*)"([\w-]+)\"""")
VIEWS = [*sorted((ROOT / "reporting/views").glob("*.py")), ROOT / "scp_portal/cutover/views.py"]
NAMES = sorted({name for path in VIEWS for name in READ.findall(path.read_text())})
DEEDS = [row for row in (*work.ROWS, *cutover.ROWS) if row.method == "post"]


def test_the_names_are_read_off_the_views():
    assert {"word", "text", "reason", "seen", "address", "tab"} <= set(NAMES)


@pytest.mark.parametrize("row", DEEDS, ids=str)
def test_no_deed_breaks_at_such_signs(row, people):  # noqa: F811 -- the fixture
    """Each deed by somebody who may do it, with nothing but such signs in all its boxes."""
    address = reverse(row.url_name, kwargs=row.kwargs(people))
    answers = row.expected()
    who = next((one for one in ("lan", "minh", "thu", "an") if answers[one] not in (403, 404)), "lan")
    client = Client()
    client.force_login(getattr(people, who))
    typed = QueryDict(mutable=True)
    for name in (*NAMES, *row.data):
        typed.setlist(name, [PASTED])

    answer = client.post(address, typed.dict())

    assert answer.status_code in (200, 302, 403, 404, 409, 422)


def test_too_long_a_text_is_told_in_the_portals_own_words():
    with translation.override("vi"), pytest.raises(ValidationError) as told:
        PlainTextField(max_length=8000).clean("x" * 12345)

    assert told.value.messages == ["Tối đa 8.000 ký tự; ở đây có 12.345 ký tự."]
