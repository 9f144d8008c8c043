"""Who else works on reports: the one who signs for Đà Nẵng."""

import pytest

from accounts.models import Post
from tests.people import in_post


@pytest.fixture
def tung(province):
    """Signs and submits for Đà Nẵng; he may fill in as well."""
    return in_post("Hoàng Thanh Tùng", Post.Role.PROVINCE_SIGNATORY, province=province, title="Giám đốc Sở")
