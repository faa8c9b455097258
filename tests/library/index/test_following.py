"""The index follows the audit log; the database is the truth."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.core.models import AuditSeal
from sheke.directory.actions import move_organisation, rename_organisation
from sheke.library import actions
from sheke.library.actions.collections import publish_collection
from sheke.library.index import entries, following, places, search
from sheke.library.index.clauses import Mark
from tests import factories
from tests.library import factories as holding

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def total(query="", **options):
    return search(query, account=NOBODY, **options).total


def test_what_is_done_is_followed_once(built, society):
    following.catch_up()
    holding.work(society, public=True)
    assert following.catch_up() > 0
    assert following.catch_up() == 0
    assert total("茶馆", fresh=False) == 1


def test_whoever_searches_does_not_wait_for_much(built, society):
    following.catch_up()
    for n in range(following.AT_ONCE):
        holding.work(society, f"茶馆{n}", public=True)
    assert total("茶馆") == 0
    following.catch_up()
    assert total("茶馆") == following.AT_ONCE


def test_a_discarded_work_leaves_the_index(built, society):
    made = holding.work(society)
    following.catch_up()
    held = following.serving().index.entries()
    actions.discard_work(work=made, by=None)
    following.catch_up()
    assert following.serving().index.entries() == held - 1


def test_a_keeper_that_is_renamed_or_moved_is_followed(built, city, society):
    draft = holding.work(society)
    following.catch_up()
    rename_organisation(
        organisation=society,
        name="桥梁学会",
        short_name="",
        since=date(2025, 1, 1),
        by=None,
        reason="更名",
    )
    other = factories.organisation(city, name="另一联合会", kind="federation")
    leader = factories.account(other)
    assert search("单位:桥梁学会", account=leader).total == 0
    move_organisation(
        organisation=society, parent=other, since=date(2025, 1, 1), by=None, reason="划转"
    )
    assert [hit.row for hit in search("单位:桥梁学会", account=leader).hits] == [draft]


def test_an_index_of_another_database_does_not_serve(built, society):
    holding.work(society, public=True)
    following.catch_up()
    assert total("茶馆") == 1
    index = following.serving().index
    with index.writer(replace(index.mark(), digest="0" * 64)):
        pass  # as a backup that was restored has other seals of the same numbers
    assert not following.is_built()
    assert search("茶馆", account=NOBODY).ready is False
    assert following.catch_up() == 0
    following.rebuild()
    assert total("茶馆") == 1


def test_a_new_shape_is_built_beside_the_old_which_serves(built, society, monkeypatch):
    holding.work(society, public=True)
    following.catch_up()
    monkeypatch.setattr(following, "SHAPE", entries.SHAPE + "+")
    found = search("茶馆", account=NOBODY)
    assert (found.total, found.renewing, following.is_built()) == (1, True, False)
    following.rebuild()
    found = search("茶馆", account=NOBODY)
    assert (found.total, found.renewing, following.is_built()) == (1, False, True)


def test_while_it_is_made_anew_the_former_one_tells_nobody_of_drafts(built, society, monkeypatch):
    """Once all words that whoever sees an entry may read stood in `open`, of drafts, too."""
    holding.work(society, "河街的茶馆", public=True)
    draft = holding.work(society, "茶馆草稿")
    following.catch_up()
    monkeypatch.setattr(following, "SHAPE", entries.SHAPE + "+")
    (entry,) = entries.entries("work", [draft.pk], date(2026, 5, 1))
    prepared = entry.prepared()
    former = replace(
        prepared, texts=prepared.texts | {"open": prepared.texts["closed"], "closed": ""}
    )
    serves = following.serving()
    with serves.index.writer(serves.mark) as writer:
        writer.put([former])
    found = search("茶馆", account=NOBODY, facets=True)
    assert (serves.is_former, found.total, found.facets["kind"]) == (True, 1, [("article", 1)])
    assert search("草稿", account=NOBODY).total == 0


def test_what_is_taken_back_leaves_the_former_one_at_once(built, society, monkeypatch):
    work = holding.work(society, "匿名的茶馆", public=True)
    following.catch_up()
    monkeypatch.setattr(following, "SHAPE", entries.SHAPE + "+")
    actions.withdraw_work(work=work, reason="有误", by=None)
    found = search("匿名", account=NOBODY, facets=True)
    assert (found.total, found.renewing) == (0, True)
    assert not found.facets["writer"]


def test_words_of_a_collection_on_a_work_are_shown_with_it(built, city, society):
    public, draft = holding.work(society, "街市", public=True), holding.work(society, "渡口")
    gathered = holding.collection(city, "river", public, draft)
    gathered.placements.filter(work=draft).update(note="未公开的说明")
    gathered.placements.filter(work=public).update(note="公开的说明")
    publish_collection(collection=gathered, by=None)
    assert total("说明") == 1
    assert total("未公开的说明") == 0
    actions.publish_works(works=[draft], by=None)
    assert total("未公开的说明") == 1
    actions.withdraw_work(work=draft, reason="有误", by=None)
    assert total("未公开的说明") == 0


def test_a_replica_that_is_a_moment_behind_answers(built, society, monkeypatch):
    holding.work(society, public=True)
    following.catch_up()
    index = following.serving().index
    with index.writer(replace(index.mark(), seal=index.mark().seal + 1)):
        pass  # followed on the primary; the seal did not reach the replica yet
    assert total("茶馆", fresh=False) == 0
    with monkeypatch.context() as patch:
        patch.setattr(following, "DEFAULT_DB_ALIAS", "primary")
        assert total("茶馆", fresh=False) == 1


def test_a_rebuild_leaves_one_version(built, engine):
    following.rebuild()
    assert [one.name for one in places.folder().iterdir() if one.is_dir()] == [f"{engine}-2"]


def test_two_do_not_rebuild_or_follow_at_once(built, society):
    with places.locked("rebuilding"):
        assert following.rebuild() is None
        with pytest.raises(BadInput):
            call_command("index", "rebuild", "library")
    holding.work(society, public=True)
    with places.locked("following"):
        assert following.catch_up() == 0
        assert following.catch_up(wait=0.1) == 0
    assert following.catch_up() > 0


def test_following_does_nothing_without_an_index(db, engine, society):
    holding.work(society)
    assert following.catch_up() == 0
    assert following.state()["built"] is False


def test_the_mark_says_how_far_it_came(built, society):
    holding.work(society)
    following.catch_up()
    last = AuditSeal.objects.order_by("pk").last()
    mark = following.serving().mark
    assert mark == Mark(last.pk, last.digest, mark.day, entries.SHAPE, built=mark.built)
    assert following.state()["behind"] == 0


def test_the_command_finds_everything_and_builds_what_is_missing(db, engine, society, capsys):
    holding.work(society, "茶馆草稿", kind="report")
    holding.work(society, "公开的茶馆", public=True, abstract="說到茶館")
    call_command("search", "茶馆", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["total"] == 2
    assert {"id", "title", "score", "snippet"} <= found["hits"][0].keys()
    call_command("search", "茶馆", "--kind", "report", "--limit", "1", "--json")
    assert [hit["title"] for hit in json.loads(capsys.readouterr().out)["hits"]] == ["茶馆草稿"]
    call_command("search", "茶馆", "--public", "--json")
    assert json.loads(capsys.readouterr().out)["hits"][0]["snippet"] == "說到茶館"
    with pytest.raises(BadInput):
        call_command("search", "茶馆", "--kind", "novel")
