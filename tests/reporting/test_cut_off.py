"""A connection that ends while somebody sends: through the server that runs the portal, byte by byte."""

import socket
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from foundation.models import StoredFile
from reporting.models import Evidence, FilledWorkbook, IndicatorAnswer, ReportEvent, TextAnswer
from tests.processes import eventually, running
from tests.reporting import factories
from tests.reporting.workbooks import given_out, saved

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SECRET = "k" * 32  # of the token in cookie and form
BORDER = "----ranh-gioi"


@pytest.fixture(scope="module")
def server(django_db_setup, tmp_path_factory):
    """The portal as ``python -m scp_portal.start web`` starts it, on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    place = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_WORKERS": "1", "DEBUG": "1"}  # no collected files
    with running("scp_portal.start", "web", log=log, **place):
        eventually(lambda: listens(port), log=log)
        yield port


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def send(port, user, path, body, content_type, *, missing):
    """Announce the whole body, leave out its end, close one's own side; give what the server answers."""
    browser = Client()
    browser.force_login(user)
    head = "\r\n".join((
        f"POST {path} HTTP/1.1", "Host: localhost", "Connection: close",
        f"Cookie: sessionid={browser.cookies['sessionid'].value}; csrftoken={SECRET}",
        f"Content-Type: {content_type}", f"Content-Length: {len(body)}", "", "",
    ))  # fmt: skip
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(head.encode() + body[: len(body) - missing])
        if missing:
            line.shutdown(socket.SHUT_WR)
        answer = b""
        while got := line.recv(65536):
            answer += got
    return answer.decode(errors="replace")


def form(file=None, **typed):
    """A form with a file last, as browsers send it."""
    parts = [
        f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in {"csrfmiddlewaretoken": SECRET, **typed}.items()
    ]
    if file:
        box, name, data = file
        head = f'--{BORDER}\r\nContent-Disposition: form-data; name="{box}"; filename="{name}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n")
    return b"".join(parts) + f"--{BORDER}--\r\n".encode()


MULTIPART = f"multipart/form-data; boundary={BORDER}"
URLENCODED = "application/x-www-form-urlencoded"


def refused(answer):
    """One page with one sentence, in the reader's language, and no fault of the portal."""
    return answer.startswith("HTTP/1.1 400") and answer.count("Chưa lưu gì") == 1


@pytest.mark.parametrize("missing", [150_000, 20])
def test_a_form_with_a_file_cut_off_midway_saves_nothing_and_says_so(server, lan, province, missing):
    report = factories.draft(province)
    path = reverse("work:section", args=[report.pk, "indicators"])
    pdf = ("indicators-T3-evidence", "danh-sach.pdf", b"%PDF-1.7 " + b"x" * 300_000)
    body = form(pdf, seen="0", **{"indicators-T4-emptiness": "number", "indicators-T4-value": "2"})

    cut = send(server, lan, path, body, MULTIPART, missing=missing)

    assert refused(cut)
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()
    assert not IndicatorAnswer.objects.exists()
    assert send(server, lan, path, body, MULTIPART, missing=0).startswith("HTTP/1.1 302")
    assert Evidence.objects.get().file.size == 300_009
    assert IndicatorAnswer.objects.get().value == 2


def test_a_text_cut_off_midway_is_not_saved_as_if_it_were_all(server, lan, province):
    report = factories.draft(province)
    path = reverse("work:typed", args=[report.pk, "general"])
    typed = {"seen": "0", "field": "general.summary", "general-summary-text": "Đã tập huấn 52 khu"}
    body = urlencode({"csrfmiddlewaretoken": SECRET, **typed}).encode()

    cut = send(server, lan, path, body, URLENCODED, missing=7)

    assert refused(cut)
    assert not TextAnswer.objects.exists()
    assert send(server, lan, path, body, URLENCODED, missing=0).startswith("HTTP/1.1 200")
    assert TextAnswer.objects.get().text == "Đã tập huấn 52 khu"


def test_a_workbook_cut_off_midway_is_not_taken(server, lan, province):
    report = factories.draft(province)
    path = reverse("work:workbook_upload", args=[report.pk])
    body = form(("workbook", "bao-cao.xlsx", saved(given_out(report))))

    cut = send(server, lan, path, body, MULTIPART, missing=len(body) // 2)

    assert refused(cut)
    assert not FilledWorkbook.objects.exists()
    assert not ReportEvent.objects.exclude(step="begin").exists()
