"""Demo articles: plainly invented, marked on every page, the same for the same day."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from foundation.datafiles import upsert
from foundation.indexing import indexed_together

from .models import Article, Highlight, Section

TITLES = [
    (
        "Bài minh hoạ: tập huấn tiết kiệm nước cho xưởng dệt Bông Mây",
        "Sample article: water-saving workshop for the Bông Mây weaving mill",
    ),
    (
        "Bài minh hoạ: chợ Đồng Mơ thử túi giấy thay túi nhựa",
        "Sample article: Đồng Mơ market tries paper bags instead of plastic",
    ),
    (
        "Bài minh hoạ: làng gốm Lá Xanh công bố sổ tay giảm than",
        "Sample article: Lá Xanh pottery village publishes a handbook on using less coal",
    ),
]
BODY_VI = (
    "<p>Đây là bài minh hoạ. Tên người, đơn vị và con số trong bài do hệ thống đặt ra để trình bày giao diện,"
    " không phải tin thật.</p><p>Lớp tập huấn minh hoạ có {people} người tham gia.</p>"
)
BODY_EN = (
    "<p>This is a sample article. The names and figures in it were made up to show the page; it is not"
    " news.</p><p>The sample workshop had {people} participants.</p>"
)


@indexed_together()
def make_demo(rng: random.Random, *, today: date) -> dict[str, int]:
    """Three articles, the last of them scheduled, and one highlight."""
    shelf, _new = Section.objects.get_or_create(
        slug="hoat-dong", defaults={"name_vi": "Tin hoạt động", "name_en": "Activities", "position": 1}
    )
    articles = [_article(place, shelf, rng, today) for place in range(len(TITLES))]
    upsert(
        Highlight,
        {
            "headline_vi": "Tin minh hoạ: chợ Đồng Mơ thử túi giấy",
            "headline_en": "Sample: Đồng Mơ market tries paper bags",
            "article": articles[1],
            "dated_on": today.isoformat(),
            "starts_on": today - timedelta(days=3),
            "ends_on": today + timedelta(days=30),
            "position": 9,
            "is_demo": True,
        },
        key=["headline_vi"],
    )
    return {"articles": len(articles), "highlights": 1}


def _article(place: int, shelf: Section, rng: random.Random, today: date) -> Article:
    title_vi, title_en = TITLES[place]
    day = today + timedelta(days=(-9, -2, 7)[place])
    people = rng.randrange(20, 60)
    return upsert(
        Article,
        {
            "slug": f"bai-minh-hoa-{place + 1}",
            "section": shelf,
            "title_vi": title_vi,
            "title_en": title_en,
            "summary_vi": "Bài minh hoạ để trình bày trang tin; không phải tin thật.",
            "summary_en": "A sample article that shows the news page; it is not news.",
            "body_vi": BODY_VI.format(people=people),
            "body_en": BODY_EN.format(people=people),
            "attribution_vi": "Dữ liệu minh hoạ của cổng thông tin",
            "attribution_en": "The portal’s sample data",
            "event_on": day.isoformat(),
            "published_at": timezone.make_aware(datetime.combine(day, time(8, 0))),
            "is_demo": True,
        },
        key=["slug"],
    )
