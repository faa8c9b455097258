"""A federation with two counties and lectures that one of them co-hosts; messages in English."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from sheke.definitions.models import Definition, Edition
from tests import factories


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def office(db, english):
    """`root` over `north` and `south`: three lectures in 2025, one in 2024; north's is co-hosted."""
    root = factories.organisation(code="ROOT", name="市社科联", kind="federation")
    north = factories.organisation(root, code="NORTH", name="北区社科联", kind="county_federation")
    south = factories.organisation(root, code="SOUTH", name="南区社科联", kind="county_federation")
    lecture = factories.lecture_type()
    group = Definition.objects.create(kind="group", key="popularisation")
    group.current = Edition.objects.create(
        definition=group, number=1, digest="0" * 64,
        data={"key": "popularisation", "name": {"zh": "社科普及", "en": "Popularisation"}},
    )  # fmt: skip
    group.save()
    world = SimpleNamespace(
        root=root, north=north, south=south, lecture=lecture,
        lectures=factories.indicator(),
        attendance=factories.indicator(
            "attendance", aggregate="sum", measure="attendance", name={"zh": "听众", "en": "Attendance"}
        ),
        average=factories.indicator(
            "average", aggregate="average", measure="attendance", places=1,
            name={"zh": "场均", "en": "Average attendance"},
        ),
        ratio=factories.indicator(
            "per_lecture", aggregate="ratio", numerator="attendance", denominator="lectures_held",
            places=1, name={"zh": "场均听众", "en": "Attendance per lecture"},
        ),
    )  # fmt: skip
    factories.record(lecture, north, title="北区讲座", amounts={"attendance": 40}, cohosts=(south,))
    factories.record(
        lecture, south, title="南区讲座", amounts={"attendance": 60}, happened_on=date(2025, 7, 2)
    )
    factories.record(lecture, root, title="市里讲座", happened_on=date(2025, 7, 3))
    factories.record(lecture, root, title="去年讲座", happened_on=date(2024, 5, 4))
    return world
