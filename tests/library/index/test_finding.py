"""Who finds what: hits, totals, facets, snippets and suggestions alike."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from sheke.library.actions import set_file_access, withdraw_work
from sheke.library.actions.collections import publish_collection, remove_work
from sheke.library.actions.experts import describe_expert
from sheke.library.describing import Author
from sheke.library.index import search, suggest
from sheke.library.queries import collections_seen_by, experts_seen_by, works_seen_by
from tests import factories
from tests.library import factories as holding

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
# By question, whether a hit of the world below is wanted.
QUESTIONS = {
    "公开": lambda hit: "公开" in hit.title.text,
    "草稿": lambda hit: "草稿" in hit.title.text,
    "公开 OR 草稿": lambda hit: hit.kind != "collection",
    "-公开": lambda hit: "公开" not in hit.title.text,
    "公开 OR -草稿": lambda hit: "草稿" not in hit.title.text,
    "公开 OR 题名:草稿": lambda hit: hit.kind != "collection",
    "题名:草稿 -公开": lambda hit: "草稿" in hit.title.text,
    "type:expert OR 草稿": lambda hit: hit.kind == "expert" or "草稿" in hit.title.text,
    "河街文库 OR 稿": lambda hit: hit.kind == "collection" or "草稿" in hit.title.text,
}


def titles(query, account=NOBODY, **options):
    found = search(query, account=account, **options)
    assert found.ready
    assert found.total == len(found.hits)
    return {hit.title.text for hit in found.hits}


@pytest.mark.parametrize(
    "query", ["河街", "街的", "茶馆", "河街的茶馆", "林溪", "茶", "河街 林溪", "作者:林溪", "茶館"]
)
def test_a_public_work_is_found_by_everybody(built, society, query):
    holding.work(society, public=True)
    assert titles(query) == {"河街的茶馆"}


@pytest.mark.parametrize("query", ["街茶", "河街 -茶馆", "title:林溪", "2019-2022", "kind:report"])
def test_what_does_not_hold_is_not_found(built, society, query):
    holding.work(society, public=True)
    assert titles(query) == set()


def test_a_draft_is_found_by_its_keepers_alone(built, city, society, staff, secretary):
    holding.work(society)
    other = factories.account(factories.organisation(city))
    assert titles("茶馆", secretary) == titles("茶馆", staff) == {"河街的茶馆"}
    assert titles("茶馆", other) == titles("茶馆") == set()


def test_closed_text_leaves_no_trace_with_others(built, city, society, staff):
    """Not in hits, totals, facets, snippets or suggestions, and a −word does not tell by absence."""
    holding.work(society, public=True, text="账册里夹着密信", access="office", note="待核的密信")
    other = factories.account(factories.organisation(city))
    for account in (NOBODY, other):
        assert titles("密信", account) == set()
        assert titles("茶馆 -密信", account) == {"河街的茶馆"}
        assert titles("密", account) == set()
        found = search("密信 OR 待核", account=account, facets=True)
        assert (found.total, {k: v for k, v in found.facets.items() if v}) == (0, {})
        assert suggest("密信", account=account) == []
    assert titles("密信", staff) == {"河街的茶馆"}
    assert titles("茶馆 -密信", staff) == set()
    (hit,) = search("密信", account=staff).hits
    assert ("密信", True) in hit.snippet.parts()
    (hit,) = search("茶馆", account=NOBODY).hits
    assert "密信" not in hit.snippet.text


def test_open_text_is_found_by_everybody_with_its_page(built, society):
    made = holding.work(society, public=True)
    holding.file(made, "第一页说茶", "第二页記載了碼頭的帳冊", access="public")
    (hit,) = search("码头的账册", account=NOBODY).hits
    assert [text for text, is_marked in hit.snippet.parts() if is_marked] == ["碼頭的帳冊"]
    assert hit.snippet.page == 2


def test_words_broken_between_lines_and_pages_are_whole(built, society):
    made = holding.work(society, public=True)
    holding.file(made, "沿河的街市上茶馆林立，最早的一家开在码\n头边上，后来的人都到这一处来听书，渐渐成了镇",
                 "上的规矩。", access="public")  # fmt: skip
    assert titles("码头边") == titles("成了镇上") == {"河街的茶馆"}


def test_an_embargo_ends_by_the_clock(built, society):
    made = holding.work(society, public=True)
    file = holding.file(made, "码头账册")
    tomorrow = timezone.localdate() + timedelta(days=1)
    set_file_access(file=file, access="public", rights="", embargo_until=tomorrow, by=None)
    assert titles("账册") == set()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        assert titles("账册") == {"河街的茶馆"}


def test_what_is_taken_back_is_gone_at_once(built, society, staff):
    made = holding.work(society, public=True)
    assert titles("茶馆") == {"河街的茶馆"}
    withdraw_work(work=made, reason="有误", by=None)
    assert titles("茶馆") == set()
    assert titles("茶馆", staff) == {"河街的茶馆"}


def test_a_profile_is_found_by_what_it_shows(built, city, staff):
    holding.expert(city, "顾星河", public=True, shown=("employer",), employer="云川学院",
                   biography="研究码头账册")  # fmt: skip
    holding.expert(city, "顾星海", employer="云川学院")
    assert titles("顾星") == titles("云川学院 顾星") == {"顾星河"}
    assert titles("账册") == set()
    assert titles("顾星", staff) == {"顾星河", "顾星海"}
    assert titles("账册", staff) == {"顾星河"}


def test_a_collection_is_found_and_counted_once_it_is_public(built, city, society, staff):
    made = holding.work(society, public=True)
    gathered = holding.collection(city, "river", made)
    assert titles("河街文库") == set()
    assert titles("河街文库", staff) == {"河街文库"}
    assert search("茶馆", account=staff, facets=True).facets["collection"] == []
    publish_collection(collection=gathered, by=None)
    assert titles("河街文库") == {"河街文库"}
    assert search("茶馆", account=NOBODY, facets=True).facets["collection"] == [
        (str(gathered.pk), 1)
    ]
    remove_work(placement=gathered.placements.get(), by=None)
    assert search("茶馆", account=NOBODY, facets=True).facets["collection"] == []


def test_facets_count_and_a_chosen_one_is_counted_without_itself(built, society):
    for n, kind in enumerate(["article", "article", "report"]):
        holding.work(
            society,
            f"茶馆之{n}",
            public=True,
            kind=kind,
            authors=(Author("林溪"), Author(f"人{n}")),
        )
    found = search("茶馆", account=NOBODY, facets=True, filters={"kind": ["report"]})
    assert found.total == 1
    assert found.facets["kind"] == [("article", 2), ("report", 1)]
    assert found.facets["writer"] == [("人2", 1), ("林溪", 1)]
    assert found.facets["keeper"] == [(str(society.pk), 1)]


def test_years_and_sorts(built, society):
    for issued, level in (("2019", "county"), ("2021-03", "national"), ("2024-05-06", "municipal")):
        holding.work(society, f"茶馆{issued}", public=True, issued=issued, level=level)

    def order(query="茶馆", **options):
        return [hit.title.text[2:6] for hit in search(query, account=NOBODY, **options).hits]

    assert order(sort="newest") == ["2024", "2021", "2019"]
    assert order(sort="oldest") == ["2019", "2021", "2024"]
    assert order(sort="level") == ["2021", "2024", "2019"]
    assert order("茶馆 2019..2021", sort="oldest") == ["2019", "2021"]
    assert order(filters={"since": ["2020"], "until": ["2022"]}) == ["2021"]
    assert order(sort="newest", page=2, per_page=1) == ["2021"]


def test_a_title_comes_before_a_text(built, society):
    holding.work(society, "乡里旧闻", public=True, abstract="茶馆 " * 8)
    holding.work(society, "茶馆", public=True)
    assert [hit.title.text for hit in search("茶馆", account=NOBODY).hits] == ["茶馆", "乡里旧闻"]


def test_suggestions(built, society, staff):
    holding.work(society, public=True, keywords=("茶馆文化",), authors=(Author("茶小满"),))
    holding.work(society, "茶馆草稿")
    found = suggest("茶", account=NOBODY)
    assert [(one.what, one.query) for one in found] == [
        ("author", "author:茶小满"), ("topic", "keyword:茶馆文化"), ("title", "河街的茶馆"),
    ]  # fmt: skip
    assert "茶馆草稿" in [one.query for one in suggest("茶馆", account=staff)]
    assert suggest("，", account=NOBODY) == []
    assert titles(found[0].query) == {"河街的茶馆"}


def test_what_is_asked_for_is_what_the_querysets_show(built, city, society):
    """The rights in the index are those of the database, for everybody."""
    elsewhere = factories.organisation(factories.organisation(name="别市", kind="federation"))
    for of in (society, elsewhere, city):
        holding.work(of, f"公开{of.pk}", public=True)
        holding.work(of, f"草稿{of.pk}")
        holding.expert(of, f"公开{of.pk}", public=True)
        holding.expert(of, f"草稿{of.pk}")
        holding.collection(of, f"c{of.pk}")
    people = [
        factories.account(of, role)
        for of in (society, elsewhere, city)
        for role in ("secretary", "staff", "reader")
    ]
    for account in [NOBODY, factories.account(), factories.account(is_superuser=True), *people]:
        found = {(hit.kind, hit.row.pk) for hit in search("", account=account, per_page=100).hits}
        seen = {("work", w.pk) for w in works_seen_by(account)}
        seen |= {("expert", e.pk) for e in experts_seen_by(account)}
        seen |= {("collection", c.pk) for c in collections_seen_by(account)}
        assert found == seen
        assert search("", account=account).total == len(seen)
        for query, holds in QUESTIONS.items():
            hits = search(query, account=account, per_page=100).hits
            shown = [row for row in search("", account=account, per_page=100).hits if holds(row)]
            assert {hit.key for hit in hits} == {hit.key for hit in shown}, query


def test_without_an_index_nothing_is_found_and_it_is_said(db, engine):
    assert search("茶馆", account=NOBODY).ready is False
    assert suggest("茶馆", account=NOBODY) == []


@pytest.mark.parametrize(
    ("shown", "hits"),
    [(("post",), set()), (("employer",), set()), (("employer", "post"), {"林溪"})],
)
def test_former_employers_are_found_where_they_are_shown(built, city, staff, shown, hits):
    made = holding.expert(city, public=True, shown=shown)
    describe_expert(expert=made, by=None, careers=(("江城大学", "讲师", 2010, 2018),))
    assert titles("江城大学") == titles("单位:江城大学") == titles("讲师") == hits
    assert titles("江城大学", staff) == {"林溪"}
