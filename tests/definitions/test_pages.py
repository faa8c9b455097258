"""The pages: lists, one definition, two editions, the editors."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from lxml.html import fromstring

from sheke.definitions import drafts
from sheke.definitions.actions import publish_edition, retire
from sheke.definitions.canonical import canonical
from sheke.definitions.loading import load_pack
from sheke.definitions.models import Definition
from sheke.definitions.packs import pack_folder, read_pack
from sheke.definitions.queries import current_edition, known
from sheke.definitions.validation import validate
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack():
    load_pack(pack=read_pack(pack_folder("federation")))


@pytest.fixture
def root():
    return factories.organisation(kind="federation")


@pytest.fixture
def office(client, pack, root):
    """Signed in as the administrator of the root, in English."""
    return sign_in(client, factories.account(root, role="administrator"))


@pytest.fixture
def reader(client, pack, root):
    return sign_in(client, factories.account(root, role="staff"))


def sign_in(client, account):
    client.force_login(account)
    client.cookies["django_language"] = "en"
    return client


def url(name, *args):
    return reverse(f"definitions:{name}", args=args)


def draft(**changes):
    """What the indicator's form posts."""
    return {
        "name_zh": "乡村讲座", "name_en": "Village lectures", "unit_zh": "场", "group": "popularisation",
        "definition_zh": "对象为农村群众的讲座", "aggregate": "count", "types": ["lecture"], "places": "0",
        "where-0-field": "audience", "where-0-op": "in", "where-0-value": ["rural", "community"],
        "synonyms": "乡村讲座、下乡讲座", "verbs": "开展",
    } | changes  # fmt: skip


@pytest.mark.parametrize("name", ["index", "types", "programmes"])
def test_a_list_takes_the_same_queries_whatever_its_length(office, name, django_assert_num_queries):
    with django_assert_num_queries(7):
        long = office.get(url(name)).content.decode()
    for definition in Definition.objects.filter(kind="indicator").order_by("pk")[5:]:
        Definition.objects.filter(pk=definition.pk).update(retired_at="2025-01-01T00:00+08:00")
    with django_assert_num_queries(7):
        short = office.get(url(name)).content.decode()
    assert len(short) <= len(long)


def test_the_list_is_searched_by_other_words(reader):
    page = reader.get(url("index"), {"q": "大讲堂"}).content.decode()
    assert "Lectures held" in page
    assert "Attendance at courses" not in page


def test_readers_are_offered_no_editing(reader):
    assert url("indicator_new") not in reader.get(url("index")).content.decode()
    assert (
        url("indicator_edit", "lectures")
        not in reader.get(url("detail", "indicator", "lectures")).content.decode()
    )


@pytest.mark.parametrize(
    "path",
    ["/definitions/indicators/new/", "/definitions/indicators/lectures/edit/", "/definitions/types/new/",
     "/definitions/types/yaml/", "/definitions/indicators/lectures/yaml/"],
)  # fmt: skip
def test_editing_is_for_those_who_administer_the_whole_tree(reader, path):
    assert reader.get(path).status_code == 403
    assert reader.post(path, draft()).status_code == 403


def test_an_administrator_of_one_county_does_not_change_definitions(client, pack, root):
    county = factories.organisation(parent=root)
    sign_in(client, factories.account(county, role="administrator"))
    assert client.get(url("indicator_new")).status_code == 403


def test_nobody_reads_without_signing_in(client):
    assert client.get(url("index")).status_code == 302


def test_an_indicators_page_says_how_it_is_counted(reader):
    page = reader.get(url("detail", "indicator", "campus_lectures")).content.decode()
    for words in (
        "Lectures and talks in schools",
        "Audience is Students",
        "Number of records",
        "Edition 1",
    ):
        assert words in page


def test_a_record_types_page_names_the_indicators_that_count_it(reader):
    page = reader.get(url("detail", "record_type", "lecture")).content.decode()
    for words in ("Attendance on site", "General public", "Lectures held", "Share of lectures"):
        assert words in page


def test_an_unknown_definition_is_not_found(reader):
    assert reader.get(url("detail", "indicator", "lecturs")).status_code == 404


def test_publishing_from_the_form(office):
    answer = office.post(url("indicator_new"), draft())
    assert answer.status_code == 302
    edition = current_edition("indicator", "village_lectures")
    indicator = edition.indicator
    assert (edition.pack, indicator.where[0].op, indicator.where[0].value) == (
        "",
        "in",
        ["rural", "community"],
    )
    assert indicator.synonyms == ("乡村讲座", "下乡讲座")


INDICATORS = ["lectures", "campus_lectures", "lecture_attendance", "media_outlets", "base_score",
              "questions_answered", "adoption_rate", "lectures_reached"]  # fmt: skip


@pytest.mark.parametrize("key", INDICATORS)
def test_the_form_gives_back_what_the_indicator_says(office, key):
    """Opening the editor and publishing at once would change nothing."""
    posted = QueryDict(form_values(office.get(url("indicator_edit", key)).content.decode()))
    data = drafts.indicator_data(posted, known())
    edition = current_edition("indicator", key)
    assert canonical(validate("indicator", {**data, "key": key})) == edition.data


@pytest.mark.parametrize("key", ["lecture", "adoption", "channel_month", "finding_fixed"])
def test_the_form_gives_back_what_the_record_type_says(office, key):
    posted = QueryDict(form_values(office.get(url("record_type_edit", key)).content.decode()))
    data = drafts.record_type_data(posted)
    edition = current_edition("record_type", key)
    assert canonical(validate("record_type", {**data, "key": key})) == edition.data


def form_values(html):
    """What a browser would post from the page's editor."""
    return urlencode(fromstring(html).get_element_by_id("editor").form_values())


def test_a_missing_definition_in_words_is_told_beside_its_field(office):
    answer = office.post(url("indicator_new"), draft(definition_zh=""))
    assert answer.status_code == 422
    assert b'id="id_definition_zh-error"' in answer.content
    assert "must not be empty" in answer.content.decode()


def test_a_key_that_is_taken_is_refused(office):
    answer = office.post(url("indicator_new"), draft(key="lectures"))
    assert answer.status_code == 422
    assert current_edition("indicator", "lectures").number == 1


def test_the_form_follows_the_way_of_counting(office):
    answer = office.post(
        url("indicator_new"), draft(aggregate="sum"), headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'name="measure"' in page
    assert 'name="numerator"' not in page
    assert not Definition.objects.filter(key="village_lectures").exists()


def test_only_what_all_chosen_types_share_is_offered(office):
    data = draft(aggregate="sum", types=["lecture", "exhibition"])
    page = office.post(url("indicator_new"), data, headers={"HX-Request": "true"}).content.decode()
    assert '<option value="people">' in page
    assert '<option value="online">' not in page


@pytest.mark.parametrize(
    ("button", "rows"),
    [({"add": "where"}, 2), ({"remove": "where-0"}, 0), ({"remove": "type-lecture"}, 1)],
)
def test_rows_come_and_go_without_scripts(office, button, rows):
    page = office.post(url("indicator_new"), draft(**button)).content.decode()
    assert page.count('class="rows__row"') == rows
    assert not Definition.objects.filter(key="village_lectures").exists()


def test_a_record_type_from_the_form(office):
    office.post(url("record_type_new"), {
        "name_zh": "读书会", "unit_zh": "场", "group": "popularisation", "about_zh": "一场读书会",
        "evidence": "optional", "measures-0-name_zh": "人次", "measures-0-unit_zh": "人次",
        "measures-0-required": "on", "fields-0-name_zh": "地点", "fields-0-kind": "choice",
        "fields-0-choices": "图书馆 | Library\n社区｜Community | near",
    })  # fmt: skip
    made = current_edition("record_type", "own_1").record_type
    assert [(m.key, m.required) for m in made.measures] == [("measure_1", True)]
    assert [(c.key, c.name.zh) for c in made.fields[0].choices] == [
        ("library", "图书馆"),
        ("near", "社区"),
    ]


def test_yaml_names_each_fault(office):
    text = "key: x\nname: 名\nunti: 场\ngroup: office\ndefinition: 口径\naggregate: count\ntypes: [lectur]\n"
    answer = office.post(url("yaml_new", "indicator"), {"text": text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "did you mean unit" in page
    assert office.post(url("yaml_new", "indicator"), {"text": "a: [1"}).status_code == 422


def test_yaml_round_trip(office):
    page = office.get(url("yaml_edit", "indicator", "lectures"))
    text = page.context["form"].initial["text"]
    office.post(
        url("yaml_edit", "indicator", "lectures"), {"text": text.replace("公益讲座", "惠民讲座")}
    )
    assert "惠民讲座" in current_edition("indicator", "lectures").indicator.synonyms


def test_two_editions_side_by_side(office):
    data = current_edition("indicator", "lectures").data
    publish_edition(
        kind="indicator",
        key="lectures",
        data={**data, "unit": {"zh": "次"}},
        note="改量词",
        by=None,
    )
    page = office.get(url("compare", "indicator", "lectures")).content.decode()
    assert "<del>场</del>" in page
    assert "<ins>次</ins>" in page
    assert "改量词" in page


def test_retiring_and_bringing_back(office):
    office.post(url("retirement", "indicator", "campus_lectures"))
    assert Definition.objects.get(key="campus_lectures").retired_at
    assert office.get(url("detail", "indicator", "campus_lectures")).status_code == 200
    office.post(url("restoration", "indicator", "campus_lectures"))
    assert not Definition.objects.get(key="campus_lectures").retired_at


def test_what_others_are_made_of_stays(office):
    office.post(url("retirement", "indicator", "briefs"))
    assert not Definition.objects.get(kind="indicator", key="briefs").retired_at


def test_a_retired_definition_cannot_be_edited(office):
    retire(definition=current_edition("indicator", "campus_lectures").definition, by=None)
    assert office.get(url("indicator_edit", "campus_lectures")).status_code == 404


def test_export_can_be_loaded_again(office):
    text = office.get(url("export", "indicator", "lectures")).content.decode()
    assert text.startswith("- key: lectures")


def test_pages_are_in_chinese_unless_asked_otherwise(client, pack, root):
    client.force_login(factories.account(root, role="administrator"))
    with translation.override("zh-hans"):
        page = client.get(url("indicator_new")).content.decode()
    assert "怎么统计？" in page
    assert "How is it counted?" not in page
