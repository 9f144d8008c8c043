import io
from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory
from PIL import Image

from events.models import (
    Event,
    EventOrganiser,
    EventSeries,
    Paper,
    Photo,
    Registration,
    Session,
    Speaker,
    Theme,
)
from foundation.dates import PartialDate
from foundation.files import store_bytes
from programmes.models import Person
from tests.programmes.factories import OrganisationFactory

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # twelve o'clock in Ha Noi


def picture():
    kept = io.BytesIO()
    Image.new("RGB", (3, 2)).save(kept, "PNG")
    return kept.getvalue()


PNG = picture()


def stored(name="bai.pdf", *, is_public=True):
    media_type = "image/png" if name.endswith("png") else "application/pdf"
    data = PNG if name.endswith("png") else b"%PDF-1.7 bai tham luan"
    return store_bytes(data, name=name, media_type=media_type, by=None, at=NOON, is_public=is_public)


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = EventSeries

    slug = factory.Sequence(lambda n: f"chuoi-{n}")
    title_vi = factory.Sequence(lambda n: f"Chuỗi hội nghị {n}")
    title_en = factory.Sequence(lambda n: f"Conference series {n}")
    published_at = datetime(2026, 1, 1, tzinfo=UTC)


class EventFactory(DjangoModelFactory):
    """Published, held in 2024; ask for ``open_for`` seats to get one that takes registrations."""

    class Meta:
        model = Event

    class Params:
        open_for = factory.Trait(
            starts=PartialDate(2027, 1, 10),
            registration_opens_at=datetime(2026, 11, 1, tzinfo=UTC),
            quota=2,
        )

    slug = factory.Sequence(lambda n: f"hoi-nghi-{n}")
    kind = "national conference"
    title_vi = factory.Sequence(lambda n: f"Hội nghị số {n}")
    title_en = factory.Sequence(lambda n: f"Conference no. {n}")
    starts = PartialDate(2024, 9, 19)
    place_vi = "Đà Nẵng"
    place_en = "Da Nang"
    published_at = datetime(2026, 1, 1, tzinfo=UTC)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Trần Văn Bình {n}")
    slug = factory.Sequence(lambda n: f"tran-van-binh-{n}")


class OrganiserFactory(DjangoModelFactory):
    class Meta:
        model = EventOrganiser

    event = factory.SubFactory(EventFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    event = factory.SubFactory(EventFactory)
    title_vi = factory.Sequence(lambda n: f"Phiên {n}")
    chair = factory.SubFactory(OrganisationFactory)


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    event = factory.SubFactory(EventFactory)
    title_vi = factory.Sequence(lambda n: f"Chủ đề {n}")


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = Speaker

    event = factory.SubFactory(EventFactory)
    person = factory.SubFactory(PersonFactory)
    role_vi = "Phó Giám đốc Sở"


class PaperFactory(DjangoModelFactory):
    class Meta:
        model = Paper

    event = factory.SubFactory(EventFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class PhotoFactory(DjangoModelFactory):
    class Meta:
        model = Photo

    event = factory.SubFactory(EventFactory)
    file = factory.LazyFunction(lambda: stored("anh.png"))
    caption_vi = "Toàn cảnh hội nghị"
    alt_vi = "Hội trường đông người"


class RegistrationFactory(DjangoModelFactory):
    """Somebody with a seat."""

    class Meta:
        model = Registration

    event = factory.SubFactory(EventFactory, open_for=True)
    full_name = factory.Sequence(lambda n: f"Nguyễn Thị Đại Biểu {n}")
    email = factory.Sequence(lambda n: f"dai-bieu-{n}@example.vn")
    state = "confirmed"
    registered_at = confirmed_at = seated_at = datetime(2026, 11, 10, tzinfo=UTC)


class WaitingFactory(RegistrationFactory):
    state = "waiting"
    seated_at = None


class UnconfirmedFactory(RegistrationFactory):
    state = "unconfirmed"
    registered_at = datetime(2026, 11, 19, tzinfo=UTC)
    confirmed_at = seated_at = None
