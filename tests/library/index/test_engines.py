"""What every engine must do; the same for tantivy, SQLite's FTS5 and OpenSearch."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from sheke.core.search.analysis import asked_tokens, is_single, normal
from sheke.library.index.clauses import (
    SINGLE,
    Both,
    Either,
    Mark,
    Numbered,
    OneOf,
    Phrase,
    Prepared,
    Request,
    Span,
    Without,
)
from sheke.library.index.engine import Busy, SearchIndex
from sheke.library.index.engines.opensearch import OpenSearchIndex, Server
from sheke.library.index.engines.sqlite import SqliteIndex
from sheke.library.index.engines.tantivy import TantivyIndex
from sheke.library.index.entries import field_tokens, sorting

from . import opensearch

MARK = Mark(seal=3, digest="abc", day="2026-05-01", shape="1.2")
_names = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with opensearch.serving() as (url, _cluster):
        yield url


@pytest.fixture(params=["tantivy", "sqlite", "opensearch"])
def index(request, tmp_path, server) -> SearchIndex:
    if request.param == "opensearch":
        return OpenSearchIndex(Server(server), f"books-{next(_names)}")
    return {"tantivy": TantivyIndex, "sqlite": SqliteIndex}[request.param](tmp_path / "index")


def book(key: int, title: str, text: str = "", *, closed: str = "", issued: str = "", level: str = "",
         **values: str) -> Prepared:  # fmt: skip
    return Prepared(
        key,
        {"title": field_tokens([title]), "open": field_tokens([title, text]),
         "closed": field_tokens([closed])},
        {"seen": ["public"]} | {name: value.split() for name, value in values.items()},
        sorting(issued, level),
    )  # fmt: skip


def words(text: str, field: str = "open") -> Phrase:
    tokens = asked_tokens(text)
    return Phrase(field, (SINGLE + tokens[0],) if is_single(tokens) else tokens)


def found(index: SearchIndex, *parts, **options) -> list[int]:
    answer = index.find(Request(Both((OneOf("seen", ("public",)), *parts)), **options))
    assert answer.total >= len(answer.hits)
    return [key for key, _score in answer.hits]


@pytest.fixture
def library(index: SearchIndex) -> SearchIndex:
    with index.writer(MARK, fresh=True) as writer:
        writer.put([
            book(1, "基层治理研究", "社区与网格。GDP 增长3.5%", issued="2021-05", level="city", kind="article"),
            book(2, "古桥调查", "石拱桥与基层治理", issued="2024", level="national", kind="report"),
            book(3, "社会科學年鑑", "Annual review of 治理", kind="article monograph", closed="内部材料"),
        ])  # fmt: skip
    return index


@pytest.mark.parametrize(
    ("asked", "keys"),
    [("治理", {1, 2, 3}), ("基层治理", {1, 2}), ("社会科学", {3}), ("古橋", {2}), ("拱", {2}), ("科", {3}),
     ("网格", {1}), ("理研", {1}), ("理社", set()), ("annual", {3}), ("annu", set()), ("增长3", {1}),
     ("gdp增", {1}), ("3.5", {1}), ("内部", set()), ("，", None)],
)  # fmt: skip
def test_words(library: SearchIndex, asked: str, keys: set[int] | None) -> None:
    if keys is None:
        assert asked_tokens(asked) == ()
    else:
        assert set(found(library, words(asked))) == keys


def test_clauses_combine(library: SearchIndex) -> None:
    zhili = words("治理")
    assert set(found(library)) == {1, 2, 3}
    assert set(found(library, zhili, words("古桥"))) == {2}
    assert set(found(library, Either((words("古桥"), words("网格"))))) == {1, 2}
    assert set(found(library, zhili, Without(words("古桥")))) == {1, 3}
    assert set(found(library, Without(zhili))) == set()
    assert set(found(library, Without(words("网格")), Without(words("石拱")))) == {3}
    assert set(found(library, Either((Without(zhili), Both((words("石拱"), zhili)))))) == {2}
    assert set(found(library, Either((Span("year", 2024), words("网格"))))) == {1, 2}
    assert set(found(library, Without(Span("year", 2022)))) == {1, 3}
    assert found(library, Either(())) == []
    assert set(found(library, Numbered((1, 3, 9)))) == {1, 3}


def test_values_and_spans(library: SearchIndex) -> None:
    assert set(found(library, OneOf("kind", ("article",)))) == {1, 3}
    assert set(found(library, OneOf("kind", ("report", "monograph")))) == {2, 3}
    assert set(found(library, Span("year", 2021, 2022))) == {1}
    assert set(found(library, Span("year", None, 2024), Span("year", 1))) == {1, 2}


def test_closed_words_are_in_their_own_field(library: SearchIndex) -> None:
    assert found(library, words("内部")) == []
    assert found(library, words("内部", "closed")) == [3]


def test_sorts_and_pages(library: SearchIndex) -> None:
    assert found(library, sort="newest") == [2, 1, 3]
    assert found(library, sort="oldest") == [1, 2, 3]
    assert found(library, sort="level") == [2, 1, 3]
    assert found(library, sort="newest", offset=1, limit=1) == [1]
    answer = library.find(Request(OneOf("seen", ("public",)), limit=1))
    assert (answer.total, len(answer.hits)) == (3, 1)


def test_a_word_in_the_title_raises_a_hit(library: SearchIndex) -> None:
    raised = ((words("古桥", "title"), 8.0),)
    asked = Request(Both((OneOf("seen", ("public",)), words("治理"))), raised)
    hits = library.find(asked).hits
    assert hits[0][0] == 2
    weighed = library.find(Request(words("基层治理"), ((words("基层治理", "title"), 8.0),))).hits
    assert [key for key, _score in weighed] == [1, 2]
    assert weighed[0][1] > weighed[1][1] > 0


def test_a_value_that_is_rare_in_one_part_of_the_index_is_counted_there(index: SearchIndex) -> None:
    """Of a segment more values are counted than are told."""
    others = [f"人{n}" for n in range(30)]
    for first, writers in ((1, [*others, *others, "少见"]), (100, ["少见"] * 2)):
        with index.writer(MARK) as writer:
            writer.put(book(first + n, "书", writer=name) for n, name in enumerate(writers))
    everything = OneOf("seen", ("public",))
    assert index.count(everything, ["writer"], 1)["writer"] == [("少见", 3)]


def test_values_are_counted(library: SearchIndex) -> None:
    counted = library.count(words("治理"), ["kind", "level"])
    assert counted == {"kind": [("article", 2), ("monograph", 1), ("report", 1)], "level": []}
    assert library.count(words("基层"), ["kind"], 1)["kind"][0][1] == 1


def test_what_is_put_again_is_there_once_and_what_is_removed_is_gone(library: SearchIndex) -> None:
    with library.writer(Mark(seal=4)) as writer:
        writer.put([book(1, "海上丝路")])
        writer.remove([3, 77])
    assert library.mark() == Mark(seal=4)
    assert library.entries() == 2
    assert found(library, words("丝路")) == [1]
    assert found(library, words("网格")) == []
    assert found(library, words("年鉴")) == []


def test_the_mark_is_kept_with_the_entries(index: SearchIndex) -> None:
    assert index.mark() is None
    with index.writer(MARK) as writer:
        writer.put([book(1, "古桥")])
    assert (index.mark(), index.entries()) == (MARK, 1)


def test_a_failure_keeps_nothing(library: SearchIndex) -> None:
    if isinstance(library, OpenSearchIndex):
        pytest.skip("a bulk is no transaction: the mark alone tells")
    with pytest.raises(ZeroDivisionError), library.writer(Mark(seal=9)) as writer:
        writer.put([book(8, "半途而废")])
        writer.remove([1])
        raise ZeroDivisionError
    assert library.mark() == MARK
    assert set(found(library)) == {1, 2, 3}


def test_one_writes_at_a_time(library: SearchIndex) -> None:
    if isinstance(library, OpenSearchIndex):
        pytest.skip("versions keep what is newer")
    with library.writer(Mark(seal=4)):
        other = type(library)(
            library.path.parent if isinstance(library, SqliteIndex) else library.folder
        )
        if isinstance(other, SqliteIndex):
            pass
        with pytest.raises(Busy), other.writer(Mark(seal=5)):
            pass
    assert library.mark() == Mark(seal=4)


@pytest.mark.parametrize("opened", ["before", "after"])
def test_files_of_a_killed_commit_are_in_nobodys_way(tmp_path, opened: str) -> None:
    """Of a commit that was killed before its last step the list of files and the new ones are left."""
    alive, killed = tmp_path / "alive", tmp_path / "killed"
    books = [book(1, "基层治理研究"), book(2, "古桥调查")]
    with TantivyIndex(alive).writer(MARK) as writer:
        writer.put(books)
    shutil.copytree(alive, killed)
    index = TantivyIndex(killed)
    with TantivyIndex(alive).writer(MARK) as writer:
        writer.put(books[:1])
    for left in [*alive.glob("*.del"), alive / ".managed.json"]:
        shutil.copy(left, killed)
    assert list(killed.glob("*.del"))
    if opened == "after":
        index = TantivyIndex(killed)
    with index.writer(MARK) as writer:
        writer.put(books[:1])
    assert sorted(found(index)) == [1, 2]
    assert index.entries() == 2


def test_a_merge_before_the_commit_brings_nothing_back(tmp_path) -> None:
    """Eight pieces are left to be merged by a process that was killed as soon as it had committed."""
    folder, filler = tmp_path / "index", "".join(chr(n) for n in range(0x4E00, 0x6000))
    shelves = [[book(10 * n + k, "古桥调查", filler) for k in range(1, 9)] for n in range(8)]
    for shelf in shelves[:7]:
        with TantivyIndex(folder).writer(MARK, fresh=True) as writer:
            writer.put(shelf)
    if not (child := os.fork()):
        with suppress(BaseException), TantivyIndex(folder).writer(MARK) as writer:
            writer.put([shelves[0][0], *shelves[7]])
            writer.commit(MARK)
            os._exit(0)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert len(json.loads((folder / "meta.json").read_text())["segments"]) == 8
    index = TantivyIndex(folder)
    with index.writer(MARK) as writer:
        writer.put([one for shelf in shelves[:7] for one in shelf[1:3]])
    assert sorted(found(index, limit=100)) == sorted(one.key for shelf in shelves for one in shelf)


def test_an_unfinished_word_is_suggested_from(library: SearchIndex) -> None:
    assert found(library, Phrase("open", ("annu",), prefix=True)) == [3]
    assert found(library, Phrase("open", ("annual", "rev"), prefix=True)) == [3]


SIGNS = "社科联讲座基层3aZ ，。月（區聯學\n"
TEXTS = st.lists(st.text(alphabet=SIGNS, min_size=2, max_size=30), min_size=1, max_size=6)
FOLDED = str.maketrans("區聯學\n", "区联学 ")
TRADITIONAL = OpenCC("s2t")


def plain(text: str) -> str:
    """A text as people compare it: between words and characters spaces do not count."""
    one = re.sub(r"\s+", " ", normal(text))
    return re.sub(r"(?<=[a-z0-9]) (?=[^a-z0-9\s])|(?<=[^a-z0-9\s]) (?=[a-z0-9])", "", one)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(TEXTS, st.data())
@pytest.mark.parametrize("engine", ["tantivy", "sqlite"])
def test_any_part_is_found_in_either_script_and_nothing_else(tmp_path_factory, engine, texts, data):
    """Parts of Han characters: in just the texts that hold them. Others: at least in the text they are of."""
    made = {"tantivy": TantivyIndex, "sqlite": SqliteIndex}[engine](
        tmp_path_factory.mktemp("index")
    )
    with made.writer(MARK) as writer:
        writer.put(book(n, "", text) for n, text in enumerate(texts, 1))
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    part, (before, after) = text[start:end], (text[:start], text[end:])
    assume(not (re.search(r"\w\Z", before, re.A) and re.match(r"\w", part, re.A)))
    assume(not (re.search(r"\w\Z", part, re.A) and re.match(r"\w", after, re.A)))
    asked = TRADITIONAL.convert(part) if data.draw(st.booleans()) else part
    assume(asked_tokens(asked))
    keys = set(found(made, words(asked), limit=20))
    assert texts.index(text) + 1 in keys
    if re.fullmatch(r"[^\W0-9A-Za-z]+", part):
        assert keys == {n for n, one in enumerate(texts, 1) if plain(part) in plain(one)}
