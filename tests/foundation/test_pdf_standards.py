"""PDF/A-3a and PDF/UA-1 in one file, and what a PDF that keeps to them has inside."""

import io
import re
from datetime import UTC, datetime

import pikepdf
import pytest

from foundation.jobs import JobFailed
from foundation.pdf.archive import Attachment
from foundation.pdf.promises import PROMISES, checked
from foundation.pdf.rendering import Described, Part, render_parts
from tests.verapdf import faults

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
PAGE = """<!doctype html><html><head><style>
@page {{ size: A6; margin: 12mm; @top-center {{ content: counter(page) }} }}
@page {{ @bottom-center {{ content: element(foot) }} }}
body {{ font: 12pt "Liberation Serif" }} thead {{ display: table-header-group }} tr {{ break-inside: avoid }}
.foot {{ position: running(foot) }} .rule {{ border-top: 1pt solid }}
</style></head><body><div class="foot">Bản cắt C-2026-01</div>{}</body></html>"""
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="40" role="img" {}><rect width="9" '
    'height="9" fill="#0B4F4A"/></svg>'
)
LONG = (
    '<table><thead><tr><th scope="col">Tỉnh</th><th scope="col">Giá trị</th></tr></thead><tbody>'
    + "".join(f'<tr><th scope="row">Tỉnh {n}</th><td>{n}</td></tr>' for n in range(40))
    + "</tbody></table>"
)
EVERYTHING = f"""<h1>Kết quả</h1><div class="rule"></div><p>Xem <a href="#bang">bảng dưới</a> và
<a href="https://example.org/" title="Trang của chương trình">trang này</a>.
<span lang="en">Thank you</span>.</p>
<table role="presentation"><tr><td>BỘ CÔNG THƯƠNG</td><td>Số: 05</td></tr></table>
<h2 id="bang">Bảng</h2>{LONG}
<figure>{DRAWING.format('aria-label="Cột xanh"')}<figcaption>Hình 1</figcaption></figure>
{DRAWING.format('aria-hidden="true"')}"""
DATA = Attachment("so-lieu.json", b'{"a":1}', "application/json", "Số liệu đứng sau văn bản")


def rendered(*bodies, attachments=()):
    """Each body is a part of its own."""
    parts = [Part(f"part-{place}", PAGE.format(body)) for place, body in enumerate(bodies or [EVERYTHING])]
    return render_parts(parts, Described("Thử", "vi", NOON), attachments=attachments)


def in_two_parts():
    before, after = EVERYTHING.split('<h2 id="bang">')
    return rendered(before, '<h2 id="bang">' + after, attachments=[DATA])


@pytest.fixture(scope="module", params=["in one piece", "joined"])
def document(request):
    data = in_two_parts() if request.param == "joined" else rendered(attachments=[DATA])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield pdf


def below(raw):
    kids = raw.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from below(kid)


def tags(pdf, *kinds):
    return [tag for tag in below(pdf.Root.StructTreeRoot) if str(tag.S) in kinds]


def marks(page):
    """What is open around each drawing or writing operator of a page."""
    open_ones = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            open_ones.append((str(operands[0]), operands[1].get("/MCID") if name == "BDC" else None))
        elif name == "EMC":
            open_ones.pop()
        elif name in {"Tj", "TJ", "S", "f", "f*", "B", "Do", "sh", "b", "s"}:
            yield list(open_ones)


@pytest.mark.verapdf
def test_verapdf_finds_nothing_wrong_under_either_standard(tmp_path):
    path, parts, without = (tmp_path / f"{name}.pdf" for name in ("thu", "noi", "khong-loi"))
    path.write_bytes(rendered(attachments=[DATA]))
    parts.write_bytes(in_two_parts())
    without.write_bytes(rendered(DRAWING.format("")))

    found = faults(path, parts, without)

    for name in ("thu", "noi"):
        assert found[f"{name}.pdf PDFA-3A"] == []
        assert found[f"{name}.pdf PDFUA-1"] == []
    assert [one[:5] for one in found["khong-loi.pdf PDFUA-1"]] == ["7.3-1"]  # it does look


def test_both_standards_are_claimed_in_one_description(document):
    claims = document.Root.Metadata.read_bytes().decode()

    assert claims.count("<rdf:RDF") == 1
    for claim in ('pdfaid:part="3"', 'pdfaid:conformance="A"', 'pdfuaid:part="1"', "pdfaExtension:schemas"):
        assert claim in claims
    assert "2026-11-20T05:00:00+00:00" in claims
    assert str(document.docinfo.CreationDate) == "D:20261120050000+00'00"
    assert str(document.Root.OutputIntents[0].S) == "/GTS_PDFA1"


def test_everything_drawn_is_tagged_or_an_artifact(document):
    known = {}
    for tag in below(document.Root.StructTreeRoot):
        kids = tag.K if isinstance(tag.K, pikepdf.Array) else [tag.K]
        for kid in kids:
            if isinstance(kid, int):
                known.setdefault(tag.Pg.objgen, set()).add(kid)

    for page in document.pages:
        seen = list(marks(page))
        assert seen
        for around in seen:
            assert len(around) == 1 or all(kind == "/Artifact" for kind, _mark in around)
            (kind, mark), *_more = around
            assert kind == "/Artifact" or mark in known[page.objgen]


def test_the_parent_tree_leads_from_each_mark_to_its_tag(document):
    numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
    parents = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    for page in document.pages:
        for place, tag in enumerate(parents[int(page.StructParents)]):
            if tag is not None:
                assert place in list(tag.K)
                assert tag.Pg.objgen == page.objgen


def test_page_number_and_running_foot_are_artifacts(document):
    for page in document.pages:
        artifacts = sum(around[0][0] == "/Artifact" for around in marks(page))
        assert artifacts >= 2


def test_a_table_over_several_pages_is_one_table_with_one_head(document):
    (table,) = tags(document, "/Table")

    assert len(document.pages) >= 3
    assert [str(kid.S) for kid in table.K] == ["/THead", "/TBody"]
    assert len(table.K[1].K) == 40
    named = {str(tag.ID): str(tag.A.Scope) for tag in tags(document, "/TH")}
    assert sorted(named.values()) == ["/Column"] * 2 + ["/Row"] * 40
    assert all(str(name) in named for tag in tags(document, "/TD") for name in tag.A.Headers)
    names = list(document.Root.StructTreeRoot.IDTree.Names)
    assert [str(name) for name in names[::2]] == sorted(named)


def test_a_table_of_layout_is_no_table_to_a_screen_reader(document):
    assert len(tags(document, "/Table")) == 1
    assert len(tags(document, "/TD")) == 40


def test_a_picture_speaks_and_decoration_does_not(document):
    (figure,) = tags(document, "/Figure")

    assert str(figure.Alt) == "Cột xanh"


def test_words_in_another_language_say_so(document):
    assert [str(tag.Lang) for tag in below(document.Root.StructTreeRoot) if "/Lang" in tag] == ["en"]


def test_links_say_where_they_lead_and_have_their_place_in_the_tree(document):
    links = tags(document, "/Link")
    annotations = [kid.Obj for link in links for kid in link.K if isinstance(kid, pikepdf.Dictionary)]

    assert [str(one.Contents) for one in annotations] == ["bảng dưới", "Trang của chương trình"]
    assert all(page.Tabs == pikepdf.Name.S for page in document.pages)


def test_headings_are_nested_in_order(document):
    found = [str(tag.S) for tag in below(document.Root.StructTreeRoot) if re.fullmatch("/H[1-6]", str(tag.S))]
    assert found == ["/H1", "/H2"]


def test_files_inside_are_data_with_a_date_of_their_own(document):
    (specified,) = document.Root.AF

    assert str(specified.AFRelationship) == "/Data"
    assert str(specified.Desc) == DATA.words
    assert document.attachments["so-lieu.json"].get_file().read_bytes() == DATA.data
    assert str(specified.EF.F.Params.ModDate) == "D:20261120050000Z"


def test_every_promise_is_heard_kept():
    heard = []

    assert checked(rendered(), title="Thử", language="vi", kept=heard.append) >= 3
    assert heard == list(range(1, PROMISES + 1))


def broken(change):
    with pikepdf.open(io.BytesIO(rendered(attachments=[DATA]))) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def first(pdf, kind):
    return tags(pdf, kind)[0]


def put(raw, key, value=None):
    if value is None:
        del raw[key]
    else:
        raw[key] = value


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda pdf: put(pdf.Root, "/StructTreeRoot"), "thiếu thẻ"),
        (lambda pdf: put(pdf.Root, "/Lang", pikepdf.String("en")), "ngôn ngữ"),
        (lambda pdf: put(pdf.Root.ViewerPreferences, "/DisplayDocTitle", False), "tiêu đề"),
        (lambda pdf: put(next(iter(pdf.pages[0].Resources.Font.values())), "/ToUnicode"), "phông"),
        (lambda pdf: put(first(pdf, "/H1"), "/K", pikepdf.Array()), "thứ tự đọc"),
        (lambda pdf: put(first(pdf, "/Figure"), "/Alt"), "hình"),
        (lambda pdf: put(first(pdf, "/TH").A, "/Scope"), "bảng"),
        (lambda pdf: put(first(pdf, "/TR"), "/S", pikepdf.Name("/TD")), "bảng"),
        (lambda pdf: put(first(pdf, "/H2"), "/S", pikepdf.Name("/H3")), "cấp"),
        (lambda pdf: put(pdf.Root, "/OutputIntents"), "tiêu chuẩn"),
        (lambda pdf: put(pdf.Root, "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name("/Named"))), "khi mở"),
        (lambda pdf: put(pdf.Root.AF[0], "/AFRelationship", pikepdf.Name("/Source")), "tệp bên trong"),
    ],
)
def test_a_broken_promise_stops_the_document_by_name(change, said):
    with pytest.raises(JobFailed, match=said):
        checked(broken(change), title="Thử", language="vi")


def test_a_drawing_without_words_is_not_issued():
    with pytest.raises(JobFailed, match="hình"):
        checked(rendered(DRAWING.format("")), title="Thử", language="vi")
