"""A check from its start to its report: what is kept, what is told apart, what seals it."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone

from sheke.core.errors import BadInput
from sheke.library.actions import checks as actions
from sheke.library.models import Check, CheckPassage, CommonWording
from sheke.library.passages import subjects
from sheke.library.passages.holdings import take_in
from sheke.library.passages.report import report_pdf
from sheke.library.passages.sealing import seal_of
from sheke.library.passages.showing import beside
from sheke.library.passages.sight import checks_seen_by, seen_sources
from sheke.library.passages.subjects import Other
from sheke.library.passages.verifying import verified
from sheke.library.tasks import look_after_checks
from tests import factories as people
from tests.library import factories

SAID = "河街的茶馆在清末有二十七家，沿河而设，茶客多是船夫与挑夫。"
MORE = "民国以后渡口改建码头，茶客换成了学生与教员，账簿里添了报纸钱。"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.LIBRARY_PASSAGES_FOLDER = tmp_path / "passages"


def pdf_text(data):
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def work(organisation, title, text, **options):
    made = factories.work(organisation, title, text=text, **options)
    take_in(made.files.get())
    return made


def check(organisation, text, **options):
    options = {"title": "申报书", "origin": Check.Origin.PASTED, "by": None} | options
    started = actions.start_check(organisation=organisation, text=text, **options)
    return Check.objects.get(pk=started.pk)


def test_a_check_keeps_what_it_found(city):
    work(city, "河街的茶馆", "序。" + SAID)
    done = check(city, f"自己写的开头。{SAID}")
    assert done.is_done and done.documents == 1
    assert done.share(done.covered) == pytest.approx(26 / 32)
    (source,) = done.sources.all()
    assert (source.label, source.detail, source.own) == ("河街的茶馆", "林溪，2024", False)
    (passage,) = source.passages.all()
    assert done.text[passage.start : passage.end] == passage.text == SAID[:-1]
    assert (passage.source_start, passage.near) == (2, False)


def test_own_earlier_works_are_told_apart_from_those_of_others(city):
    work(city, "河街的茶馆", SAID)
    work(city, "渡口", MORE, authors=(factories.Author("周渡"),))
    done = check(city, SAID + MORE, authors=["林溪"])
    assert done.covered == done.characters
    assert done.covered_by_others == done.to_explain == 28
    assert {source.label: source.own for source in done.sources.all()} == {
        "河街的茶馆": True,
        "渡口": False,
    }


def test_a_work_is_not_compared_with_itself(city):
    mine = work(city, "河街的茶馆", SAID)
    done = check(city, SAID, origin=Check.Origin.WORK, work=mine, authors=["林溪"])
    assert (done.covered, done.sources.count()) == (0, 0)


def test_a_changed_character_makes_a_near_passage(city):
    work(city, "两篇", SAID + MORE)
    done = check(city, (SAID + MORE).replace("多是", "都是").replace("学生", "师生"))
    (passage,) = CheckPassage.objects.filter(source__check_of=done)
    assert passage.near and passage.text == SAID + MORE[:-1]


def test_wording_of_an_office_above_is_common(city, society):
    work(city, "河街的茶馆", SAID)
    actions.add_wordings(organisation=city, texts=[SAID, " ", SAID], by=None)
    done = check(society, SAID + MORE)
    assert (done.covered, done.without_common) == (26, 0)
    assert CheckPassage.objects.get().common
    wording = CommonWording.objects.get()
    actions.remove_wording(wording=wording, by=None)
    assert check(society, SAID).without_common == 26


@pytest.mark.parametrize("text", ["短", "长" * 501])
def test_a_wording_too_short_or_too_long_is_refused(city, text):
    with pytest.raises(BadInput, match=text[:30]):
        actions.add_wordings(organisation=city, texts=[SAID, text], by=None)
    assert not CommonWording.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"text": "，。！"}, {"minimum": 12}, {"common": 0}, {"text": "字" * 2_000_001}]
)
def test_what_cannot_be_checked_is_refused(city, wrong):
    with pytest.raises(BadInput):
        check(city, **({"text": SAID} | wrong))
    assert not Check.objects.exists()


def test_of_what_is_not_public_others_see_the_passages_alone(city, society, staff, secretary):
    work(city, "内部报告", SAID)
    work(city, "公开的书", SAID, public=True, access="public")
    done = check(society, SAID)
    seen = {s.row.label: s for s in seen_sources(done, secretary)}
    assert (seen["内部报告"].known, seen["内部报告"].readable, seen["内部报告"].detail) == (
        False,
        False,
        "",
    )
    assert "内部报告" not in seen["内部报告"].label and seen["内部报告"].url == ""
    assert (seen["公开的书"].label, seen["公开的书"].readable) == ("公开的书", True)
    assert all(s.known and s.readable for s in seen_sources(done, staff))


def test_nobody_learns_what_they_did_not_write_of_what_is_not_public(
    city, society, staff, secretary
):
    text = "经市委市政府研究并报请批准，兹决定给予赵青同志全市通报表扬，并一次奖励人民币三千元整，望你继续努力再接再厉再创佳绩。"
    asked = text.replace("赵青", "某某").replace("三千", "零零")
    work(city, "内部决定", text)
    done = check(society, asked)
    assert CheckPassage.objects.filter(near=True).exists()
    for account, told in ((secretary, False), (staff, True)):
        (seen,) = seen_sources(done, account)
        shown = "".join(piece.text for piece in beside(done, seen).right)
        assert ("通报表扬" in shown, "赵青" in shown, "三千" in shown) == (True, told, told)
        paper = pdf_text(report_pdf(done, [seen]))
        assert ("赵青" in paper) == told


def test_the_text_goes_on_behind_its_references(city):
    work(city, "河街的茶馆", SAID)
    work(city, "渡口", MORE)
    done = check(
        city,
        f"参考文献\n[1] 林溪. 街市[M]. 云川: 云川出版社, 2019: 3-\n17.\n{SAID}\n第二篇\n{MORE}",
    )
    assert done.without_quoted == done.covered == 54
    listed = check(city, "参考文献：\n[1] 林溪. " + SAID[:-1] + "[J]. 地方史研究, 2024(3).\n")
    assert (listed.covered, listed.without_quoted) == (26, 0)
    plain = check(
        city, "参考文献\n林溪：" + SAID[:-1] + "，云川：云川出版社，2019年，第3页。\n" + MORE
    )
    assert (plain.covered, plain.without_quoted) == (54, 28)


def test_a_check_with_a_report_that_was_handed_out_stays(city):
    done = check(city, SAID)
    actions.issue_report(check=done, pdf=b"%PDF-1.4 report", by=None)
    with pytest.raises(BadInput):
        actions.discard_check(check=done, by=None)


def test_a_check_that_lost_its_job_says_so(city, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("sheke.library.actions.checks.start", lambda *_a, **_o: None)
        lost = check(city, SAID)
    look_after_checks.call()
    lost.refresh_from_db()
    assert not lost.failure  # it may be just about to begin
    Check.objects.update(started_at=timezone.now() - timedelta(minutes=6))
    look_after_checks.call()
    lost.refresh_from_db()
    assert lost.failure
    assert check(city, SAID).is_done


def test_checks_are_seen_by_those_who_act_for_their_organisation(city, society, staff, secretary):
    done = check(society, SAID)
    other = people.account(people.organisation(city), "secretary")
    assert list(checks_seen_by(secretary)) == list(checks_seen_by(staff)) == [done]
    assert not checks_seen_by(other).exists()


def test_the_seal_covers_all_that_was_found(city):
    work(city, "河街的茶馆", SAID)
    done = check(city, SAID)
    assert done.seal == seal_of(done)
    CheckPassage.objects.update(text="别的")
    assert done.seal != seal_of(done)


def test_a_report_is_known_again_and_a_changed_one_is_not(city, staff):
    work(city, "河街的茶馆", SAID + "\U0002f800")
    done = check(city, SAID + "𠮷")
    pdf = report_pdf(done, seen_sources(done, staff))
    assert pdf.startswith(b"%PDF")
    made = actions.issue_report(check=done, pdf=pdf, by=staff)
    verdict = verified(pdf)
    assert (verdict.report, verdict.good) == (made, True)
    assert verified(pdf + b" ").report is None
    Check.objects.update(covered=0)
    assert verified(pdf).report == made and not verified(pdf).good


def test_a_check_that_is_done_stays_as_it_is(city):
    done = check(city, SAID)
    work(city, "河街的茶馆", SAID)
    from sheke.library.tasks import perform_check

    perform_check.func(done.pk)
    assert not Check.objects.get().sources.exists()
    assert actions.repeat_check(check=done, by=None).sources.exists()


def test_another_part_names_what_its_text_is_compared_with(city, monkeypatch):
    class Drafts:
        def others(self, pk):
            return [
                Other("drafts:7", "另一份申报书", SAID, own=pk == 5),
                Other("drafts:8", "空", ""),
            ]

        def own_files(self, pk):
            return []

        def may_see(self, account, pk):
            return pk == 4

        def url(self, pk):
            return f"/drafts/{pk}/"

    monkeypatch.setattr(subjects, "_subjects", {"drafts": Drafts()})
    done = check(city, SAID, origin=Check.Origin.RECORD, subject="drafts:4")
    (source,) = done.sources.all()
    assert (source.label, source.own, source.file, done.documents) == (
        "另一份申报书",
        False,
        None,
        2,
    )
    assert check(city, SAID, origin=Check.Origin.RECORD, subject="drafts:5").sources.get().own
    (seen,) = seen_sources(done, people.account(city))
    assert (seen.known, seen.readable, seen.url) == (True, False, "/drafts/7/")


def test_a_check_that_cannot_be_done_says_why(city, monkeypatch):
    def refuse(_check):
        raise BadInput("这里不行")

    monkeypatch.setattr("sheke.library.tasks.perform", refuse)
    done = check(city, SAID)
    assert (done.failure, done.is_done) == ("这里不行", False)
    with pytest.raises(BadInput):
        actions.issue_report(check=done, pdf=b"%PDF", by=None)
    actions.discard_check(check=done, by=None)
    assert not Check.objects.exists()
