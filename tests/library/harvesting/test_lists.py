"""Long lists of OAI-PMH: in parts, none missed, at a cost that does not grow."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from sheke.library import actions
from sheke.library.harvesting import selection
from sheke.library.models import Work
from tests.library import factories

from .asking import ask, error, name, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(society, monkeypatch) -> list[Work]:
    monkeypatch.setattr(selection, "PAGE", 3)
    return [factories.work(society, f"第{n}篇", public=True) for n in range(8)]


def harvest(found: etree._Element, between=lambda: None) -> list[str]:
    names = texts(found, "//o:header/o:identifier")
    while token := texts(found, "//o:resumptionToken")[0]:
        between()
        found = ask("ListRecords", resumptionToken=token)
        names += texts(found, "//o:header/o:identifier")
    return names


def test_a_long_list_comes_in_parts(many) -> None:
    first = ask("ListRecords", metadataPrefix="oai_dc")
    assert texts(first, "//o:resumptionToken/@completeListSize") == ["8"]
    assert texts(first, "//o:resumptionToken/@cursor") == ["0"]
    assert harvest(first) == [name(work) for work in many]


def test_nothing_is_missed_when_works_change_meanwhile(many) -> None:
    """What changed moves to the end and comes (again); what was given stays given."""
    todo = [many[1], many[7]]

    def touch() -> None:
        if todo:
            todo.pop().save()

    names = harvest(ask("ListRecords", metadataPrefix="oai_dc"), between=touch)
    assert set(names) == {name(work) for work in many}


def test_a_work_taken_back_meanwhile_comes_as_deleted(many) -> None:
    token = texts(ask("ListRecords", metadataPrefix="oai_dc"), "//o:resumptionToken")[0]
    actions.withdraw_work(work=many[5], reason="误", by=None)
    found = ask("ListRecords", resumptionToken=token)
    rest = harvest(found)
    assert name(many[5]) in rest and len(rest) == 5


def test_a_token_of_another_list_or_an_altered_one_is_refused(many) -> None:
    token = texts(
        ask("ListRecords", metadataPrefix="oai_dc", set="kind:article"), "//o:resumptionToken"
    )[0]
    assert len(texts(ask("ListIdentifiers", resumptionToken=token), "//o:identifier")) == 3
    for wrong in (token[:-3], token + "x", token[5:], "e30", "bnVsbA", "WyIiXQ"):
        assert error(ask("ListRecords", resumptionToken=wrong)) == "badResumptionToken"


@pytest.mark.parametrize(("prefix", "queries"), [("oai_dc", 10), ("mods", 10), ("sheke", 10)])
def test_a_list_costs_the_same_for_one_and_for_many(society, prefix: str, queries: int) -> None:
    for count in (1, 3):
        while Work.objects.count() < count:
            made = factories.work(society, public=True)
            factories.file(made, "字", access="public", name=f"{made.pk}.txt")
            made.relations.create(kind="came_out_of", reference="课题")
        with CaptureQueriesContext(connection) as asked:
            ask("ListRecords", metadataPrefix=prefix)
        assert len(asked) == queries, [q["sql"][:90] for q in asked]
