"""Who works on reports in the browser, and when."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.accounts.factories import OccupancyFactory, PostFactory

AUTUMN = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


@pytest.fixture
def autumn():
    with time_machine.travel(AUTUMN, tick=True):
        yield


@pytest.fixture
def officer(lan, province):
    """Lan fills in, and today signs as well."""
    OccupancyFactory(
        user=lan, post=PostFactory(title_vi="Giám đốc Sở", role="province_signatory", province=province)
    )
    return lan
