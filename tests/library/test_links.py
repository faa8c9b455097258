"""Persistent links: given once, checked, never reused, and what is left when their target goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sheke.library.links import ALPHABET, check_character, is_whole, new_name, read_name

DRAWN = st.text(ALPHABET, min_size=8, max_size=8)


def test_names_say_nothing_and_are_whole() -> None:
    names = {new_name() for _time in range(200)}
    assert len(names) == 200
    assert all(is_whole(name) and len(name) == 11 and name.startswith("s1") for name in names)
    assert not set("".join(names)) & set("aeiouyl")


@given(DRAWN, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(drawn: str, place: int, wrong: str) -> None:
    body = "s1" + drawn
    name = body + check_character(body)
    changed = name[:place] + wrong + name[place + 1 :]
    assert is_whole(changed) == (changed == name)


@given(DRAWN, st.integers(0, 9))
def test_two_characters_that_changed_places_are_found(drawn: str, place: int) -> None:
    body = "s1" + drawn
    name = body + check_character(body)
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    assert is_whole(swapped) == (swapped == name)


def test_a_name_is_read_however_it_was_copied() -> None:
    assert read_name(" S1BC-DFGH–jk ") == "s1bcdfghjk"
    assert read_name("ark:/99999/s1bcd") == read_name("ark:99999/s1bcd") == "s1bcd"
    assert not is_whole("") and not is_whole("s") and not is_whole("s1b\0")
