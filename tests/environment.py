"""The surroundings of every test run, the same everywhere, whatever the shell or .env say.

``make test`` hands over its private servers as ``TEST_DATABASE_URL`` and ``TEST_REDIS_URL``; without
them tests run on SQLite and the filesystem queue. A server named in ``DATABASE_URL`` is never touched.
"""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

import hypothesis

from tools import catalogues

SCRATCH = Path(tempfile.mkdtemp(prefix="sxtdbv-test-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)


def numbered(broker: str) -> str:
    """One Redis serves all test processes, so each has a numbered database of its own."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    return broker and f"{broker}?virtual_host={number}"


VARIABLES = {
    "DEBUG": "0",
    "SECRET_KEY": "known to everybody, used by tests alone",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": "",
    "SITE_ADDRESS": "http://testserver",
    "BEHIND_TLS": "0",
    "DEMO": "0",
    "SECOND_FACTOR_REQUIRED": "0",  # tests of the second factor switch it on
    "DATA_DIR": str(SCRATCH),
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", f"sqlite:///{SCRATCH}/portal.sqlite3"),
    "DATABASE_POOL": "8",
    "REDIS_URL": numbered(os.environ.get("TEST_REDIS_URL", "")),
    "QUEUE_DIR": str(SCRATCH / "queue"),
    "JOB_LEASE_SECONDS": "20",
    "TYPESETTING_PROCESSES": "2",
    "MEDIA_ROOT": str(SCRATCH / "media"),
    "EMAIL_URL": "memorymail://",
    "DEFAULT_FROM_EMAIL": "cong-thong-tin@sxtdbv.example",
    "LOG_JSON": "0",
    "LOG_LEVEL": "WARNING",
}


# The same examples every time, however busy the machine is.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)


def prepare() -> None:
    """Set the environment, then let Django read its settings and load its rooms."""
    hypothesis.settings.load_profile("house")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        catalogues.compile_all()
    os.environ.update(VARIABLES, DJANGO_SETTINGS_MODULE="scp_portal.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in the thread of the test
    Path(VARIABLES["QUEUE_DIR"], "control").mkdir(parents=True)

    import django  # noqa: PLC0415 -- reads the environment set above
    from django.conf import settings  # noqa: PLC0415 -- reads the environment set above

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a tenth of a second each
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = True  # no collected folder to look into
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(SCRATCH / "test.sqlite3")
    django.setup()
    # What is loaded stays: looking through it again and again took a twentieth of the suite's time.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
