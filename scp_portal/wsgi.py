"""The web process enters here; copies of public pages are answered before Django begins."""

import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponseBase

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scp_portal.settings")
django.setup(set_prefix=False)

from foundation.copies import Copies  # noqa: E402 -- Django must be ready first

from .bodies import WholeBody  # noqa: E402 -- as above


class PortalHandler(WSGIHandler):
    """Django's handler, which first looks for a copy and keeps one of what may be kept."""

    def __init__(self) -> None:
        super().__init__()
        self.copies = Copies()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        copy = self.copies.find(environ)
        if copy is None:
            if (environ.get("CONTENT_LENGTH") or "").isdecimal():
                environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(environ["CONTENT_LENGTH"]))
            return super().__call__(environ, start_response)
        if environ.get("HTTP_IF_NONE_MATCH") == copy.tag:
            start_response("304 Not Modified", [("ETag", copy.tag), ("Cache-Control", "no-cache")])
            return []
        start_response("200 OK", copy.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [copy.body]

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        response = super().get_response(request)
        self.copies.keep(request.META, response)
        return response


application = PortalHandler()
