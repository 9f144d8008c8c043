from events import links
from tests.events.factories import (
    EventFactory,
    PaperFactory,
    PhotoFactory,
    SeriesFactory,
    UnconfirmedFactory,
    stored,
)
from tests.matrix import Row


def published(people):
    return {"slug": EventFactory().slug}


def open_for_registration(people):
    return {"slug": EventFactory(open_for=True, starts="2099-01-10").slug}


def draft(people):
    return {"slug": EventFactory(published_at=None, open_for=True, starts="2099-01-10").slug}


def series(people):
    return {"slug": SeriesFactory().slug}


def draft_series(people):
    return {"slug": SeriesFactory(published_at=None).slug}


def paper(people):
    return {"pk": PaperFactory(file=stored()).pk}


def paper_without_a_file(people):
    return {"pk": PaperFactory().pk}


def paper_kept_back(people):
    return {"pk": PaperFactory(file=stored(is_public=False)).pk}


def paper_of_a_draft(people):
    return {"pk": PaperFactory(file=stored(), event__published_at=None).pk}


def photo(people):
    return {"pk": PhotoFactory().pk}


def photo_of_a_draft(people):
    return {"pk": PhotoFactory(event__published_at=None).pk}


def link(people):
    return {"token": links.token_for(UnconfirmedFactory())}


def wrong_link(people):
    return {"token": "sai"}


ROWS = [
    Row("events:event_list", everyone=200),
    Row("events:event_list", everyone=200, query="?kind=forum&year=XXXX&page=7"),
    Row("events:calendar", everyone=200),
    Row("events:series", series, everyone=200),
    Row("events:series", draft_series, everyone=404, an=200),
    Row("events:series_calendar", series, everyone=200),
    Row("events:series_calendar", draft_series, everyone=404, an=200),
    Row("events:event", published, everyone=200),
    Row("events:event", draft, everyone=404, an=200),
    Row("events:event_calendar", published, everyone=200),
    Row("events:event_calendar", draft, everyone=404, an=200),
    Row("events:paper_file", paper, everyone=200),
    Row("events:paper_file", paper_without_a_file, everyone=404),
    Row("events:paper_file", paper_kept_back, everyone=404, an=200),
    Row("events:paper_file", paper_of_a_draft, everyone=404, an=200),
    Row("events:photo", photo, everyone=200),
    Row("events:photo", photo_of_a_draft, everyone=404, an=200),
    Row("events:register", open_for_registration, method="post", everyone=422),
    Row("events:register", open_for_registration, everyone=302),
    Row("events:register", draft, method="post", everyone=404, an=422),
    Row("events:registered", published, everyone=200),
    Row("events:registered", draft, everyone=404, an=200),
    Row("events:registration", link, everyone=200),
    Row("events:registration", wrong_link, everyone=404),
    Row("events:confirm", link, method="post", everyone=302),
    Row("events:confirm", wrong_link, method="post", everyone=404),
    Row("events:withdraw", link, method="post", everyone=302),
    Row("events:withdraw", wrong_link, method="post", everyone=404),
]
