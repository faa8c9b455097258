"""OAI-PMH 2.0: every verb and every error, in schema, only what is public."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from sheke.library import actions, models
from sheke.library.actions import adoptions
from sheke.library.actions import collections as collecting
from sheke.library.describing import Author
from sheke.library.harvesting import selection
from sheke.library.index import following
from sheke.library.models import Work
from sheke.library.views.harvesting import SCHEMA
from tests.library import factories

from .asking import NAMES, ask, error, name, texts

pytestmark = pytest.mark.django_db
OWN = etree.XMLSchema(etree.parse(SCHEMA))


@pytest.fixture
def public(society):
    said = {
        "abstract": "讲\x0b河街 <茶馆> & 街市", "keywords": ("茶馆",), "identifiers": (("doi", "10.1000/x"),),
        "authors": (Author("林溪", organisation_name="云川大学"), Author("Brook, Timothy")),
        "container": "地方史研究", "volume": "3", "level": "municipal", "note": "内部评语",
    }  # fmt: skip
    made = factories.work(society, "河街的茶馆", public=True, **said)
    factories.file(made, "公开的字", access="public", name="open.txt")
    factories.file(made, "内部的字", access="office", name="closed.txt")
    return made


@pytest.fixture
def earlier(public, society) -> Work:
    """A public version of it; what it is part of is not public, and nobody is told of that."""
    other = factories.work(society, "早先的一版", public=True)
    public.relations.create(kind="version_of", other=other)
    public.relations.create(kind="part_of", other=factories.work(society, "未公开的稿子"))
    public.other_titles.create(kind="subtitle", text="一项调查")
    return other


def test_identify(public) -> None:
    found = ask("Identify")
    assert texts(found, "o:Identify/o:baseURL") == ["http://testserver/oai/"]
    assert texts(found, "o:Identify/o:protocolVersion") == ["2.0"]
    assert texts(found, "o:Identify/o:deletedRecord") == ["persistent"]
    assert texts(found, "o:Identify/o:repositoryName") == ["云川市社科联成果库"]
    public.refresh_from_db()
    assert texts(found, "o:Identify/o:earliestDatestamp")[0][:10] == f"{public.changed_at:%Y-%m-%d}"
    assert [child.tag.rpartition("}")[2] for child in found[-1]] == [
        "repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp",
        "deletedRecord", "granularity", "description",
    ]  # fmt: skip


def test_formats_sets_and_the_schema(public) -> None:
    assert texts(ask("ListMetadataFormats"), "//o:metadataPrefix") == ["oai_dc", "mods", "sheke"]
    found = ask("ListMetadataFormats", identifier=name(public))
    assert texts(found, "//o:schema")[2] == "http://testserver/oai/sheke.xsd"
    assert Client().get("/oai/sheke.xsd").content == SCHEMA.read_bytes()
    specs = texts(ask("ListSets"), "//o:setSpec")
    assert len(specs) == 1 + len(Work.Kind.values) and specs[:2] == ["kind", "kind:article"]


def test_a_record_in_dublin_core(public) -> None:
    found = ask("GetRecord", identifier=name(public), metadataPrefix="oai_dc")
    assert texts(found, "//dc:title") == ["河街的茶馆"]
    assert texts(found, "//dc:creator") == ["林溪", "Brook, Timothy"]
    assert texts(found, "//dc:description") == ["讲河街 <茶馆> & 街市"]
    assert texts(found, "//dc:identifier")[0] == f"http://testserver/id/{public.link.name}"
    assert texts(found, "//dc:rights") == ["info:eu-repo/semantics/openAccess"]
    assert texts(found, "//dc:type") == ["Text", "期刊论文"]


def test_a_record_in_mods(public, earlier) -> None:
    public.other_titles.create(kind="translated", text="Teahouses")
    found = ask("GetRecord", identifier=name(public), metadataPrefix="mods")
    [record] = found.xpath("//m:mods", namespaces=NAMES)
    link = f"http://testserver/id/{public.link.name}"
    for path, said in {
        "m:titleInfo[not(@type)]/*": ["河街的茶馆", "一项调查"],
        "m:titleInfo[@type='translated']/m:title": ["Teahouses"],
        "m:name[m:role/m:roleTerm='aut']/m:namePart": ["林溪", "Brook", "Timothy"],
        "m:name/m:namePart/@type": ["family", "given"],
        "m:name/m:affiliation": ["云川大学"],
        "m:genre": ["期刊论文"],
        "m:originInfo/m:dateIssued[@encoding='w3cdtf']": ["2024-05"],
        "m:subject/m:topic": ["茶馆"],
        "m:relatedItem[@type='host']/m:titleInfo/m:title": ["地方史研究"],
        "m:relatedItem[@type='host']/m:part/m:detail[@type='volume']/m:number": ["3"],
        "m:relatedItem[@type='otherVersion']//m:title": [
            f"http://testserver/id/{earlier.link.name}"
        ],
        "m:identifier[@type='doi']": ["10.1000/x"],
        "m:location/m:url": [link],
        "m:accessCondition": ["info:eu-repo/semantics/openAccess"],
        "m:recordInfo/m:recordIdentifier": [public.link.name],
    }.items():
        assert texts(record, path) == said, path
    text = etree.tostring(found, encoding="unicode")
    for secret in ("内部评语", "closed.txt", "未公开的稿子", "内部的字"):
        assert secret not in text
    assert not [each for each in record.iter() if len(each) == 0 and not each.text]


def test_a_record_in_full_fits_its_schema(public, earlier) -> None:
    day = date(2024, 5, 1)
    public.adoptions.create(kind="instruction", adopter="某领导", level="municipal", adopted_on=day)
    public.adoptions.create(
        kind="adopted", adopter="市民政局", level="municipal", adopted_on=day, note="内情"
    )
    later = factories.file(public, "以后的字", access="public", name="later.txt")
    later.embargo_until = timezone.localdate() + timedelta(days=9)
    later.rights = "CC BY 4.0"
    later.save()
    found = ask("GetRecord", identifier=name(public), metadataPrefix="sheke")
    [work] = found.xpath("//s:work", namespaces=NAMES)
    OWN.assertValid(work)
    assert texts(work, "s:contributor/s:affiliation") == ["云川大学"]
    assert texts(work, "s:adoption") == [None, "市民政局"]
    assert texts(work, "s:relation") == [f"http://testserver/id/{earlier.link.name}"]
    assert len(texts(work, "s:file")) == 2
    assert texts(work, "s:file/@from") == [later.embargo_until.isoformat()]
    said = etree.tostring(found, encoding="unicode")
    for secret in ("内部评语", "closed.txt", "某领导", "内情", "未公开的稿子", "内部的字"):
        assert secret not in said


def test_only_what_is_public_is_listed_and_what_was_is_deleted(public, society) -> None:
    factories.work(society, "草稿")
    gone = factories.work(society, "收回的", public=True)
    actions.withdraw_work(work=gone, reason="误传", by=None)
    for verb in ("ListIdentifiers", "ListRecords"):
        found = ask(verb, metadataPrefix="oai_dc")
        assert texts(found, "//o:identifier") == [name(public), name(gone)]
        assert texts(found, "//o:header/@status") == ["deleted"]
        said = etree.tostring(found, encoding="unicode")
        assert "草稿" not in said and "收回的" not in said and "误传" not in said
    assert len(found.xpath("//o:metadata", namespaces=NAMES)) == 1
    record = ask("GetRecord", identifier=name(gone), metadataPrefix="sheke")
    assert texts(record, "//o:header/@status") == ["deleted"]
    assert not record.xpath("//o:metadata", namespaces=NAMES)


def test_a_work_that_is_shown_again_is_a_record_again(public) -> None:
    actions.withdraw_work(work=public, reason="误传", by=None)
    before = name(public)
    actions.publish_works(works=[public], by=None, counted=False)
    found = ask("ListRecords", metadataPrefix="oai_dc")
    assert texts(found, "//o:identifier") == [before] and not texts(found, "//o:header/@status")


def test_sets(public, society) -> None:
    book = factories.work(society, "茶馆史", kind="monograph", public=True)
    factories.collection(society, "river", book, public=True)
    factories.collection(society, "hidden", public)
    assert "collection:river" in texts(ask("ListSets"), "//o:setSpec")
    assert "collection:hidden" not in texts(ask("ListSets"), "//o:setSpec")
    for spec, works in (("kind:monograph", [book]), ("kind", [public, book]), ("collection", [book]),
                        ("collection:river", [book])):  # fmt: skip
        found = ask("ListIdentifiers", metadataPrefix="oai_dc", set=spec)
        assert set(texts(found, "//o:identifier")) == {name(work) for work in works}, spec
    assert texts(found, "//o:setSpec") == ["kind:monograph", "collection:river"]
    for spec in ("collection:hidden", "kind:song", "x", "article"):
        assert error(ask("ListIdentifiers", metadataPrefix="oai_dc", set=spec)) == "badArgument"
    assert error(ask("ListRecords", metadataPrefix="oai_dc", set="kind:web")) == "noRecordsMatch"


def test_a_saved_query_is_a_set(public, society, monkeypatch) -> None:
    other = factories.work(society, "江上的渡口", public=True)
    factories.collection(society, "ferry", public=True, query="渡口")
    asked = []
    monkeypatch.setattr(selection, "_ask_index", lambda query: asked.append(query) or {other.pk})
    found = ask("ListIdentifiers", metadataPrefix="oai_dc", set="collection:ferry")
    assert texts(found, "//o:identifier") == [name(other)]
    assert texts(found, "//o:setSpec") == ["kind:article", "collection:ferry"]
    assert texts(
        ask("ListIdentifiers", metadataPrefix="oai_dc", set="collection"), "//o:identifier"
    ) == [name(other)]
    assert asked == ["渡口"]
    actions.withdraw_work(work=other, reason="有误", by=None)
    monkeypatch.setattr(selection, "found_by", lambda collection: set())
    found = ask("ListIdentifiers", metadataPrefix="oai_dc", set="collection:ferry")
    assert texts(found, "//o:header[@status='deleted']/o:identifier") == [name(other)]
    assert "collection:ferry" in texts(found, "//o:setSpec")


def test_without_an_index_a_saved_query_is_asked_again(public, society) -> None:
    gathered = factories.collection(society, "ferry", public=True, query="茶馆")
    assert selection.found_by(gathered) == set()
    following.rebuild()
    assert selection.found_by(gathered) == {public.pk}


@pytest.mark.parametrize(
    ("verb", "arguments", "code"),
    [("", {}, "badVerb"), ("Nothing", {}, "badVerb"), ("identify", {}, "badVerb"),
     ("Identify", {"x": "1"}, "badArgument"), ("ListRecords", {}, "badArgument"),
     ("GetRecord", {"metadataPrefix": "oai_dc"}, "badArgument"),
     ("GetRecord", {"identifier": "oai:testserver:s1", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
     ("GetRecord", {"identifier": "oai:else:{}", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
     ("GetRecord", {"identifier": "x", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
     ("ListMetadataFormats", {"identifier": "oai:testserver:s1"}, "idDoesNotExist"),
     ("ListRecords", {"metadataPrefix": "marc"}, "cannotDisseminateFormat"),
     ("ListRecords", {"metadataPrefix": "oai_dc", "from": "2024"}, "badArgument"),
     ("ListRecords", {"metadataPrefix": "oai_dc", "from": "2024-02-30"}, "badArgument"),
     ("ListRecords", {"metadataPrefix": "oai_dc", "from": "2024-01-01T00:00:00+08"}, "badArgument"),
     ("ListRecords", {"metadataPrefix": "oai_dc", "from": "2024-02-01", "until": "2024-01-01"}, "badArgument"),
     ("ListRecords", {"metadataPrefix": "oai_dc", "from": "2024-01-01", "until": "2024-02-01T00:00:00Z"},
      "badArgument"),
     ("ListRecords", {"metadataPrefix": "oai_dc", "until": "2001-01-01"}, "noRecordsMatch"),
     ("ListRecords", {"metadataPrefix": "oai_dc", "from": "9999-12-31", "until": "9999-12-31"}, "noRecordsMatch"),
     ("ListRecords", {"resumptionToken": "x", "metadataPrefix": "oai_dc"}, "badArgument"),
     ("ListRecords", {"resumptionToken": "无"}, "badResumptionToken"),
     ("ListRecords", {"resumptionToken": "W10"}, "badResumptionToken"),
     ("ListSets", {"resumptionToken": "x"}, "badResumptionToken")],
)  # fmt: skip
def test_errors(public, verb: str, arguments: dict[str, str], code: str) -> None:
    for method in ("get", "post"):
        found = ask(verb, method=method, **arguments)
        assert error(found) == code
        repeated = dict(found.find("o:request", NAMES).attrib)
        assert (repeated == {}) is (code in ("badVerb", "badArgument"))


def test_an_argument_comes_once(public) -> None:
    for query in (
        "verb=Identify&verb=Identify",
        "verb=ListRecords&metadataPrefix=a&metadataPrefix=b",
    ):
        answer = Client().get(f"/oai/?{query}")
        assert b"badVerb" in answer.content or b"badArgument" in answer.content


def test_from_and_until_are_both_included(public) -> None:
    moment = timezone.now().replace(microsecond=700_000)
    Work.objects.filter(pk=public.pk).update(changed_at=moment)
    stamp = f"{moment:%Y-%m-%dT%H:%M:%S}Z"
    day = f"{moment:%Y-%m-%d}"
    for span in (
        {"from": stamp},
        {"until": stamp},
        {"from": stamp, "until": stamp},
        {"from": day, "until": day},
    ):
        found = ask("ListIdentifiers", metadataPrefix="oai_dc", **span)
        assert texts(found, "//o:datestamp") == [stamp], span
    later = f"{moment + timedelta(seconds=1):%Y-%m-%dT%H:%M:%S}Z"
    assert (
        error(ask("ListIdentifiers", metadataPrefix="oai_dc", **{"from": later}))
        == "noRecordsMatch"
    )


@pytest.mark.parametrize(
    ("type_", "values"),
    [("kind", Work.Kind.values), ("level", Work.Level.values)],
)
def test_the_schema_knows_every_choice(type_: str, values: list[str]) -> None:
    schema = etree.parse(SCHEMA)
    path = f"//*[@name='{type_}']//*[local-name()='enumeration']/@value"
    assert set(values) <= set(schema.xpath(path))


def test_whatever_readers_see_anew_harvesters_are_told_of(public, society, counted) -> None:
    file = public.files.get(name="open.txt")
    other = factories.work(society, "另一件")
    shown = factories.collection(society, "river", public)
    acts = [
        lambda: actions.set_file_access(file=file, access="office", rights="", embargo_until=None, by=None),
        lambda: actions.move_file(file=file, work=other, by=None),
        lambda: collecting.publish_collection(collection=shown, by=None),
        lambda: collecting.remove_work(placement=shown.placements.get(), by=None),
        lambda: collecting.place_works(collection=shown, works=[public], by=None),
        lambda: collecting.hide_collection(collection=shown, by=None),
        lambda: adoptions.add_adoption(
            work=public, kind="adopted", adopter="市民政局", level="municipal", file=io.BytesIO(b"%PDF-1.4 x"),
            name="函.pdf", adopted_on=timezone.localdate(), by=None,
        ),
        lambda: adoptions.withdraw_adoption(adoption=public.adoptions.get(), reason="误", by=None),
    ]  # fmt: skip
    for number, act in enumerate(acts):
        before = timezone.now() - timedelta(days=400)
        Work.objects.filter(pk=public.pk).update(changed_at=before)
        act()
        public.refresh_from_db()
        assert public.changed_at > before, number


def test_the_index_is_asked_in_parts_for_what_is_public(
    public, society, monkeypatch, tmp_path, settings
) -> None:
    settings.LIBRARY_INDEX, settings.LIBRARY_INDEX_FOLDER = "sqlite", tmp_path / "index"
    factories.work(society, "渡口的草稿")
    works = [factories.work(society, f"渡口第{n}篇", public=True) for n in range(5)]
    following.rebuild()
    monkeypatch.setattr(selection, "ASKED", 2)
    assert selection._ask_index("渡口") == {work.pk for work in works}


def test_the_schema_knows_every_word_of_ours() -> None:
    words = {
        "adoption": models.Adoption.Kind, "contributor": models.Contribution.Role,
        "relation": models.Relation.Kind, "title": models.OtherTitle.Kind,
        "identifier": models.Identifier.Scheme, "level": Work.Level, "work": Work.Kind,
    }  # fmt: skip
    known = set(re.findall(r'enumeration value="([^"]+)"', SCHEMA.read_text()))
    assert {value for choices in words.values() for value in choices.values} == known
