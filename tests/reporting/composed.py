"""Documents of any kind over a real cut, as tests need them."""

from datetime import date
from typing import Any

from foundation.datafiles import read_rows
from provinces.models import Province, Region, RegionMembership
from reporting.documents import cutting
from reporting.documents.blocks import Document, Heading, Paragraph, Table
from reporting.documents.composing import compose
from reporting.documents.head_and_foot import Envelope
from reporting.documents.rewording import reworded
from reporting.facts import DATA
from reporting.lenses import Lens, LensKind
from reporting.models import Period
from reporting.outline import Outline, Scope, Stretch
from tests.reporting.approved import NOON

KINDS = {row["code"]: row for row in read_rows(DATA / "report_kinds.json")}
ENVELOPE = Envelope("C-2026-01", NOON, "7K4M-92QD", "", "Hà Nội", None, "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "A")
LAST_DAY = date(2026, 12, 14)


def cut_of(period: Period, **stretch: Any) -> dict[str, Any]:
    return cutting.content_of(period, Lens(LensKind.ON, period.last_day), Stretch(**stretch))


def outline_of(kind: str, scope: Scope | None = None, **fields: Any) -> Outline:
    row = KINDS[kind]
    named = {
        "code": kind,
        "title_vi": row["name_vi"],
        "title_en": row["name_en"],
        "sections": tuple(row["sections"]),
        "annexes": tuple(row["annexes"]),
        "scope": scope or Scope(),
        "template": "reporting/documents/official.html",
    }
    return Outline(**{**named, **fields})


def composed(
    content: dict[str, Any],
    kind: str = "national",
    scope: Scope | None = None,
    *,
    language: str = "vi",
    words: dict[str, str] | None = None,
    **fields: Any,
) -> Document:
    outline = outline_of(kind, scope, **fields)
    return reworded(compose(content, outline, language=language, envelope=ENVELOPE), words or {})


def said(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def heads(document: Document) -> list[str]:
    return [f"{one.number}. {one.text}" for one in document.blocks if isinstance(one, Heading)]


def table(document: Document, caption: str) -> Table:
    """The one table of the body whose caption ends so."""
    found = [one for one in document.blocks if isinstance(one, Table) and one.caption.endswith(caption)]
    (one,) = found
    return one


def in_region(*units: Province, name: str = "Duyên hải") -> Region:
    """A region of today with these units in it."""
    region = Region.objects.create(
        slug="duyen-hai", position=1, name_vi=name, name_en="Coast", valid_from=date(2025, 7, 1)
    )
    for unit in units:
        RegionMembership.objects.create(province=unit, region=region, valid_from=date(2025, 7, 1))
    return region
