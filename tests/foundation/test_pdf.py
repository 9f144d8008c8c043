"""A document is whole or it is not made: fonts, tags, language, no holes, the same bytes every time."""

import hashlib
import io
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from foundation.jobs import JobFailed
from foundation.pdf.rendering import render_pdf

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
PAGE = """<!doctype html><html><head><style>
@page { size: A4; margin: 20mm } body { font: 14pt "Liberation Serif" } b, h1 { font-weight: 700 }
</style></head><body>%s</body></html>"""
EVERY_LETTER = "ẾỘỮẰ Ưỡn ngực, Ễnh ương, Ậm ừ, Ộc, Ẵm, Ự đĐ ơƠ ăẳẵặ ýỳỷỹỵ"


def rendered(body="<h1>Giấy chứng nhận</h1><p>Đà Nẵng</p>", **changed):
    told = {"title": "Thử", "language": "vi", "created_at": NOON, **changed}
    return render_pdf(PAGE % body, **told)


def opened(document):
    return pikepdf.open(io.BytesIO(document))


def picture(colour="red"):
    data = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(data, "PNG")
    return data.getvalue()


def test_a_document_is_tagged_and_tells_title_language_and_moment():
    with opened(rendered()) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == "Thử"
        assert str(pdf.docinfo.CreationDate) == "D:20261120050000+00'00"
        assert 'pdfuaid:part="1"' in pdf.Root.Metadata.read_bytes().decode()


def test_fonts_are_liberation_and_embedded():
    with opened(rendered("<p>Đà Nẵng <b>Đắk Lắk</b></p>")) as pdf:
        fonts = pdf.pages[0].Resources.Font
        described = [font.DescendantFonts[0].FontDescriptor for font in fonts.values()]

        assert {str(font.FontName).partition("+")[2] for font in described} == {
            "Liberation-Serif",
            "Liberation-Serif-Bold",
        }
        assert all("/FontFile2" in font for font in described)


def test_each_vietnamese_letter_has_its_own_shape_and_can_be_copied():
    """What is drawn, not only what can be copied: no two letters share a glyph, none is the empty box."""
    letters = "".join(dict.fromkeys(EVERY_LETTER.replace(" ", "").replace(",", "")))
    with opened(rendered(f"<p>{letters}</p>")) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        table = font.ToUnicode.read_bytes().decode().lower()
    glyphs = {letter: glyph for glyph, letter in re.findall(r"^<(\w{4})> <(\w{4})>$", table, re.MULTILINE)}

    drawn = [glyphs[f"{ord(letter):04x}"] for letter in letters]

    assert len(set(drawn)) == len(letters)
    assert "0000" not in drawn


def test_the_same_input_gives_the_same_bytes_in_another_second():
    first = rendered()
    time.sleep(1.1)

    assert rendered() == first


def test_another_process_writes_the_same_bytes(tmp_path):
    script = (
        "import sys, hashlib; sys.path.insert(0, '.')\n"
        "from tests import environment; environment.prepare()\n"
        "from tests.foundation import test_pdf\n"
        "print(hashlib.sha256(test_pdf.rendered()).hexdigest())\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert told.stdout.strip() == hashlib.sha256(rendered()).hexdigest()


def test_own_pictures_and_data_pictures_are_printed():
    name = default_storage.save("thu/anh.png", ContentFile(picture()))
    with opened(rendered(f'<img alt="Ảnh" src="/media/{name}">')) as pdf:
        assert [str(image.Subtype) for image in pdf.pages[0].Resources.XObject.values()] == ["/Image"]


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/static/khong-co.png", "static/khong-co.png"),
        ("/media/khong-co.png", "media/khong-co.png"),
        ("/media/../../etc/passwd", "etc/passwd"),
        ("/healthz", "healthz"),
        ("https://example.org/a.png", "https://example.org/a.png"),
        ("file:///etc/passwd", "file:///etc/passwd"),
    ],
)
def test_a_picture_that_is_not_ours_stops_the_document_by_name(address, named):
    with pytest.raises(JobFailed) as failure:
        rendered(f'<img alt="" src="{address}">')

    assert named in str(failure.value)


def test_a_broken_picture_stops_the_document():
    name = default_storage.save("thu/hong.png", ContentFile(b"not a picture"))

    with pytest.raises(JobFailed, match=r"hong.*\.png"):
        rendered(f'<img alt="" src="/media/{name}">')


def test_a_stylesheet_that_is_missing_stops_the_document():
    with pytest.raises(JobFailed, match=r"css/khong-co\.css"):
        rendered('<link rel="stylesheet" href="/static/css/khong-co.css">')


def test_a_style_collected_once_and_old_by_now_is_not_read(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    old = tmp_path / "css/documents/decree30.css"
    old.parent.mkdir(parents=True)
    old.write_text("p { display: none }")
    link = '<link rel="stylesheet" href="/static/css/documents/decree30.css">'

    with opened(rendered(f"{link}<p>Đà Nẵng</p>")) as pdf:
        assert len(pdf.pages[0].Resources.Font) == 1


def test_a_style_that_was_only_collected_is_read(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "only.5f3a.css").write_text("p { display: none }")

    with opened(rendered('<link rel="stylesheet" href="/static/only.5f3a.css"><p>Đà Nẵng</p>')) as pdf:
        assert len(pdf.pages[0].Resources.Font) == 0


def test_a_letter_no_font_has_stops_the_document():
    with pytest.raises(JobFailed, match=r"không phông chữ nào ở đây có chữ “\U0010fffd” \(U\+10FFFD\)$"):
        rendered("<p>\U0010fffd</p>")


def test_the_web_process_does_not_load_weasyprint():
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests import environment; environment.prepare()\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "import foundation.pdf.rendering\n"
        "print('weasyprint' in sys.modules)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip

    assert told.stdout.strip() == "False"
