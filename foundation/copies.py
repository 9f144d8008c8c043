"""Copies of whole answers: a page is made once an edition, and every reader gets the same bytes.

A view that shows only what everybody may see says so::

    @kept_as_copy
    def province(request, slug): ...

``scp_portal.wsgi`` then answers from memory as long as the edition is the one the page was made from, so a
change is seen by the next reader after its commit. Nothing is kept for who is signed in, for who is owed a
message, of an answer that sets a cookie or carries a nonce, nor past midnight or the next planned
publication, when a page changes by itself.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from .editions import SUM, Kept, asked_once, shown_models
from .models import Publishable

View = Callable[..., HttpResponseBase]
SHOWN_DIFFERENTLY = ("theme", "contrast", "size")  # cookies of the display choices
PRIVATE = ("sessionid", "messages")
LARGEST = 512 * 1024  # bytes of one
MOST = 32 * 1024 * 1024  # bytes of all, in each process


@dataclass(frozen=True)
class Stamp:
    """What a copy was made from, and until when it can hold."""

    edition: int
    until: datetime


@dataclass(frozen=True)
class Copy:
    edition: int
    until: float  # seconds since 1970
    headers: list[tuple[str, str]]
    body: bytes
    tag: str


def kept_as_copy(view: View) -> View:
    """The view's answers may be kept for everybody. It reads under one edition, asked for first."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any(name in request.COOKIES for name in PRIVATE):
            return view(request, *args, **kwargs)
        with asked_once() as now:
            until = next_moment(timezone.now())
            response = view(request, *args, **kwargs)
        if _may_be_kept(response):
            response.stamp = Stamp(now, until)  # type: ignore[attr-defined]
        return response

    return shown


def _may_be_kept(response: HttpResponseBase) -> bool:
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and len(response.content) <= LARGEST
    )


def next_moment(now: datetime) -> datetime:
    """When something is next published or withdrawn as planned; midnight at the latest, as days turn."""
    midnight = datetime.combine(timezone.localdate(now) + timedelta(days=1), datetime.min.time())
    turns = [timezone.make_aware(midnight), *(moment for moment in _planned() if moment > now)]
    return min(turns)


def _publishable() -> list[Any]:
    return [model for model in shown_models() if issubclass(model, Publishable)]


def _read_planned() -> list[datetime]:
    now = timezone.now()
    queries = [
        model.objects.filter(**{f"{column}__gt": now}).order_by().values_list(column)
        for model in _publishable()
        for column in model.TURNS
    ]
    if not queries:
        return []
    return [moment for (moment,) in queries[0].union(*queries[1:], all=True)]


_planned = Kept(_read_planned, ())


class Copies:
    """The copies of one process. Threads share them; the oldest go first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Copy] = OrderedDict()
        self._asking = threading.local()

    def find(self, environ: dict[str, Any]) -> Copy | None:
        """The copy that answers this request, if it would still be made as it is; one small query."""
        key = _key(environ)
        copy = self._kept.get(key) if key else None
        if copy is None or copy.until <= time.time():
            return None
        return copy if self._edition() == copy.edition else None

    def keep(self, environ: dict[str, Any], response: HttpResponseBase) -> None:
        stamp, key = getattr(response, "stamp", None), _key(environ)
        if stamp is None or key is None or response.cookies or "nonce-" in _policy(response):
            return
        assert isinstance(response, HttpResponse)
        body = response.content
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        response["ETag"], response["Cache-Control"] = tag, "no-cache"  # ask each time, send once
        self._kept[key] = Copy(stamp.edition, stamp.until.timestamp(), list(response.items()), body, tag)
        while sum(len(copy.body) for copy in list(self._kept.values())) > MOST:
            self._kept.popitem(last=False)

    def _edition(self) -> int | None:
        """The edition by a connection of this thread's own: Django's are opened and closed with a request.

        Asked of the database's driver itself, as this stands before every repeated answer.
        """
        try:
            cursor = getattr(self._asking, "cursor", None) or self._open_cursor()
            cursor.execute(SUM)
            ((found,),) = cursor.fetchall()  # all of it: a cursor left open would go on reading the past
            return int(found or 0)
        except (DatabaseError, connections["default"].Database.Error):  # type: ignore[attr-defined]
            self.hang_up()  # the ordinary way will say what is wrong
            return None

    def _open_cursor(self) -> Any:
        asking = connections.create_connection("default")
        options = asking.settings_dict.get("OPTIONS", {})
        alone = {name: value for name, value in options.items() if name != "pool"}
        asking.settings_dict = {**asking.settings_dict, "OPTIONS": alone}
        asking.connect()
        self._asking.connection, self._asking.cursor = asking, asking.connection.cursor()
        return self._asking.cursor

    def hang_up(self) -> None:
        """Close this thread's connection."""
        self._asking.__dict__.pop("cursor", None)
        asking = self._asking.__dict__.pop("connection", None)
        if asking is not None:
            asking.close()


def _key(environ: dict[str, Any]) -> tuple[str, ...] | None:
    """What an answer depends on; nothing for requests that are somebody's own."""
    if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
        return None
    shown = ["", "", ""]
    for pair in environ.get("HTTP_COOKIE", "").split(";"):
        name, value = (part.strip() for part in pair.partition("=")[::2])
        if name in PRIVATE:
            return None
        if name in SHOWN_DIFFERENTLY:
            shown[SHOWN_DIFFERENTLY.index(name)] = value
    asked = (environ.get(name, "") for name in ASKED_BY)
    return (*asked, *shown)


ASKED_BY = ("PATH_INFO", "QUERY_STRING", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme",
            "HTTP_HX_REQUEST")  # fmt: skip


def _policy(response: HttpResponseBase) -> str:
    return str(response.get("Content-Security-Policy", ""))
