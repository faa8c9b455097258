"""Correcting the text of pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.library.actions.pages import correct_page, replace_in_file, restore_version
from sheke.library.intake.wholes import seen_as
from sheke.library.models import File, Page, Work
from sheke.library.ocr.placing import placed
from tests import factories
from tests.library import factories as made


@pytest.fixture
def file(db: None) -> File:
    work = made.work(factories.organisation())
    return made.file(work, "河衔有茶馆九家。", "河衔的茶馆，河衔的桥。", "没有错字。")


def page_of(file: File, number: int = 1) -> Page:
    return Page.objects.get(file=file, number=number)


def test_a_correction_keeps_what_stood_before(file: File) -> None:
    page, by = page_of(file), factories.account()
    correct_page(page=page, text="河街有茶馆\r\n九家。", seen=seen_as(page.text), by=by)
    page.refresh_from_db()
    assert (page.text, page.source) == ("河街有茶馆\n九家。", "corrected")
    version = page.versions.get()
    assert (version.text, version.source, version.replaced_by) == ("河衔有茶馆九家。", "text", by)
    event = AuditEvent.objects.get(verb="file.correct")
    assert (event.subject_type, event.subject_id) == ("library.file", file.pk)


def test_unchanged_text_writes_nothing(file: File) -> None:
    page = page_of(file)
    correct_page(page=page, text=page.text, seen="", by=None)
    assert not page.versions.exists()
    assert not AuditEvent.objects.filter(verb="file.correct").exists()


def test_two_people_at_one_page(file: File) -> None:
    page = page_of(file)
    seen = seen_as(page.text)
    correct_page(page=page, text="甲改的", seen=seen, by=None)
    with pytest.raises(BadInput):
        correct_page(page=page, text="乙改的", seen=seen, by=None)
    assert page_of(file).text == "甲改的"


def test_replacing_throughout_a_file(file: File) -> None:
    assert replace_in_file(file=file, find="河衔", replacement="河街", by=None) == 3
    assert [page.text for page in file.pages.all()] == [
        "河街有茶馆九家。",
        "河街的茶馆，河街的桥。",
        "没有错字。",
    ]
    assert AuditEvent.objects.get(verb="file.correct").data == {"pages": [1, 2], "places": 3}
    assert replace_in_file(file=file, find="河街", replacement="河街", by=None) == 0
    with pytest.raises(BadInput):
        replace_in_file(file=file, find="", replacement="x", by=None)


def test_replacing_on_one_page_alone(file: File) -> None:
    assert (
        replace_in_file(file=file, find="河衔", replacement="河街", by=None, page=page_of(file, 2))
        == 2
    )
    assert page_of(file).text.startswith("河衔")


def test_letters_count_in_their_case(file: File) -> None:
    Page.objects.filter(file=file, number=3).update(text="Tea, tea")
    assert replace_in_file(file=file, find="tea", replacement="coffee", by=None) == 1
    assert page_of(file, 3).text == "Tea, coffee"


def test_what_stood_before_is_put_back(file: File) -> None:
    page = page_of(file)
    correct_page(page=page, text="坏", seen=seen_as(page.text), by=None)
    restore_version(version=page.versions.get(), by=None)
    page.refresh_from_db()
    assert (page.text, page.source) == ("河衔有茶馆九家。", "text")
    assert [version.text for version in page.versions.all()] == ["坏", "河衔有茶馆九家。"]


def test_the_page_of_a_page(client: Client, file: File) -> None:
    client.force_login(factories.account(file.work.organisation))  # type: ignore[union-attr]
    Page.objects.filter(file=file, number=1).update(
        source="ocr",
        confidence=0.9,
        words=[["河", 0.5, 0, 0, 0.1, 0.1], ["衔有", 0.99, 0.1, 0, 0.2, 0.1]],
    )
    address = reverse("library:correction", args=[file.pk, 1])
    text = client.get(address).content.decode()
    assert "[0, 1, 0.5, 0, 0, 0.1, 0.1]" in text
    script: dict[str, Any] = {"headers": {"Accept": "application/json"}}
    seen = seen_as(page_of(file).text)
    said = client.post(address, {"text": "河街有茶馆九家。", "seen": seen}, **script).json()
    assert said["seen"] == seen_as("河街有茶馆九家。")
    assert client.post(address, {"text": "x", "seen": seen}, **script).status_code == 422
    refused = client.post(address, {"text": "我的文字", "seen": seen})
    assert refused.status_code == 422 and "我的文字" in refused.content.decode()
    onward = client.post(address, {"text": "对", "seen": said["seen"], "next": "1"})
    assert onward["Location"] == reverse("library:correction", args=[file.pk, 2])
    client.post(reverse("library:restoration", args=[page_of(file).versions.last().pk]))  # type: ignore[union-attr]
    assert page_of(file).text == "河衔有茶馆九家。"
    client.post(
        reverse("library:replacement", args=[file.pk, 1]),
        {"find": "河衔", "replacement": "河街", "where": "file"},
    )
    assert page_of(file, 2).text == "河街的茶馆，河街的桥。"


def test_others_correct_nothing(client: Client, file: File) -> None:
    client.force_login(factories.account(factories.organisation()))
    assert (
        client.post(reverse("library:correction", args=[file.pk, 1]), {"text": "x"}).status_code
        == 404
    )
    Work.objects.update(published_at="2024-01-01T00:00Z")
    assert client.get(reverse("library:correction", args=[file.pk, 1])).status_code == 404


def test_words_keep_their_places_when_the_text_is_corrected() -> None:
    words = [["河", 1], ["衔", 1], ["有", 1], ["茶馆", 1]]
    assert placed(words, "河街有\n好茶馆") == [(0, 1), (1, 2), (2, 3), (5, 7)]
    assert placed(words, "河茶馆") == [(0, 1), (1, 1), (1, 1), (1, 3)]


@given(st.lists(st.text(min_size=1, max_size=4), max_size=12), st.text(max_size=40))
def test_every_word_gets_a_place_in_order(words: list[str], text: str) -> None:
    spans = placed([[word] for word in words], text)
    assert len(spans) == len(words)
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
