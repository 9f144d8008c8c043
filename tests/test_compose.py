"""The containers, as far as they go without an engine: the file is valid, and its commands run.

Each service's own command line is started on loopback with the private servers in place of the
database and redis services, and asked with its own health check whether it is well.
"""

import socket
import subprocess
import sys
import urllib.request

import pytest
from django.conf import settings
from ruamel.yaml import YAML

from tests.processes import eventually, kill, running, surroundings

COMPOSE = settings.BASE_DIR / "docker-compose.yml"
SERVICES = YAML(typ="safe").load(COMPOSE)["services"]
OURS = ("migrate", "web", "worker", "beat")

# As the image does, but without compressing a thousand files, which takes 20 seconds.
COLLECT = """
import django
from django.conf import settings
from django.core.management import call_command

settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
django.setup()
call_command("collectstatic", interactive=False, verbosity=0)
"""

PLACE = {
    "DEBUG": "0",
    "SECRET_KEY": "fifty letters and more, for one container in one test only",
    "ALLOWED_HOSTS": "sxtdbv.example",
    "SITE_ADDRESS": "https://sxtdbv.example",
    "DEFAULT_FROM_EMAIL": "cong-thong-tin@sxtdbv.example",
    "EMAIL_URL": "dummymail://",
    "SECOND_FACTOR_REQUIRED": "",
    "BEHIND_TLS": "",
    "LOG_JSON": "",
}


def test_compose_says_what_compose_understands():
    command = ["check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_every_service_has_a_health_check_but_the_one_that_ends():
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service] == ["migrate"]


def test_the_image_starts_the_web_process_by_itself():
    last = (settings.BASE_DIR / "Dockerfile").read_text().strip().splitlines()[-1]

    assert last == 'CMD ["python", "-m", "scp_portal.start", "web"]'


def test_compose_passes_on_every_required_variable():
    for name in OURS:
        assert {"SECRET_KEY", "ALLOWED_HOSTS", "SITE_ADDRESS", "DEFAULT_FROM_EMAIL"} <= set(
            SERVICES[name]["environment"]
        )


def module(command: list[str]) -> list[str]:
    """``python -m x`` of the file, for the Python of the tests."""
    assert command[:2] == ["python", "-m"]
    return command[2:]


def healthy(name: str, **more: str) -> bool:
    _cmd, *check = SERVICES[name]["healthcheck"]["test"]
    asking = subprocess.run(
        [sys.executable, "-m", *module(check)],
        cwd=settings.BASE_DIR,
        env=surroundings(**PLACE, **more),
        capture_output=True,
        check=False,
    )
    return asking.returncode == 0


@pytest.fixture
def port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_each_service_runs_and_is_healthy_and_then_is_not(name, tmp_path, port):
    place = {**PLACE, "DATA_DIR": str(tmp_path), "HOST": "127.0.0.1", "PORT": port}
    log = tmp_path / "log"

    with running(*module(SERVICES[name]["command"]), log=log, **place) as process:
        eventually(lambda: healthy(name, DATA_DIR=str(tmp_path), PORT=port), log=log)
        assert process.poll() is None
        kill(process)
        for schedule in tmp_path.glob("beat-schedule*"):
            schedule.unlink()

    assert not healthy(name, DATA_DIR=str(tmp_path), PORT=port)


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_the_web_service_shows_the_portal_with_its_collected_files(tmp_path, port):
    place = {**PLACE, "DATA_DIR": str(tmp_path), "HOST": "127.0.0.1", "PORT": port}
    subprocess.run(
        [sys.executable, "-c", COLLECT], cwd=settings.BASE_DIR, env=surroundings(**place), check=True
    )

    with running(*module(SERVICES["web"]["command"]), log=tmp_path / "log", **place):
        eventually(lambda: healthy("web", PORT=port), log=tmp_path / "log")
        headers = {"Host": "sxtdbv.example", "X-Forwarded-Proto": "https"}
        page = urllib.request.Request(f"http://127.0.0.1:{port}/", headers=headers)
        with urllib.request.urlopen(page, timeout=30) as answer:  # noqa: S310 -- our own address
            assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
