"""The mail that development keeps in files, newest first; served while DEBUG is on and mail goes there."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from heapq import nlargest
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

SHOWN = 50
RULE = b"\n" + b"-" * 79  # what the backend writes after each mail


@dataclass(frozen=True)
class Letter:
    subject: str
    to: str
    at: datetime
    text: str


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    folder = getattr(settings, "EMAIL_FILE_PATH", "")
    if not settings.DEBUG or not folder:
        raise Http404
    return render(request, "about/mailbox.html", {"letters": letters(Path(folder)), "folder": folder})


def letters(folder: Path) -> list[Letter]:
    newest = nlargest(SHOWN, folder.glob("*.log"), key=lambda path: path.stat().st_mtime)
    return [_letter(path) for path in newest]


def _letter(path: Path) -> Letter:
    mail = message_from_bytes(path.read_bytes().split(RULE)[0], policy=policy.default)
    body = mail.get_body(("plain",))
    return Letter(
        subject=str(mail["subject"] or ""),
        to=str(mail["to"] or ""),
        at=datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_default_timezone()),
        text=body.get_content().strip() if body else "",
    )
