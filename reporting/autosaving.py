"""What is sent while somebody types: the fields touched, and an answer that the page's script can act on."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused
from foundation.templatetags.portal import moment

from . import actions
from .answers import rows_of
from .forms import FORMS, AnswerForm, read_seen, seen_box
from .models import AnswerChange, StatusReport
from .questions import Question, Section
from .words import lines

if TYPE_CHECKING:
    from accounts.models import User


def keep_typed(
    report: StatusReport, section: Section, data: QueryDict, *, by: "User", at: datetime
) -> dict[str, Any]:
    """Save every named field that can be saved; say of the others why not.

    ``field`` names the addresses that were touched; a field of the section that is not named stays as it is.
    Answers plain JSON: ``version``, ``words``, ``settled`` (addresses), ``faults`` (by address and box,
    sentences), ``conflicts`` (by address, the markup of the choice), ``locked`` (by address, a sentence)
    and ``moved`` (by address, the boxes as they stand now, where others changed them).
    """
    forms = _forms_of(section, data)
    typed = {address: form.typed() for address, form in forms.items() if form.is_valid()}
    seen = read_seen(data, section.questions)
    saved = actions.save_draft(report.pk, answers=typed, seen=seen, pass_over_locked=True, by=by, at=at)
    not_kept = {**saved.faults, **saved.conflicts, **saved.locked}
    settled = [address for address in typed if address not in not_kept]
    boxes = [one for one in section.questions if one.address in saved.moved and seen_box(one) in data]
    moved = [one for one in boxes if one.address not in forms or one.address in settled]
    return {
        "version": saved.version,
        "words": _("Saved at %(time)s on the server") % {"time": f"{timezone.localtime(at):%H:%M}"},
        "settled": settled,
        "moved": _as_they_stand(report, moved) if moved else {},
        "faults": _faults(forms, saved),
        "conflicts": {
            address: _choice(forms[address].question, one) for address, one in saved.conflicts.items()
        },
        "locked": {address: _with_comfort(sentence) for address, sentence in saved.locked.items()},
    }


def _forms_of(section: Section, data: QueryDict) -> dict[str, AnswerForm]:
    """Of the fields that are named, by address; what the section does not ask is refused."""
    named = set(data.getlist("field"))
    asked = [question for question in section.questions if question.address in named]
    if named - {question.address for question in asked}:
        raise ActionRefused(_("The form does not ask this. Load the page again."))
    return {question.address: FORMS[question.kind](question, data) for question in asked}


def _as_they_stand(report: StatusReport, moved: list[Question]) -> dict[str, dict[str, Any]]:
    """What the boxes show now, and who wrote it."""
    rows = rows_of(report, [one.address for one in moved])
    changes = AnswerChange.objects.filter(report=report, address__in=[one.address for one in moved])
    newest = {one.address: one for one in changes.order_by("version")}
    told = _("%(name)s changed this field at %(at)s. The boxes show what is stored now.")
    return {
        one.address: {
            "boxes": FORMS[one.kind](one, initial=rows[one.address].as_json()).shown(),
            "note": told % {"name": newest[one.address].by_name, "at": moment(newest[one.address].at)},
        }
        for one in moved
    }


def _faults(forms: Mapping[str, AnswerForm], saved: actions.Saved) -> dict[str, dict[str, list[str]]]:
    """By address and the name of the box on the page."""
    for address, found in saved.faults.items():
        for fault in found:
            forms[address].add_error(fault.part, fault.sentence)
    return {
        address: {
            form.add_prefix(part): [str(one) for one in sentences] for part, sentences in form.errors.items()
        }
        for address, form in forms.items()
        if form.errors
    }


def _with_comfort(sentence: str) -> str:
    return " ".join((sentence, _("What you typed is kept in this browser.")))


def _choice(question: Question, conflict: actions.Conflict) -> str:
    theirs = lines(question, conflict.theirs)
    context = {"conflict": conflict, "theirs": theirs, "address": question.address}
    return render_to_string("reporting/work/parts/conflict.html", context)
