"""Pages of the passage check."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sheke.library.models import Check, CheckReport, CommonWording
from sheke.library.passages.holdings import take_in
from tests.library import factories

SAID = "河街的茶馆在清末有二十七家，沿河而设，茶客多是船夫与挑夫。"
MORE = "民国以后渡口改建码头，茶客换成了学生与教员，账簿里添了报纸钱。"
BETWEEN = "".join(f"第{n}段说的是别的事情，与河街没有关系。" for n in range(30))


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.LIBRARY_PASSAGES_FOLDER = tmp_path / "passages"


@pytest.fixture
def client(client, secretary):
    client.force_login(secretary)
    return client


def work(organisation, title, text, **options):
    made = factories.work(organisation, title, text=text, **options)
    take_in(made.files.get())
    return made


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def checked(client, text=SAID, **fields):
    answer = client.post(
        "/library/checks/new/",
        {"text": text, "minimum": 13, "common": 10, "organisation": fields.pop("organisation")}
        | fields,
    )
    assert answer.status_code == 302, answer.content.decode()
    return Check.objects.get()


def test_a_pasted_text_is_checked_and_shown(client, city, society):
    work(city, "公开的书", f"序。{SAID}", public=True, access="public")
    check = checked(client, f"我的报告\n{SAID}", organisation=society.pk, authors="王渡、李河")
    assert (check.title, check.authors, check.origin) == ("我的报告", ["王渡", "李河"], "pasted")
    shown = page(client, f"/library/checks/{check.pk}/")
    assert "公开的书" in shown and "86.7%" in shown
    assert "我的报告" in page(client, "/library/checks/")
    assert "我的报告" not in page(client, "/library/checks/?q=没有")


def test_an_uploaded_file_is_read(client, society):
    file = SimpleUploadedFile("报告.txt", SAID.encode("gb18030"))
    check = checked(client, "", organisation=society.pk, file=file)
    assert (check.title, check.text, check.origin) == ("报告", SAID, "upload")


@pytest.mark.parametrize("name", ["坏.docx", "空.txt"])
def test_a_file_that_cannot_be_read_is_named(client, society, name):
    file = SimpleUploadedFile(name, b"PK\x03\x04broken" if "docx" in name else b"  \n")
    data = {"file": file, "minimum": 13, "common": 10, "organisation": society.pk}
    answer = client.post("/library/checks/new/", data)
    assert answer.status_code == 422 and name in answer.content.decode()
    assert not Check.objects.exists()


def test_two_texts_stand_side_by_side_with_their_passages_linked(client, city, society):
    work(city, "公开的书", f"{MORE}{BETWEEN}{SAID}", public=True, access="public")
    check = checked(
        client, f"{SAID}{BETWEEN[:5]}{MORE.replace('学生', '师生')}", organisation=society.pk
    )
    answer = client.get(f"/library/checks/{check.pk}/sources/1/").content.decode()
    assert 'id="a1"' in answer and 'href="#b1"' in answer and 'id="b2"' in answer
    assert '<em class="copied__changed">师</em>' in answer
    assert "characters left out" in answer or "略去" in answer or "字" in answer
    page(client, f"/library/checks/{check.pk}/sources/9/", 404)


def test_of_a_text_that_is_not_public_the_passage_alone_is_shown(client, city, society):
    work(city, "内部报告", f"这句话谁也不该看到。{SAID}这句话也一样。")
    check = checked(client, organisation=society.pk)
    both = page(client, f"/library/checks/{check.pk}/") + page(
        client, f"/library/checks/{check.pk}/sources/1/"
    )
    assert SAID[:-1] in both
    assert not any(word in both for word in ("内部报告", "谁也不该", "也一样", "林溪"))


def test_a_work_is_checked_from_its_own_page(client, society, secretary):
    mine = work(society, "我们的稿子", SAID)
    answer = client.post(f"/library/works/{mine.pk}/checks/")
    check = Check.objects.get()
    assert answer.url == f"/library/checks/{check.pk}/"
    assert (check.work, check.authors, check.covered) == (mine, ["林溪"], 0)
    empty = factories.work(society, "没有文件")
    assert (
        client.post(f"/library/works/{empty.pk}/checks/").url == f"/library/works/{empty.pk}/edit/"
    )


def test_the_report_is_handed_out_and_verified(client, society, staff):
    check = checked(client, organisation=society.pk)
    url = client.post(f"/library/checks/{check.pk}/reports/").url
    pdf = client.get(url).content
    assert pdf.startswith(b"%PDF") and CheckReport.objects.get().stored.size == len(pdf)
    for content, words in ((pdf, check.title), (pdf + b"x", "SHA-256")):
        file = SimpleUploadedFile("r.pdf", content)
        answer = client.post("/library/checks/verification/", {"file": file})
        assert answer.status_code == 200 and words in answer.content.decode()
    client.force_login(staff)
    assert client.get(url).status_code == 404


def test_a_check_is_repeated_and_thrown_away(client, society):
    check = checked(client, organisation=society.pk)
    again = client.post(f"/library/checks/{check.pk}/again/").url
    assert again != f"/library/checks/{check.pk}/"
    assert client.post(f"/library/checks/{check.pk}/discarding/").url == "/library/checks/"
    assert Check.objects.count() == 1


def test_wordings_are_the_offices(client, society, city, staff):
    data = {"texts": "开展形式多样的社科普及活动\n\n取得明显成效", "organisation": city.pk}
    assert client.post("/library/checks/wordings/", data).status_code == 404
    client.force_login(staff)
    assert client.post("/library/checks/wordings/", data).status_code == 302
    assert "取得明显成效" in page(client, "/library/checks/wordings/")
    answer = client.post("/library/checks/wordings/", data | {"texts": "短"})
    assert answer.status_code == 422 and "短" in answer.content.decode()
    wording = CommonWording.objects.first()
    assert client.post(f"/library/wordings/{wording.pk}/removal/").status_code == 302
    assert CommonWording.objects.count() == 1


def test_a_long_text_is_shown_in_parts(client, society):
    check = checked(client, BETWEEN * 60, organisation=society.pk)
    assert "1 / 2" in page(client, f"/library/checks/{check.pk}/")
    assert "2 / 2" in page(client, f"/library/checks/{check.pk}/?part=9")


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_as_much_for_many_as_for_one(
    client, society, count, django_assert_num_queries
):
    for n in range(count):
        client.post(
            "/library/checks/new/",
            {
                "text": SAID,
                "title": f"第{n}篇",
                "minimum": 13,
                "common": 10,
                "organisation": society.pk,
            },
        )
    page(client, "/library/checks/")
    with django_assert_num_queries(6):
        page(client, "/library/checks/")
