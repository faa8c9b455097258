"""Laws of a record's content and its digest."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.definitions.schemas import RecordType
from sheke.ledger.content import ContentError, Draft, digest, scaled
from sheke.ledger.lines import FACET, LINE, facets, lines
from sheke.ledger.models import SCALE
from tests.factories import LECTURE

AMOUNTS = st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False)
CONTENTS = st.dictionaries(
    st.sampled_from(["title", "note", "amounts"]),
    st.one_of(st.text(max_size=30), st.dictionaries(st.text(max_size=5), AMOUNTS.map(str))),
)


def draft(**fields) -> Draft:
    type_ = RecordType.model_validate(LECTURE)
    edition = SimpleNamespace(
        record_type=type_, number=1, definition=SimpleNamespace(key="lecture"), definition_id=1
    )
    organisation = SimpleNamespace(pk=7)
    fields = {"happened_on": date(2025, 5, 1), "title": "讲座"} | fields
    return Draft(edition=edition, organisation=organisation, **fields)  # type: ignore[arg-type]


@given(CONTENTS, st.integers(1, 50))
def test_a_digest_has_40_bits_and_follows_from_content_alone(content, revision):
    uid = uuid.UUID(int=1)
    value = digest(uid, revision, content)
    assert 0 <= value < 2**40
    assert value == digest(uid, revision, dict(reversed(content.items())))
    assert value != digest(uid, revision + 1, content)
    assert value != digest(uuid.UUID(int=2), revision, content)
    assert value != digest(uid, revision, content | {"added": "x"})


@given(AMOUNTS)
def test_checking_twice_is_checking_once(amount):
    once = draft(amounts={"cost": amount}, attributes={"hours": str(amount)}).checked()
    assert once.checked() == once
    assert Decimal(once.amounts["cost"]) == amount
    assert scaled(once.amounts["cost"]) == amount * SCALE


@given(st.lists(st.integers(1, 9), max_size=6), st.lists(st.integers(1, 9), max_size=6))
def test_lines_are_one_per_counted_organisation(cohosts, supporters):
    of = {n: SimpleNamespace(pk=n) for n in range(1, 10)}
    made = draft(
        cohosts=tuple(of[n] for n in cohosts), supporters=tuple(of[n] for n in supporters)
    ).checked()
    record = SimpleNamespace(type_id=1, pk=5, digest=99, posted_at=datetime(2025, 5, 2, tzinfo=UTC))
    found = [dict(zip(LINE, row, strict=True)) for row in lines(record, made)]  # type: ignore[arg-type]
    assert sorted(line["organisation"] for line in found) == sorted({7, *cohosts})
    assert [line["organisation"] for line in found if line["seat"] == 0] == [7]
    taken = {7, *cohosts}
    assert {o.pk for o in made.supporters} == set(supporters) - taken


@pytest.mark.parametrize(
    ("value", "kept"),
    [("是", True), ("否", False), (True, True), (0, False), ("YES", True), ("√", True)],
)
def test_yes_and_no_in_many_words(value, kept):
    assert draft(attributes={"online": value}).checked().attributes == {"online": kept}


def test_choices_go_by_key_and_by_name():
    for value in ("city", "市级", "City", " 市级 "):
        assert draft(attributes={"level": value}).checked().attributes == {"level": "city"}


def test_empty_values_are_left_out():
    made = draft(amounts={"cost": ""}, attributes={"level": None, "speaker": ""}).checked()
    assert (made.amounts, made.attributes) == ({}, {})


@pytest.mark.parametrize(
    "amount", ["-1", "NaN", "1e13", "1.234", "约一百", "1/2", "5场", "1.2亿", "一点五"]
)
def test_amounts_that_are_none(amount):
    with pytest.raises(ContentError) as caught:
        draft(amounts={"cost": amount}).checked()
    assert set(caught.value.errors) == {"cost"}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("1,200", "1200"), ("１２０", "120"), ("三十五", "35"), ("一百二十人次", "120"), ("60人", "60"),
        ("60 人次", "60"), ("1.2万", "12000"), ("1.2万人次", "12000"), ("两万", "20000"),
        ("三万五", "35000"), ("二万三千人", "23000"),
    ],
)  # fmt: skip
def test_amounts_as_offices_write_them(said, kept):
    assert draft(amounts={"attendance": said}).checked().amounts == {"attendance": kept}


def test_the_myriads_of_the_measure_word_count_once():
    assert draft(amounts={"cost": "1.2万"}).checked().amounts == {"cost": "1.2"}
    assert draft(amounts={"cost": "1.2万元"}).checked().amounts == {"cost": "1.2"}


def test_numbers_of_filter_fields_are_kept_for_comparing():
    made = draft(attributes={"hours": "1.5", "speaker": "王老师"}).checked()
    record = SimpleNamespace(type_id=1, pk=5)
    rows = [dict(zip(FACET, row, strict=True)) for row in facets(record, made)]  # type: ignore[arg-type]
    found = {row["field"]: (row["value"], row["number"]) for row in rows}
    assert found == {"hours": ("1.5", 15_000), "speaker": ("王老师", None)}


def test_the_order_of_what_is_given_does_not_matter():
    one = draft(amounts={"attendance": 1, "cost": 2}, attributes={"online": "是", "level": "city"})
    other = replace(
        one,
        amounts={"cost": "2.0", "attendance": "1"},
        attributes={"level": "市级", "online": True},
    )
    uid = uuid.UUID(int=3)
    assert digest(uid, 1, one.checked().content()) == digest(uid, 1, other.checked().content())
