"""A real browser: Debian's headless Chromium, driven by Playwright, with the strict policy left on.

``page`` opens on the live server's address; every page it shows must keep the content security
policy, or the test fails. ``sign_in(page, lan)`` skips the sign-in form; ``axe(page)`` answers the
list of accessibility violations (empty is good). ``phone`` is a page 360 pixels wide.
"""

import os
from collections.abc import Iterable, Iterator, Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

from accounts.models import User

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DESK: ViewportSize = {"width": 1280, "height": 900}
TELEPHONE: ViewportSize = {"width": 360, "height": 740}
PATIENCE = 15_000  # milliseconds; the machine may be busy


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A new visitor at a desk."""
    yield from _visit(browser, live_server.url, **DESK)


@pytest.fixture
def phone(browser: Browser, live_server) -> Iterator[Page]:
    """A new visitor with a small telephone."""
    yield from _visit(browser, live_server.url, **TELEPHONE)


def _visit(browser: Browser, address: str, *, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, locale="vi-VN"
    )
    context.set_default_timeout(PATIENCE)
    complaints = _listen(context)
    yield context.new_page()
    context.close()
    assert complaints == [], "the browser complained about a page"


def _listen(context: BrowserContext) -> list[str]:
    """What breaks the content security policy or a script, on any page of the visit."""
    complaints: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    context.on("console", console)
    context.on("weberror", lambda fault: complaints.append(str(fault.error)))
    return complaints


def sign_in(page: Page, user: User) -> None:
    """Give the visitor the person's session, as if the form had been filled in."""
    client = Client()
    client.force_login(user)
    page.goto("/healthz")  # gives the cookie its address
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": page.url,
            }
        ]
    )


WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CONTRAST = ("color-contrast",)


def axe(page: Page, rules: Sequence[str] = WCAG) -> list[str]:
    """The rules of WCAG 2.2 AA that the page breaks, each with the places where."""
    # Preloading would copy @imported sheets into the page, which its policy forbids.
    found = Axe().run(page, options={"runOnly": list(rules), "resultTypes": ["violations"], "preload": False})
    return [
        f"{page.url}: {rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'])}"
        for rule in found.response["violations"]
    ]


def look_over(visitor: Page, addresses: Iterable[str]) -> list[str]:
    """What axe finds on these pages at a desk and on a telephone, and which run sideways on the latter."""
    faults = []
    for address in addresses:
        visitor.set_viewport_size(DESK)
        visitor.goto(address)
        faults += axe(visitor)
        visitor.set_viewport_size(TELEPHONE)
        faults += axe(visitor)
        if visitor.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{visitor.url}: runs sideways at {TELEPHONE['width']} px")
    return faults
