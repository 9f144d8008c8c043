"""The people of the tests. Each holds one post; what they may do follows from it alone."""

from accounts.models import Post, User
from foundation.text import fold
from tests.accounts.factories import OccupancyFactory, PostFactory, UserFactory
from tests.provinces.factories import ProvinceFactory

Role = Post.Role


def da_nang():
    return ProvinceFactory(code="48", name_vi="Đà Nẵng", name_en="Da Nang", slug="da-nang")


def quang_ngai():
    return ProvinceFactory(code="51", name_vi="Quảng Ngãi", name_en="Quang Ngai", slug="quang-ngai")


def in_post(name: str, role: Post.Role, *, province=None, title: str) -> User:
    called = fold(name).rpartition(" ")[2]
    user = UserFactory(full_name=name, email=f"{called}@example.vn", is_staff=province is None)
    OccupancyFactory(user=user, post=PostFactory(title_vi=title, role=role, province=province))
    return user


def make_lan(province):
    return in_post("Trần Thị Lan", Role.PROVINCE_EDITOR, province=province, title="Chuyên viên Sở")


def make_hoa(province):
    return in_post("Lê Thị Hoa", Role.PROVINCE_EDITOR, province=province, title="Chuyên viên Sở")


def make_minh():
    return in_post("Phạm Văn Minh", Role.MINISTRY_APPROVER, title="Lãnh đạo Cục")


def make_thu():
    return in_post("Vũ Thị Thu", Role.MINISTRY_REVIEWER, title="Chuyên viên Cục")


def make_an():
    return in_post("Đỗ Bình An", Role.MINISTRY_EDITOR, title="Biên tập viên Cục")
