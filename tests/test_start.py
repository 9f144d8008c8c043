"""What is wrong at the start is said in one plain sentence, and nothing is left half done."""

import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings

from scp_portal.start import keep_address

GOOD = {"DEBUG": "1", "SECRET_KEY": "", "REDIS_URL": "", "DATABASE_URL": ""}


def start(*command, tmp_path, **variables):
    """Run it in a place of its own; answer its exit code and what it said, less the folder's name."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, **GOOD, "DATA_DIR": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, (done.stdout + done.stderr).strip()


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DEBUG": "ture"}, "DEBUG is “ture”. Write 1 or 0."),
        (
            {"DEBUG": "0"},
            "SECRET_KEY is not set. Set it in the environment or in .env (see .env.example).",
        ),
        ({"SECOND_FACTOR_REQUIRED": "maybe"}, "SECOND_FACTOR_REQUIRED is “maybe”. Write 1 or 0."),
        ({"JOB_LEASE_SECONDS": "soon"}, "JOB_LEASE_SECONDS is “soon”. Write a whole number."),
        (
            {"DATABASE_URL": "mysql://portal@localhost/portal"},
            "DATABASE_URL must begin with one of postgres://, postgresql://, sqlite://.",
        ),
        (
            {"REDIS_URL": "localhost:6379"},
            "REDIS_URL must begin with one of redis://, rediss://, redis+socket://.",
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_wrong_variable_gets_a_sentence(variables, sentence, tmp_path):
    assert start("-m", "scp_portal.start", "web", tmp_path=tmp_path, **variables) == (1, sentence)
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_says_the_same_sentence(tmp_path):
    assert start("manage.py", "migrate", tmp_path=tmp_path, DEBUG="ture") == (
        1,
        "DEBUG is “ture”. Write 1 or 0.",
    )


def test_an_unreachable_database_gets_a_sentence(tmp_path):
    code, said = start(
        *("-m", "scp_portal.start", "web"),
        tmp_path=tmp_path,
        DATABASE_URL="postgres://portal:secret@127.0.0.1:9/portal",
    )

    assert code == 1
    assert said.startswith("The database “portal” cannot be reached: ")
    assert said.endswith("Connection refused. Start it or correct DATABASE_URL.")
    assert "secret" not in said
    assert len(said.splitlines()) == 1


def test_a_database_file_that_cannot_be_opened_gets_a_sentence(tmp_path):
    (tmp_path / "portal.sqlite3").mkdir()

    code, said = start("-m", "scp_portal.start", "web", tmp_path=tmp_path)

    assert (code, len(said.splitlines())) == (1, 1)
    assert "unable to open database file. Start it or correct DATABASE_URL." in said


@pytest.mark.parametrize("process", ["worker", "beat"])
def test_an_unreachable_broker_gets_a_sentence(process, tmp_path):
    code, said = start(
        "-m", "scp_portal.start", process, tmp_path=tmp_path, REDIS_URL="redis://127.0.0.1:9/0"
    )

    assert (code, len(said.splitlines())) == (1, 1)
    assert said.startswith("The message broker cannot be reached: ")
    assert said.endswith("Start Redis or correct REDIS_URL.")


@pytest.mark.parametrize("command", [("-m", "scp_portal.start", "web"), ("tools/run.py",)])
def test_a_port_in_use_gets_a_sentence(command, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])

        code, said = start(*command, tmp_path=tmp_path, HOST="127.0.0.1", PORT=port)

    assert (code, len(said.splitlines())) == (1, 1)
    assert said.startswith(f"Port {port} ")


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1"])
def test_a_port_that_is_none_gets_a_sentence(port, tmp_path):
    code, said = start("tools/run.py", tmp_path=tmp_path, PORT=port)

    assert (code, said) == (1, f"PORT is “{port}”. Write a number from 1 to 65535.")


def test_what_cannot_be_started_is_asked_for(tmp_path):
    code, said = start("-m", "scp_portal.start", "wbe", tmp_path=tmp_path)

    assert (code, said) == (1, "Say what to start: python -m scp_portal.start web, worker or beat.")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8123"),
        ("0.0.0.0", "http://127.0.0.1:8123"),  # noqa: S104 -- nothing listens there
        ("::1", "http://[::1]:8123"),
    ],
)
def test_a_command_typed_beside_the_portal_links_to_where_it_is_served(
    host, address, tmp_path, settings, monkeypatch
):
    settings.DEBUG, settings.DATA_DIR = True, tmp_path
    monkeypatch.delenv("SITE_ADDRESS")
    asked = ("manage.py", "shell", "--verbosity", "0", "-c")
    asked += ("from django.conf import settings; print(settings.SITE_ADDRESS)",)
    assert start(*asked, tmp_path=tmp_path, SITE_ADDRESS="") == (0, "http://127.0.0.1:8000")

    keep_address(host, 8123)

    assert start(*asked, tmp_path=tmp_path, SITE_ADDRESS="") == (0, address)
    assert start(*asked, tmp_path=tmp_path, SITE_ADDRESS="https://a.example") == (0, "https://a.example")
