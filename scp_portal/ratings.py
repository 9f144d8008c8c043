"""“Was this page useful to you?”: one press is enough, a comment is welcome, nobody is recorded."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from foundation.models import PageRating

ANSWERS = {"yes": True, "no": False}


class RatingForm(forms.Form):
    path = forms.CharField(max_length=300, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=gettext_lazy("What is missing, wrong or hard to use?"),
        help_text=gettext_lazy("Write no personal data. The answer is not sent back to you."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # people leave it empty


@csrf_exempt  # the form stands on pages that all readers share, so it carries no secret of one of them
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest) -> HttpResponse:
    """Keep an answer of one press, or show and keep the form for a comment; go back to the page."""
    path = _path(request)
    if request.method == "POST" and not _sent_from_here(request):
        return render(request, "about/rate.html", {"form": RatingForm(initial={"path": path}), "path": path})
    if request.method == "POST" and request.POST.get("useful") in ANSWERS:
        PageRating.objects.create(path=path, is_useful=ANSWERS[request.POST["useful"]], at=timezone.now())
        return _thanks(request, path)
    form = RatingForm(request.POST if request.method == "POST" else None, initial={"path": path})
    if form.is_valid():
        if not form.cleaned_data["website"]:
            comment = form.cleaned_data["comment"]
            PageRating.objects.create(path=path, comment=comment, at=timezone.now())
        return _thanks(request, path)
    return render(request, "about/rate.html", {"form": form, "path": path})


def _sent_from_here(request: HttpRequest) -> bool:
    """Whether one of our own pages sent it: browsers say from where they post."""
    return request.headers.get("Origin") == request.build_absolute_uri("/").rstrip("/")


def _path(request: HttpRequest) -> str:
    """The page spoken of, if it is one of ours."""
    asked = request.POST.get("path") or request.GET.get("path", "/")
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked[:300] if ours and asked.isprintable() else "/"


def _thanks(request: HttpRequest, path: str) -> HttpResponse:
    messages.success(request, _("Your answer is kept, without your name."))
    return redirect(path)
