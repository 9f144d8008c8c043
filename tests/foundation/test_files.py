import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from foundation import files
from foundation.models import StoredFile

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
MAGIC = [b"", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x00\x00\x00\x00WEBP"]
SUFFIXES = [".pdf", ".docx", ".xlsx", ".odt", ".jpg", ".png", ".webp", ".csv"]


def archive(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def workbook() -> bytes:
    data = io.BytesIO()
    openpyxl.Workbook().save(data)
    return data.getvalue()


def picture(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (4, 4), "green").save(data, kind)
    return data.getvalue()


GOOD = {
    "báo cáo.pdf": (b"%PDF-1.7\n", files.PDF),
    "số liệu.xlsx": (workbook(), files.XLSX),
    "văn bản.odt": (archive(mimetype=files.ODT.encode()), files.ODT),
    "ảnh.JPG": (picture("JPEG"), "image/jpeg"),
    "ảnh.png": (picture("PNG"), "image/png"),
    "bảng.csv": ("tỉnh;số\nĐà Nẵng;3".encode(), "text/csv"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_what_is_found_inside_it(name):
    data, media_type = GOOD[name]

    assert files.sniff(data, name) == media_type


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("trá hình.pdf", b"MZ\x90\x00"),
        ("trá hình.png", picture("JPEG")),
        ("trá hình.xlsx", archive(readme=b"hello")),
        ("trá hình.docx", workbook()),
        ("trá hình.odt", archive(mimetype=b"application/x-else")),
        ("nhị phân.csv", b"a;b\x00c"),
        ("trang.html", b"<script>alert(1)</script>"),
        ("hình.svg", b"<svg onload='alert(1)'/>"),
        ("không đuôi", b"%PDF-1.7"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, data):
    with pytest.raises(ValidationError):
        files.sniff(data, name)


TYPES = b'<Types><Override PartName="/xl/x.bin" ContentType="application/vnd.ms-office.%s"/></Types>'


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("bảng.xlsx", {"[Content_Types].xml": b"<Types/>", "xl__vbaProject.bin": b"x"}),
        ("bảng.xlsx", {"[Content_Types].xml": TYPES % b"vbaProject", "xl__x.bin": b"x"}),
        ("bảng.xlsx", {"[Content_Types].xml": TYPES % b"sheet.macroEnabled.main+xml"}),
        ("bảng.xlsx", {"[Content_Types].xml": TYPES % b"macrosheet+xml", "xl__macrosheets__1.xml": b"x"}),
        ("bảng.xlsx", {"[Content_Types].xml": (TYPES % b"vbaProject").decode().encode("utf-16")}),
        ("văn bản.odt", {"mimetype": files.ODT.encode(), "Basic__Standard__Module1.xml": b"x"}),
        ("văn bản.odt", {"mimetype": files.ODT.encode(), "Scripts__python__a.py": b"x"}),
    ],
)
def test_macros_are_refused_with_what_to_do(name, members):
    with pytest.raises(ValidationError, match=r"macro"):
        files.sniff(archive(**{"xl__workbook.xml": b"", **members}), name)


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MAX_UNPACKED", 10)

    with pytest.raises(ValidationError):
        files.sniff(workbook(), "bảng.xlsx")


def damaged(data: bytes, place: int, value: int) -> bytes:
    """The file with one byte of it changed."""
    place %= len(data)
    return data[:place] + bytes([value]) + data[place + 1 :]


@pytest.mark.parametrize("name", GOOD)
@given(place=st.integers(0, 10**6), value=st.integers(0, 255))
def test_a_damaged_file_gets_a_sentence_never_a_crash(name, place, value):
    with suppress(ValidationError):
        files.sniff(damaged(GOOD[name][0], place, value), name)


def test_an_archive_of_a_version_that_does_not_exist_is_refused():
    data = archive(mimetype=files.ODT.encode())
    place = data.index(b"PK\x01\x02") + 6  # “version needed”

    with pytest.raises(ValidationError):
        files.sniff(damaged(data, place, 99), "văn bản.odt")


def test_a_list_of_parts_too_long_to_look_through_is_refused():
    hidden = b" " * files.MOST_READ + TYPES % b"vbaProject"
    data = archive(**{"[Content_Types].xml": hidden, "xl__workbook.xml": b""})

    with pytest.raises(ValidationError):
        files.sniff(data, "bảng.xlsx")


def test_a_picture_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)

    with pytest.raises(ValidationError):
        files.sniff(picture("PNG"), "ảnh.png")


@given(data=st.binary(max_size=400), suffix=st.sampled_from(SUFFIXES), magic=st.sampled_from(MAGIC))
def test_garbage_gets_a_sentence_never_a_crash(data, suffix, magic):
    with suppress(ValidationError):
        files.sniff(magic + data, f"rác{suffix}")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\báo cáo.pdf", "báo cáo.pdf"),
        ("a\u202egpj.exe\n", "agpj.exe"),
        ("", "tep"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_keeps_its_last_part_and_nothing_hidden(given_name, kept):
    assert files.clean_name(given_name) == kept


@pytest.mark.django_db
def test_an_upload_is_kept_under_its_hash(lan):
    upload = SimpleUploadedFile("biên bản.pdf", b"%PDF-1.7 one")

    stored = files.store_upload(upload, by=lan, at=NOON)

    assert (stored.name, stored.media_type, stored.size) == ("biên bản.pdf", files.PDF, 12)
    assert stored.file.name.startswith(f"files/{stored.sha256[:2]}/{stored.sha256}")
    with stored.file.open() as kept:
        assert kept.read() == b"%PDF-1.7 one"


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"", b"%PDF-" + b"x" * 100])
def test_an_empty_or_too_large_upload_leaves_nothing(lan, settings, data):
    settings.UPLOAD_MAX_BYTES = 50

    with pytest.raises(ValidationError):
        files.store_upload(SimpleUploadedFile("a.pdf", data), by=lan, at=NOON)

    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_sent_file_runs_nothing_in_the_browser(lan):
    stored = files.store_bytes(b"a;b", name="bảng.csv", media_type="text/csv", by=lan, at=NOON)

    response = files.send_file(stored, inline=True)

    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()
