"""What every room's part of the open-data API shares.

An endpoint is declared once: its parameters, the fields of a row, an example. From that one
declaration come the reading of an address, the refusals in words, the CSV, openapi.json and the
page of documentation. Reading only, no cookies, open to programs of any origin.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation.trans_real import parse_accept_lang_header

from .sheets import CSV, as_csv
from .text import LANGUAGES

JSON = "application/json; charset=utf-8"
KEPT_FOR = 300  # seconds; approved values and boundaries change a few times a year
Words = str | Promise


class Refused(Exception):
    """What was asked cannot be answered; the text is one sentence that says what to do."""

    def __init__(self, sentence: str, status: int = 422) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class Parameter:
    name: str
    words: Words
    example: str = ""
    in_path: bool = False
    pattern: str = ""


@dataclass(frozen=True)
class Field:
    """One field of a row: its name, its JSON type, what it says."""

    name: str
    kind: str
    words: Words


@dataclass(frozen=True)
class Endpoint:
    """``find`` gets the parameters as text and gives the JSON; ``flat`` makes rows of it for CSV."""

    name: str
    path: str  # with {places}
    title: Words
    words: Words
    parameters: tuple[Parameter, ...]
    fields: tuple[Field, ...]
    find: Callable[[Mapping[str, str]], Any]
    example: str
    is_list: bool = True
    flat: Callable[[Any], Sequence[Mapping[str, Any]]] = list

    @property
    def route(self) -> str:
        """As Django's ``path`` writes it."""
        return re.sub(r"{(\w+)}", r"<str:\1>", self.path)

    @property
    def all_parameters(self) -> tuple[Parameter, ...]:
        return (*self.parameters, FORMAT)

    def view(self) -> Callable[..., HttpResponse]:
        @answering
        def view(request: HttpRequest, **places: str) -> HttpResponse:
            given = {**_asked(request, self), **places}
            kind = given.pop("format", "json")
            found = self.find(given)
            if kind == "csv":
                return _as_csv(self, self.flat(found))
            return as_json(found)

        return view


FORMAT = Parameter("format", gettext_lazy("json (the default) or csv"), "csv", pattern="^(json|csv)$")


def answering(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Around every view of the API: method, language, refusals, and the headers."""

    @wraps(view)
    def wrapper(request: HttpRequest, **places: str) -> HttpResponse:
        with translation.override(_language(request)):
            try:
                _refuse_writing(request)
                response = view(request, **places)
            except Refused as refusal:
                response = as_json({"detail": str(refusal)}, status=refusal.status)
            if response.status_code == 405:
                response["Allow"] = "GET, HEAD"
            return _dressed(request, response)

    wrapper.csrf_exempt = True  # type: ignore[attr-defined]  # a POST is told that there is nothing to post
    return wrapper


def _refuse_writing(request: HttpRequest) -> None:
    if request.method not in ("GET", "HEAD"):
        raise Refused(_("The open data are read only: ask with GET or HEAD."), 405)


def as_json(found: Any, *, status: int = 200) -> HttpResponse:
    body = json.dumps(found, ensure_ascii=False, default=_plain, allow_nan=False)
    return HttpResponse(body, content_type=JSON, status=status)


def sentence_of(read: Callable[[], Any]) -> Any:
    """What ``read`` gives; its ``ValueError`` becomes a refusal."""
    try:
        return read()
    except ValueError as fault:
        raise Refused(str(fault)) from None


def _asked(request: HttpRequest, endpoint: Endpoint) -> dict[str, str]:
    """The address's parameters, each known and given once."""
    known = {one.name: one for one in endpoint.all_parameters if not one.in_path}
    for name, values in request.GET.lists():
        if name not in known:
            raise Refused(
                _("“%(name)s” is not a parameter here. Known: %(known)s.")
                % {"name": name[:40], "known": ", ".join(known)}
            )
        if len(values) > 1:
            raise Refused(_("“%(name)s” is given twice. Send it once.") % {"name": name})
    given = {name: str(value).strip() for name, value in request.GET.items()}
    given = {name: value for name, value in given.items() if value}
    if given.get("format", "json") not in ("json", "csv"):
        raise Refused(
            _("“%(typed)s” is not a format. Write format=json or format=csv.")
            % {"typed": given["format"][:40]}
        )
    return given


def _as_csv(endpoint: Endpoint, rows: Sequence[Mapping[str, Any]]) -> HttpResponse:
    head = list(rows[0]) if rows else [field.name for field in endpoint.fields]
    table = [head, *([_cell(row[column]) for column in head] for row in rows)]
    response = HttpResponse(as_csv(table), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="{endpoint.name}.csv"'
    return response


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _dressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Headers for programs and caches; 304 for who has it already."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Content-Language, Content-Disposition"
    response["Content-Language"] = translation.get_language() or "vi"
    patch_vary_headers(response, ["Accept-Language"])
    if response.status_code != 200:
        response["Cache-Control"] = "no-store"
        return response
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = _not_modified(response)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    return response


def _not_modified(response: HttpResponse) -> HttpResponse:
    empty = HttpResponseNotModified()
    for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Content-Language", "Vary"):
        empty[name] = response[name]
    return empty


def _language(request: HttpRequest) -> str:
    """English under /en/ or when the reader's program prefers it; no cookie is read."""
    if request.path_info.startswith("/en/"):
        return "en"
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200].lower()):
        if code.partition("-")[0] in LANGUAGES:
            return code.partition("-")[0]
    return "vi"
