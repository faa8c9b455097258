"""What readers open: the page of a work, its citations, its files page by page."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree, html
from PIL import Image

from sheke.library.describing import Author
from sheke.library.intake.storing import keep
from sheke.library.models import File, Page
from sheke.library.reader import Reader, hits, paragraphs, reader_of
from tests import factories as people
from tests.library import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    """Somebody who is not signed in."""
    return Client()


@pytest.fixture
def keeper(secretary) -> Client:
    client = Client()
    client.force_login(secretary)
    return client


def page_of(client: Client, path: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == status
    return html.fromstring(answer.content.decode())


def said(client: Client, path: str) -> str:
    return page_of(client, path).text_content()


def _scan(file: File, colour: str) -> None:
    data = io.BytesIO()
    Image.new("RGB", (900, 3000), colour).save(data, "PNG")
    Page.objects.filter(file=file).update(image=keep(io.BytesIO(data.getvalue()), "scan.png"))


def book(society, **fields):
    fields = {"kind": "monograph", "publisher": "云川出版社", "place": "云川", "abstract": "茶馆与<街市>",
              "keywords": ("茶馆",), "identifiers": (("isbn", "978-7-04-044703-3"),)} | fields  # fmt: skip
    return factories.work(society, public=True, **fields)


class TestAWork:
    def test_everybody_reads_what_is_public(self, reader, society) -> None:
        work = book(
            society, note="内部评语", authors=(Author("林溪", organisation_name="云川大学"),)
        )
        answer = reader.get(work.get_absolute_url())
        text = html.fromstring(answer.content.decode()).text_content()
        assert answer.status_code == 200 and "sessionid" not in answer.cookies
        for part in ("河街的茶馆", "林溪", "云川大学", "茶馆与<街市>", "978-7-04-044703-3", "地方史学会",
                     f"http://testserver/id/{work.link.name}",
                     "林溪. 河街的茶馆[M]. 云川: 云川出版社, 2024."):  # fmt: skip
            assert part in text, part
        assert "内部评语" not in text

    def test_a_draft_is_its_keepers_alone(self, reader, keeper, society) -> None:
        draft = factories.work(society, "未成之稿")
        other = Client()
        other.force_login(people.account(people.organisation(), "secretary"))
        path = draft.get_absolute_url()
        assert reader.get(path).status_code == other.get(path).status_code == 404
        page = page_of(keeper, path)
        assert page.xpath(f"//a[@href='/library/works/{draft.pk}/edit/']")
        assert page.xpath("//meta[@name='robots'][@content='noindex']")
        assert not page.xpath("//script[@type='application/ld+json']")

    def test_the_office_has_its_actions_there(self, keeper, staff, society) -> None:
        draft = factories.work(society)
        office = Client()
        office.force_login(staff)
        publication = f"//form[@action='/library/works/{draft.pk}/publication/']"
        assert page_of(office, draft.get_absolute_url()).xpath(publication)
        assert not page_of(keeper, draft.get_absolute_url()).xpath(publication)

    def test_machines_read_its_head(self, reader, society) -> None:
        work = book(society, authors=(Author("Brook, Timothy"),))
        work.other_titles.create(kind="subtitle", text="</script><script>alert(1)")
        page = page_of(reader, work.get_absolute_url())
        [block] = page.xpath("//script[@type='application/ld+json']")
        data = json.loads(block.text)
        assert data["@type"] == "Book" and data["name"].endswith("alert(1)")
        assert data["@id"] == f"http://testserver/id/{work.link.name}"
        assert page.xpath("//meta[@name='DC.creator']/@content") == ["Brook, Timothy"]
        assert page.xpath("//meta[@name='citation_author']/@content") == ["Brook, Timothy"]
        assert page.xpath("//link[@rel='canonical']/@href") == [
            f"http://testserver{work.get_absolute_url()}"
        ]
        assert len(page.xpath("//link[@rel='alternate']")) >= 4

    def test_an_author_leads_to_a_public_profile_only(self, reader, society) -> None:
        work = book(society, authors=(Author("林溪"), Author("陈明")))
        shown, hidden = factories.expert(society, public=True), factories.expert(society, "陈明")
        work.contributions.filter(name="林溪").update(expert=shown)
        work.contributions.filter(name="陈明").update(expert=hidden)
        page = page_of(reader, work.get_absolute_url())
        found = page.xpath("//ul[@class='work-authors']//a/@href")
        assert found == [f"/library/experts/{shown.pk}/"]

    def test_adoptions_are_told_but_not_who_gave_an_instruction(
        self, reader, keeper, society
    ) -> None:
        work = book(society)
        today = timezone.localdate()
        for kind, adopter in (("instruction", "某领导"), ("adopted", "市民政局")):
            work.adoptions.create(
                kind=kind, adopter=adopter, level="municipal", adopted_on=today, note="内情"
            )
        work.adoptions.create(kind="adopted", adopter="误记单位", level="county", adopted_on=today,
                              withdrawn_at=timezone.now())  # fmt: skip
        text = said(reader, work.get_absolute_url())
        assert (
            "市民政局" in text
            and "某领导" not in text
            and "内情" not in text
            and "误记单位" not in text
        )
        kept = said(keeper, work.get_absolute_url())
        assert "某领导" in kept and "内情" in kept and "误记单位" not in kept

    def test_relations_lead_to_what_the_reader_may_see(self, reader, keeper, society) -> None:
        work, draft = book(society), factories.work(society, "未成之稿")
        other = factories.work(society, "早先的一版", public=True)
        work.relations.create(kind="version_of", other=other)
        work.relations.create(kind="part_of", other=draft)
        work.relations.create(kind="came_out_of", reference="课题 24-7")
        text = said(reader, work.get_absolute_url())
        assert "早先的一版" in text and "课题 24-7" in text and "未成之稿" not in text
        assert "未成之稿" in said(keeper, work.get_absolute_url())
        assert "河街的茶馆" in said(reader, other.get_absolute_url())

    def test_collections_that_are_public(self, reader, society) -> None:
        work = book(society)
        factories.collection(society, "shown", work, public=True)
        factories.collection(society, "hidden", work)
        found = page_of(reader, work.get_absolute_url()).xpath("//dd/a/@href")
        assert (
            "/library/collections/shown/" in found and "/library/collections/hidden/" not in found
        )

    @pytest.mark.parametrize(("signed_in", "queries"), [(False, 13), (True, 18)])
    def test_it_costs_the_same_for_one_and_for_many_parts(
        self, society, secretary, signed_in: bool, queries: int
    ) -> None:
        for count in (1, 3):
            work = book(society, authors=tuple(Author(f"作者{n}") for n in range(count)))
            for n in range(count):
                work.contributions.filter(name=f"作者{n}").update(
                    expert=factories.expert(society, public=True)
                )
                factories.file(work, "一", "二", access="public", name=f"{count}-{n}.txt")
                work.relations.create(kind="version_of", other=factories.work(society, public=True))
                work.adoptions.create(kind="adopted", adopter=f"{n}", level="county",
                                      adopted_on=timezone.localdate())  # fmt: skip
                factories.collection(society, f"c{count}-{n}", work, public=True)
            client = Client()
            if signed_in:
                client.force_login(secretary)
                client.get(work.get_absolute_url())  # the rail's own numbers are remembered
            with CaptureQueriesContext(connection) as asked:
                client.get(work.get_absolute_url())
            assert len(asked) == queries, [q["sql"][:100] for q in asked]


class TestFiles:
    def test_what_is_for_the_office_is_not_even_told_of(self, reader, keeper, society) -> None:
        work = book(society)
        closed = factories.file(work, "内部的字", name="closed.txt")
        assert "closed.txt" not in said(reader, work.get_absolute_url())
        assert "closed.txt" in said(keeper, work.get_absolute_url())
        for path in ("read/", "read/1/", "pages/1.webp", "download/"):
            assert reader.get(f"/library/files/{closed.pk}/{path}").status_code == 404
        assert keeper.get(f"/library/files/{closed.pk}/read/").status_code == 200

    def test_an_embargo_ends_with_its_day(self, reader, society) -> None:
        work = book(society)
        file = factories.file(work, "以后才公开的字", access="public", name="later.txt")
        tomorrow = timezone.localdate() + timedelta(days=1)
        File.objects.filter(pk=file.pk).update(embargo_until=tomorrow)
        text = said(reader, work.get_absolute_url())
        assert "later.txt" in text and tomorrow.isoformat() in text
        for path in ("read/", "download/", "pages/1.webp"):
            assert reader.get(f"/library/files/{file.pk}/{path}").status_code == 404
        File.objects.filter(pk=file.pk).update(embargo_until=timezone.localdate())
        assert "以后才公开的字" in said(reader, f"/library/files/{file.pk}/read/")

    def test_of_a_draft_or_a_work_taken_back_no_file_is_open(self, reader, society) -> None:
        draft = factories.work(society, text="未成之稿", access="public").files.get()
        loose = factories.file(None, "无主", access="public", name="loose.txt")
        for file in (draft, loose):
            for path in ("read/", "download/"):
                assert reader.get(f"/library/files/{file.pk}/{path}").status_code == 404

    def test_a_file_is_saved_and_never_shown(self, reader, society) -> None:
        file = factories.file(book(society), "<script>", access="public", name="正文.txt")
        answer = reader.get(f"/library/files/{file.pk}/download/")
        assert b"".join(answer.streaming_content) == b"<script>"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "private" in answer["Cache-Control"]

    def test_what_a_browser_holds_is_not_sent_again_unless_it_was_taken_back(
        self, reader, society
    ) -> None:
        file = factories.file(book(society), "字", access="public")
        url = f"/library/files/{file.pk}/download/"
        known = {"If-None-Match": reader.get(url)["ETag"]}
        again = reader.get(url, headers=known)
        assert (again.status_code, again.content, again["Cache-Control"]) == (
            304, b"", "private, no-cache",
        )  # fmt: skip
        File.objects.update(access="office")
        assert reader.get(url, headers=known).status_code == 404

    def test_a_scan_is_drawn_once_and_kept(self, reader, society) -> None:
        file = factories.file(book(society), "字", access="public", name="scan.txt")
        _scan(file, "white")
        first, second = (reader.get(f"/library/files/{file.pk}/pages/1.webp") for _time in range(2))
        assert first.content == second.content and first["Content-Type"] == "image/webp"
        assert Image.open(io.BytesIO(first.content)).size == (480, 1600)
        _scan(file, "black")
        known = {"If-None-Match": first["ETag"]}
        url = f"/library/files/{file.pk}/pages/1.webp"
        assert reader.get(url, headers=known).content != first.content
        assert reader.get(f"/library/files/{file.pk}/pages/2.webp").status_code == 404

    def test_a_page_of_a_pdf_is_drawn(self, reader, society) -> None:
        work = book(society)
        stored = keep(io.BytesIO(blank_pdf(2)), "book.pdf")
        file = File.objects.create(
            work=work, stored=stored, name="book.pdf", kind="pdf", access="public"
        )
        Page.objects.bulk_create(Page(file=file, number=n, text=f"第{n}页") for n in (1, 2, 3))
        answer = reader.get(f"/library/files/{file.pk}/pages/2.webp")
        assert Image.open(io.BytesIO(answer.content)).format == "WEBP"
        assert (
            reader.get(f"/library/files/{file.pk}/pages/3.webp").status_code == 404
        )  # the PDF has none
        pdf = page_of(reader, work.get_absolute_url()).xpath(
            "//meta[@name='citation_pdf_url']/@content"
        )
        assert pdf == [f"http://testserver/library/files/{file.pk}/download/"]

    def test_a_broken_pdf_has_text_and_no_picture(self, reader, society) -> None:
        stored = keep(io.BytesIO(b"%PDF-1.4 broken"), "broken.pdf")
        file = File.objects.create(
            work=book(society), stored=stored, name="b.pdf", kind="pdf", access="public"
        )
        Page.objects.create(file=file, number=1, text="读得到的字")
        assert reader.get(f"/library/files/{file.pk}/pages/1.webp").status_code == 404
        assert "读得到的字" in said(reader, f"/library/files/{file.pk}/read/")


def blank_pdf(pages: int) -> bytes:
    import pikepdf

    made, data = pikepdf.new(), io.BytesIO()
    for _page in range(pages):
        made.add_blank_page(page_size=(300, 400))
    made.save(data)
    return data.getvalue()


class TestTheReader:
    @pytest.fixture
    def file(self, society) -> File:
        texts = ("河街的茶館很多。\n\n第二段讲渡口。", "這一頁沒有。", "後來的茶馆与茶馆。")
        return factories.file(book(society), *texts, access="public")

    def test_leafing(self, reader, file) -> None:
        first = page_of(reader, f"/library/files/{file.pk}/read/")
        assert first.xpath("//a[@rel='next']/@href") == [f"/library/files/{file.pk}/read/2/"]
        assert not first.xpath("//a[@rel='prev']")
        last = page_of(reader, f"/library/files/{file.pk}/read/3/?q=茶馆")
        assert last.xpath("//a[@rel='prev']/@href") == [
            f"/library/files/{file.pk}/read/2/?q=%E8%8C%B6%E9%A6%86"
        ]
        assert page_of(reader, f"/library/files/{file.pk}/read/?page=2").xpath(
            "//input[@name='page']/@value"
        ) == ["2"]
        for path in ("read/4/", "read/99999999999999999999/", "read/?page=9"):
            assert reader.get(f"/library/files/{file.pk}/{path}").status_code == 404

    def test_hits_are_marked_in_either_script(self, reader, file) -> None:
        page = page_of(reader, f"/library/files/{file.pk}/read/1/?q=茶馆")
        assert [mark.text for mark in page.xpath("//div[@class='reader__text']//mark")] == ["茶館"]
        listed = page.xpath("//details//a/@href")
        assert [address.split("/")[5] for address in listed] == ["1", "3"]
        found = reader_of(file, 1, query="茶館")
        assert isinstance(found, Reader)
        assert (found.hits, [match.count for match in found.matches]) == (3, [1, 2])
        assert (found.previous_match, found.next_match) == (None, 3)

    def test_a_search_leads_to_the_first_page_with_a_hit(self, reader, file) -> None:
        answer = reader.get(f"/library/files/{file.pk}/read/2/?q=茶馆&find=1")
        assert answer.status_code == 302 and answer["Location"].startswith(
            f"/library/files/{file.pk}/read/1/?q="
        )
        assert reader.get(f"/library/files/{file.pk}/read/2/?q=没有的词&find=1").status_code == 200

    def test_hits_go_over_the_end_of_a_line(self) -> None:
        text = "这一行长得足以被纸边折断，讲的是社科\n联的工作，后面还有话。"
        [(start, end)] = hits(text, ["社科联"])
        assert text[start:end] == "社科\n联"
        assert hits(text, []) == []

    def test_paragraphs_lose_nothing_but_empty_ones(self) -> None:
        made = paragraphs("甲乙\n丙\n\n\n\n丁茶馆", ["茶馆"])
        assert made == [[("甲乙\n丙", False)], [("丁", False), ("茶馆", True)]]
        assert paragraphs("", []) == []

    def test_recognised_words_are_marked_on_the_scan(self, file) -> None:
        Page.objects.filter(file=file, number=1).update(
            source="ocr",
            words=[["河街的茶館", 0.9, 0.1, 0.2, 0.3, 0.04], ["渡口", 0.9, 0.1, 0.3, 0.2, 0.04]],
        )
        found = reader_of(file, 1, query="茶馆")
        assert found is not None
        assert [(box.x, box.y, box.width, box.height) for box in found.boxes] == [
            (100, 200, 300, 40)
        ]

    def test_leafing_costs_the_same_in_a_short_and_in_a_long_file(self, reader, society) -> None:
        for count in (1, 30):
            file = factories.file(
                book(society), *["茶馆"] * count, access="public", name=f"{count}.txt"
            )
            for query, queries in (("", 3), ("?q=茶馆", 4)):
                with CaptureQueriesContext(connection) as asked:
                    reader.get(f"/library/files/{file.pk}/read/1/{query}")
                assert len(asked) == queries, [q["sql"][:100] for q in asked]


class TestCitations:
    @pytest.mark.parametrize(
        ("style", "beginning"),
        [("gbt-numeric", "林溪. 河街"), ("bibtex", "@book{sheke-"), ("ris", "TY  - BOOK"),
         ("csl-json", "["), ("json-ld", "{"), ("dublin-core", "<oai_dc:dc")],
    )  # fmt: skip
    def test_each_form_is_a_file(self, reader, society, style: str, beginning: str) -> None:
        work = book(society)
        answer = reader.get(f"/library/works/{work.pk}/citation/{style}/")
        assert answer.content.decode().startswith(beginning)
        assert answer["Content-Disposition"].startswith("attachment")
        assert reader.get(f"/library/works/{work.pk}/citation/apa/").status_code == 404

    def test_a_list_in_the_order_that_was_asked_for(self, reader, society) -> None:
        first, second = (
            factories.work(society, "甲篇", public=True),
            factories.work(society, "乙篇", public=True),
        )
        draft = factories.work(society, "未成之稿")
        query = f"work={second.pk}&work={first.pk}&work={draft.pk}&work=x"
        text = said(reader, f"/library/citations/?{query}")
        assert (
            text.index("[1] 林溪. 乙篇[J]") < text.index("[2] 林溪. 甲篇[J]")
            and "未成之稿" not in text
        )
        answer = reader.get(f"/library/citations/?{query}&style=bibtex&download=1")
        assert answer.content.decode().count("@article{") == 2
        assert answer["Content-Disposition"] == 'attachment; filename="sheke.bib"'
        assert reader.get("/library/citations/?style=apa").status_code == 404

    def test_a_collections_and_an_experts_list(self, reader, society) -> None:
        work = factories.work(society, "甲篇", public=True)
        factories.collection(society, "river", work, public=True)
        factories.collection(society, "hidden", work)
        expert = factories.expert(society, public=True)
        work.contributions.update(expert=expert)
        assert "甲篇" in said(reader, "/library/citations/?collection=river")
        assert "甲篇" in said(reader, f"/library/citations/?expert={expert.pk}")
        assert reader.get("/library/citations/?collection=hidden").status_code == 404
        shy = factories.expert(society, "不愿公开的人")
        assert reader.get(f"/library/citations/?expert={shy.pk}").status_code == 404

    def test_dublin_core_of_several_is_one_document(self, reader, society) -> None:
        works = [factories.work(society, public=True) for _n in range(2)]
        query = "&".join(f"work={work.pk}" for work in works)
        answer = reader.get(f"/library/citations/?{query}&style=dublin-core&download=1")
        assert len(etree.fromstring(answer.content)) == 2
