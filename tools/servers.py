"""Private, throw-away servers for tests: PostgreSQL and Redis on sockets in a temporary folder.

They listen on no port, know no other folder, and end with the process that started them, even
if that is killed. Servers that run already are never spoken to.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools import debian, prepare
from tools.prepare import stop

PATIENCE = 30  # seconds until a server must answer


@contextmanager
def private_servers() -> Iterator[dict[str, str]]:
    """Start both; give the variables that lead tests to them; stop both, whatever happens."""
    programs = debian.programs()
    libraries = debian.libraries()
    # Sockets may have 107 letters at most, hence /tmp and not TMPDIR.
    folder = Path(tempfile.mkdtemp(prefix="sxtdbv-", dir="/tmp"))
    folder.chmod(0o711)
    scratch = folder / "tmp"  # what tests leave behind goes with the servers, also when they are killed
    scratch.mkdir(mode=0o700)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        database = stack.enter_context(postgresql(programs["initdb"].parent, folder / "pg", libraries))
        broker = stack.enter_context(redis(programs["redis-server"], folder / "redis", libraries))
        yield {
            "TEST_DATABASE_URL": database,
            "TEST_REDIS_URL": broker,
            "TMPDIR": str(scratch),
            "CHROMIUM": str(programs["chromium"]),
            **libraries,
        }


@contextmanager
def postgresql(
    binaries: Path, folder: Path, libraries: dict[str, str], *, durable: bool = False
) -> Iterator[str]:
    """``durable``: commits reach the disk, and hundreds may connect; for measuring, not for tests."""
    folder.mkdir(mode=0o700)
    as_owner = prepare.bound_to_us(*_step_down(folder))
    surroundings = {**os.environ, **libraries}
    data = folder / "data"
    making = ["--pgdata", str(data), "--username=portal", "--auth=trust", "--encoding=UTF8"]
    making += ["--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(
        [*as_owner, str(binaries / "initdb"), *making],
        env=surroundings, capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    if made.returncode != 0:
        stop(f"A private PostgreSQL could not be made: {made.stderr.strip()}")
    # Its data are thrown away, so nothing need reach the disk.
    careless = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")
    careful = ("max_connections=250", "shared_buffers=256MB")
    settings = ("listen_addresses=", "jit=off", f"unix_socket_directories={folder}",
                "unix_socket_permissions=0700", *(careful if durable else careless))  # fmt: skip
    command = [*as_owner, str(binaries / "postgres"), "-D", str(data)]
    command += [part for setting in settings for part in ("-c", setting)]
    ready = [*as_owner, str(binaries / "pg_isready"), "--quiet", "--host", str(folder)]
    with _server(command, surroundings, folder / "log", end=signal.SIGINT) as process:
        _await("PostgreSQL", process, folder / "log", lambda: _succeeds(ready, surroundings))
        yield f"postgres://portal@/{folder}/portal"


@contextmanager
def redis(program: Path, folder: Path, libraries: dict[str, str]) -> Iterator[str]:
    folder.mkdir(mode=0o700)
    address = folder / "redis.sock"
    command = [*prepare.bound_to_us(), str(program), "--port", "0", "--unixsocket", str(address)]
    command += ["--unixsocketperm", "700", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with _server(command, {**os.environ, **libraries}, folder / "log", end=signal.SIGTERM) as process:
        _await("Redis", process, folder / "log", lambda: _listens(address))
        yield f"redis+socket://{address}"


def _step_down(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: it gets the folder, and runs as somebody who owns nothing else."""
    if os.geteuid() != 0:
        return []
    names = {user.pw_name for user in pwd.getpwall()}
    owner = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


@contextmanager
def _server(
    command: list[str], env: dict[str, str], log: Path, *, end: signal.Signals
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            start_new_session=True,  # Ctrl-C is for the tests; the servers end after them
        )
    try:
        yield process
    finally:
        process.send_signal(end)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(name: str, process: subprocess.Popen[bytes], log: Path, ready: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            stop(f"A private {name} did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.05)


def _succeeds(command: list[str], env: dict[str, str]) -> bool:
    return subprocess.run(command, env=env, capture_output=True, check=False, cwd="/").returncode == 0


def _listens(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(address))
        except OSError:
            return False
    return True
