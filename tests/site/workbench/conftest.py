from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache

from tests import factories

TODAY = date(2025, 6, 30)


@pytest.fixture(autouse=True)
def empty_cache(db):
    """What one test counted is nothing to the next, whose numbers may be the same."""
    cache.clear()


@pytest.fixture
def federation():
    return factories.organisation(
        kind="federation", name="云川市社会科学界联合会", short_name="云川市社科联"
    )


@pytest.fixture
def society(federation):
    return factories.organisation(federation, name="云川市历史学会")


@pytest.fixture
def lecture():
    return factories.lecture_type()
