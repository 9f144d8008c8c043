"""The rules of the house, kept by machine: sizes, floors, names, words, variables, templates."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tests import environment

ROOT = settings.BASE_DIR
ROOMS = ("scp_portal", *settings.ROOMS)
OURS = [
    path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TOOLS = sorted((ROOT / "tools").rglob("*.py"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.*") if path.is_file())


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node) -> int:
    return node.end_lineno - node.lineno + 1


def test_imports_point_down():
    lint = "import sys; from importlinter.cli import lint_imports_command as go; sys.argv[1:] = []; go()"
    done = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_no_python_file_is_longer_than_500_lines():
    lengths = {shown(path): len(path.read_text().splitlines()) for path in (*OURS, *TESTS, *TOOLS)}

    assert {name: lines for name, lines in lengths.items() if lines > 500} == {}


def test_no_template_is_longer_than_200_lines():
    lengths = {shown(path): len(path.read_text().splitlines()) for path in TEMPLATES}

    assert {name: lines for name, lines in lengths.items() if lines > 200} == {}


def test_no_function_is_longer_than_50_lines():
    long = [
        f"{shown(path)}:{node.name}"
        for path in (*OURS, *TESTS, *TOOLS)
        for node in functions(path)
        if length(node) > 50
    ]

    assert long == []


def test_no_view_is_longer_than_40_lines():
    views = [path for path in OURS if "views" in (path.stem, path.parent.name)]

    assert [
        f"{shown(path)}:{node.name}" for path in views for node in functions(path) if length(node) > 40
    ] == []


def test_files_are_named_for_their_subject():
    junk_drawers = {"utils", "util", "helpers", "common", "misc", "manager", "service", "services"}

    assert [shown(path) for path in (*OURS, *TOOLS) if path.stem in junk_drawers] == []


def test_nothing_is_left_to_do():
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    files = [*OURS, *TOOLS, *TEMPLATES, *(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]

    assert [shown(path) for path in files if marks.search(path.read_text())] == []


def test_every_silenced_rule_says_why():
    silenced = re.compile(r"#\s*noqa(?!: [A-Z0-9, ]+ -- \w)")

    assert [
        f"{shown(path)}:{number}"
        for path in (*OURS, *TOOLS, *TESTS)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if silenced.search(line) and path != Path(__file__)
    ] == []


def test_every_variable_is_explained_in_env_example():
    explained = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    read = variables("scp_portal/settings.py") | variables("scp_portal/start.py")

    assert explained == read - {"DJANGO_SETTINGS_MODULE"}


def test_tests_leave_no_variable_to_the_shell():
    assert variables("scp_portal/settings.py") - set(environment.VARIABLES) == set()


def variables(path: str) -> set[str]:
    called = r"(?:env\.\w+|required_outside_debug|environ\.get|environ\.setdefault)\(\s*\"([A-Z_]+)\""
    return set(re.findall(called, (ROOT / path).read_text()))


def test_every_template_is_used():
    """Named in code or another template, or there to replace a package's own of the same name."""
    naming = "\n".join(path.read_text() for path in (*OURS, *TEMPLATES))
    packages = [Path(app.path) / "templates" for app in apps.get_app_configs() if app.name not in ROOMS]
    by_django = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    unused = []
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        replaces = any((folder / name).exists() for folder in packages)
        named = any(f"{quote}{name}{quote}" in naming for quote in "\"'")
        chosen = f'f"{path.relative_to(ROOT / "templates").parent.as_posix()}/{{' in naming  # one of a folder
        if not (replaces or name in by_django or named or chosen):
            unused.append(name)

    assert unused == []


def test_no_page_has_inline_style_or_script():
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)(?![^>]*type=\"application/)", re.IGNORECASE
    )
    no_browser = ("/documents/", "/mail/layout.html")  # read by WeasyPrint and by mail programs
    pages = [
        path
        for path in TEMPLATES
        if path.suffix == ".html" and not any(part in path.as_posix() for part in no_browser)
    ]

    assert [shown(path) for path in pages if inline.search(path.read_text())] == []


def test_every_trap_names_its_tests_and_each_is_there():
    lines = (ROOT / "docs/traps.md").read_text().splitlines()
    rows = [line for line in lines if re.match(r"\| (?!Trap|What h)", line)]
    named = [re.findall(r"`([\w/]+\.py)::(test_\w+)`", row.rpartition(" | ")[2]) for row in rows]
    folder = ROOT / "tests"
    there = {(path.relative_to(folder).as_posix(), one.name) for path in TESTS for one in functions(path)}

    assert len(rows) >= 31
    assert [row for row, tests in zip(rows, named, strict=True) if not tests] == []
    assert [test for tests in named for test in tests if test not in there] == []


def test_the_makefile_has_at_most_14_targets_and_each_says_what_it_does():
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)

    assert len(targets) <= 14
    assert re.findall(r"^([a-z-]+):.*## \w", makefile, re.MULTILINE) == targets


@pytest.mark.parametrize("room", settings.ROOMS)
def test_every_room_has_tests_and_rows_in_the_matrix(room):
    assert list((ROOT / "tests" / room).glob("test_*.py")) != []
    assert not (ROOT / room / "urls.py").exists() or (ROOT / "tests" / "matrix" / f"{room}.py").exists()


def test_no_file_names_the_machine_it_was_written_on():
    places = re.compile(r"/(?:root|home|opt)/\w|\w/simple/")
    made = re.compile(
        r"(?:^|/)(?:\.(?!ci/|env\.example|pre-commit)|var/|screenshots/|staticfiles/|__pycache__)"
    )
    kinds = {".py", ".md", ".toml", ".html", ".css", ".js", ".yml", ".yaml", ".lock", ".po", ".json", ""}
    files = [
        path
        for path in ROOT.rglob("*")
        if path.suffix in kinds and path.is_file() and not made.search(shown(path))
    ]

    telling = [path for path in files if places.search(path.read_text(errors="ignore"))]

    assert [shown(path) for path in telling if path != Path(__file__)] == []
