"""An index of its own for each test."""

from __future__ import annotations

import pytest

from sheke.library.index import following


@pytest.fixture(params=["tantivy", "sqlite"])
def engine(request, settings, tmp_path):
    settings.LIBRARY_INDEX = request.param
    settings.LIBRARY_INDEX_FOLDER = tmp_path / "library-index"
    return request.param


@pytest.fixture
def built(db, engine):
    """Nothing is in it yet; `catch_up` brings what tests do."""
    following.rebuild()
    return following
