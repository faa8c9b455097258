"""From files to drafts: what becomes of good, broken, hostile and double ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.library.actions.intake import decide_item, drop_item, drop_same_files, repeat_item
from sheke.library.actions.pages import correct_page, restore_version
from sheke.library.actions.works import discard_work, publish_works
from sheke.library.intake.steps import STEPS
from sheke.library.intake.tools import Tools
from sheke.library.intake.wholes import seen_as
from sheke.library.intake.working import advance, work_on
from sheke.library.models import File, Item, Page, PageVersion, Work
from sheke.library.ocr import Pictures, Recognised, Undrawable
from tests import factories
from tests.library.reading.samples import (
    SIMPLIFIED,
    TRADITIONAL,
    pdf,
    picture,
    word,
    zipped,
)

from .bringing import TALK, bring, only, states

pytestmark = pytest.mark.django_db


def test_a_good_file_becomes_a_draft_that_says_what_was_found() -> None:
    federation = factories.organisation()
    batch = bring(federation, {"扫描/茶馆.txt": TALK.encode("gb18030")})
    item = only(batch)
    work = Work.objects.get()
    assert (item.state, item.file.work, item.kind) == ("done", work, "txt")
    assert (work.title, work.issued, work.language) == ("河街茶馆的来历", "2024-05-06", "zh-Hans")
    assert [(c.name, c.organisation_name) for c in work.contributions.all()] == [
        ("林溪", "云川大学历史系")
    ]
    assert not work.is_public and work.organisation == federation
    file = File.objects.get()
    assert (file.name, file.encoding, file.access) == ("茶馆.txt", "gb18030", "office")
    assert file.text_sha256 and Page.objects.get(file=file).text == TALK.strip()
    assert [entry.outcome for entry in item.log.all()] == ["done"] * 11
    assert AuditEvent.objects.filter(verb="work.create").count() == 1


def test_broken_files_end_with_their_reason_and_the_others_go_on() -> None:
    batch = bring(factories.organisation(), {
        "坏.pdf": b"%PDF-1.4 nothing", "空.txt": b"", "好.txt": SIMPLIFIED.encode(),
        "程序.exe": b"MZ" + bytes(99), "无字.html": b"<html><body></body></html>",
    })  # fmt: skip
    assert states(batch) == {
        "坏.pdf": "failed", "空.txt": "failed", "好.txt": "done", "程序.exe": "failed", "无字.html": "failed",
    }  # fmt: skip
    assert all(item.reason for item in batch.items.filter(state="failed"))
    assert Work.objects.count() == File.objects.count() == 1


def test_an_error_of_the_program_takes_one_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from sheke.library.intake.steps import text

    real = text.read

    def breaks(path: object, name: str, kind: str) -> object:
        if name.startswith("怪"):
            raise ZeroDivisionError
        return real(path, name, kind)  # type: ignore[arg-type]

    monkeypatch.setattr(text, "read", breaks)
    batch = bring(factories.organisation(), {"怪.txt": b"a b c", "好.txt": SIMPLIFIED.encode()})
    assert states(batch) == {"怪.txt": "failed", "好.txt": "done"}
    assert "ZeroDivisionError" in batch.items.get(name="怪.txt").reason


def test_the_files_of_a_zip_and_of_the_zip_inside() -> None:
    inner = zipped({"家训.txt": TRADITIONAL.encode("big5")})
    batch = bring(factories.organisation(), {"箱.zip": zipped({
        "一/茶馆.txt": SIMPLIFIED.encode(), "一/讲稿.zip": inner, "坏.docx": b"PK\x03\x04" + bytes(50),
        "__MACOSX/x": b"1", ".DS_Store": b"1",
    })})  # fmt: skip
    assert states(batch) == {
        "箱.zip": "done", "一/茶馆.txt": "done", "一/讲稿.zip": "done", "坏.docx": "failed", "家训.txt": "done",
    }  # fmt: skip
    assert sorted(Work.objects.values_list("language", flat=True)) == ["zh-Hans", "zh-Hant"]


def test_zips_inside_of_a_zip_share_its_bounds(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1 << 20
    inner = {
        f"{n}.zip": zipped({f"{n}-{m}.txt": bytes([n, m]) * 500_000 for m in range(4)})
        for n in range(6)
    }
    batch = bring(factories.organisation(), {"a.zip": zipped(inner)})
    zips = batch.items.filter(kind="zip")
    assert zips.filter(state="done").count() == 1 + 5
    assert "20 MB" in zips.get(state="failed").reason


def test_zips_are_not_unpacked_for_ever() -> None:
    data = zipped({"a.txt": b"the end"})
    for _n in range(5):
        data = zipped({"a.zip": data})
    batch = bring(factories.organisation(), {"a.zip": data})
    assert "failed" in states(batch).values()
    assert batch.items.count() == 4


def test_the_same_file_taken_in_by_two_workers_at_once_waits_for_a_decision(monkeypatch) -> None:
    federation = factories.organisation()
    first = bring(federation, {"a.txt": TALK.encode()}, work=False)
    with monkeypatch.context() as held_up:
        pausing = replace(STEPS["describe"], run=lambda _item, _tools: False)
        held_up.setitem(STEPS, "describe", pausing)
        with Tools() as tools:
            advance(only(first), tools)
    assert only(first).step == "describe"
    bring(federation, {"b.txt": TALK.encode()})
    work_on(first, alone=True)
    item = only(first)
    assert (item.state, item.likeness, item.twin) == (
        "question",
        "file",
        Work.objects.get().files.get(),
    )
    decide_item(item=item, decision=Item.Decision.APART, by=None)
    work_on(first, alone=True)
    assert only(first).state == "done"
    assert Work.objects.count() == File.objects.count() == 2


def test_the_same_file_waits_for_a_decision() -> None:
    batch = bring(
        factories.organisation(),
        {"a.txt": TALK.encode(), "b.txt": TALK.encode(), "c.txt": TALK.encode()},
    )
    assert list(states(batch).values()) == ["done", "question", "question"]
    twin = batch.items.get(name="b.txt")
    assert (twin.likeness, twin.twin) == ("file", File.objects.get())
    with pytest.raises(BadInput):
        decide_item(item=twin, decision="attach", by=None)
    assert drop_same_files(batch=batch, by=None) == 2
    assert list(states(batch).values()) == ["done", "dropped", "dropped"]


def test_the_same_text_in_another_file_is_attached_or_kept_apart() -> None:
    batch = bring(factories.organisation(), {
        "茶馆.txt": TALK.encode(), "茶馆.docx": word(TALK), "茶馆二.txt": (TALK + "。").encode("gb18030"),
    })  # fmt: skip
    first, second, third = batch.items.order_by("pk")
    assert (second.state, second.likeness, third.likeness) == ("question", "text", "text")
    decide_item(item=second, decision="attach", by=None)
    decide_item(item=third, decision="apart", by=None)
    work_on(batch, alone=True)
    first.refresh_from_db()
    assert [f.name for f in first.file.work.files.all()] == ["茶馆.txt", "茶馆.docx"]
    assert Work.objects.count() == 2
    assert set(states(batch).values()) == {"done"}


def test_nearly_the_same_text_is_asked_about() -> None:
    changed = TALK.replace("光绪", "咸丰").replace("九家", "八家")
    batch = bring(factories.organisation(), {"a.txt": TALK.encode(), "b.txt": changed.encode()})
    item = batch.items.get(name="b.txt")
    assert (item.state, item.likeness) == ("question", "near")
    assert 0.6 <= (item.share or 0) < 1
    drop_item(item=item, by=None)
    assert File.objects.count() == Work.objects.count() == 1


def test_nobody_learns_of_drafts_that_others_keep() -> None:
    bring(factories.organisation(), {"a.txt": TALK.encode()})
    mine = bring(factories.organisation(), {"a.txt": TALK.encode()})
    assert only(mine).state == "done"
    publish_works(works=Work.objects.filter(organisation=mine.organisation), by=None)
    third = bring(factories.organisation(), {"a.txt": TALK.encode()})
    assert only(third).twin == only(mine).file  # what is public everybody may be told


def test_what_a_list_says_goes_before_what_was_found() -> None:
    given = {
        "a.txt": {"title": "茶馆记", "authors": ["章怀谷"], "issued": "1998", "kind": "archive"}
    }
    bring(factories.organisation(), {"a.txt": TALK.encode()}, given=given)
    work = Work.objects.get()
    assert (work.title, work.issued, work.kind) == ("茶馆记", "1998", "archive")
    assert [c.name for c in work.contributions.all()] == ["章怀谷"]


def test_a_file_can_be_done_again() -> None:
    batch = bring(factories.organisation(), {"a.txt": TALK.encode()})
    item = only(batch)
    work = item.file.work
    Page.objects.update(text="坏了")
    repeat_item(item=item, by=None)
    work_on(batch, alone=True)
    assert only(batch).file.work == work
    assert Page.objects.get().text == TALK.strip()
    assert AuditEvent.objects.filter(verb="file.read_again").count() == 1
    correct_page(page=Page.objects.get(), text="改过", seen=seen_as(TALK.strip()), by=None)
    restore_version(version=PageVersion.objects.get(), by=None)
    with pytest.raises(BadInput):
        repeat_item(item=item, by=None)


def test_what_is_corrected_while_a_file_is_done_again_is_not_lost(monkeypatch) -> None:
    batch = bring(factories.organisation(), {"a.txt": TALK.encode()})
    monkeypatch.setattr("sheke.library.actions.intake._queue", lambda *_of: None)
    repeat_item(item=only(batch), by=None)
    correct_page(page=Page.objects.get(), text="改过", seen=seen_as(TALK.strip()), by=None)
    work_on(batch, alone=True)
    assert only(batch).state == Item.State.FAILED
    assert Page.objects.get().text == "改过" and PageVersion.objects.count() == 1


def test_a_page_that_cannot_be_drawn_is_empty_and_the_others_are_whole(monkeypatch) -> None:
    def recognise(_pictures: Any, _path: Any, _kind: str, number: int) -> Recognised:
        if number == 2:
            raise Undrawable("第 2 页")
        return Recognised(TALK.strip(), 0.9, (), b"")

    monkeypatch.setattr(Pictures, "recognise", recognise)
    item = only(bring(factories.organisation(), {"scan.tif": picture("TIFF", frames=3)}))
    assert item.state == Item.State.DONE, item.reason
    pages = list(item.file.pages.order_by("number").values_list("text", "confidence"))
    assert pages == [(TALK.strip(), 0.9), ("", 0.0), (TALK.strip(), 0.9)]


def test_a_day_that_there_is_not_keeps_no_file_out() -> None:
    text = TALK + "\n云川市社科联\n2023年6月31日"
    item = only(bring(factories.organisation(), {"a.txt": text.encode()}))
    assert item.file.work.issued == "2023-06"


def test_a_file_whose_work_was_discarded_may_come_again() -> None:
    batch = bring(factories.organisation(), {"a.txt": TALK.encode()})
    discard_work(work=Work.objects.get(), by=None)
    item = only(batch)
    assert item.file is None
    repeat_item(item=item, by=None)
    work_on(batch, alone=True)
    assert only(batch).file.work == Work.objects.get()


def test_what_is_settled_is_not_dropped() -> None:
    batch = bring(factories.organisation(), {"a.txt": TALK.encode()})
    with pytest.raises(BadInput):
        drop_item(item=only(batch), by=None)


def test_a_pdf_gets_a_thumbnail() -> None:
    batch = bring(factories.organisation(), {"a.pdf": pdf(2, "The tea houses of River Street")})
    item = only(batch)
    assert item.state == "done" and item.pages == 2
    assert item.file.thumbnail.content_type == "image/webp"
    assert Item.objects.get().proposed["language"] == "en"
