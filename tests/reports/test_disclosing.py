"""Personal data are found before a report is sealed or a figure shown; each place is confirmed for itself."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.urls import reverse

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.reports.actions.publications import publish_figures
from sheke.reports.actions.reports import fill_report, freeze_report, word_figure
from sheke.reports.disclosing import in_publication, in_report
from sheke.reports.filling import report_text
from sheke.reports.models import Publication, Snapshot
from sheke.reports.queries import report_figures
from tests.factories import account, organisation
from tests.reports.worlds import YEAR, make_template

pytestmark = pytest.mark.django_db

LINES = ["工作总结", "联系人{who:张某}。", "云社科〔2024〕12号，投入13800138000元。"]
BOUND = {"who": {"binding": "constant", "wording": "李某，13800138000"}}


@pytest.fixture
def report():
    society = organisation()
    template = make_template(society, LINES, BOUND)
    return fill_report(template=template, organisation=society, period=YEAR, by=None)


def found(report):
    return in_report(report, report_text(report, report_figures(report)))


def test_the_place_is_named_and_the_number_is_not(report):
    (one,) = found(report)
    assert "138****8000" in one.excerpt
    assert "13800138000" not in f"{one.excerpt}{one.key}"
    with pytest.raises(BadInput) as error:
        freeze_report(report=report, by=None)
    assert one.place in str(error.value)
    assert not Snapshot.objects.exists()


def test_what_is_confirmed_is_sealed(report):
    keys = [one.key for one in found(report)]
    freeze_report(report=report, by=None, confirmed=keys)
    assert AuditEvent.objects.get(verb="report.freeze").data["personal"] == 1


def test_a_confirmation_is_for_one_text_only(report):
    keys = [one.key for one in found(report)]
    (figure,) = report_figures(report)
    word_figure(figure=figure, wording="王某，13900139000", by=None)
    with pytest.raises(BadInput):
        freeze_report(report=report, by=None, confirmed=keys)


def test_what_was_taken_out_needs_no_confirmation(report):
    (figure,) = report_figures(report)
    word_figure(figure=figure, wording="李某", by=None)
    assert freeze_report(report=report, by=None)


def test_the_page_lists_what_was_found(client, report):
    client.force_login(account(report.organisation, "staff"))
    page = client.get(reverse("reports:report", args=[report.pk]))
    (one,) = page.context["disclosures"]
    assert one.excerpt in page.content.decode()
    freezing = reverse("reports:snapshot", args=[report.pk])
    client.post(freezing)
    assert not Snapshot.objects.exists()
    client.post(freezing, {"confirmed": one.key})
    assert Snapshot.objects.exists()


def test_publishing_asks_anew(client, report):
    keys = [one.key for one in found(report)]
    snapshot = freeze_report(report=report, by=None, confirmed=keys)
    with pytest.raises(BadInput):
        publish_figures(snapshot=snapshot, figures=["who"], by=None)
    client.force_login(account(report.organisation, "leader"))
    url = reverse("reports:publication", args=[report.pk])
    page = client.post(url, {"figures": "who"})
    assert page.status_code == 422
    (one,) = page.context["disclosures"]
    assert not Publication.objects.exists()
    assert client.post(url, {"figures": "who", "confirmed": one.key}).status_code == 302
    assert [d.key for d in in_publication(snapshot, ["who"])] == [one.key]
    assert in_publication(snapshot, []) == []


def test_the_command_confirms_only_when_told(report, capsys):
    with pytest.raises(BadInput):
        call_command("report", "freeze", str(report.pk))
    call_command("report", "freeze", str(report.pk), "--confirm-personal")
    assert Snapshot.objects.exists()
