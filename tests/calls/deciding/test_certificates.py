"""Certificates: issued, fetched, verified by anybody, revoked, issued again."""

from __future__ import annotations

from io import BytesIO, StringIO
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from django.urls import reverse

from sheke.calls.actions import certifying, deciding
from sheke.calls.deciding import printing
from sheke.calls.models import Certificate, Member, Step
from sheke.core.errors import BadInput
from tests.factories import account

from .made import award as award_edition
from .made import there, waiting_call
from .test_deciding import decided

pytestmark = pytest.mark.django_db
SITE = "https://sheke.example"


@pytest.fixture
def call():
    made = waiting_call(2)
    decided(made, "first", "second")
    return made


def issue(call) -> list[Certificate]:
    return certifying.issue_certificates(
        call=call, awards=call.awards.order_by("serial"), site=SITE, by=None
    )


def test_what_is_printed(call):
    Member.objects.create(submission=there(call)[0], role="member", name="成员甲")
    Member.objects.create(submission=there(call)[0], role="referee", name="推荐人乙")
    first, _second = issue(call)
    printed = printing.read(first.data)
    assert printed.number == first.award.number and printed.level == "一等奖"
    assert printed.recipients == ("申报1",) and printed.members == ("成员甲",)
    assert printed.body == (f"申报1的《{there(call)[0].title}》荣获一等奖。",)
    assert printed.address == f"{SITE}/certificates/{first.code}/"
    assert printing.kept(printed) == first.data
    assert first.stored.file.open("rb").read(5) == b"%PDF-"
    assert Step.objects.filter(act="certified", submission=there(call)[0]).count() == 1


def test_once_issued_none_is_missing(call):
    issue(call)
    assert issue(call) == [] and printing.waiting(call) == []


def test_issued_again_the_old_code_is_no_longer_valid(call, client):
    first = issue(call)[0]
    made = certifying.issue_again(certificate=first, reason="姓名有误", site=SITE, by=None)
    first.refresh_from_db()
    assert first.revoked_at and made.number == first.number and made.code != first.code
    old = client.get(reverse("certificates:code", args=[first.code])).content.decode()
    assert "姓名有误" not in old
    new = client.get(reverse("certificates:code", args=[made.code])).content.decode()
    assert old != new


def test_a_revoked_award_has_no_valid_certificate(call):
    first = issue(call)[0]
    deciding.revoke_award(award=first.award, reason="查实抄袭", by=None)
    first.refresh_from_db()
    assert first.revoked_at is not None
    with pytest.raises(BadInput):
        certifying.issue_again(certificate=first, reason="再发", site=SITE, by=None)


def test_projects_get_theirs_at_the_closing():
    edition = award_edition(
        kind="project", months=6,
        milestones=[{"key": "end", "name": {"zh": "结项", "en": "End"}, "months": 6, "kind": "closing"}],
    )  # fmt: skip
    made = waiting_call(1, edition=edition)
    decided(made, "first")
    with pytest.raises(BadInput):
        issue(made)


def test_a_name_that_cannot_be_printed_stops_all(call):
    lead = there(call)[1]
    lead.lead_name = "𬸀"
    lead.save()
    with pytest.raises(BadInput, match="𬸀"):
        issue(call)
    assert not Certificate.objects.exists()


class TestVerification:
    def test_it_shows_what_is_printed_and_nothing_more(self, call, client):
        first = issue(call)[0]
        answer = client.get(reverse("certificates:code", args=[first.code]))
        shown = answer.content.decode()
        for word in (first.number, "申报1", "一等奖", there(call)[0].title):
            assert word in shown
        assert "10000" not in shown and "0591" not in shown
        assert "noindex" in answer["X-Robots-Tag"] and not answer.cookies

    def test_a_code_is_typed_in_any_way(self, call, client):
        code = issue(call)[0].code
        typed = f" {code[:4].lower()}-{code[4:8]} {code[8:]}"
        answer = client.get(reverse("certificates:form"), {"code": typed})
        assert answer["Location"] == reverse("certificates:code", args=[code])

    @pytest.mark.parametrize("code", ["ABCDEFGHJKMN", "x", "<script>"])
    def test_an_unknown_code(self, client, code):
        answer = client.get(reverse("certificates:code", args=[code]))
        assert answer.status_code == 404 and "<script>" not in answer.content.decode()

    def test_codes_are_random(self):
        codes = {printing.new_code() for _n in range(200)}
        assert len(codes) == 200 and all(printing.read_code(c) == c for c in codes)


class TestPages:
    @pytest.fixture
    def office(self, client, call):
        client.force_login(account(call.organisation, "staff"))
        return client

    def test_issued_from_the_page_one_or_all(self, office, call):
        url = reverse("calls:issuing", args=[call.pk])
        office.post(url, {"award": str(call.awards.first().pk)})
        assert Certificate.objects.count() == 1
        office.post(url)
        assert Certificate.objects.count() == 2
        assert (
            Certificate.objects.first().number
            in office.get(reverse("calls:certificates", args=[call.pk])).content.decode()
        )

    def test_all_in_one_file(self, office, call):
        url = reverse("calls:certificates_merged", args=[call.pk])
        assert office.get(url).status_code == 404
        issue(call)
        assert len(pikepdf.open(BytesIO(office.get(url).content)).pages) == 2

    def test_the_applying_organisation_fetches_its_own_alone(self, client, call):
        first, second = issue(call)
        client.force_login(account(there(call)[0].organisation, "secretary"))
        answer = client.get(reverse("calls:certificate_file", args=[first.pk]))
        assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
        assert client.get(reverse("calls:certificate_file", args=[second.pk])).status_code == 404

    def test_revoked_and_printed_again_from_the_page(self, office, call):
        first = issue(call)[0]
        office.post(reverse("calls:certificate_again", args=[first.pk]), {"reason": "姓名有误"})
        assert first.award.certificates.count() == 2
        latest = first.award.certificates.get(revoked_at=None)
        office.post(reverse("calls:certificate_revocation", args=[latest.pk]), {"reason": ""})
        assert first.award.certificates.filter(revoked_at=None).exists()
        office.post(reverse("calls:certificate_revocation", args=[latest.pk]), {"reason": "遗失"})
        assert not first.award.certificates.filter(revoked_at=None).exists()


def test_the_command_issues_and_writes(call, tmp_path, capsys):
    call_command("call", "certificates", call.key, "-o", str(tmp_path), "--json", stdout=StringIO())
    assert '"issued":2' in capsys.readouterr().out
    names = sorted(file.name for file in Path(tmp_path).iterdir())
    assert len(names) == 2 and names[0].startswith(call.awards.first().number)
