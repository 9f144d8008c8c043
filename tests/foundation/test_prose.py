"""Running text is cleaned on the way in; a hostile text leaves as a harmless one."""

import pytest

from foundation.prose import clean_prose, prose_text


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ('<p onclick="alert(1)" style="color:red" class="x" id="y">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', '<a rel="noopener">a</a>'),
        ('<a href=" java\nscript:alert(1)">a</a>', '<a rel="noopener">a</a>'),
        ('<a href="data:text/html,x">a</a>', '<a rel="noopener">a</a>'),
        ("<style>p{color:red}</style><p>a</p>", "<p>a</p>"),
        ('<iframe src="https://x.example">z</iframe><p>a</p>', "<p>a</p>"),
        ('<p><img src="/n.png" onerror="alert(1)">a</p>', "<p>a</p>"),
        ('<p><img src="n.png">a</p>', "<p>a</p>"),
        ('<svg onload="alert(1)"><text>z</text></svg><p>a</p>', "<p>a</p>"),
        ('<form action="/x"><input name="q"></form><p>a</p>', "<p>a</p>"),
        ("<h1>a</h1>", "a"),
        ("<p></p>", ""),
        ("<p>  </p><p><br></p>", ""),
        ("", ""),
    ],
)
def test_what_runs_loads_or_styles_is_taken_out(hostile, harmless):
    assert clean_prose(hostile) == harmless


def test_headings_lists_links_and_tables_stay():
    text = (
        '<h2>a</h2><ul><li>b</li></ul><p><a href="/library/" rel="noopener">c</a></p>'
        '<table><tbody><tr><th scope="row">d</th><td>e</td></tr></tbody></table>'
    )

    assert clean_prose(text) == text


def test_plain_text_becomes_paragraphs():
    assert clean_prose("Một & hai.\n\nBa.") == "<p>Một &amp; hai.</p><p>Ba.</p>"


def test_cleaning_twice_changes_nothing():
    once = clean_prose('<p>a &amp; b <a href="https://moit.gov.vn">c</a><br>d</p>')

    assert clean_prose(once) == once


def test_words_of_neighbouring_blocks_do_not_run_together():
    assert prose_text("<p>Đà</p><p>Nẵng</p><ul><li>một</li><li>hai</li></ul>").split() == [
        "Đà", "Nẵng", "một", "hai",
    ]  # fmt: skip
