"""The library's first page, for everybody; what one keeps of it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from sheke.core.errors import BadInput
from sheke.library.actions.searching import save_search
from sheke.library.index import following
from sheke.library.index.wanted import Wanted, address, wanted_of
from sheke.library.models import SavedSearch
from sheke.library.tasks import tell_of_searches
from sheke.notices.models import Notice
from tests.library import factories as holding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def built(settings, tmp_path, db):
    settings.LIBRARY_INDEX_FOLDER = tmp_path / "library-index"
    following.rebuild()
    with translation.override("zh-hans"):
        yield


def page(client, **asked):
    return client.get(reverse("library:index"), asked)


def test_everybody_finds_what_is_public_with_marks(client, society):
    holding.work(society, public=True, abstract="河邊的茶館裡說書")
    holding.work(society, "茶馆草稿")
    text = page(client, q="茶馆").content.decode()
    assert "河街的<mark>茶馆</mark>" in text
    assert "河邊的<mark>茶館</mark>裡說書" in text
    assert "草稿" not in text
    assert (
        f"/library/works/{society.works.get(title='河街的茶馆').pk}/?q=%E8%8C%B6%E9%A6%86" in text
    )


def test_signs_of_markup_are_text(client, society):
    holding.work(society, "<b>茶馆</b>", public=True)
    text = page(client, q="<b>茶馆").content.decode()
    assert "<b>茶馆" not in text
    assert "&lt;b&gt;" in text


def test_a_keeper_sees_drafts_marked_as_such(client, society, secretary):
    client.force_login(secretary)
    holding.work(society, "茶馆草稿")
    assert "badge--outline" in page(client, q="茶馆").content.decode()


def test_facets_lead_to_fewer_hits_and_chips_back(client, society):
    holding.work(society, "茶馆一", public=True, kind="report")
    holding.work(society, "茶馆二", public=True)
    answer = page(client, q="茶馆", kind="report")
    assert answer.context["found"].total == 1
    (kinds,) = [facet for facet in answer.context["facets"] if facet.name == "kind"]
    assert [(one.count, one.chosen) for one in kinds.choices] == [(1, False), (1, True)]
    (chip,) = answer.context["chips"]
    assert chip.url == address(Wanted("茶馆"))


@pytest.mark.parametrize("works", [1, 3])
def test_a_page_asks_as_much_of_the_database_for_one_hit_as_for_three(
    client, society, secretary, works, django_assert_num_queries
):
    for n in range(works):
        holding.work(society, f"茶馆{n}", public=True, abstract="在茶馆里", kind="report")
    holding.work(society, "茶馆", public=True)
    page(client, q="茶馆")
    with django_assert_num_queries(9):
        page(client, q="茶馆", kind="report")


@pytest.mark.parametrize("works", [1, 4])
def test_snippets_of_many_works_are_read_at_once(client, society, works, django_assert_num_queries):
    for n in range(works):
        made = holding.work(society, f"河街{n}", public=True)
        holding.file(made, *["别的"] * (3 + 4 * (n % 2)), "账册在第末页", access="public")
    page(client, q="账册")
    with django_assert_num_queries(10 + (works > 1)):
        found = page(client, q="账册").context["found"]
    assert {hit.snippet.page for hit in found.hits} == ({4, 8} if works > 1 else {4})


@pytest.mark.parametrize(
    "asked",
    [{"kind": "nothing"}, {"page": "99"}, {"page": "x"}, {"since": "abc"}, {"since": "2022", "until": "2019"},
     {"keeper": "x"}, {"keeper": "9" * 30}, {"sort": "size"}, {"q": '"' * 600}, {"q": "(" * 700},
     {"collection": "5"}, {"writer": "无名"}],
)  # fmt: skip
def test_whatever_the_address_says_a_page_comes(client, society, asked):
    holding.work(society, public=True)
    assert page(client, **{"q": "茶馆"} | asked).status_code == 200


def test_addresses_say_what_is_wanted(rf):
    wanted = Wanted("茶馆 OR a&b", {"kind": ["report", "article"], "since": ["2019"]}, "newest", 3)
    assert wanted_of(rf.get(address(wanted)).GET) == wanted


def test_suggestions_are_links(client, society):
    holding.work(society, public=True)
    text = client.get(reverse("library:suggestions"), {"q": "茶"}).content.decode()
    assert "河街的<mark>茶</mark>馆" in text
    assert "/library/?q=" in text


def test_the_list_as_a_workbook(client, society, secretary):
    client.force_login(secretary)
    holding.work(society, public=True, container="江上学刊")
    holding.work(society, "别的")
    answer = client.get(reverse("library:search_export"), {"q": "茶馆"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[1][0] == "河街的茶馆"
    assert "江上学刊" in rows[1]
    assert len(rows) == 2


def test_before_the_index_is_built_the_page_says_so(client, settings, tmp_path):
    settings.LIBRARY_INDEX_FOLDER = tmp_path / "nothing"
    assert page(client, q="茶馆").context["found"].ready is False


def test_a_search_is_kept_and_forgotten(client, secretary):
    client.force_login(secretary)
    saving = (
        reverse("library:save")
        + "?"
        + address(Wanted("茶馆", {"kind": ["report"]})).partition("?")[2]
    )
    client.post(saving, {"name": "茶", "alerts": "on"})
    kept = SavedSearch.objects.get()
    assert (kept.name, kept.query, kept.filters, kept.alerts) == (
        "茶",
        "茶馆",
        {"kind": ["report"]},
        True,
    )
    assert "茶" in client.get(reverse("library:saved")).content.decode()
    client.post(reverse("library:search_alerts", args=[kept.pk]))
    assert SavedSearch.objects.get().alerts is False
    client.post(reverse("library:search_forgetting", args=[kept.pk]))
    assert not SavedSearch.objects.exists()


def test_an_empty_search_is_not_kept(client, secretary):
    client.force_login(secretary)
    client.post(reverse("library:save"), {"name": "茶"})
    assert not SavedSearch.objects.exists()


def test_once_a_day_one_hears_of_what_is_new(client, society, secretary):
    holding.work(society, "旧茶馆", public=True)
    with time_machine.travel(timezone.now() + timedelta(seconds=1), tick=True):
        save_search(wanted=Wanted("茶馆"), name="", alerts=True, by=secretary)
        save_search(wanted=Wanted("茶馆 -新"), name="", alerts=True, by=secretary)
        holding.work(society, "新茶馆", public=True)
        holding.work(society, "渡口", public=True)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        tell_of_searches.call()
        notice = Notice.objects.get(kind="library.search_news")
        assert (notice.account, notice.data["n"], notice.data["titles"]) == (secretary, 1, "新茶馆")
        assert client.get(notice.url).status_code == 200
        tell_of_searches.call()
        assert Notice.objects.filter(kind="library.search_news").count() == 1


def test_nobody_hears_of_what_they_may_not_see(city, society, staff):
    from tests import factories

    other = factories.account(factories.organisation(city))
    save_search(wanted=Wanted("茶馆"), name="", alerts=True, by=other)
    save_search(wanted=Wanted("茶馆"), name="", alerts=True, by=staff)
    holding.work(society, "茶馆草稿")
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        tell_of_searches.call()
    assert [one.account for one in Notice.objects.filter(kind="library.search_news")] == [staff]


def test_what_the_index_had_not_reached_is_told_the_next_time(society, secretary, monkeypatch):
    save_search(wanted=Wanted("茶馆"), name="", alerts=True, by=secretary)
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True):
        holding.work(society, "新茶馆", public=True)
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=True):
        with monkeypatch.context() as patch:  # another process follows, and for long
            patch.setattr(following, "catch_up", lambda **_options: 0)
            tell_of_searches.call()
        holding.work(society, "刚刚公开的茶馆", public=True)
        tell_of_searches.call()
        assert Notice.objects.get(kind="library.search_news").data["titles"] == "新茶馆"
    with time_machine.travel(timezone.now() + timedelta(minutes=20), tick=True):
        tell_of_searches.call()
    told = Notice.objects.filter(kind="library.search_news").order_by("pk")
    assert [one.data["titles"] for one in told] == ["新茶馆", "刚刚公开的茶馆"]


def test_a_search_too_long_to_be_kept_is_refused(secretary):
    with pytest.raises(BadInput, match="500"):
        save_search(wanted=Wanted("茶" * 501), name="", alerts=True, by=secretary)


def test_nobody_reads_the_directory_by_counting(client, city, society):
    from tests import factories

    secret = factories.organisation(city, name="尚未公开的筹备组")
    assert "尚未公开的筹备组" not in client.get(f"/library/?keeper={secret.pk}").content.decode()
    holding.work(society, public=True)
    page = client.get(f"/library/?q=没有这个词&keeper={society.pk}").content.decode()
    assert society.name in page
