import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.reports.lineage import pack_refs, row_changes, unpack_refs

refs = st.dictionaries(st.integers(1, 2**62), st.integers(1, 2**31), max_size=60)


@given(refs)
def test_unpacking_gives_back_what_was_packed(rows):
    assert unpack_refs(pack_refs(rows.items())) == rows


@given(refs)
def test_packing_does_not_depend_on_the_order(rows):
    items = list(rows.items())
    shuffled = random.Random(1).sample(items, len(items))
    assert pack_refs(shuffled) == pack_refs(items)


def test_a_row_takes_little_more_than_a_byte():
    numbers = random.Random(7).sample(range(1_000_000), 20_000)
    assert len(pack_refs((n, 1) for n in numbers)) < 1.2 * len(numbers)


@pytest.mark.parametrize(
    "damaged", [b"", b"abc", pack_refs([(5, 1), (9, 2)])[:-3], b"\x02" + bytes(24)]
)
def test_damaged_bytes_are_refused(damaged):
    with pytest.raises(ValueError, match="not a packing"):
        unpack_refs(damaged)


def test_changes_name_each_record():
    changes = row_changes({1: 1, 2: 1, 3: 1}, {2: 2, 3: 1, 4: 1})
    assert (changes.added, changes.removed, changes.revised) == ([4], [1], [2])
    assert changes
    assert not row_changes({1: 1}, {1: 1})
