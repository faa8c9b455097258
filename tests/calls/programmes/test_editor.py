"""The programme editor: what it shows it publishes, rows come and go, faults stand at their rows."""

from __future__ import annotations

import pytest
from django.urls import reverse
from lxml.html import fromstring

from sheke.definitions.canonical import canonical
from sheke.definitions.loading import load_pack
from sheke.definitions.models import Edition
from sheke.definitions.packs import pack_folder, read_pack
from sheke.definitions.queries import current_edition, programmes
from tests import factories

from .posting import posted

pytestmark = pytest.mark.django_db

KEYS = [
    "research_grant", "commissioned_topic", "works_award", "young_experts", "online_works",
    "micro_course_award", "innovation_cases", "golden_ideas", "base_accreditation",
]  # fmt: skip


@pytest.fixture
def root():
    load_pack(pack=read_pack(pack_folder("federation")))
    return factories.organisation(kind="federation")


@pytest.fixture
def admin(client, root):
    client.force_login(factories.account(root, role="administrator"))
    client.cookies["django_language"] = "en"
    return client


def url(name, *args):
    return reverse(f"calls:{name}", args=args)


def page(response):
    return fromstring(response.content.decode())


def grant(admin, **changes):
    shown = admin.get(url("programme", "research_grant"))
    return posted(shown.content, **changes)


@pytest.mark.parametrize("key", KEYS)
def test_what_the_page_shows_is_what_it_publishes(admin, key):
    shown = admin.get(url("programme", key))
    response = admin.post(url("programme", key), posted(shown.content, note="same"))
    assert response.status_code == 302, page(response).text_content()
    assert (
        current_edition("programme", key).number == 1
    )  # nothing changed, so there is no new edition


def test_a_change_is_a_new_edition_with_its_note(admin):
    data = grant(admin, **{"stages-4-reviews": "7", "note": "七位专家"})
    response = admin.post(url("programme", "research_grant"), data)
    assert response.url == reverse("definitions:detail", args=["programme", "research_grant"])
    edition = current_edition("programme", "research_grant")
    assert (edition.number, edition.note) == (2, "七位专家")
    assert edition.programme.stage("review").reviews == 7
    compared = admin.get(reverse("definitions:compare", args=["programme", "research_grant"]))
    assert "匿名通讯评审" in compared.content.decode()


def test_the_largest_page_stays_below_the_limit_of_fields(admin, settings):
    data = grant(admin)
    assert sum(map(len, data.values())) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS / 1.5


def rows_of(response, name):
    """What stands in the inputs whose name ends so, in the order of the page."""
    return [
        e.get("value") for e in page(response).iter("input") if (e.get("name") or "").endswith(name)
    ]


def asked(admin, key="research_grant", **changes):
    """The page after a button that only changes the page."""
    response = admin.post(url("programme", key), grant(admin, **changes))
    assert response.status_code == 200
    assert current_edition("programme", key).number == 1
    return response


def test_rows_are_added_removed_and_moved(admin):
    first = "sections-0-fields-0"
    names = rows_of(asked(admin, add="sections-0-fields"), "-name_zh")
    assert names.count("") == 1
    assert "title" not in rows_of(asked(admin, remove=first), "fields-0-key")
    moved = rows_of(asked(admin, move=f"down:{first}"), "-key")
    assert moved[:2] == ["category", "title"]
    assert rows_of(asked(admin, move=f"up:{first}"), "-key")[:2] == ["title", "category"]


def test_columns_of_a_table_are_rows_in_a_row(admin):
    table = "sections-1-fields-6"
    response = asked(admin, add=f"{table}-columns")
    assert (
        len(rows_of(response, "-key"))
        == len(rows_of(admin.get(url("programme", "research_grant")), "-key")) + 1
    )
    assert "sections-1-fields-6-columns-4" in {e.get("id") for e in page(response).iter("div")}


def test_groups_of_conditions_grow_and_shrink(admin):
    def ids(response):
        return {e.get("id") for e in page(response).iter("fieldset", "div", "details")}

    assert "tree-parts-0-parts-3" in ids(asked(admin, add="tree-parts-0-parts"))
    grown = ids(asked(admin, add="tree-groups"))
    assert "tree-parts-7" in grown
    assert "tree-parts-7-parts-0" in grown
    left = ids(asked(admin, remove="tree-parts-0"))
    assert "tree-parts-0-parts-1" in left
    assert not {"tree-parts-0-parts-2", "tree-parts-6"} & left


def test_the_kind_of_a_field_says_what_is_asked_of_it(admin):
    response = asked(admin, show="1", **{"sections-0-fields-0-kind": "files"})
    types = [
        e.get("value")
        for e in page(response).iter("input")
        if e.get("name") == "sections-0-fields-0-types"
    ]
    assert "pdf" in types


def test_a_condition_of_the_tree_is_edited(admin):
    data = grant(admin, **{
        "tree-parts-2-rule": "field", "tree-parts-2-field": "amount", "tree-parts-2-op": "lte",
        "tree-parts-2-value": "15.5", "tree-parts-2-message_zh": "不超过15.5万元",
    })  # fmt: skip
    assert admin.post(url("programme", "research_grant"), data).status_code == 302
    condition = (
        current_edition("programme", "research_grant").programme.eligibility.all[2].condition
    )
    assert (condition.rule, condition.value, condition.message.zh) == (
        "field",
        15.5,
        "不超过15.5万元",
    )


def test_a_record_asks_for_what_its_type_needs(admin):
    data = grant(admin, **{"records-0-fields-level": ""})
    response = admin.post(url("programme", "research_grant"), data)
    assert response.status_code == 422
    assert "project_approved needs “level”" in page(response).text_content()
    assert "#records-0" in [a.get("href") for a in page(response).iter("a")]


def test_faults_lead_to_their_rows_which_stand_open(admin):
    data = grant(admin, **{"sections-0-fields-1-choices": "独一项"})
    response = admin.post(url("programme", "research_grant"), data)
    assert response.status_code == 422
    shown = page(response)
    (alert,) = shown.xpath("//*[@role='alert']")
    assert "a choice needs at least two choices" in alert.text_content()
    assert alert.xpath(".//a/@href") == ["#sections-0-fields-1"]
    assert shown.xpath("//details[@id='sections-0-fields-1']/@open")
    assert not shown.xpath("//details[@id='sections-0-fields-2']/@open")
    assert not Edition.objects.filter(definition__key="research_grant", number=2).exists()


def test_a_copy_becomes_a_programme_of_its_own(admin):
    shown = admin.get(url("programme_new") + "?copy=golden_ideas")
    data = posted(shown.content, name_zh="县区金点子", name_en="County ideas", key="")
    assert admin.post(url("programme_new"), data).status_code == 302
    copied = programmes()["county_ideas"].programme
    assert copied.sections == programmes()["golden_ideas"].programme.sections


def test_a_key_is_taken_once(admin):
    shown = admin.get(url("programme_new") + "?copy=golden_ideas")
    response = admin.post(url("programme_new"), posted(shown.content, key="research_grant"))
    assert response.status_code == 422
    assert "there is a programme of this key already" in page(response).text_content()


def test_a_new_programme_begins_with_what_is_needed(admin):
    shown = admin.get(url("programme_new"))
    data = posted(
        shown.content,
        name_zh="读书征文",
        name_en="Essays",
        about_zh="征文",
        unit_zh="篇",
        key="essays",
    )
    response = admin.post(url("programme_new"), data)
    assert response.status_code == 302, page(response).text_content()
    assert [s.kind for s in programmes()["essays"].programme.stages] == [
        "collect",
        "check",
        "decide",
    ]


def test_the_draft_is_shown_as_applicants_will_see_it(admin):
    data = grant(
        admin,
        **{"sections-0-fields-0-name_zh": "研究题目", "sections-0-fields-0-name_en": "Question"},
    )
    response = admin.post(url("programme_draft"), data)
    shown = page(response)
    assert response.status_code == 200
    assert "Question" in [e.text for e in shown.iter("label")]
    changes = [
        row.text_content() for row in shown.xpath("//section[.//h2[@id='changes']]//tbody/tr")
    ]
    assert len(changes) == 2  # the two languages of one name
    assert current_edition("programme", "research_grant").number == 1


def test_a_draft_with_faults_says_them_instead(admin):
    response = admin.post(url("programme_draft"), grant(admin, name_zh=""))
    assert response.status_code == 422
    assert "must not be empty" in page(response).text_content()


def test_what_is_stored_is_previewed_by_offices(client, root):
    client.force_login(factories.account(root, role="staff"))
    assert client.get(url("programme_preview", "works_award")).status_code == 200
    assert client.get(url("programme", "works_award")).status_code == 403
    assert client.get(url("programme_preview", "nothing")).status_code == 404


def test_the_list_takes_the_same_queries_for_one_and_for_nine(admin, django_assert_num_queries):
    from sheke.definitions.models import Definition

    admin.get(url("programmes"))
    with django_assert_num_queries(6):
        admin.get(url("programmes"))
    Definition.objects.filter(kind="programme").exclude(key="works_award").update(
        retired_at="2025-01-01T00:00Z"
    )
    admin.get(url("programmes"))
    with django_assert_num_queries(6):
        assert len(page(admin.get(url("programmes"))).xpath("//tbody/tr")) == 1


def test_the_data_of_the_pack_survive_the_page_unchanged(root):
    from sheke.calls import drafting
    from sheke.definitions.validation import validate

    for edition in programmes().values():
        draft = drafting.as_posted(edition.programme)
        assert canonical(validate("programme", drafting.clean(draft))) == edition.data
