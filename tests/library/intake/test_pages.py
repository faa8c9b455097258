"""The intake's pages: bringing files, the list, deciding."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sheke.directory.models import Account, Organisation
from sheke.library.models import Batch, Item, Work
from tests import factories
from tests.library.reading.samples import picture

from .bringing import TALK, bring, only, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def society() -> Organisation:
    return factories.organisation(name="河街学会")


@pytest.fixture
def keeper(client: Client, society: Organisation) -> Account:
    found = factories.account(society)
    client.force_login(found)
    return found


def upload(name: str, data: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode())


def test_files_are_brought_in_and_become_drafts(
    client: Client, keeper: Account, society: Organisation
) -> None:
    answer = client.post(reverse("library:intake"), {
        "organisation": society.pk, "title": "一箱", "files": [upload("a.txt", TALK), upload("空.txt", "")],
    })  # fmt: skip
    batch = Batch.objects.get()
    assert answer["Location"] == reverse("library:batch", args=[batch.pk])
    assert (batch.created_by, batch.title) == (keeper, "一箱")
    page = client.get(answer["Location"]).content.decode()
    assert "河街茶馆的来历" in page and "空文件" in page
    assert Work.objects.get().created_by == keeper


def test_a_script_sends_its_files_one_by_one(
    client: Client, keeper: Account, society: Organisation
) -> None:
    begun = client.post(
        reverse("library:intake"),
        {"organisation": society.pk},
        headers={"Accept": "application/json"},
    ).json()
    for name in ("a.txt", "b.txt"):
        said = client.post(
            begun["send"],
            {"files": upload(name, f"{name} {TALK}")},
            headers={"Accept": "application/json"},
        ).json()
        assert said == {"files": [{"name": name, "reason": ""}]}
    assert Batch.objects.get().items.count() == 2


def test_nothing_chosen(client: Client, keeper: Account, society: Organisation) -> None:
    answer = client.post(reverse("library:intake"), {"organisation": society.pk})
    assert answer.status_code == 422
    assert not Batch.objects.exists()


def test_a_wrong_list_takes_nothing_in_and_names_the_places(
    client: Client, keeper: Account, society: Organisation
) -> None:
    table = "文件名,题名,日期\na.txt,茶馆,去年\n没有.txt,无,2024\n"
    answer = client.post(reverse("library:intake"), {
        "organisation": society.pk, "files": [upload("a.txt", TALK)], "table": upload("清单.csv", table),
    })  # fmt: skip
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "没有.txt" in page and "日期" in page
    assert not Batch.objects.exists()


def test_a_list_says_what_the_files_are(
    client: Client, keeper: Account, society: Organisation
) -> None:
    table = "文件名,题名,作者,日期\na.txt,茶馆记,章怀谷；林溪,2024-05\n"
    client.post(reverse("library:intake"), {
        "organisation": society.pk, "files": [upload("a.txt", TALK)], "table": upload("清单.csv", table),
    })  # fmt: skip
    work = Work.objects.get()
    assert (work.title, work.issued) == ("茶馆记", "2024-05")
    assert [c.name for c in work.contributions.all()] == ["章怀谷", "林溪"]


@pytest.mark.parametrize("n", [1, 3])
def test_the_lists_take_the_same_queries_for_any_number(
    n: int, client: Client, keeper: Account, society: Organisation, django_assert_num_queries: Any
) -> None:
    for number in range(n):
        bring(society, {f"{k}.txt": f"{number} {k} {TALK}".encode() for k in range(n)}, by=keeper)
    client.get(reverse("library:intake"))
    with django_assert_num_queries(6):
        client.get(reverse("library:intake"))
    with django_assert_num_queries(10):
        client.get(reverse("library:batch", args=[Batch.objects.first().pk]))  # type: ignore[union-attr]


def test_a_tab_shows_its_files(client: Client, keeper: Account, society: Organisation) -> None:
    batch = bring(society, {"a.txt": TALK.encode(), "坏.pdf": b"%PDF-1.4"}, by=keeper)
    page = client.get(
        reverse("library:batch", args=[batch.pk]), {"state": "failed"}
    ).content.decode()
    assert "坏.pdf" in page and "a.txt" not in page
    assert '?state=failed" aria-current="page"' in page
    tabs = page.split('class="tabs"')[1].split("</nav>")[0]
    assert tabs.count("aria-current") == 1


def test_what_is_decided_on_the_page(
    client: Client, keeper: Account, society: Organisation
) -> None:
    batch = bring(society, {"a.txt": TALK.encode(), "b.txt": (TALK + "。").encode()}, by=keeper)
    twin = batch.items.get(name="b.txt")
    client.post(reverse("library:item_decision", args=[twin.pk]), {"decision": "attach"})
    twin.refresh_from_db()
    assert (twin.state, twin.decided_by) == ("done", keeper)
    assert Work.objects.get().files.count() == 2


def test_again_and_drop(client: Client, keeper: Account, society: Organisation) -> None:
    batch = bring(society, {"坏.pdf": b"%PDF-1.4"}, by=keeper)
    item = only(batch)
    client.post(reverse("library:item_again", args=[item.pk]))
    assert states(batch) == {"坏.pdf": "failed"}
    assert item.log.count() == 8
    client.post(reverse("library:item_dropping", args=[item.pk]))
    assert states(batch) == {"坏.pdf": "dropped"}


def test_one_file_with_its_steps_and_picture(
    client: Client, keeper: Account, society: Organisation
) -> None:
    from tests.library.reading.samples import pdf

    batch = bring(society, {"a.pdf": pdf(1, "The tea houses of River Street")}, by=keeper)
    item = only(batch)
    assert "tea houses" in client.get(reverse("library:item", args=[item.pk])).content.decode()
    answer = client.get(reverse("library:item_thumbnail", args=[item.pk]))
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"  # type: ignore[attr-defined]


def test_others_see_none_of_it(client: Client, society: Organisation) -> None:
    batch = bring(society, {"a.txt": TALK.encode()})
    client.force_login(factories.account(factories.organisation()))
    for name, number in (("batch", batch.pk), ("item", only(batch).pk)):
        assert client.get(reverse(f"library:{name}", args=[number])).status_code == 404
    assert batch.title not in client.get(reverse("library:intake")).content.decode()


def test_progress_is_asked_for_while_files_are_under_way(
    client: Client, keeper: Account, society: Organisation
) -> None:
    batch = bring(society, {"a.tif": picture("TIFF")}, by=keeper, work=False)
    Item.objects.update(step="recognise", scans=1)
    page = client.get(reverse("library:batch", args=[batch.pk]), headers={"HX-Target": "batch"})
    text = page.content.decode()
    assert text.lstrip().startswith('<div id="batch"') and "every 2s" in text
