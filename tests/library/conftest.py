"""A federation with an office and a society, and the record types that the library posts."""

from __future__ import annotations

import pytest

from sheke.definitions.packs import pack_folder, read_pack
from sheke.library.postings import ADOPTION, WORK
from tests import factories


@pytest.fixture
def city(db):
    return factories.organisation(name="云川市社科联", kind="federation", code="CITY")


@pytest.fixture
def society(city):
    return factories.organisation(city, name="地方史学会", code="HIST")


@pytest.fixture
def staff(city):
    return factories.account(city, "staff")


@pytest.fixture
def secretary(society):
    return factories.account(society, "secretary")


@pytest.fixture
def counted(db):
    """The shipped record types of works and adoptions."""
    pack = read_pack(pack_folder("federation"))
    for item in pack.items:
        if item.kind == "record_type" and item.schema.key in (WORK, ADOPTION):
            factories.definition(
                "record_type", item.schema.model_dump(mode="json", exclude_defaults=True)
            )
