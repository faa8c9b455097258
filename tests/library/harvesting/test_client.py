"""A harvester that others wrote, against a running server."""

from __future__ import annotations

import pytest
from sickle import Sickle
from sickle.oaiexceptions import BadArgument, IdDoesNotExist, NoRecordsMatch

from sheke.library import actions
from sheke.library.harvesting import selection
from tests.library import factories


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sickle_reads_everything_public_and_nothing_else(
    live_server, monkeypatch, method: str
) -> None:
    monkeypatch.setattr(selection, "PAGE", 2)
    works = [factories.work(title=f"公开的第{n}篇", public=True) for n in range(5)]
    factories.work(title="草稿")
    gone = factories.work(title="收回的", public=True)
    actions.withdraw_work(work=gone, reason="误传", by=None)
    client = Sickle(f"{live_server.url}/oai/", http_method=method)
    assert client.Identify().deletedRecord == "persistent"
    assert {each.metadataPrefix for each in client.ListMetadataFormats()} == {
        "oai_dc",
        "mods",
        "sheke",
    }
    assert "kind:article" in {each.setSpec for each in client.ListSets()}
    found = list(client.ListRecords(metadataPrefix="oai_dc"))
    assert [r.metadata["title"] for r in found if not r.deleted] == [[work.title] for work in works]
    assert [r.header.identifier.rpartition(":")[2] for r in found if r.deleted] == [gone.link.name]
    kept = list(client.ListRecords(metadataPrefix="oai_dc", ignore_deleted=True))
    assert len(kept) == len(works)
    headers = list(client.ListIdentifiers(metadataPrefix="sheke", set="kind:article"))
    assert len(headers) == len(works) + 1
    one = client.GetRecord(identifier=headers[0].identifier, metadataPrefix="sheke")
    assert one.header.identifier == headers[0].identifier
    with pytest.raises(IdDoesNotExist):
        client.GetRecord(identifier="oai:x:y", metadataPrefix="oai_dc")
    with pytest.raises(NoRecordsMatch):
        client.ListRecords(metadataPrefix="oai_dc", set="kind:web")
    with pytest.raises(BadArgument):
        client.ListRecords(metadataPrefix="oai_dc", set="kind:song")
