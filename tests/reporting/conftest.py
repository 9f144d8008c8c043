"""Who else works on reports of Đà Nẵng: who signs, who checks before, who contributes a section."""

import pytest

from accounts.models import Post
from tests.people import in_post


@pytest.fixture
def tung(province):
    """Signs and submits for Đà Nẵng; he may fill in as well."""
    return in_post("Hoàng Thanh Tùng", Post.Role.PROVINCE_SIGNATORY, province=province, title="Giám đốc Sở")


@pytest.fixture
def nga(province):
    """Checks the reports of Đà Nẵng before they are signed."""
    return in_post("Bùi Thị Nga", Post.Role.PROVINCE_HEAD, province=province, title="Trưởng phòng")


@pytest.fixture
def mai(province):
    """Of the Department of Finance: writes only in the sections handed to her post."""
    role = Post.Role.PROVINCE_CONTRIBUTOR
    return in_post("Ngô Thị Mai", role, province=province, title="Chuyên viên Sở Tài chính")
