"""The library as the public reads it, and the one form the public may fill in."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import ActionRefused
from foundation.files import send_file

from . import actions
from .catalogue import Question, look_up
from .forms import CommentForm
from .models import Consultation, Entry, EntryFile, Kind, Material, Photo
from .pages import PAGES


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    question = Question.of(request.GET)
    shelf = look_up(question, user=request.user, page=request.GET.get("page", 1))
    sorts = [("newest", _("Newest")), ("oldest", _("Oldest")), ("title", _("Title"))]
    return render(
        request,
        "library/index.html",
        {
            "question": question,
            "shelf": shelf,
            "sorts": [("", _("Best match")), *sorts] if question.words else sorts,
        },
    )


@require_safe
def kind(request: HttpRequest, kind: str) -> HttpResponse:
    """The list of one kind lives in the list of all."""
    if kind not in PAGES:
        raise Http404
    return redirect(f"{reverse('library:index')}?kind={kind}")


@require_safe
def entry(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    if kind == Kind.CONSULTATION:
        return _consultation_page(request, slug)
    context = _context(request, kind, slug)
    return render(request, PAGES[kind].template, context)


@require_POST
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = get_object_or_404(Consultation.objects.visible_to(request.user), slug=slug)
    form = CommentForm(request.POST, consultation=consultation)
    if not form.is_valid():
        return _consultation_page(request, slug, form=form)
    told = {name: form.cleaned_data[name] for name in ("body", "name", "on_behalf_of", "may_publish_name")}
    article = form.cleaned_data["article"]
    try:
        received = actions.submit_comment(
            consultation.pk, article_id=article.pk if article else None, at=now(), **told
        )
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = _("Comment %(number)s received. It appears here after moderation.")
        messages.info(request, sentence % {"number": received.number})
    return redirect(consultation)


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a record this person may see, if the file itself is public or theirs to keep."""
    entries = Entry.objects.visible_to(request.user).values("pk")
    found = get_object_or_404(EntryFile.objects.select_related("file").filter(entry__in=entries), pk=pk)
    if not found.file.is_public and not request.user.has_perm("library.change_entry"):
        raise Http404
    return send_file(found.file)


@require_safe
def picture(request: HttpRequest, kind: str, slug: str) -> FileResponse:
    """A photo's picture or a material's cover, shown in the page."""
    models: dict[str, Any] = {Kind.PHOTO: (Photo, "picture"), Kind.MATERIAL: (Material, "cover")}
    if kind not in models:
        raise Http404
    model, column = models[kind]
    found = get_object_or_404(model.objects.visible_to(request.user).select_related(column), slug=slug)
    if getattr(found, column) is None:
        raise Http404
    return send_file(getattr(found, column), inline=True)


def _context(request: HttpRequest, kind: str, slug: str) -> dict[str, Any]:
    if kind not in PAGES:
        raise Http404
    found = get_object_or_404(PAGES[kind].visible_to(request.user), slug=slug)
    return {"entry": found, **PAGES[kind].more(found, request.user)}


def _consultation_page(request: HttpRequest, slug: str, *, form: CommentForm | None = None) -> HttpResponse:
    context = _context(request, Kind.CONSULTATION, slug)
    if context["entry"].is_open():
        context["form"] = form or CommentForm(consultation=context["entry"])
    return render(request, "library/consultation.html", context, status=400 if form else 200)
