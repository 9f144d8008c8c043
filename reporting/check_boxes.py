"""Findings at their field on a section's page, and how the reasons typed there go to their door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.actions import ActionRefused
from foundation.plain_text import PlainTextField
from foundation.text import Text

from . import actions
from .actions.checking import LONGEST_REASON, Checked
from .answers import Seen, before_version
from .check_pages import ICONS, NOTICES, way_on
from .forms import boxed
from .models import StatusReport
from .pages import anchor
from .questions import words

if TYPE_CHECKING:
    from accounts.models import User


REASON = "reason-"  # with it begin the names of the boxes


class ReasonForm(forms.Form):
    """Why the value stays though a check found it."""

    stood = False  # the box was shown with the reason given last

    text = boxed(
        PlainTextField(
            label=gettext_lazy("Reason, for the ministry to read"),
            widget=forms.Textarea(attrs={"rows": 2}),
            required=False,
            max_length=LONGEST_REASON,
        )
    )


@dataclass
class CheckBox:
    """A finding with the box for its reason; no box where none is asked for or the reader may not save."""

    checked: Checked
    form: ReasonForm | None
    is_locked: bool = False  # none of its fields was returned

    @property
    def icon(self) -> str:
        return ICONS[self.checked.finding.severity]

    @property
    def tone(self) -> str:
        if self.is_locked:
            return ""
        return "done" if self.checked.justified else NOTICES[self.checked.finding.severity]

    @property
    def way_on(self) -> str:
        if self.checked.justified:
            return ""
        if self.is_locked:
            return _("The ministry did not open its field: it is locked and stops nothing now.")
        return way_on(self.checked.finding.severity)

    @property
    def other_fields(self) -> list[tuple[str, str, Any]]:
        """Section, anchor and label of the fields it was compared with."""
        finding = self.checked.finding
        return [
            (finding.questions[one].section, anchor(one), finding.questions[one].label)
            for one in finding.seen.others
        ]

    @property
    def given_for(self) -> Text | str:
        """What the reason was given for, in the words of then."""
        given = self.checked.given
        return words(given.finding, "sentence") if given else ""


def boxes_at(
    address: str, found: Iterable[Checked], *, data: Any, may_save: bool, open_fields: frozenset[str]
) -> list[CheckBox]:
    """The findings of one field; for a POST with what was typed. Of a return, those that can be mended."""
    return [
        _box(one, data, may_save=may_save, is_open=bool(open_fields.intersection(one.finding.addresses)))
        for one in found
        if one.finding.address == address
    ]


def _box(one: Checked, data: Any, *, may_save: bool, is_open: bool) -> CheckBox:
    has_form = may_save and is_open and one.finding.asks_for_reason
    return CheckBox(one, _form(one, data) if has_form else None, is_locked=may_save and not is_open)


def _form(one: Checked, data: Any) -> ReasonForm:
    """``stood`` comes along with the box: what was typed may have been saved, and the reason void, since."""
    prefix = f"{REASON}{one.finding.rule.code}-{anchor(one.finding.address)}"
    stood = one.justified or (data is not None and f"{prefix}-stood" in data)
    stands = one.given.text if stood and one.given else ""
    form = ReasonForm(data, prefix=prefix, initial={"text": stands}, use_required_attribute=False)
    form.stood = stood
    return form


def changed_since(report: StatusReport, seen: Seen) -> frozenset[str]:
    """Fields that others changed after what the page shows: a reason typed there was for another value."""
    return frozenset(before_version(report, seen))


def save_reason(report_id: int, box: CheckBox, *, stale: frozenset[str], by: "User", at: datetime) -> bool:
    """Hand over what was typed; false where it was not taken, with its sentence at the box.

    A box left as it was is no new reason: with another number in the field it would speak of the old one.
    """
    if box.form is None or not box.form.has_changed():
        return True
    if not box.form.is_valid():
        return False
    finding, text = box.checked.finding, box.form.cleaned_data["text"]
    if stale.intersection(finding.addresses):
        box.form.add_error(
            "text", _("Somebody changed the value while you were writing. Look at it, then save the reason.")
        )
        return False
    try:
        actions.justify(report_id, rule=finding.rule.code, address=finding.address, text=text, by=by, at=at)
    except ActionRefused as refusal:
        if text:
            box.form.add_error("text", str(refusal))
            return False
    return True
