"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from hypothesis import settings

from sheke.definitions import current

# No test is timed: how fast the machine is says nothing of what is tested.
settings.register_profile("sheke", deadline=None)
settings.load_profile("sheke")
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    """No test is slowed down by the rates that another one used up, or spared a query by one."""
    cache.clear()
    current.forget()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rounds", type=int, default=2, help="rounds of killing, for -m durability")
    parser.addoption("--looks", default="1440-light-zh", help="of pages: all, or part of a name")
    parser.addoption("--database", action="store_true", help="only tests that use the database")
    parser.addoption("--pictures", default="", help="a folder for photographs of the pages")
    parser.addoption("--slow", type=float, default=0, help="journeys on a machine N times as slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--database` what has nothing to do with it is left to the run on the other database."""
    if not config.getoption("database"):
        return
    kept = [item for item in items if _uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    wanted = {"db", "transactional_db", "django_db_setup", "live_server"}
    return bool(fixtures & wanted) or item.get_closest_marker("django_db") is not None


@pytest.fixture
def sample():
    """`sample("name.txt")` is the path of a real document; the test skips where it is missing."""

    def find(name: str) -> Path:
        path = SAMPLES / name
        if not path.exists():
            pytest.skip(f"the sample {name} is not on this machine")
        return path

    return find
