"""The newsroom's desk: who may enter, pictures, import with preview, history, withdrawing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from news.models import Article, Highlight
from tests.news.factories import ArticleFactory, HighlightFactory, SectionFactory
from tests.news.test_articles import PIXEL

pytestmark = pytest.mark.django_db

SHEET = "slug,section,title_vi,title_en,summary_vi,attribution_vi,published_at,body_vi\n"
LINE = "bai-moi,{section},{title},New,Tóm tắt,Bộ Công Thương,2026-11-19 08:00:00,<p>a<script>1</script></p>\n"


@pytest.fixture
def desk(client, an):
    client.force_login(an)
    return client


def form_of(article, **changes):
    """What the browser sends back from the article's form."""
    both = "title summary body byline attribution date_doubt place picture_alt picture_caption"
    names = [f"{name}_{language}" for name in both.split() for language in ("vi", "en")]
    alone = ["slug", "attribution_url", "source", "picture_credit"]
    sent = {name: getattr(article, name) for name in [*names, *alone]}
    moment = {"published_at_0": "2026-11-19", "published_at_1": "08:00:00"}
    return {**sent, "section": article.section_id, "event_on": "", "event_ends_on": "", **moment, **changes}


def change(desk, article, **changes):
    address = reverse("admin:news_article_change", args=[article.pk])
    return desk.post(address, form_of(article, **changes))


def upload(desk, sheet, address="admin:news_article_import"):
    file = SimpleUploadedFile("tin.csv", sheet.encode(), "text/csv")
    return desk.post(reverse(address), {"import_file": file, "format": "0", "resource": "0"})


def confirm(desk, preview, address="admin:news_article_process_import"):
    return desk.post(reverse(address), preview.context["confirm_form"].initial)


@pytest.mark.parametrize("page", ["changelist", "add", "import", "export"])
def test_pages_of_the_desk_open_for_an_editor(desk, page):
    ArticleFactory()

    assert desk.get(reverse(f"admin:news_article_{page}")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_article_changelist_query_count(desk, count, django_assert_max_num_queries):
    ArticleFactory.create_batch(count)

    with django_assert_max_num_queries(12):
        response = desk.get(reverse("admin:news_article_changelist"))

    assert len(response.context["cl"].result_list) == count


@pytest.mark.parametrize("count", [1, 3])
def test_highlight_changelist_query_count(desk, count, django_assert_max_num_queries):
    for article in ArticleFactory.create_batch(count):
        HighlightFactory(article=article)

    with django_assert_max_num_queries(11):
        desk.get(reverse("admin:news_highlight_changelist"))


@pytest.mark.parametrize(
    ("state", "title"),
    [("published", "Đã đăng"), ("scheduled", "Hẹn"), ("draft", "Nháp"), ("withdrawn", "Đã rút")],
)
def test_articles_are_filtered_by_state(desk, state, title):
    ArticleFactory(title_vi="Đã đăng")
    ArticleFactory(title_vi="Hẹn", published_at="2999-01-01T00:00:00Z")
    ArticleFactory(title_vi="Nháp", published_at=None)
    ArticleFactory(title_vi="Đã rút", withdrawn_at="2026-11-20T00:00:00Z", withdrawal_reason_vi="Trùng.")
    wanted = "public" if state == "published" else state

    response = desk.get(reverse("admin:news_article_changelist") + f"?state={wanted}")

    assert [article.title_vi for article in response.context["cl"].result_list] == [title]


def test_saving_keeps_a_version_and_cleans_the_text(desk):
    article = ArticleFactory()

    change(desk, article, body_vi='<p onclick="x()">Sạch</p>')

    article.refresh_from_db()
    assert article.body_vi == "<p>Sạch</p>"
    assert article.history.count() == 2


def test_the_editor_has_the_nonce_of_the_policy(desk):
    response = desk.get(reverse("admin:news_article_change", args=[ArticleFactory().pk]))

    nonce = response["Content-Security-Policy"].partition("'nonce-")[2].partition("'")[0]
    assert f'type="importmap" nonce="{nonce}"' in response.content.decode()


def test_a_picture_is_taken_with_its_words_and_taken_away(desk):
    article = ArticleFactory()
    words = {"picture_alt_vi": "Toàn cảnh", "picture_credit": "Quốc Dũng/TTXVN"}

    change(desk, article, new_picture=SimpleUploadedFile("anh.png", PIXEL), **words)
    article.refresh_from_db()
    assert article.picture.media_type == "image/png"

    change(desk, article, drop_picture="on", **words)
    article.refresh_from_db()
    assert article.picture is None


@pytest.mark.parametrize(
    ("upload_file", "words", "field"),
    [
        (("anh.png", PIXEL), {}, "picture_credit"),
        (("anh.png", b"MZ"), {"picture_alt_vi": "a", "picture_credit": "b"}, "new_picture"),
        (("anh.svg", b"<svg/>"), {"picture_alt_vi": "a", "picture_credit": "b"}, "new_picture"),
        (("so.csv", b"a,b"), {"picture_alt_vi": "a", "picture_credit": "b"}, "new_picture"),
    ],
)
def test_a_wrong_picture_is_refused_with_a_sentence(desk, upload_file, words, field):
    article = ArticleFactory()

    response = change(desk, article, new_picture=SimpleUploadedFile(*upload_file), **words)

    assert field in response.context["adminform"].form.errors
    article.refresh_from_db()
    assert article.picture is None


def test_import_shows_first_and_writes_after_confirmation(desk):
    section = SectionFactory()

    preview = upload(desk, SHEET + LINE.format(section=section.slug, title="Tin mới"))
    assert (preview.context["result"].has_errors(), Article.objects.count()) == (False, 0)
    confirm(desk, preview)

    article = Article.objects.get()
    assert (article.title_vi, article.body_vi, article.section) == ("Tin mới", "<p>a</p>", section)


def test_the_same_sheet_again_changes_nothing(desk):
    sheet = SHEET + LINE.format(section=SectionFactory().slug, title="Tin mới")
    confirm(desk, upload(desk, sheet))

    preview = upload(desk, sheet)

    assert preview.context["result"].totals["skip"] == 1
    assert Article.history.count() == 1


def test_a_faulty_row_is_named_and_nothing_is_written(desk):
    lines = LINE.format(section=SectionFactory().slug, title="") + LINE.format(section="khong-co", title="x")

    preview = upload(desk, SHEET + lines)

    result = preview.context["result"]
    assert (len(result.invalid_rows) + len(result.row_errors()), Article.objects.count()) == (2, 0)


def test_highlights_are_imported_by_their_headline(desk):
    HighlightFactory(headline_vi="Tin cũ", position=5)
    sheet = "headline_vi,headline_en,position,starts_on,ends_on\nTin cũ,Old,1,2026-01-01,2026-12-31\n"

    confirm(desk, upload(desk, sheet, "admin:news_highlight_import"), "admin:news_highlight_process_import")

    assert Highlight.objects.values_list("headline_en", "position").get() == ("Old", 1)


def test_withdrawing_asks_for_the_reason(desk):
    article = ArticleFactory()
    address = reverse("admin:news_article_withdraw", args=[article.pk])

    assert desk.get(address).status_code == 200
    assert desk.post(address, {"reason_vi": ""}).status_code == 200
    assert not Article.objects.get().is_withdrawn
    desk.post(address, {"reason_vi": "Số liệu sai."})

    assert Article.objects.get().is_withdrawn
    assert desk.get(reverse("admin:news_article_change", args=[article.pk])).status_code == 200


def test_a_refusal_is_said_in_the_form(desk):
    article = ArticleFactory(published_at=None)

    response = desk.post(reverse("admin:news_article_withdraw", args=[article.pk]), {"reason_vi": "Vì thế."})

    assert response.context["form"].non_field_errors() == ["Bài chưa đăng. Chỉ cần xoá ngày đăng."]


def test_putting_back_needs_a_post(desk):
    article = ArticleFactory(withdrawn_at="2026-11-20T00:00:00Z", withdrawal_reason_vi="Nhầm.")
    address = reverse("admin:news_article_restore", args=[article.pk])

    desk.get(address)
    assert Article.objects.get().is_withdrawn
    desk.post(address)
    assert not Article.objects.get().is_withdrawn
    desk.post(address)  # a second press is refused with a message, and breaks nothing


@pytest.mark.parametrize("who", ["thu", "minh"])
@pytest.mark.parametrize("deed", ["withdraw", "restore"])
def test_readers_of_the_desk_change_nothing(client, who, deed, request):
    article = ArticleFactory()
    client.force_login(request.getfixturevalue(who))

    response = client.post(reverse(f"admin:news_article_{deed}", args=[article.pk]), {"reason_vi": "x"})

    assert response.status_code in (403, 404)
    assert not Article.objects.get().is_withdrawn


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({}, "đang hiện"),
        ({"starts_on": "2999-01-01"}, "chưa đến ngày"),
        ({"ends_on": "2020-01-01"}, "đã hết hạn"),
    ],
)
def test_the_list_of_highlights_says_how_each_stands_today(desk, dates, words):
    HighlightFactory(**dates)

    assert words in desk.get(reverse("admin:news_highlight_changelist")).content.decode()
