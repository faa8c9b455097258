"""What a request asks once, and when it asks anew."""

from itertools import count

import pytest

from sheke.core.databases import Reading, asked_once, reading


@pytest.fixture
def request_now():
    now = Reading()
    before = reading.set(now)
    yield now
    reading.reset(before)


def test_a_request_asks_once(request_now):
    numbers = count()
    assert [asked_once("one", lambda: next(numbers)) for _n in range(3)] == [0, 0, 0]
    assert asked_once("other", lambda: next(numbers)) == 1


def test_after_a_write_it_asks_anew(request_now):
    numbers = count()
    asked_once("one", lambda: next(numbers))
    request_now.wrote = True
    assert [asked_once("one", lambda: next(numbers)) for _n in range(2)] == [1, 2]


def test_what_was_asked_while_writing_is_not_kept(request_now):
    def ask():
        request_now.wrote = True
        return "new"

    assert asked_once("one", ask) == "new"
    assert request_now.answers == {}


def test_outside_a_request_nothing_is_kept():
    numbers = count()
    assert [asked_once("one", lambda: next(numbers)) for _n in range(2)] == [0, 1]
