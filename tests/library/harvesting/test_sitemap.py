"""The map of the site: public works, experts and collections, and nothing else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from sheke.library import actions
from sheke.library.harvesting import sitemap
from tests.library import factories

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


def places(path: str) -> list[str]:
    answer = Client().get(path)
    assert answer.status_code == 200 and not answer.cookies
    found = etree.fromstring(answer.content)
    names = {"m": sitemap.NAMESPACE}
    assert len(found.xpath("//m:lastmod", namespaces=names)) == len(found)
    return [each.text for each in found.xpath("//m:loc", namespaces=names)]


def test_the_map_holds_what_is_public(society) -> None:
    public = factories.work(society, public=True)
    factories.work(society, "草稿")
    gone = factories.work(society, "收回的", public=True)
    actions.withdraw_work(work=gone, reason="误", by=None)
    expert = factories.expert(society, public=True)
    factories.expert(society, "未同意的人")
    factories.collection(society, "river", public, public=True)
    factories.collection(society, "hidden", public)
    found = [place for part in places("/sitemap.xml") for place in places(part.removeprefix(HERE))]
    assert found == [
        f"{HERE}/library/works/{public.pk}/", f"{HERE}/library/experts/{expert.pk}/",
        f"{HERE}/library/collections/river/",
    ]  # fmt: skip


def test_a_work_stays_in_the_part_of_its_number(society, monkeypatch) -> None:
    monkeypatch.setattr(sitemap, "SIZE", 2)
    works = [factories.work(society, f"第{n}篇", public=True) for n in range(4)]
    parts = places("/sitemap.xml")
    for work in works:
        part = f"{HERE}/sitemap-works-{work.pk // 2}.xml"
        assert part in parts
        assert f"{HERE}/library/works/{work.pk}/" in places(part.removeprefix(HERE))


def test_empty_parts_are_none(db) -> None:
    assert places("/sitemap.xml") == []
    for name in ("works-0", "works-99999999999999999999", "people-0"):
        assert Client().get(f"/sitemap-{name}.xml").status_code == 404


def test_the_map_costs_the_same_for_one_and_for_many(society) -> None:
    for count in (1, 3):
        for _time in range(count):
            factories.work(society, public=True)
        for path, queries in (("/sitemap.xml", 3), ("/sitemap-works-0.xml", 1)):
            with CaptureQueriesContext(connection) as asked:
                Client().get(path)
            assert len(asked) == queries


def test_robots_learn_of_the_map(settings, db) -> None:
    settings.SITE_URL = "https://sheke.example.cn"
    answer = Client().get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: https://sheke.example.cn/sitemap.xml" in answer.content.decode()
    assert "Disallow: /library/intake/" in answer.content.decode()
