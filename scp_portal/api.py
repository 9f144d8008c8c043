"""The open-data API, joined of the rooms' parts: its addresses, its OpenAPI document, its page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.api import Endpoint, Field, Parameter, Refused, answering, as_json
from provinces import api as provinces
from reporting import api as reporting

VERSION = "1.0.0"
ENDPOINTS: tuple[Endpoint, ...] = (*provinces.ENDPOINTS, *reporting.ENDPOINTS)
JSON_TYPES = {"date": {"type": "string", "format": "date"}}


def urls() -> list[URLPattern]:
    """Every endpoint, the document, and a sentence for every other address below /api/."""
    return [
        *(path(f"api/v1/{one.route}", one.view(), name=f"api_{one.name}") for one in ENDPOINTS),
        path("api/v1/openapi.json", openapi, name="api_openapi"),
        path("api/<path:rest>", nothing_here, name="api_nothing"),
        path("about/open-data/api/", documentation, name="api_documentation"),
    ]


@answering
def openapi(request: HttpRequest) -> HttpResponse:
    return as_json(document())


@answering
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    known = ", ".join(f"/api/v1/{one.path}" for one in ENDPOINTS)
    raise Refused(_("Nothing stands at this address. Known: %(known)s.") % {"known": known}, 404)


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """The same declaration as a page: what to ask, what comes back, examples that run."""
    root = reverse("api_openapi").removesuffix("openapi.json")
    context = {"endpoints": ENDPOINTS, "root": root, "address": settings.SITE_ADDRESS, "version": VERSION}
    return render(request, "about/api.html", context)


def document() -> dict[str, Any]:
    """OpenAPI 3.1 in the language asked."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Open data of the sustainable consumption and production portal"),
            "version": VERSION,
            "description": _(
                "Read only, without sign-in. Codes of units repeat over time: use code with day."
            ),
        },
        "servers": [{"url": f"{settings.SITE_ADDRESS}/api/v1"}],
        "paths": {f"/{one.path}": {"get": _operation(one)} for one in ENDPOINTS},
        "components": {"schemas": {"Refusal": _object((Field("detail", "string", _("what to do")),))}},
    }


def _operation(one: Endpoint) -> dict[str, Any]:
    row = _object(one.fields)
    schema = {"type": "array", "items": row} if one.is_list else row
    content = {"application/json": {"schema": schema}, "text/csv": {"schema": {"type": "string"}}}
    answers: dict[str, Any] = {"200": {"description": str(one.words), "content": content}}
    for status, words in (("404", _("no such unit, indicator or year")), ("422", _("cannot be read"))):
        refusal = {"schema": {"$ref": "#/components/schemas/Refusal"}}
        answers[status] = {"description": words, "content": {"application/json": refusal}}
    return {
        "operationId": one.name,
        "summary": str(one.title),
        "description": str(one.words),
        "parameters": [_parameter(each) for each in one.all_parameters],
        "responses": answers,
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    schema = {"type": "string", **({"pattern": one.pattern} if one.pattern else {})}
    return {
        "name": one.name,
        "in": "path" if one.in_path else "query",
        "required": one.in_path,
        "description": str(one.words),
        "schema": schema,
        "example": one.example,
    }


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {"type": "object", "properties": {field.name: _property(field) for field in fields}}


def _property(field: Field) -> dict[str, Any]:
    kind = JSON_TYPES.get(field.kind, {"type": field.kind})
    return {**kind, "type": [kind["type"], "null"], "description": str(field.words)}
