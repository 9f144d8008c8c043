"""The one door for files: look inside before believing the name, keep the hash, serve as attachment."""

import hashlib
import io
import lzma
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from .models import StoredFile

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
MAX_UNPACKED = 200 * 1024 * 1024  # a small archive may unpack to more than a disk holds
MOST_READ = 1024 * 1024  # a list of parts is short
MACROS = _("The file carries macros. Save it without macros and send it again.")
# Whatever name the part of a macro is given, the list of parts has to tell what it is.
MACRO_TYPES = (b"macroenabled", b"vbaproject", b"macrosheet")
# A hostile file asks for versions, packings and names that do not exist, or is locked by a password.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError,
    NotImplementedError, struct.error,
)  # fmt: skip
BROKEN_IMAGE = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError,
    struct.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def store_upload(upload: UploadedFile, *, by: Any, at: datetime, is_public: bool = False) -> StoredFile:
    """Keep an uploaded file; ``ValidationError`` says in one sentence why not."""
    data = checked(upload)
    return store_bytes(
        data, name=clean_name(upload.name or ""), media_type=sniff(data, upload.name or ""), by=by, at=at,
        is_public=is_public,
    )  # fmt: skip


def store_bytes(
    data: bytes, *, name: str, media_type: str, by: Any, at: datetime, is_public: bool = False
) -> StoredFile:
    """Keep bytes the portal made itself."""
    stored = StoredFile(
        name=name,
        media_type=media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        is_public=is_public,
        by=by,
        stored_at=at,
    )
    stored.file.save(name, ContentFile(data), save=False)
    stored.save()
    return stored


def checked(upload: UploadedFile) -> bytes:
    """The upload's bytes, or a ``ValidationError`` for people."""
    if upload.size is None or upload.size == 0:
        raise ValidationError(_("The file is empty. Choose the file again."))
    if upload.size > settings.UPLOAD_MAX_BYTES:
        megabytes = settings.UPLOAD_MAX_BYTES // 1024 // 1024
        raise ValidationError(_("The file is larger than %(most)s MB.") % {"most": megabytes})
    data = upload.read()
    upload.seek(0)
    sniff(data, upload.name or "")
    return data


def sniff(data: bytes, name: str) -> str:
    """The media type of an allowed file, found inside it; its name must agree."""
    suffix = PurePosixPath(name.lower()).suffix
    kinds: dict[str, tuple[str, Callable[[bytes], bool]]] = {
        ".pdf": (PDF, lambda b: b.startswith(b"%PDF-")),
        ".docx": (DOCX, lambda b: _office(b, "word/document.xml")),
        ".xlsx": (XLSX, lambda b: _office(b, "xl/workbook.xml")),
        ".odt": (ODT, _opendocument),
        ".jpg": ("image/jpeg", lambda b: _image(b, "JPEG")),
        ".jpeg": ("image/jpeg", lambda b: _image(b, "JPEG")),
        ".png": ("image/png", lambda b: _image(b, "PNG")),
        ".webp": ("image/webp", lambda b: _image(b, "WEBP")),
        ".csv": ("text/csv", _plain_text),
    }
    if suffix not in kinds:
        raise ValidationError(
            _("Files of this kind are not taken. Send PDF, DOCX, XLSX, ODT, CSV, JPG, PNG or WEBP.")
        )
    media_type, looks_right = kinds[suffix]
    if not looks_right(data):
        raise ValidationError(
            _("What is inside “%(name)s” is not what its name says. Save it again in the right format.")
            % {"name": clean_name(name)}
        )
    return media_type


def clean_name(name: str) -> str:
    """The last part of the name in NFC, without control characters; never empty."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    return "".join(c for c in base if c.isprintable())[-150:].strip() or "tep"


def send_file(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """The file as a download; only pictures and PDF are ever shown inside the browser."""
    shown = inline and (stored.media_type == PDF or stored.media_type.startswith("image/"))
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=not shown,
        filename=stored.name,
        content_type=stored.media_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _office(data: bytes, part: str) -> bool:
    members = _members(data, "[Content_Types].xml")
    declared = members.get("[Content_Types].xml", b"").replace(b"\0", b"").lower()  # UTF-16 as well
    if any(name.lower().endswith("vbaproject.bin") for name in members) or any(
        word in declared for word in MACRO_TYPES
    ):
        raise ValidationError(MACROS)
    return {part, "[Content_Types].xml"} <= members.keys()


def _opendocument(data: bytes) -> bool:
    members = _members(data, "mimetype")
    if any(name.lower().startswith(("basic/", "scripts/")) for name in members):
        raise ValidationError(MACROS)
    return members.get("mimetype") == ODT.encode()


def _members(data: bytes, wanted: str) -> dict[str, bytes]:
    """The names inside an archive, and what the wanted one holds. Nothing of a damaged or locked one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise ValidationError(_("The file unpacks to more than the portal takes."))
            found = {member.filename: b"" for member in members}
            if wanted not in found:
                return found
            if archive.getinfo(wanted).file_size > MOST_READ:
                return {}
            return {**found, wanted: archive.read(wanted)}
    except BROKEN_ARCHIVE:
        return {}


def _image(data: bytes, kind: str) -> bool:
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=[kind]) as picture:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture.verify()
    except BROKEN_IMAGE:
        return False
    return True


def _plain_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text
