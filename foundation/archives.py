"""Archives of which the bytes depend on what is in them alone, and on no clock."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

PLAIN_FILE = 0o644 << 16
UNIX = 3


def archive(parts: Mapping[str, bytes], *, at: datetime) -> bytes:
    """A zip of the parts in their order, each with the given moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, data in parts.items():
            about = zipfile.ZipInfo(name, at.timetuple()[:6])
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, PLAIN_FILE
            about.create_system = UNIX  # wherever it is made
            packed.writestr(about, data)
    return out.getvalue()


def settled(data: bytes, *, at: datetime, changed: Mapping[str, bytes] | None = None) -> bytes:
    """An archive packed anew, so that it no longer tells when it was packed; ``changed`` parts replace."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return archive({**parts, **(changed or {})}, at=at)
