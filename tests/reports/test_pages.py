import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sheke.ledger.actions import reverse_record
from sheke.reports.actions.publications import publish_figures
from sheke.reports.actions.reports import freeze_report
from sheke.reports.downloads import word_report
from sheke.reports.models import Publication, Report, Snapshot
from sheke.reports.word.reading import open_docx, to_bytes
from sheke.reports.word.text import document_text
from tests import factories
from tests.reports.worlds import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(client):
    made = world()
    client.force_login(made.account)
    return made


def page(client, name, *args, **data):
    return client.get(reverse(f"reports:{name}", args=args), data)


def post(client, name, *args, **data):
    return client.post(reverse(f"reports:{name}", args=args), data, follow=True)


@pytest.mark.parametrize("reports", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    w, client, reports, django_assert_num_queries
):
    for _ in range(reports):
        w.fill()
    page(client, "index")
    with django_assert_num_queries(LIST_QUERIES):
        answer = page(client, "index")
    assert answer.content.decode().count("2025年工作总结") == reports


LIST_QUERIES = 6


def test_a_report_is_filled_from_a_form(w, client):
    data = {"template": w.template.pk, "organisation": w.city.pk, "span": "custom"}
    answer = post(client, "new", **data, first_day="2025-01-01", last_day="2025-12-31")
    assert "20余场" in answer.content.decode()
    report = Report.objects.get()
    assert report.created_by == w.account
    for days in ({}, {"first_day": "2025-02-01", "last_day": "2025-01-01"}):
        assert post(client, "new", **data, **days).status_code == 422


def test_the_page_links_every_figure_and_lists_what_to_look_at(w, client):
    report = w.fill()
    html = page(client, "report", report.pk).content.decode()
    for key in ("held", "attendance", "counties", "share", "name"):
        assert reverse("reports:figure", args=[report.pk, key]) in html
    assert re.search(r'id="flag-\d+"', html)
    assert "5.2万余人次</a>" in html


def test_a_figure_opens_its_records_sums_and_definition(w, client):
    report = w.fill()
    answer = page(client, "figure", report.pk, "attendance")
    html = answer.content.decode()
    assert "52,775<small>人次</small>" in html
    assert "期内举办的讲座场数" in html
    assert "第24期讲座" in html
    assert [(s.organisation, s.records, int(s.amount)) for s in answer.context["shares"]] == [
        ("安宁县社科联", 20, 42220),
        ("云川市社科联", 5, 10555),
    ]


def test_a_figure_pages_fifty_rows_under_few_queries(w, client, django_assert_max_num_queries):
    for _ in range(40):
        factories.record(w.lecture, w.city, amounts={"attendance": "1"})
    report = w.fill()
    with django_assert_max_num_queries(30):
        answer = page(client, "figure", report.pk, "held")
    assert answer.content.decode().count("<tr>") == 1 + 1 + 2 + 1 + 50
    assert page(client, "figure", report.pk, "held", page=2).context["page"].number == 2


def test_declared_and_blank_figures_say_so(w, client):
    report = w.fill()
    assert "____" in page(client, "figure", report.pk, "share").content.decode()
    assert page(client, "figure", report.pk, "counties").context["binding"]
    assert page(client, "figure", report.pk, "nothing").status_code == 404


def test_words_are_typed_in_place_of_a_figure(w, client):
    report = w.fill()
    html = post(client, "wording", report.pk, "share", wording="约三成").content.decode()
    assert "约三成" in html


def test_filling_again_freezing_and_throwing_away(w, client):
    report = w.fill()
    reverse_record(record=w.records[0], reason="重复", by=w.account)
    post(client, "filling", report.pk)
    assert report.figures.get(slot__key="attendance").rows == 24
    html = post(client, "snapshot", report.pk).content.decode()
    code = Snapshot.objects.get().code
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in html
    assert post(client, "discarding", report.pk).status_code == 403
    other = w.fill()
    post(client, "discarding", other.pk)
    assert list(Report.objects.all()) == [report]


def test_freezing_a_report_that_moved_says_why(w, client):
    report = w.fill()
    for record in w.records[:6]:
        reverse_record(record=record, reason="重复", by=w.account)
    assert "20余场 → 10余场" in post(client, "snapshot", report.pk).content.decode()


def test_downloads(w, client):
    report = w.fill()
    original = page(client, "word", report.pk)
    assert "5.2万余人次" in document_text(open_docx(original.content)).text
    assert "filename*=utf-8''2025" in original["Content-Disposition"]
    standard = page(client, "word", report.pk, layout="standard")
    assert "5.2万余人次" in document_text(open_docx(standard.content)).text
    assert page(client, "annex", report.pk).content.startswith(b"PK")
    assert page(client, "rows", report.pk).content.startswith(b"PK")
    assert page(client, "figure_rows", report.pk, "held").content.startswith(b"PK")


def upload(report, old="", new=""):
    document = word_report(report).document
    for paragraph in document.element.body.iter():
        if old and paragraph.tag.endswith("}t") and old in (paragraph.text or ""):
            paragraph.text = paragraph.text.replace(old, new)
    return SimpleUploadedFile("总结.docx", to_bytes(document))


def test_verification_names_the_edited_record_and_the_edited_number(w, client):
    report = w.fill()
    freeze_report(report=report, by=w.account)
    assert page(client, "verification", report.pk).context["result"].holds
    reverse_record(record=w.records[3], reason="重复", by=w.account)
    html = post(client, "verify", file=upload(report, "5.2万余", "6.8万余")).content.decode()
    assert "第3期讲座" in html
    assert "<ins>6.8万余人次</ins>" in html


def test_a_file_of_another_report_is_refused(w, client):
    first, second = w.fill(), w.fill()
    freeze_report(report=first, by=w.account)
    freeze_report(report=second, by=w.account)
    assert post(client, "verification", first.pk, file=upload(second)).status_code == 422
    assert post(client, "verification", first.pk, file=upload(first)).status_code == 200
    assert post(client, "verify", file=SimpleUploadedFile("a.docx", b"x")).status_code == 422


def test_two_years_stand_side_by_side(w, client):
    before = w.fill(period=(w.records[0].happened_on.replace(year=2024, day=1),) * 2)
    report = w.fill()
    lines = page(client, "comparison", report.pk).context["lines"]
    assert [(line.name, line.difference) for line in lines] == [
        ("举办讲座", 25),
        ("讲座参加人次", 52775),
    ]
    assert page(client, "comparison", report.pk, other=before.pk).status_code == 200


def test_who_does_not_act_for_the_organisation_sees_nothing(w, client):
    report = w.fill()
    freeze_report(report=report, by=w.account)
    client.force_login(factories.account(w.county))
    for name in ("report", "verification", "comparison", "publication", "word", "annex", "rows"):
        assert page(client, name, report.pk).status_code == 404
    assert page(client, "figure", report.pk, "held").status_code == 404
    for name in ("filling", "snapshot", "discarding", "withdrawal"):
        assert post(client, name, report.pk).status_code == 404
    assert post(client, "verify", file=upload(report)).status_code == 422
    assert "2025年工作总结" not in page(client, "index").content.decode()


def test_the_public_page_shows_what_was_chosen_and_sets_no_cookie(w, client):
    report = w.fill()
    snapshot = freeze_report(report=report, by=w.account)
    client.logout()
    url = reverse("verify:code", args=[snapshot.code])
    assert client.get(url).status_code == 404
    publish_figures(snapshot=snapshot, figures=["held"], by=w.account)
    answer = client.get(url)
    html = answer.content.decode()
    assert "20余场" in html
    assert "5.2万余" not in html
    assert not answer.cookies
    assert "csrf" not in html.lower()
    shown = f"{snapshot.code[:4]}-{snapshot.code[4:]}".lower()
    form = client.get(reverse("verify:form"), {"code": shown}, follow=True)
    assert "20余场" in form.content.decode()
    assert not client.get(reverse("verify:form")).cookies


def test_publishing_and_withdrawing(w, client):
    report = w.fill()
    snapshot = freeze_report(report=report, by=w.account)
    assert post(client, "publication", report.pk).status_code == 422
    post(client, "publication", report.pk, figures=["held", "name"])
    assert Publication.objects.get().figures == ["held", "name"]
    post(client, "withdrawal", report.pk)
    client.logout()
    assert client.get(reverse("verify:code", args=[snapshot.code])).status_code == 404


def test_a_figure_says_that_the_ledger_moved(w, client):
    report = w.fill()
    assert page(client, "figure", report.pk, "held").context["moved"] is None
    reverse_record(record=w.records[0], reason="重复", by=w.account)
    answer = page(client, "figure", report.pk, "held")
    assert answer.context["moved"].rows == 24
    assert answer.context["page"].paginator.count == 24


def test_a_frozen_figure_shows_the_rows_that_were_frozen(w, client):
    report = w.fill()
    freeze_report(report=report, by=w.account)
    reverse_record(record=w.records[0], reason="重复", by=w.account)
    answer = page(client, "figure", report.pk, "held")
    assert answer.context["page"].paginator.count == 25
    assert not answer.context["check"].holds
    assert "is-struck" in answer.content.decode()


def test_another_title(w, client):
    report = w.fill()
    assert "全年总结" in post(client, "title", report.pk, title="全年总结").content.decode()
    post(client, "title", report.pk, title=" ")
    assert Report.objects.get().title == "全年总结"


def test_a_red_head_carries_its_number(w, client):
    report = w.fill()
    answer = page(client, "word", report.pk, layout="standard", number="云社科〔2026〕1号")
    assert document_text(open_docx(answer.content)).lines[:2] == [
        "云川市社科联",
        "云社科〔2026〕1号",
    ]


def test_templates_of_organisations_above_can_be_filled(w, client):
    client.force_login(factories.account(w.county))
    answer = page(client, "new")
    assert list(answer.context["form"].fields["template"].queryset) == [w.template]
    assert list(answer.context["form"].fields["organisation"].queryset) == [w.county]


def test_what_another_report_says_too_is_shown_with_its_changes(w, client):
    before = w.fill(period=(w.records[0].happened_on.replace(year=2024, day=1),) * 2)
    before.figures.filter(slot__key="name").update(printed="群众学校")
    report = w.fill()
    answer = page(client, "copies", report.pk)
    (copied,) = answer.context["copied"]
    assert 0.3 < copied.share < 1 and copied.renamed
    assert 'class="copied__changed"' in answer.content.decode()
    assert page(client, "copies", report.pk).context["compared"] == 1


def test_a_report_alone_was_copied_from_nowhere(w, client):
    assert page(client, "copies", w.fill().pk).context["copied"] == []
