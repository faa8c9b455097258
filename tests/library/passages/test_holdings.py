"""Files of the library as what is compared with: taken in, changed, forgotten, kept in a mapped copy."""

from __future__ import annotations

import random

import pytest

from sheke.library.models import File, Fingerprint
from sheke.library.passages import looking, mapped
from sheke.library.passages.comparing import compare
from sheke.library.passages.holdings import forget, renew, take_in, text_of
from sheke.library.passages.looking import Holdings
from sheke.library.passages.searching import search
from tests.library import factories

pytestmark = pytest.mark.django_db

SAID = "河街的茶馆在清末有二十七家，沿河而设，茶客多是船夫与挑夫。"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.LIBRARY_PASSAGES_FOLDER = tmp_path / "passages"
    return settings.LIBRARY_PASSAGES_FOLDER


def file(*pages):
    made = factories.file(None, *pages)
    take_in(made)
    return made


def found(text=SAID, **options):
    return {
        (place.key, place.start, place.end)
        for passage in search(text, **options).result.passages
        for place in passage.places
    }


def test_a_passage_is_found_in_the_text_of_all_pages():
    one = file("封面", "序：" + SAID[:10], SAID[10:] + "完")
    assert text_of(one) == f"封面\n序：{SAID[:10]}\n{SAID[10:]}完"
    assert found() == {(one.pk, 5, 5 + len(SAID))}
    assert search(SAID).documents == 1


def test_what_changes_and_what_goes_is_followed():
    one, two = file(SAID), file("甲" + SAID)
    assert {key for key, *_ in found()} == {one.pk, two.pk}
    one.pages.update(text="别的一段话，与河街没有关系，也说了二十多个字")
    take_in(one)
    assert {key for key, *_ in found()} == {two.pk}
    forget(two)
    assert found() == set()
    take_in(two)
    File.objects.filter(pk=two.pk).delete()
    assert found() == set()


def test_a_row_with_a_lower_number_that_comes_later_is_seen():
    one, two = file(SAID), file("甲" + SAID)
    number = one.fingerprint.pk
    late = Fingerprint.objects.filter(pk=number)
    kept = late.values().get()
    late.delete()
    assert {key for key, *_ in found()} == {two.pk}
    # Its transaction ends now; meanwhile one is gone and another has come: as many as before and one more.
    Fingerprint.objects.create(**kept)
    forget(two)
    three = file("乙" + SAID)
    assert {key for key, *_ in found()} == {one.pk, three.pk}


def test_taking_in_the_same_text_again_changes_nothing():
    one = file(SAID)
    before = Fingerprint.objects.get()
    take_in(one)
    assert Fingerprint.objects.get().pk == before.pk


def test_a_text_too_short_to_share_anything_is_not_kept():
    file("短")
    assert not Fingerprint.objects.exists()


def test_fingerprints_of_an_older_version_are_made_anew():
    file(SAID)
    Fingerprint.objects.update(version=1)
    assert found() == set()
    assert renew() == 1
    assert len(found()) == 1


def test_rare_characters_are_told_apart():
    """Beyond 16 bits several characters share a code of the fingerprints."""
    text = "河街茶馆清末二十七家𠀀沿河而设茶客多是船夫与挑夫"
    file(text.replace("𠀀", "\U00020800"))
    result = search(text[:20]).result
    assert (result.passages, result.coverage) == ((), 0)
    one = file(text)
    assert (one.pk, 0, 24) in found(text)
    assert search(text).result.coverage == 1


def test_left_out_files_and_other_texts():
    one, two = file(SAID), file(SAID)
    assert {key for key, *_ in found(leave_out=[one.pk], others={"b": SAID})} == {two.pk, "b"}


def test_the_mapped_copy_answers_as_memory_does(monkeypatch, folder):
    chance = random.Random(5)
    pool = ["".join(chance.choices("茶馆船夫挑河街清末民初账簿", k=18)) for _ in range(12)]
    files = [file("，".join(chance.sample(pool, 4))) for _ in range(12)]
    text = "。".join(pool)
    others = {str(one.pk): text_of(one) for one in files}
    exact = compare(text, others, common=3)
    monkeypatch.setattr(looking, "TAIL", 5)
    monkeypatch.setattr(looking, "TAILS", 2)
    monkeypatch.setattr(mapped, "_PART", 20)
    holdings = Holdings(folder)
    assert len(holdings.view()) == 12 and holdings.waiting() == 0
    monkeypatch.setattr("sheke.library.passages.searching.holdings", lambda: holdings)
    for step in range(6):
        result = search(text, common=3).result
        assert (result.covered == exact.covered).all() and (result.common == exact.common).all()
        assert {(p.start, p.end) for p in result.passages} == {
            (p.start, p.end) for p in exact.passages
        }
        if step < 5:
            gone = files.pop(step)
            forget(gone)
            del others[str(gone.pk)]
            files.append(file("甲".join(chance.sample(pool, 3))))
            others[str(files[-1].pk)] = text_of(files[-1])
            exact = compare(text, others, common=3)
    assert holdings.rebuild() == 12 and holdings.waiting() == 0
    assert Holdings(folder).waiting() == 0


def test_a_copy_of_another_database_is_not_used(folder):
    file(SAID)
    Holdings(folder).rebuild()
    Fingerprint.objects.all().delete()
    other = Fingerprint(
        pk=1, file=file("甲" * 30), version=looking.VERSION, characters=30, prints=b""
    )
    assert len(Holdings(folder).view()) == 1
    assert other.characters == 30


def test_a_damaged_copy_is_made_anew(folder):
    one = file(SAID)
    Holdings(folder).rebuild()
    (written,) = [p for p in folder.iterdir() if p.is_dir()]
    (written / "places").write_bytes(b"123")
    assert mapped.newest(folder) is None
    assert {key for key, *_ in found()} == {one.pk}
