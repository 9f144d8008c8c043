"""The page on which the ministry edits a document's words, number and signature, and its preview."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.actions import ActionRefused
from foundation.text import whole_number

from .compiling_views import report_of, staff_of
from .documents import actions, editing
from .documents.building import check_url, composed
from .documents.lines import Line, Section, wording_of
from .documents.rendering import page_of
from .models import CompiledReport, EditedWords
from .models.edited import LONGEST
from .printed_field import PrintedField
from .public_forms import EnvelopeForm
from .views.signed_in import deed

BOX = "text:"  # before the paragraph's key


class Boxes:
    """What was typed into the page's boxes, by key, with what is wrong with it."""

    def __init__(self, data: Any) -> None:
        field = PrintedField(required=False, max_length=LONGEST)
        self.typed = {name.removeprefix(BOX): data[name] for name in data if name.startswith(BOX)}
        self.seen = whole_number(data.get("seen", "")) or 0
        self.faults: dict[str, str] = {}
        self.theirs: dict[str, EditedWords] = {}
        for key, text in self.typed.items():
            try:
                field.clean(text)
            except ValidationError as fault:
                self.faults[key] = " ".join(fault.messages)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Every paragraph with its box; one button keeps whatever was changed in any of them."""
    report = report_of(request, pk)
    if request.method != "POST":
        return _page(request, report)
    boxes = Boxes(request.POST)
    if boxes.faults:
        return _page(request, report, boxes=boxes)
    try:
        done = editing.write(report.pk, texts=boxes.typed, seen=boxes.seen, by=staff_of(request), at=now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return _page(request, report, boxes=boxes)
    _say(request, done)
    if done.refused:
        boxes.theirs = done.refused
        boxes.typed = {key: text for key, text in boxes.typed.items() if key in done.refused}
        return _page(request, report_of(request, pk), boxes=boxes)
    return redirect("reporting:words", pk=pk)


def _say(request: HttpRequest, done: editing.Written) -> None:
    changed = len(done.changed)
    if changed:
        told = ngettext("%(n)s paragraph saved.", "%(n)s paragraphs saved.", changed) % {"n": changed}
        messages.success(request, f"{told} " + _("Build the files again to print them."))
    elif not done.refused:
        messages.info(request, _("Nothing was changed."))


@deed("reporting:words", "pk")
def envelope(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk)
    form = EnvelopeForm.of(report, request.POST)
    if not form.is_valid():
        return _page(request, report, envelope=form)
    try:
        changed = editing.put_in_envelope(report.pk, **form.deed(), by=staff_of(request), at=now())
    except editing.EnvelopeRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _page(request, report, envelope=form)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, report, envelope=form)
    if changed:
        messages.success(request, _("Saved. Build the files again to print it."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect("reporting:words", pk=pk)


@login_required
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it would be printed now, without its pages."""
    report = report_of(request, pk)
    html = page_of(composed(report), check_url=check_url(report), template="reporting/documents/preview.html")
    return HttpResponse(html)


def _page(
    request: HttpRequest,
    report: CompiledReport,
    *,
    boxes: Boxes | None = None,
    envelope: EnvelopeForm | None = None,
) -> HttpResponse:
    found = wording_of(report)
    may_edit = actions.may_compile(staff_of(request)) and report.published_at is None
    context = {
        "report": report,
        "wording": found,
        "sections": [_Shown(section, boxes) for section in found.sections],
        "fixed": sum(section.fixed for section in found.sections),
        "envelope": envelope or EnvelopeForm.of(report),
        "may_edit": may_edit,
        # A refused page keeps what was seen, unless the others' words are now shown beside one's own.
        "seen": boxes.seen if boxes and not boxes.theirs else found.seen,
    }
    return render(request, "reporting/words.html", context)


class _Shown:
    """A section's lines with their boxes, as they were typed where something is to be mended."""

    def __init__(self, section: Section, boxes: Boxes | None) -> None:
        self.heading = section.heading
        self.lines = [_Box(line, boxes) for line in section.lines]


class _Box:
    def __init__(self, line: Line, boxes: Boxes | None) -> None:
        self.line = line
        self.name = f"{BOX}{line.key}"
        shown = editing.shown_to(line)
        self.typed = boxes.typed.get(line.key, shown) if boxes else shown
        self.fault = boxes.faults.get(line.key, "") if boxes else ""
        self.theirs = boxes.theirs.get(line.key) if boxes else None
        self.rows = min(12, max(3, len(self.typed) // 90 + 1))

    @property
    def is_open(self) -> bool:
        """Shown unfolded: something is to be mended, or was typed and is not kept."""
        return bool(self.fault or self.theirs) or self.typed != editing.shown_to(self.line)
