"""Broken off anywhere, an intake goes on and doubles nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sheke.library.actions.intake import drop_item
from sheke.library.intake import working
from sheke.library.intake.holding import Overtaken, holding
from sheke.library.intake.queueing import forgotten
from sheke.library.intake.steps import STEPS, Step
from sheke.library.intake.tools import Tools
from sheke.library.models import Batch, File, Item, Page, Work
from sheke.library.ocr import Recognised
from tests import factories
from tests.library.reading.samples import picture

from .bringing import TALK, bring, only

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.parametrize("name", list(STEPS))
@pytest.mark.parametrize("after", [False, True])
def test_killed_before_or_after_any_step(
    name: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = bring(factories.organisation(), {"a.txt": TALK.encode()}, work=False)
    real = STEPS[name]

    def dies(item: Item, tools: Tools) -> bool:
        if after:
            real.run(item, tools)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setitem(STEPS, name, Step(name, name, dies))
        with pytest.raises(Killed):
            working.work_on(batch, alone=True)
    assert only(batch).state == "waiting"
    assert forgotten() == [batch]
    working.work_on(batch, alone=True)
    assert only(batch).state == "done"
    assert Work.objects.count() == File.objects.count() == Page.objects.count() == 1
    assert only(batch).log.filter(outcome="broken").count() == 1
    assert forgotten() == []


def test_a_file_that_ends_every_worker_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = bring(
        factories.organisation(), {"a.txt": TALK.encode(), "b.txt": b"another text"}, work=False
    )

    def dies(item: Item, _tools: Tools) -> bool:
        if item.name == "a.txt":
            raise Killed
        return True

    monkeypatch.setitem(STEPS, "text", Step("text", "text", dies))
    for _n in range(3):
        with pytest.raises(Killed):
            working.work_on(batch, alone=True)
    first = batch.items.get(name="a.txt")
    working.advance(first, Tools())
    first.refresh_from_db()
    assert first.state == "failed" and "3" in first.reason


def test_who_was_overtaken_writes_nothing() -> None:
    batch = bring(factories.organisation(), {"a.txt": TALK.encode()}, work=False)
    item = only(batch)
    drop_item(item=item, by=None)
    with pytest.raises(Overtaken), holding(item, "sniff"):
        raise AssertionError
    working.work_on(batch, alone=True)
    assert only(batch).state == "dropped"


class Readers:
    """Reads pages without looking at them, and counts them."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def recognise(self, _path: Path, _kind: str, page: int) -> Recognised:
        self.read.append(page)
        if self.read == [1, 2, 3]:
            raise Killed
        return Recognised(f"第{page}页的字" * 10, 0.9, (("第", 0.9, 0.1, 0.1, 0.1, 0.1),), b"webp")

    def draw(self, *_page: object, **_size: object) -> bytes:
        return b"webp"

    def close(self) -> None:
        pass


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Readers]:
    found = Readers()
    monkeypatch.setattr(Tools, "pictures", found)
    yield found


def scans(pages: int) -> Batch:
    data = {"扫描.tif": picture("TIFF", frames=pages)}
    return bring(factories.organisation(), data, work=False)


def test_pages_that_were_recognised_are_not_recognised_again(readers: Readers) -> None:
    batch = scans(5)
    with pytest.raises(Killed):
        working.work_on(batch, alone=True)
    assert Page.objects.exclude(confidence=None).count() == 2
    working.work_on(batch, alone=True)
    assert readers.read == [1, 2, 3, 3, 4, 5]
    assert only(batch).state == "done"
    assert [page.text[:3] for page in Page.objects.all()] == [f"第{n}页" for n in range(1, 6)]


def test_a_long_file_gives_others_their_turn(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "TURN", 0.0)
    monkeypatch.setattr(working, "_others_wait", lambda: True)
    readers.read = [0]
    batch = scans(2)
    assert working.work_on(batch) is False
    assert Page.objects.exclude(confidence=None).count() == 1
    assert only(batch).log.last().outcome == "paused"  # type: ignore[union-attr]
    while not working.work_on(batch):
        pass
    assert only(batch).state == "done"
