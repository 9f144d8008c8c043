"""Parts laid out apart are one document: the same pages, tags, bookmarks and links, the same bytes."""

import io
import os
import signal
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from foundation.jobs import JobFailed
from foundation.pdf import sheets
from foundation.pdf.kept import STORE
from foundation.pdf.promises import checked
from foundation.pdf.rendering import Described, Part, render_parts, render_pdf

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
DESCRIBED = Described("Thử", "vi", NOON)
PAGE = """<!doctype html><html><head><style>
@page {{ size: A6; margin: 12mm; @top-center {{ content: counter(page) }} }}
body {{ font: 12pt "Liberation Serif" }} .own {{ break-before: page; page: own }}
@page own {{ counter-increment: own; @top-center {{ content: counter(own) }} }}
h1 {{ bookmark-level: 1 }} h2 {{ bookmark-level: 2 }}
</style></head><body>{}</body></html>"""
LINES = (
    '<!doctype html><html><head><style>@page { size: A6; margin: 12mm; @bottom-center { content: "Bản cắt 1" '
    '} } body { font: 12pt "Liberation Serif" }</style></head><body></body></html>'
)
ROWS = "".join(f'<tr><th scope="row">Tỉnh {n}</th><td>{n}</td></tr>' for n in range(30))
TABLE = f'<table><tr><th scope="col">Tỉnh</th><th scope="col">Số</th></tr>{ROWS}</table>'
BODY = f'<h1 id="than">Thân</h1><p><a href="#phu-luc">Phụ lục</a></p><h2>Bảng</h2>{TABLE}'
ANNEX = f'<div class="own"><h1 id="phu-luc">Phụ lục</h1><p><a href="#than">Về đầu</a></p>{TABLE}</div>'


def parts(*bodies):
    return [Part(f"part-{place}", PAGE.format(body)) for place, body in enumerate(bodies)]


def joined(*bodies, **changed):
    return render_parts(parts(*(bodies or (BODY, ANNEX))), DESCRIBED, **changed)


def opened(data):
    return pikepdf.open(io.BytesIO(data))


def drawn(data):
    """The pages as pictures."""
    told = subprocess.run(["pdftoppm", "-r", "50", "-"], input=data, capture_output=True, check=True)
    assert told.stdout.startswith(b"P6")
    return told.stdout


def bookmarks(pdf):
    with pdf.open_outline() as outline:
        return [(item.title, [kid.title for kid in item.children]) for item in outline.root]


@pytest.fixture
def nothing_kept(settings, tmp_path):
    """A store of this test's own: others of the same run would fill or clear a shared one."""
    store = {**settings.CACHES[STORE], "LOCATION": str(tmp_path / "laid-out")}
    settings.CACHES = {**settings.CACHES, STORE: store}


@pytest.fixture
def laid_out_here(monkeypatch):
    """Names of the parts laid out in this process."""
    names = []
    lay_out = sheets.lay_out
    monkeypatch.setattr(sheets, "lay_out", lambda sheet: names.append(sheet.name) or lay_out(sheet))
    return names


@pytest.fixture
def processes(settings, monkeypatch):
    """Two lay out whatever is asked; those started are in the list."""
    started = []
    start = sheets._started
    settings.TYPESETTING_PROCESSES = 2
    monkeypatch.setattr(sheets, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(sheets, "_started", lambda: started.append(start()) or started[-1])
    return started


def test_joined_pages_look_like_those_laid_out_in_one_piece():
    whole = render_pdf(PAGE.format(BODY + ANNEX), title="Thử", language="vi", created_at=NOON)

    assert drawn(joined()) == drawn(whole)


def test_links_lead_from_one_part_to_another_and_back():
    with opened(joined()) as pdf:
        there, back = (link for page in pdf.pages for link in page.get("/Annots", []))
        names = list(pdf.Root.Names.Dests.Names)
        places = {str(name): place[0].objgen for name, place in zip(names[::2], names[1::2], strict=True)}

        assert [str(link.A.S) for link in (there, back)] == ["/GoTo", "/GoTo"]
        assert places[str(there.A.D)] == next(
            page.objgen for page in pdf.pages if back in list(page.get("/Annots", []))
        )
        assert places[str(back.A.D)] == pdf.pages[0].objgen


def test_a_link_that_leads_nowhere_stops_the_document():
    with pytest.raises(JobFailed, match="phu-luc-9"):
        joined(BODY.replace("#phu-luc", "#phu-luc-9"), ANNEX)


def test_bookmarks_of_all_parts_follow_one_another():
    with opened(joined(BODY, ANNEX, ANNEX.replace("phu-luc", "phu-luc-2"))) as pdf:
        assert bookmarks(pdf) == [("Thân", ["Bảng"]), ("Phụ lục", []), ("Phụ lục", [])]


def test_table_heads_of_two_parts_keep_names_of_their_own():
    with opened(joined()) as pdf:
        names = [str(name) for name in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]

        assert len(names) == len(set(names)) == 2 * 32
        assert names == sorted(names)


def test_a_joined_document_keeps_every_promise():
    data = joined(running=LINES)
    with opened(data) as pdf:
        assert checked(data, title="Thử", language="vi") == len(pdf.pages)


def test_a_running_line_whose_letters_cannot_be_copied_is_not_issued():
    with opened(joined(running=LINES)) as pdf:
        (font,) = pdf.pages[0].Resources.XObject["/Running0"].Resources.Font.values()
        del font["/ToUnicode"]
        out = io.BytesIO()
        pdf.save(out)

    with pytest.raises(JobFailed, match="phông"):
        checked(out.getvalue(), title="Thử", language="vi")


def test_running_lines_are_on_every_page_and_no_part_of_the_text():
    with opened(joined(running=LINES)) as pdf:
        assert len(pdf.pages) >= 4
        for page in pdf.pages:
            first, second, *_more = pikepdf.parse_content_stream(page)
            assert (str(first.operands[0]), str(second.operator)) == ("/Artifact", "q")
        assert len({page.Resources.XObject["/Running0"].objgen for page in pdf.pages}) == 1


def test_a_page_of_a_size_without_running_lines_stops_the_document_in_words():
    wide = parts(BODY, ANNEX)[1].html.replace("size: A6", "size: A6 landscape")

    with pytest.raises(JobFailed, match="148 × 105 mm"):
        render_parts([*parts(BODY), Part("part-1", wide)], DESCRIBED, running=LINES)


@pytest.mark.usefixtures("nothing_kept")
def test_one_process_two_processes_and_kept_parts_give_the_same_bytes(settings, laid_out_here, monkeypatch):
    monkeypatch.setattr(sheets, "WORTH_A_PROCESS", 0)
    settings.TYPESETTING_PROCESSES = 2
    by_two = joined(running=LINES)
    again = joined(running=LINES)
    assert laid_out_here == []

    caches[STORE].clear()
    settings.TYPESETTING_PROCESSES = 1
    by_one = joined(running=LINES)

    assert laid_out_here == ["part-0", "part-1", "running"]
    assert by_two == again == by_one


@pytest.mark.usefixtures("nothing_kept")
def test_only_the_part_that_changed_is_laid_out_again(laid_out_here):
    joined()
    laid_out_here.clear()

    changed = joined(BODY, ANNEX.replace("Tỉnh 7", "Huế"))

    assert laid_out_here == ["part-1"]
    assert drawn(changed) != drawn(joined())


@pytest.mark.usefixtures("nothing_kept")
def test_a_part_whose_picture_changed_is_laid_out_again(laid_out_here):
    name = default_storage.save("thu/doi.png", ContentFile(picture("red")))
    page = f'{BODY}<img alt="Ảnh" src="/media/{name}">'
    red = joined(page, ANNEX)
    Path(default_storage.path(name)).write_bytes(picture("blue"))
    laid_out_here.clear()

    assert joined(page, ANNEX) != red
    assert laid_out_here == ["part-0"]
    default_storage.delete(name)
    with pytest.raises(JobFailed, match="doi"):
        joined(page, ANNEX)


def picture(colour):
    data = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(data, "PNG")
    return data.getvalue()


@pytest.mark.usefixtures("nothing_kept")
def test_a_part_with_a_hole_is_not_kept(laid_out_here):
    for _time in range(2):
        with pytest.raises(JobFailed, match="khong-co"):
            joined(f'{BODY}<img alt="" src="/media/khong-co.png">', ANNEX)

    assert laid_out_here == ["part-0", "part-1", "part-0"]


@pytest.mark.usefixtures("nothing_kept")
def test_who_stops_while_parts_are_laid_out_leaves_no_process_behind(processes):
    def told(_done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        joined(told=told)

    assert [process.returncode for process in processes] == [-signal.SIGKILL] * 2


def test_a_process_that_lays_out_ends_with_the_worker_that_started_it():
    process = sheets._started()

    process.communicate(timeout=30)  # closes its input, as the system does when the worker is killed

    assert process.returncode == 0


@pytest.mark.usefixtures("nothing_kept")
def test_a_process_that_was_killed_fails_the_work_and_what_was_done_is_kept(processes):
    def told(_done):
        for process in processes:
            os.kill(process.pid, signal.SIGKILL)

    with pytest.raises(sheets.TypesetterDied):
        joined(BODY, ANNEX, ANNEX.replace("phu-luc", "phu-luc-2"), told=told)

    told_after = []
    joined(BODY, ANNEX, ANNEX.replace("phu-luc", "phu-luc-2"), told=told_after.append)
    assert told_after[0] >= 1
    assert told_after[-1] == 3
