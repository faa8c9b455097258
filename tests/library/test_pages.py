"""Pages of those who keep works, experts and collections; lists under a literal number of queries."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.core.tables import read_table
from sheke.ledger.models import Record
from sheke.library import actions
from sheke.library.actions import experts as knowing
from sheke.library.index import following
from sheke.library.models import Expert, File, Work
from tests import factories as people

from . import factories


def page(client, name, *args):
    answer = client.get(reverse(f"library:{name}", args=args))
    assert answer.status_code == 200
    return answer


def body(answer):
    return answer.content.decode()


@pytest.fixture
def office(client, staff):
    client.force_login(staff)
    return client


class TestLists:
    """One and three of each under the same number of queries."""

    def counted(self, django_assert_num_queries, client, name, number, make):
        client.get(reverse(f"library:{name}"))  # the session and the rail are there
        for count in (1, 3):
            while count > make():
                pass
            with django_assert_num_queries(number):
                page(client, name)

    def test_works(self, office, city, django_assert_num_queries):
        def make():
            factories.work(city, f"成果{Work.objects.count()}")
            return Work.objects.count()

        self.counted(django_assert_num_queries, office, "works", 7, make)

    def test_experts(self, office, city, django_assert_num_queries):
        def make():
            factories.expert(city, f"专家{Expert.objects.count()}", public=True)
            return Expert.objects.count()

        self.counted(django_assert_num_queries, office, "experts", 10, make)

    def test_collections(self, office, city, django_assert_num_queries):
        made: list[object] = []

        def make():
            made.append(factories.collection(city, f"c{len(made)}", factories.work(city)))
            return len(made)

        self.counted(django_assert_num_queries, office, "collections", 6, make)

    def test_one_expert_with_works(self, office, city, django_assert_num_queries):
        known = factories.expert(city, public=True)
        url = reverse("library:expert", args=[known.pk])
        office.get(url)
        for title in ("一", "二", "三"):
            work = factories.work(city, title)
            knowing.name_author(contribution=work.contributions.get(), expert=known, by=None)
            if title != "二":
                with django_assert_num_queries(10):
                    office.get(url)


class TestDescribing:
    def test_a_work_is_begun_corrected_and_published(self, office, city):
        form = {
            "organisation": city.pk, "title": "茶馆", "kind": "article", "language": "zh-Hans",
            "issued": "2024-05", "keywords": "茶馆，街市", "authors-1-name": "林溪",
            "authors-1-role": "author", "authors-7-name": "陈明", "authors-7-organisation": "云川大学",
            "authors-7-role": "editor", "identifiers-1-value": "", "identifiers-1-scheme": "isbn",
        }  # fmt: skip
        answer = office.post(reverse("library:work_new"), form)
        work = Work.objects.get()
        assert answer.url == reverse("library:work_edit", args=[work.pk])
        assert [(c.name, c.role) for c in work.contributions.all()] == [
            ("林溪", "author"),
            ("陈明", "editor"),
        ]
        shown = body(page(office, "work_edit", work.pk))
        assert 'value="云川大学"' in shown and 'value="茶馆，街市"' in shown
        office.post(reverse("library:publication", args=[work.pk]))
        assert Work.objects.get().is_public

    def test_a_fault_is_shown_at_its_field_and_what_was_typed_stays(self, office, city):
        work = factories.work(city)
        answer = office.post(reverse("library:work_edit", args=[work.pk]), {
            "title": "改名", "kind": "article", "language": "zh-Hans", "issued": "去年",
            "authors-1-name": "新作者", "authors-1-role": "author",
        })  # fmt: skip
        assert answer.status_code == 422
        assert "日期请写成" in body(answer) and 'value="新作者"' in body(answer)
        assert Work.objects.get().title == work.title

    def test_save_and_go_on_to_the_next_draft(self, office, city):
        older, newer = factories.work(city, "先"), factories.work(city, "后")
        data = {"title": "后", "kind": "article", "language": "zh-Hans", "next": "1"}
        answer = office.post(reverse("library:work_edit", args=[newer.pk]), data)
        assert answer.url == reverse("library:work_edit", args=[older.pk])

    def test_the_secretary_describes_and_the_office_publishes(self, client, society, secretary):
        work = factories.work(society)
        client.force_login(secretary)
        assert client.post(reverse("library:publication", args=[work.pk])).status_code == 403
        assert "公开成果" not in body(page(client, "work_edit", work.pk))
        other = factories.work(people.organisation(society.parent))
        assert client.get(reverse("library:work_edit", args=[other.pk])).status_code == 404

    def test_several_are_published_together_or_none(self, office, city):
        whole, bare = factories.work(city), factories.work(city, issued="", authors=())
        url = reverse("library:publications")
        office.post(url, {"work": [whole.pk, bare.pk, "x"]})
        assert not Work.objects.public().exists()
        office.post(url, {"work": [whole.pk]})
        assert Work.objects.public().get() == whole

    def test_the_list_is_filtered_and_exported(self, office, city):
        factories.work(city, "茶馆", public=True)
        factories.work(city, "渡口", kind="report", issued="2021")
        url = reverse("library:works_export")
        for asked, titles in (
            ("", {"茶馆", "渡口"}), ("state=draft", {"渡口"}), ("kind=report", {"渡口"}),
            ("year=2024", {"茶馆"}), ("q=林溪", {"茶馆", "渡口"}), ("q=渡&year=x", {"渡口"}),
        ):  # fmt: skip
            table = read_table(io.BytesIO(office.get(f"{url}?{asked}").content), "works.xlsx")
            assert {cells["题名"] for _n, cells in table.rows} == titles


class TestParts:
    def test_who_may_read_a_file(self, office, city):
        work = factories.work(city, text="正文")
        file = File.objects.get()
        office.post(
            reverse("library:file_access", args=[file.pk]),
            {"access": "public", "rights": "作者同意", "embargo_until": "2030-01-01"},
        )
        file.refresh_from_db()
        assert (file.access, file.rights, str(file.embargo_until)) == (
            "public",
            "作者同意",
            "2030-01-01",
        )
        assert "2030-01-01" in body(page(office, "work_edit", work.pk))

    @pytest.mark.usefixtures("counted")
    def test_an_adoption_is_written_down_with_its_paper(self, office, city):
        work = factories.work(city, kind="advice")
        paper = io.BytesIO(b"%PDF-1.4 letter")
        paper.name = "批示.pdf"
        data = {
            "kind": "instruction", "adopter": "市政府办公室", "level": "municipal",
            "adopted_on": timezone.localdate().isoformat(),
        }  # fmt: skip
        url = reverse("library:adoption", args=[work.pk])
        assert office.post(url, data).status_code == 422
        assert office.post(url, {**data, "file": paper}).status_code == 302
        assert Record.objects.get().title.endswith("市政府办公室")
        adoption = work.adoptions.get()
        office.post(reverse("library:adoption_withdrawal", args=[adoption.pk]), {"reason": "录错"})
        assert not work.adoptions.filter(withdrawn_at=None).exists()

    def test_an_author_gets_a_profile(self, office, city):
        known = factories.expert(city, employer="云川大学")
        work = factories.work(city)
        url = reverse("library:authorship", args=[work.contributions.get().pk])
        assert "云川大学" in body(office.get(url))
        for said, expert in ((str(known.pk), known), ("", None)):
            office.post(url, {"expert": said})
            assert work.contributions.get().expert == expert
        office.post(url, {"expert": "new"})
        assert work.contributions.get().expert.kind == Expert.Kind.AUTHOR


class TestExperts:
    def test_the_office_begins_a_profile_and_the_person_decides_what_is_shown(
        self, client, office, city
    ):
        scholar = people.account(city, "member")
        office.post(reverse("library:expert_new"), {
            "organisation": city.pk, "name": "林溪", "kind": "expert", "employer": "云川大学",
            "variants": "Lin, Xi", "careers": "2010–2018 江城大学，讲师\n2018– 云川大学，教授",
            "disciplines": ["770"],
        })  # fmt: skip
        made = Expert.objects.get()
        assert [(c.since, c.until, c.employer, c.post) for c in made.careers.all()] == [
            (2018, None, "云川大学", "教授"), (2010, 2018, "江城大学", "讲师"),
        ]  # fmt: skip
        Expert.objects.update(person=scholar.person)
        person = Client()
        person.force_login(scholar)
        url = reverse("library:expert_agreement", args=[made.pk])
        person.post(url, {"shown": ["employer"]})
        assert person.post(reverse("library:expert_publication", args=[made.pk])).status_code == 403
        office.post(reverse("library:expert_publication", args=[made.pk]))
        reader = body(page(Client(), "expert", made.pk))
        assert "云川大学" in reader and "江城大学" not in reader and "历史学" not in reader
        person.post(reverse("library:expert_disagreement", args=[made.pk]))
        assert Client().get(reverse("library:expert", args=[made.pk])).status_code == 404

    @pytest.mark.parametrize(
        ("field", "value"),
        [("careers", "云川大学"), ("orcid", "0000-0002-1825-0098"), ("name", "")],
    )
    def test_what_is_wrong_in_a_profile_is_said(self, office, city, field, value):
        made = factories.expert(city)
        data = {"name": "林溪", "kind": "expert", field: value}
        answer = office.post(reverse("library:expert_edit", args=[made.pk]), data)
        assert answer.status_code == 422

    @pytest.mark.parametrize(
        ("shown", "seen"),
        [((), False), (("post",), False), (("employer",), False), (("employer", "post"), True)],
    )  # fmt: skip
    def test_where_they_worked_is_shown_as_far_as_they_agreed(self, city, shown, seen):
        made = factories.expert(city, public=True, shown=shown)
        knowing.describe_expert(expert=made, by=None, careers=(("江城大学", "讲师", 2010, 2018),))
        text = body(page(Client(), "expert", made.pk))
        assert ["江城大学" in text, "讲师" in text] == [seen, seen]

    def test_a_photo_that_is_none_leaves_no_profile_behind(self, office, city):
        answer = office.post(reverse("library:expert_new"), {
            "organisation": city.pk, "name": "林溪", "kind": "expert",
            "photo": SimpleUploadedFile("photo.png", b"no picture"),
        })  # fmt: skip
        assert answer.status_code == 422
        assert not Expert.objects.exists()

    def test_same_names_are_merged_and_parted(self, office, city):
        one, two = factories.expert(city), factories.expert(city)
        assert "同一人" in body(page(office, "doubles"))
        office.post(reverse("library:merging", args=[one.pk]), {"dropped": two.pk})
        merge = one.merges.get()
        assert office.get(reverse("library:expert", args=[two.pk])).status_code == 404
        office.post(reverse("library:parting", args=[merge.pk]))
        office.post(reverse("library:distinction", args=[one.pk]), {"other": two.pk})
        assert "没有同名的档案" in body(page(office, "doubles"))

    def test_a_profile_elsewhere_cannot_be_merged(self, client, office, city):
        other_city = people.organisation(name="邻市社科联", kind="federation")
        mine, theirs = factories.expert(city), factories.expert(other_city, public=True)
        url = reverse("library:merging", args=[mine.pk])
        assert office.post(url, {"dropped": theirs.pk}).status_code == 404
        assert Expert.objects.standing().count() == 2


class TestCollections:
    def test_works_are_placed_ordered_captioned_and_taken_out(
        self, office, city, settings, tmp_path
    ):
        settings.LIBRARY_INDEX_FOLDER = tmp_path / "library-index"
        following.rebuild()
        first, second = (
            factories.work(city, "甲", public=True),
            factories.work(city, "乙", public=True),
        )
        office.post(reverse("library:collection_new"), {
            "organisation": city.pk, "title": "河街文库", "slug": "river", "introduction": "导言",
        })  # fmt: skip
        assert self.offered(office, "甲") == ["甲"]
        assert self.offered(office) == ["乙", "甲"]
        office.post(
            reverse("library:placements", args=["river"]), {"work": [first.pk, second.pk, 999, "x"]}
        )
        assert self.offered(office) == []
        office.post(
            reverse("library:ordering", args=["river"]),
            {"work": [first.pk, second.pk], "rank": ["2", "1"]},
        )
        office.post(reverse("library:collection_publication", args=["river"]))
        reader = body(page(Client(), "collection", "river"))
        assert reader.index("乙") < reader.index("甲")
        actions.withdraw_work(work=first, reason="版权", by=None)
        assert (
            "甲"
            not in body(page(Client(), "collection", "river")).split("</main>")[0].split("<main")[1]
        )
        office.post(reverse("library:collection_hiding", args=["river"]))
        assert Client().get(reverse("library:collection", args=["river"])).status_code == 404

    def offered(self, office, query=""):
        answer = office.get(reverse("library:candidates", args=["river"]), {"q": query})
        return [one["text"] for one in answer.json()["options"]]

    def test_a_short_name_is_given_once(self, office, city):
        factories.collection(city, "river")
        data = {"organisation": city.pk, "title": "又一个", "slug": "river"}
        assert office.post(reverse("library:collection_new"), data).status_code == 422


def test_nobody_is_found_by_what_they_do_not_show(client, city, staff):
    hidden = factories.expert(city, public=True, shown=("works",), disciplines=["770"])
    knowing.describe_expert(expert=hidden, by=None, variants=["河街散人"])
    url = reverse("library:experts")
    for asked in ({"discipline": "770"}, {"q": "散人"}):
        assert "林溪" not in body(client.get(url, asked)).split("</main>")[0].split("<main")[1]
    client.force_login(staff)
    for asked in ({"discipline": "770"}, {"q": "散人"}):
        assert hidden.name in body(client.get(url, asked))
