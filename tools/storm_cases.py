"""Who takes part in the deadline storm, what they send, and which statements one such save is."""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Occupancy, Post, User
from provinces.models import Province
from reporting.models import AnswerChange, FormVersion, Obligation, Period, Regime, State, StatusReport

FIELDS = 5  # people of one unit, each at a field of its own
# Numbers nothing else in a statement bears, so that they can be found in it.
FIRST_USER, FIRST_REPORT, THEIRS, SEEN = 7_000_001, 8_000_001, 8_500_001, 90_000_001
SECRET = "s" * 32
TEXT = "Đã phổ biến cho các khu, cụm công nghiệp và làng nghề trên địa bàn; lần ghi thứ "


@dataclass
class Person:
    """Somebody who types into one field of a unit's report."""

    path: str
    session: str
    address: str
    seen: int = 0
    turn: int = 0

    def request(self) -> bytes:
        self.turn += 1
        box = self.address.replace(".", "-")
        typed = {"seen": self.seen, "field": self.address, f"{box}-text": f"{TEXT}{self.turn}"}
        body = urlencode(typed).encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: {settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={SECRET}\r\n"
            f"X-CSRFToken: {SECRET}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def take(self, status: int, body: bytes) -> bool:
        """Whether the answer accepted what was typed."""
        if status != 200:
            return False
        told = json.loads(body)
        self.seen = told["version"]
        return bool(told["settled"] == [self.address])


def people(count: int) -> list[Person]:
    """So many people in editors' posts of the units of today, each unit with a draft of its own.

    Last year's drafts are pgbench's: it types over what it likes, and is in nobody's way.
    """
    units = list(Province.objects.in_force(timezone.localdate()).order_by("code"))
    form = _form()
    for back, first in ((0, FIRST_REPORT), (1, THEIRS)):
        _drafts(units, form, timezone.localdate().year - back, first)
    posts = [
        Post.objects.create(title_vi="Chuyên viên", role=Post.Role.PROVINCE_EDITOR, province=unit)
        for unit in units
    ]
    return [_person(place, posts) for place in range(count)]


def _form() -> FormVersion:
    regime = Regime.objects.create(code="bao-cao-nam", name_vi="Báo cáo năm", legal_basis_vi="–", months=12)
    questions = [{"key": f"q{number}", "kind": "text", "label_vi": f"Ô {number}"} for number in range(FIELDS)]
    definition = {"sections": [{"key": "general", "title_vi": "Chung", "questions": questions}]}
    return FormVersion.objects.create(
        regime=regime, number=1, in_force_from=date(2020, 1, 1), definition=definition
    )


def _drafts(units: list[Province], form: FormVersion, year: int, first: int) -> None:
    period = Period.objects.create(
        regime=form.regime, year=year, first_day=date(year, 1, 1), last_day=date(year, 12, 31),
        opens_on=date(year, 1, 1), due_on=date(year, 12, 31), government_due_on=date(year, 12, 31),
    )  # fmt: skip
    for place, unit in enumerate(units):
        owed = Obligation.objects.create(period=period, province=unit, due_on=period.due_on)
        StatusReport.objects.create(
            pk=first + place, obligation=owed, form=form, definition=form.definition,
            state=State.DRAFT, state_since=timezone.now(),
        )  # fmt: skip


def _person(place: int, posts: list[Post]) -> Person:
    unit = place % len(posts)
    user = User(pk=FIRST_USER + place, email=f"storm{place}@sxtdbv.example", full_name=f"Người {place}")
    user.set_unusable_password()
    user.save(force_insert=True)
    Occupancy.objects.create(post=posts[unit], user=user, valid_from=date(2026, 1, 1))
    _sign_in(user, _session(place))
    path = reverse("work:typed", args=[FIRST_REPORT + unit, "general"])
    return Person(path, _session(place), f"general.q{place // len(posts) % FIELDS}")


def _sign_in(user: User, key: str) -> None:
    """A session under a key of our own: the store would choose another."""
    held = {
        SESSION_KEY: str(user.pk),
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
    }
    ends = timezone.now() + timedelta(hours=12)
    Session.objects.create(session_key=key, session_data=SessionStore().encode(held), expire_date=ends)


def _session(place: int) -> str:
    return f"storm{FIRST_USER + place}"


def script() -> str:
    """What one save sends, as a script for pgbench: its clients differ as people do.

    Seen on a form that a colleague has overtaken, as nearly every form is in the storm.
    """
    units = StatusReport.objects.filter(pk__gte=THEIRS).count()
    lines = [
        "\\set place :client_id",
        f"\\set person {FIRST_USER} + :place",
        f"\\set report {THEIRS} + :place % {units}",
        f"\\set number :place / {units} % {FIELDS}",
        "\\set turn :turn + 1",
    ]
    return "\n".join([*lines, *(f"{_general(sql)};" for sql in _seen()), ""])


def _seen() -> list[str]:
    """The statements of one save, which is then undone."""
    path = reverse("work:typed", args=[THEIRS, "general"])
    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = _session(0)
    typed = {"seen": SEEN - 1, "field": "general.q0", "general-q0-text": f"{TEXT}0"}
    with transaction.atomic():
        StatusReport.objects.filter(pk=THEIRS).update(version=SEEN)
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(path, typed)
        transaction.set_rollback(True)
    assert answer.json().get("settled") == ["general.q0"], answer.content
    return [query["sql"] for query in captured]


def _general(sql: str) -> str:
    """One person's numbers as variables; a transaction of its own for what was a part of one."""
    said = " ".join(sql.split())
    if said.startswith("SAVEPOINT"):
        return "BEGIN"
    if said.startswith("RELEASE"):
        return "COMMIT"
    said = said.replace(f"'{_session(0)}'", "('storm' || :person)")
    said = said.replace("'general.q0'", "('general.q' || :number)")
    said = re.sub(rf"\b{FIRST_USER}\b", ":person", said)
    said = re.sub(rf"\b{THEIRS}\b", ":report", said)
    return re.sub(rf"\b{SEEN + 1}\b", ":turn", said)


def changes() -> int:
    """Of the portal's own people, as the database holds them now."""
    return AnswerChange.objects.filter(report__lt=THEIRS).count()
