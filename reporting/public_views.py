"""Progress as everyone reads it: approved values alone, under the reader's lens."""

from allauth.account.adapter import get_adapter
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.attempts import Attempts
from foundation.copies import kept_as_copy
from foundation.editions import asked_once
from foundation.files import send_file
from foundation.sheets import download
from foundation.takeaways import as_png

from . import sheets, showing, showing_units, takeaways
from .completeness import completeness, yearly_periods
from .documents.asking import lens_of
from .documents.imprint import covered
from .documents.verifying import editions_of, verdict_on_hash
from .lenses import Lens
from .models import CompiledReport, Receipt, ReportFile
from .progress import Progress, load_progress
from .public_forms import CheckForm, HashForm, LensForm, chosen_lens

WRONG_HASHES = Attempts("reporting.wrong-hashes")


@require_safe
@kept_as_copy
def progress(request: HttpRequest) -> HttpResponse:
    """All targets in one table, then the first one measured in the hundred opened."""
    found = load_progress(_lens(request))
    numeric = [one.indicator.slug for one in found.measures if one.newest and showing.is_out_of_hundred(one)]
    opened = numeric[0] if numeric else ""
    return render(request, "reporting/progress.html", {**_table(request, found), **_opened(found, opened)})


@require_safe
@kept_as_copy
def target(request: HttpRequest, slug: str) -> HttpResponse:
    found = load_progress(_lens(request))
    if found.measure(slug) is None:
        raise Http404(_("There is no target at this address."))
    return render(request, "reporting/target.html", {**_table(request, found), **_opened(found, slug)})


@require_safe
def targets_table(request: HttpRequest, kind: str) -> HttpResponse:
    """The table of targets as CSV or XLSX, with lens and coverage in every row."""
    found = load_progress(_lens(request))
    return sheets.answer(kind, "chi-tieu", sheets.targets(found), sheets.about(found, found.measures))


@require_safe
def target_table(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """One target by unit and year."""
    found = load_progress(_lens(request))
    measure = found.measure(slug)
    if measure is None:
        raise Http404(_("There is no target at this address."))
    return sheets.answer(kind, slug, sheets.by_unit(found, measure), sheets.about(found, [measure]))


@require_safe
@kept_as_copy
def target_picture(request: HttpRequest, slug: str, name: str, kind: str) -> HttpResponse:
    """A picture of a target to take away, as SVG or PNG, under the reader's lens."""
    nothing = Http404(_("There is no picture at this address."))
    if kind not in takeaways.FORMATS:
        raise nothing
    found = load_progress(_lens(request))
    measure = found.measure(slug)
    drawn = takeaways.picture(found, measure, name) if measure else None
    if drawn is None:
        raise nothing
    if kind == "svg":
        return download(drawn.encode(), "image/svg+xml; charset=utf-8", f"{slug}-{name}.svg")
    return download(as_png(drawn), "image/png", f"{slug}-{name}.png")


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Which units reported on a year and which did not, as lists of names under a lens."""
    periods = list(yearly_periods())
    year = request.GET.get("year", "")
    period = next((one for one in periods if str(one.year) == year), periods[0] if periods else None)
    chosen = chosen_lens(request.GET, today=timezone.localdate())
    lens = chosen.lens
    with asked_once():
        found = completeness(period, lens, today=timezone.localdate()) if period else None
    context = {
        "periods": periods,
        "found": found,
        "refusal": chosen.refusal,
        "lens_form": LensForm(initial={"lens": lens.kind, "on": lens.day}),
        "lens_words": lens.words(),
        "query": lens.query,
    }
    return render(request, "reporting/reports.html", context)


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    documents = CompiledReport.objects.published().with_parts()
    return render(request, "reporting/document_list.html", {"documents": documents, "form": CheckForm()})


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """From a code on paper to the page of its document; a wrong code gets a sentence."""
    if "sha256" in request.GET:
        return _check_hash(request)
    form = CheckForm(request.GET or None)
    if form.is_valid():
        return redirect("reporting:document", code=form.cleaned_data["code"])
    return render(request, "reporting/check.html", {"form": form, "hash_form": HashForm()})


def _check_hash(request: HttpRequest) -> HttpResponse:
    """Which document a file is, by its hash alone. Guesses are counted, though nobody guesses one."""
    visitor, form = get_adapter(request).get_client_ip(request), HashForm(request.GET)
    context: dict[str, object] = {"form": CheckForm(), "hash_form": form}
    if WRONG_HASHES.too_many(visitor):
        form.full_clean()
        form.add_error(None, _("Too many unknown files were asked about from your address. Try again later."))
        return render(request, "reporting/check.html", context, status=429)
    if form.is_valid():
        seen = CompiledReport.objects.ever_visible_to(request.user)
        context["verdict"] = verdict = verdict_on_hash(form.cleaned_data["sha256"], among=seen)
        context["is_unknown"] = verdict is None
        if verdict is None:
            WRONG_HASHES.note_wrong(visitor)
    return render(request, "reporting/check.html", context)


@require_safe
def document(request: HttpRequest, code: str) -> HttpResponse:
    """What a document or a receipt is, its hash, and whether it still stands. A withdrawn one says so."""
    seen = CompiledReport.objects.ever_visible_to(request.user).with_parts()
    if code != code.upper():  # typed by hand
        return redirect("reporting:document", code=code.upper())
    found = seen.filter(check_code=code).first()
    if found is None:
        return _receipt(request, code)
    newer = CompiledReport.objects.newer_than(found).select_related("cut").first()
    context = {"document": found, "newer": newer, "editions": editions_of(found)}
    context["lens"] = lens_of(found.cut).words()
    context["coverage"] = covered(found).sentence()
    return render(request, "reporting/document.html", context)


def _receipt(request: HttpRequest, code: str) -> HttpResponse:
    """That a round was received, by whom it was sent and when; nothing of what it says."""
    known = Receipt.objects.select_related(
        "file", "submission__period__regime", "submission__report__obligation"
    )
    found = get_object_or_404(
        known.select_related("submission__report__obligation__province"), check_code=code
    )
    newest = found.submission.report.round == found.submission.round
    return render(request, "reporting/receipt_check.html", {"receipt": found, "is_newest": newest})


@require_safe
def document_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    found = get_object_or_404(
        CompiledReport.objects.visible_to(request.user).with_parts(), check_code=code, file__isnull=False
    )
    assert found.file is not None
    return send_file(found.file)


@require_safe
def document_file(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """A file of the document's current edition in one of its formats."""
    visible = CompiledReport.objects.visible_to(request.user).filter(check_code=code)
    files = ReportFile.objects.filter(report__in=visible, edition=F("report__edition"), format=form)
    return send_file(get_object_or_404(files.select_related("file")).file)


def _lens(request: HttpRequest) -> Lens:
    return chosen_lens(request.GET, today=timezone.localdate()).lens


def _table(request: HttpRequest, found: Progress) -> dict[str, object]:
    newest = max(found.last_days, default=None)
    day = found.map_day(newest) if newest else found.lens.day
    return {
        "progress": found,
        "refusal": chosen_lens(request.GET, today=timezone.localdate()).refusal,
        "rows": showing.target_rows(found),
        "lens_form": LensForm(initial={"lens": found.lens.kind, "on": found.lens.day}),
        "lens_words": found.lens.words(),
        "map_words": showing_units.map_words(found, day),
        "query": found.lens.query,
    }


def _opened(found: Progress, slug: str) -> dict[str, object]:
    """One target with its charts, map and table; nothing while no value is approved."""
    measure = found.measure(slug)
    if measure is None or measure.newest is None:
        return {"measure": measure, "row": showing.target_row(found, measure) if measure else None}
    figure, row = measure.newest, showing.target_row(found, measure)
    units = showing_units.table_of(found, measure, figure)
    half = (len(units) + 1) // 2
    return {
        "measure": measure,
        "figure": figure,
        "later": measure.unfinished,
        "row": row,
        "years": showing.years_chart(found, measure),
        "years_head": showing.years_head(measure),
        "years_rows": showing.years_rows(measure),
        "years_star": showing.years_star(found, measure),
        "regions": showing.regions_chart(found, measure, figure),
        "regions_head": [_("Region"), _("Value"), _("Units")],
        "regions_rows": showing.regions_rows(found, measure, figure),
        "map": showing_units.map_of(found, measure, figure),
        "bar_top": row.top,
        "units": units,
        "unit_columns": [part for part in (units[:half], units[half:]) if part],
        "provenance": showing.provenance(found, measure, figure),
        "pictures": takeaways.addresses(slug, found.lens.query),
    }
