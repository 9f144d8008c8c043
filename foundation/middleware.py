"""One log line per request that reaches Django, tied together by a request number; copies answer before."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("request")


def request_log(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        structlog.contextvars.bind_contextvars(request=uuid.uuid4().hex[:8])
        started = time.perf_counter()
        try:
            response = get_response(request)
            if not request.path.startswith(("/static/", "/healthz")):
                milliseconds = round((time.perf_counter() - started) * 1000)
                log.info(
                    "answered",
                    method=request.method,
                    path=request.path,
                    status=response.status_code,
                    ms=milliseconds,
                )
            return response
        finally:
            structlog.contextvars.clear_contextvars()

    return middleware
