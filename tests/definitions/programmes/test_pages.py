"""Programmes among the definitions: listed, shown, compared, searched, exported, guarded."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from lxml.html import fromstring

from sheke.core.errors import BadInput
from sheke.definitions.actions import publish_edition, retire
from sheke.definitions.canonical import canonical
from sheke.definitions.comparing import compare
from sheke.definitions.loading import load_pack
from sheke.definitions.models import Edition
from sheke.definitions.packs import pack_folder, read_pack
from sheke.definitions.queries import current_edition, dependants, programmes
from sheke.definitions.templatetags.definitions import majority
from sheke.definitions.validation import Invalid
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    load_pack(pack=read_pack(pack_folder("federation")))
    root = factories.organisation(kind="federation")
    client.force_login(factories.account(root, role="administrator"))
    client.cookies["django_language"] = "en"
    return client


def url(name, *args):
    return reverse(f"definitions:{name}", args=args)


def text(response):
    return " ".join(fromstring(response.content.decode()).text_content().split())


def grant(**changes):
    data = canonical(current_edition("programme", "research_grant").programme)
    return publish_edition(kind="programme", key="research_grant", data=data | changes, by=None)


def test_they_are_listed_by_what_comes_out(office):
    shown = fromstring(office.get(url("programmes")).content.decode())
    headings = [h.text_content() for h in shown.iter("h2")]
    assert {"Project", "Prize", "Certificate", "Accreditation"} <= set(headings)
    assert "Golden ideas" in text(office.get(url("programmes") + "?q=golden"))
    assert "Research grant" not in text(office.get(url("programmes") + "?q=golden"))


@pytest.mark.parametrize("key", ["research_grant", "base_accreditation", "golden_ideas"])
def test_one_is_shown_in_words(office, key):
    shown = text(office.get(url("detail", "programme", key)))
    for part in ("Who may apply", "All of these hold", "Stages", "Rubric", "Letters", "Editions"):
        assert part in shown


def test_the_page_says_who_sees_what(office):
    shown = text(office.get(url("detail", "programme", "research_grant")))
    assert "hidden" in shown
    assert "Project leader: leads no project that is still open" in shown
    assert "Neither side knows the other" in shown


def test_two_editions_are_compared_part_by_part(office):
    data = canonical(current_edition("programme", "research_grant").programme)
    sections = [dict(section) for section in data["sections"]]
    sections[0]["fields"] = [dict(f) for f in sections[0]["fields"]]
    sections[0]["fields"][0]["limit"] = 80
    newer = grant(sections=sections, eligibility={"all": [{"rule": "previous_closed"}]})
    older = Edition.objects.get(definition=newer.definition, number=1)

    found = {change.path: change for change in compare(older, newer)}

    assert (found["sections.课题信息.fields.title.limit"].before, len(found)) == ("60", 2)
    assert found["eligibility"].after == "All of these hold（Every earlier project led is closed）"
    assert "Every earlier project led is closed" in text(
        office.get(url("compare", "programme", "research_grant"))
    )


def test_yaml_is_edited_and_exported(office):
    shown = fromstring(office.get(url("yaml_edit", "programme", "golden_ideas")).content.decode())
    (area,) = shown.xpath("//textarea[@name='text']")
    assert "golden_ideas" in area.text
    changed = area.text.strip().replace("金点子征集", "金点子大征集")
    posted = office.post(
        url("yaml_edit", "programme", "golden_ideas"), {"text": changed, "note": "改名"}
    )
    assert posted.status_code == 302
    assert current_edition("programme", "golden_ideas").programme.name.zh == "金点子大征集"
    assert (
        "key: golden_ideas"
        in office.get(url("export", "programme", "golden_ideas")).content.decode()
    )


def test_a_copy_is_begun_as_yaml(office):
    shown = fromstring(
        office.get(url("yaml_new", "programme") + "?copy=golden_ideas").content.decode()
    )
    (area,) = shown.xpath("//textarea[@name='text']")
    assert "金点子征集" in area.text
    assert "key: ''" in area.text


def test_a_record_type_keeps_what_programmes_post(office):
    approved = current_edition("record_type", "project_approved")
    named = {edition.definition.key for edition in dependants(approved.record_type)}
    assert {"research_grant", "commissioned_topic"} <= named
    data = canonical(approved.record_type)
    fields = [field for field in data["fields"] if field["key"] != "leader"]
    with pytest.raises(
        Invalid, match=r"programme research_grant: outcome\.records\.0\.fields\.leader"
    ):
        publish_edition(
            kind="record_type", key="project_approved", data=data | {"fields": fields}, by=None
        )
    with pytest.raises(BadInput, match="Still used by"):
        retire(
            definition=current_edition("record_type", "online_work_recognised").definition, by=None
        )


def test_the_commands_know_programmes(office, capsys):
    call_command("definition", "list", "--kind", "programme", "--json")
    assert '"key":"research_grant"' in capsys.readouterr().out
    call_command("definition", "show", "research_grant")
    assert "sections:" in capsys.readouterr().out
    call_command("definition", "export", "--kind", "programme")
    assert capsys.readouterr().out.count("\n- key:") + 1 >= len(programmes())


def test_they_are_found_by_the_search(office):
    from sheke.core.search.sources import SOURCES

    source = SOURCES["definition"]
    numbers = [current_edition("programme", "golden_ideas").definition.pk]
    (document,) = source.documents(numbers)
    assert "金点子征集" in document.title


@pytest.mark.parametrize(
    ("value", "words"), [(0.5, "过半数"), (0.6667, "2/3以上（含）"), (1, "1以上（含）")]
)
def test_majorities_are_said_as_they_are_counted(value, words) -> None:
    with override("zh-hans"):
        assert majority(value) == words
