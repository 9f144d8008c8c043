#!/usr/bin/env python3
"""``make screenshots``: every kind of page, whole, at three widths and in every theme, to look at.

Starts a throw-away server with the facts and the demo data on SQLite, and ends it. A page that does
not answer 200, runs sideways or breaks the content security policy is named at the end.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
OUT = ROOT / "screenshots"
WIDTHS = (360, 768, 1440)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]  # fmt: skip
SEED = "889"
OFFICER = "dong-nai@demo.example"


def main() -> None:
    import django  # noqa: PLC0415 -- after the surroundings are set

    chromium = os.environ.get("CHROMIUM", "")
    if not chromium:
        sys.exit("CHROMIUM is not set. Type: make screenshots")
    with tempfile.TemporaryDirectory(prefix="sxtdbv-pictures-") as scratch:
        os.environ.update(surroundings(Path(scratch)))
        manage("migrate", "--verbosity", "0")
        manage("load_facts")
        manage("make_demo", "--seed", SEED)
        django.setup()
        make_documents()
        with server() as address:
            faults = take_all(chromium, address)
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


def surroundings(scratch: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "scp_portal.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright's loop and the ORM share this process
        "DEBUG": "1",
        "DEMO": "1",
        "SECOND_FACTOR_REQUIRED": "0",
        "DATA_DIR": str(scratch),
        "DATABASE_URL": f"sqlite:///{scratch}/portal.sqlite3",
        "MEDIA_ROOT": str(scratch / "media"),
        "QUEUE_DIR": str(scratch / "queue"),
        "REDIS_URL": "",
        "LOG_LEVEL": "ERROR",
    }


def manage(*words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True)


@contextmanager
def server() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"{address}/healthz")
        yield address
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str) -> None:
    for _try in range(120):
        with suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=2)  # noqa: S310 -- our own server
            return
        time.sleep(0.25)
    sys.exit("The server did not start.")


# --- Which pages ------------------------------------------------------------------------

Page = tuple[str, str, str]  # picture's name, path, whose eyes: "", "province", "ministry", "editor"
NOWHERE = "/khong-co/"

# The picture's name, and the name of the address.
PUBLIC = {
    "home": "home",
    "progress": "reporting:progress",
    "report-list": "reporting:document_list",
    "document-check": "reporting:check",
    "programme": "programmes:programme_now",
    "province-list": "provinces:province_list",
    "plan-list": "provinces:plan_list",
    "news-list": "news:article_list",
    "library": "library:index",
    "training": "training:index",
    "course-list": "training:course_list",
    "expert-list": "training:expert_list",
    "certificate-check": "training:certificate_check",
    "event-list": "events:event_list",
    "about": "about",
    "accessibility": "accessibility",
    "personal-data": "privacy",
    "open-data": "open_data",
    "site-map": "site_map",
    "components": "components",
    "sign-in": "account_login",
    "forgotten-password": "account_reset_password",
    "search": "search",
    "not-found": "",
}
PROVINCE = {
    "my-tasks": "work:workspace",
    "absence": "work:absence",
    "follow-ups": "work:follow_ups",
    "guidance": "guidance",
    "second-factor": "mfa_index",
}
MINISTRY = {
    "desk": "admin:index",
    "review-queue": "work:review_queue",
    "report-quality": "work:quality",
    "check-rule-add": "admin:reporting_checkrule_add",
    "review-load": "work:review_load",
    "requests": "work:requests",
    "request-ask": "work:request_ask",
    "compiled-reports": "reporting:compiled_list",
    "admin-list": "admin:programmes_organisation_changelist",
    "admin-export": "admin:programmes_organisation_export",
}
EDITOR = {
    "admin-add": "admin:programmes_task_add",
    "admin-import": "admin:programmes_organisation_import",
}
RECORDS = {
    "province": "provinces.Province",
    "plan": "provinces.ProvincialPlan",
    "article": "news.Article",
    "event": "events.Event",
    "document": "library.Document",
    "case": "library.CaseStudy",
    "model": "library.PilotModel",
    "consultation": "library.Consultation",
    "curriculum": "training.Curriculum",
    "course": "training.CourseRun",
    "task": "programmes.Task",
    "organisation": "programmes.Organisation",
    "published-report": "reporting.CompiledReport",
}
IN_EVERY_THEME = {"home", "progress", "province", "library", "desk", "report-section", "review"}


def pages() -> list[Page]:
    """A page of every kind; what a room does not hold yet is left out."""
    found = [(name, path_of(target), "") for name, target in PUBLIC.items()]
    found += [(name, path_of(target), "province") for name, target in PROVINCE.items()]
    found += [(name, path_of(target), "ministry") for name, target in MINISTRY.items()]
    found += [(name, path_of(target), "editor") for name, target in EDITOR.items()]
    found += [(name, first_address(model), "") for name, model in RECORDS.items()]
    found += report_pages()
    return [page for page in found if page[1]]


def path_of(target: str) -> str:
    from scp_portal.context import address  # noqa: PLC0415 -- Django must be set up first

    return address(target) + ("?q=da+nang" if target == "search" else "") if target else NOWHERE


def report_pages() -> list[Page]:
    """A target opened; a returned report as its province sees it; one under review; a compiled one."""
    from django.urls import reverse  # noqa: PLC0415 -- Django must be set up first

    from programmes.models import Indicator  # noqa: PLC0415 -- as above
    from reporting.models import CompiledReport, State, StatusReport  # noqa: PLC0415 -- as above

    found: list[Page] = []
    if target := Indicator.objects.filter(is_numeric=True).order_by("position")[1:].first():
        found.append(("target", reverse("reporting:target", args=[target.slug]), ""))
    if report := StatusReport.objects.filter(state=State.RETURNED, pk__in=of_signed_in()).first():
        found.append(("report", reverse("work:report", args=[report.pk]), "province"))
        found.append(("report-section", reverse("work:section", args=[report.pk, "indicators"]), "province"))
        found += [
            ("report-counts", reverse("work:section", args=[report.pk, one.key]), "province")
            for one in report.sections
            if any(question.proposed_from for question in one.questions)
        ]
        found.append(("report-hand", reverse("work:hand", args=[report.pk, "money"]), "province"))
        found.append(("report-sign", reverse("work:submit", args=[report.pk]), "province"))
        found.append(("review", reverse("work:review", args=[report.pk]), "ministry"))
    if waiting := StatusReport.objects.filter(state=State.PROPOSED).first():
        confirming = reverse("work:confirm", args=[waiting.pk, "approve"])
        found.append(("review-confirm", confirming, "ministry"))
    for compiled in CompiledReport.objects.all():
        built = "compiled-published" if compiled.is_published else "compiled-report"
        name = built if compiled.file_id else "job"
        found.append((name, reverse("reporting:compiled", args=[compiled.pk]), "ministry"))
        if name == "compiled-report":
            found.append(("compiled-words", reverse("reporting:words", args=[compiled.pk]), "ministry"))
    return found


def make_documents() -> None:
    """One published, one to be read and edited, one that waits for its worker."""
    from django.utils.timezone import now  # noqa: PLC0415 -- Django must be set up first

    from reporting.documents.actions import compile_report, publish  # noqa: PLC0415 -- as above
    from reporting.documents.asking import Wanted, default_lens  # noqa: PLC0415 -- as above
    from reporting.models import CompiledReport, ReportKind  # noqa: PLC0415 -- as above

    approver = people()["ministry"]
    manage("demo_report")
    manage("build_report", "training")
    report = CompiledReport.objects.get(kind__code="national")
    publish(report.pk, by=approver, at=now())
    kind, period = ReportKind.objects.get(code="events"), report.cut.period
    compile_report(Wanted(kind, period, "vi", default_lens(kind, period)), by=approver, at=now())


def of_signed_in() -> list[int]:
    """The reports that the province's officer of the pictures may open."""
    from reporting.models import StatusReport  # noqa: PLC0415 -- Django must be set up first

    officer = people().get("province")
    return list(StatusReport.objects.visible_to(officer).values_list("pk", flat=True)) if officer else []


def first_address(label: str) -> str:
    from django.apps import apps  # noqa: PLC0415 -- Django must be set up first

    try:
        model = apps.get_model(label)
    except LookupError:
        return ""
    rows: Any = model._default_manager
    rows = rows.published() if hasattr(rows, "published") else rows.all()
    fields = {field.name for field in model._meta.get_fields()}
    rows = rows.order_by(*(["is_demo"] if "is_demo" in fields else []), "-pk")
    row = rows.first()
    return row.get_absolute_url() if row and hasattr(row, "get_absolute_url") else ""


def people() -> dict[str, Any]:
    """Whose eyes: an officer whose report came back, the ministry's approver, its editor; all invented."""
    from accounts.models import Occupancy, Post, User  # noqa: PLC0415 -- Django must be set up first

    found = {}
    roles = {"ministry": Post.Role.MINISTRY_APPROVER, "editor": Post.Role.MINISTRY_EDITOR}
    for eyes, role in roles.items():
        held = Occupancy.objects.filter(post__role=role).select_related("user").order_by("pk").first()
        if held:
            found[eyes] = held.user
    if officer := User.objects.filter(email=OFFICER).first():
        found["province"] = officer
    return found


def sessions() -> dict[str, str]:
    from django.test import Client  # noqa: PLC0415 -- Django must be set up first

    keys = {}
    for eyes, person in people().items():
        client = Client()
        client.force_login(person)
        keys[eyes] = client.cookies["sessionid"].value
    return keys


# --- Taking the pictures ----------------------------------------------------------------


def take_all(chromium: str, address: str) -> list[str]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow import

    OUT.mkdir(exist_ok=True)
    keys, faults = sessions(), []
    plain = pages()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for width, suffix, choices, wanted in views(plain):
            for name, path, eyes in wanted:
                if eyes and eyes not in keys:
                    continue
                cookies = choices | ({"sessionid": keys[eyes]} if eyes else {})
                shot = Shot(browser, address, width, cookies)
                faults += [f"{name}-{width}{suffix}: {fault}" for fault in shot.take(path, name, suffix)]
        browser.close()
    return faults


def views(plain: list[Page]) -> Iterator[tuple[int, str, dict[str, str], list[Page]]]:
    """Width, what is added to the name, display choices, pages."""
    chosen = [
        page for page in plain if page[0] in ("home", "progress", "province", "library", "desk", "my-tasks")
    ]
    english = [(name, "/en" + path, eyes) for name, path, eyes in chosen]
    for width in WIDTHS:
        yield width, "", {}, plain
    for width in (360, 1440):
        yield width, "-en", {}, english
        yield width, "-dark", {"theme": "dark"}, chosen
        yield width, "-high-contrast", {"contrast": "high", "theme": "light"}, chosen
        yield width, "-high-contrast-dark", {"contrast": "high", "theme": "dark"}, chosen


class Shot:
    """One visit with its own profile, so that no choice leaks into the next picture."""

    def __init__(self, browser: Any, address: str, width: int, cookies: dict[str, str]) -> None:
        self.context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 900}, locale="vi-VN"
        )
        self.width = width
        self.context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        )

    def take(self, path: str, name: str, suffix: str) -> list[str]:
        faults: list[str] = []
        page = self.context.new_page()
        page.on("console", _listen(faults))
        answer = page.goto(path)
        if answer.status != (404 if name == "not-found" else 200):
            faults.append(f"{path} answered {answer.status}")
        if page.evaluate("document.documentElement.scrollWidth") > self.width:
            faults.append(f"{path} runs sideways")
        page.screenshot(path=OUT / f"{name}-{self.width}{suffix}.png", full_page=True)
        self.context.close()
        return faults


def _listen(faults: list[str]) -> Callable[[Any], None]:
    def heard(message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(message.text[:160])

    return heard


if __name__ == "__main__":
    main()
