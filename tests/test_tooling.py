"""The tools themselves: catalogues, the lock, and that servers of tests go when their owner goes."""

import os
import re
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from django.conf import settings

from tests.processes import eventually
from tools import catalogues
from tools.catalogues import Key

ROOT = settings.BASE_DIR

TEMPLATE = """
{% load i18n %}
   {% translate "Home" %} {% translate "May" context "month" %} {{ _("Desk")|default:_("none") }}
      {% blocktranslate trimmed count n=items|length %}
        {{ n }} province's plan
      {% plural %}
        {{ n }} plans
      {% endblocktranslate %}
  {% include "components/link.html" with label=_("Read more") %}
"""


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A small project of one room."""
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "ROOMS", ("room",))
    (tmp_path / "room").mkdir()
    (tmp_path / "templates" / "room").mkdir(parents=True)
    (tmp_path / "scp_portal").mkdir()

    def write(**files):
        for name, text in files.items():
            path = tmp_path / ("templates/room/page.html" if name == "page" else f"room/{name}.py")
            path.write_text(text)

    write(views='from django.utils.translation import gettext as _\n_("Home")\n', page=TEMPLATE)
    return write


def translate(english, vietnamese):
    path = catalogues.path_of("room")
    text = path.read_text()
    assert f'msgid "{english}"\nmsgstr ""' in text
    path.write_text(text.replace(f'"{english}"\nmsgstr ""', f'"{english}"\nmsgstr "{vietnamese}"'))


@pytest.mark.usefixtures("room")
def test_strings_are_found_in_code_and_templates():
    assert catalogues.wanted("room") == {
        Key("", "Home", ""),
        Key("month", "May", ""),
        Key("", "Desk", ""),
        Key("", "none", ""),
        Key("", "%(n)s province's plan", "%(n)s plans"),
        Key("", "Read more", ""),
    }


def test_a_catalogue_keeps_translations_and_drops_what_nobody_shows(room):
    catalogues.update("room")
    translate("Home", "Trang chủ")
    translate("Desk", "Bàn làm việc")

    room(page="{% load i18n %}{% translate 'News' %}")
    catalogues.update("room")

    told = {key.singular: catalogues.translation(message) for key, message in catalogues.kept("room").items()}
    assert told == {"Home": "Trang chủ", "News": ""}


@pytest.mark.usefixtures("room")
def test_writing_twice_changes_nothing():
    catalogues.update("room")
    first = catalogues.path_of("room").read_text()

    catalogues.update("room")

    assert catalogues.path_of("room").read_text() == first


def test_the_check_tells_what_is_missing_stale_and_wrong(room):
    catalogues.update("room")
    translate("Home", "Trang %(name)s")
    room(page="{% load i18n %}{% translate 'News' %}", views='_("Home")\n_("Home", 1)\n')

    complaints = list(catalogues.complain(["room"]))

    assert "room: “News” is not in the catalogue: run python tools/catalogues.py extract room" in complaints
    assert "room: “Desk” is shown nowhere: run python tools/catalogues.py extract room" in complaints
    assert "room: “none” has no Vietnamese" in complaints
    assert "room: the Vietnamese of “Home” names name, which the English does not" in complaints


def test_the_catalogues_are_complete():
    assert list(catalogues.complain([*catalogues.ROOMS, catalogues.SHARED, catalogues.PACKAGES])) == []


def test_rooms_are_the_same_for_settings_and_tools():
    assert catalogues.ROOMS == settings.ROOMS


def test_the_lock_holds_hashes_and_no_place():
    lock = (ROOT / "requirements.lock").read_text()
    packages = re.findall(r"^[a-z0-9-]+==\S+.*$", lock, re.MULTILINE)

    assert len(packages) > 60
    assert all(line.endswith("\\") for line in packages)
    assert not re.search(r"https?://|file:|--index|--find", lock)


def test_every_dependency_named_is_in_the_lock():
    head = (ROOT / "pyproject.toml").read_text().partition("[tool")[0]
    named = re.findall(r'^    "([a-z0-9-]+)', head, re.MULTILINE)
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))

    assert set(named) - locked == set()


HOLDER = """
    import sys, time
    sys.path.insert(0, {root!r})
    from tools.servers import private_servers
    with private_servers() as variables:
        print(variables["TEST_DATABASE_URL"], flush=True)
        time.sleep(60)
"""


@pytest.mark.postgres
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL])
def test_private_servers_end_with_their_owner(signum):
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER).format(root=str(ROOT))],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    folder = Path(holder.stdout.readline().strip().removeprefix("postgres://portal@/")).parent.parent
    pid = int((folder / "pg" / "data" / "postmaster.pid").read_text().split()[0])
    assert alive(pid)

    holder.send_signal(signum)
    holder.wait()
    holder.stdout.close()

    eventually(lambda: not alive(pid))
    if signum == signal.SIGINT:
        assert not folder.exists()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
