"""The copy check of a call: compared by the library, judged by people."""

from __future__ import annotations

import pytest

from sheke.calls import copycheck
from sheke.calls.actions import checks, copychecks
from sheke.calls.copychecking.results import checks_of
from sheke.calls.copychecking.subjects import DELIVERY, VERSION
from sheke.calls.models import Delivery, Submission
from sheke.core.errors import BadInput
from sheke.library.models import Check
from sheke.library.passages.holdings import take_in
from sheke.library.passages.sight import may_see
from tests import factories as people
from tests.calls import factories
from tests.library import factories as library

pytestmark = pytest.mark.django_db

SAID = "河街的茶馆在清末有二十七家，沿河而设，茶客多是船夫与挑夫。"
MORE = "民国以后渡口改建码头，茶客换成了学生与教员，账簿里添了报纸钱。"
OVER = ("collect", "recommend", "check")


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.LIBRARY_PASSAGES_FOLDER = tmp_path / "passages"


@pytest.fixture
def call():
    return factories.call(ended=OVER, begun=("copycheck",))


def sent(call, summary, **fields):
    return factories.submission(call, values={"summary": summary}, stage="copycheck", **fields)


def compare(call):
    return copychecks.check_copies(phase=call.phases.get(stage="copycheck"), by=None)


def found(submission):
    return checks_of(VERSION, [submission.sent_id])[submission.sent_id]


def test_submissions_are_compared_with_the_library_and_with_each_other(call):
    take_in(library.file(None, SAID))
    one, two = sent(call, f"{SAID}{MORE}"), sent(call, MORE)
    sent(call, MORE, state=Submission.State.WITHDRAWN)
    assert compare(call) == 2
    check = found(one)
    assert check.covered == check.characters == 54
    assert {source.subject: source.own for source in check.sources.all()} == {
        "": False, f"{VERSION}:{two.sent_id}": False,
    }  # fmt: skip
    assert compare(call) == 0  # nothing new to compare
    factories.send(one)
    assert compare(call) == 1


def test_another_submission_of_the_same_lead_is_own_text(call):
    one = sent(call, MORE, lead={"name": "王渡"})
    sent(call, MORE, lead={"name": "王渡"})
    compare(call)
    assert (found(one).covered, found(one).to_explain) == (28, 0)


def test_what_was_compared_is_passed_without_a_reason_and_nothing_passes_by_itself(call):
    one, two = sent(call, SAID), sent(call, "，。")
    compare(call)
    assert checks_of(VERSION, [two.sent_id]) == {}
    one.refresh_from_db()
    assert one.stage == "copycheck"
    with pytest.raises(BadInput):
        checks.pass_submissions(call=call, submissions=[two], by=None)
    assert checks.pass_submissions(call=call, submissions=[one], by=None) == [one]
    assert checks.pass_submissions(call=call, submissions=[two], by=None, reason="人工看过") == [
        two
    ]


def test_a_stage_that_does_not_run_is_not_compared():
    call = factories.call(ended=OVER)
    with pytest.raises(BadInput):
        compare(call)


def test_the_service_tells_percent_and_passages(call):
    one, two = sent(call, SAID), sent(call, SAID)
    compare(call)
    service = copycheck.service()
    assert service is not None
    likeness = service.likeness([one.sent])[one.sent_id]
    assert likeness.percent == 100
    (passage,) = likeness.passages
    assert passage.text == SAID[:-1] and passage.source == f"{two.number} {two.title}"


def test_only_the_office_of_the_call_sees_what_was_found(call, client):
    one = sent(call, SAID, organisation=people.organisation(call.organisation))
    sent(call, SAID)
    compare(call)
    staff = people.account(call.organisation, "staff")
    applicant = people.account(one.organisation, "secretary")
    assert may_see(staff, found(one)) and not may_see(applicant, found(one))
    phase = call.phases.get(stage="copycheck")
    for account, status in ((staff, 200), (applicant, 404)):
        client.force_login(account)
        assert client.get(f"/calls/phases/{phase.pk}/copies/").status_code == status
        assert client.get(f"/library/checks/{found(one).pk}/").status_code == status
    client.force_login(staff)
    shown = client.get(f"/calls/phases/{phase.pk}/copies/").content.decode()
    assert "100.0%" in shown and f"/library/checks/{found(one).pk}/" in shown
    assert "100.0%" in client.get(f"/calls/submissions/{one.pk}/").content.decode()
    assert client.post(f"/calls/phases/{phase.pk}/copies/").status_code == 302


def test_a_closing_report_is_compared_with_its_own_application_and_others(client):
    from tests.calls.projects.made import project

    made = project()
    milestone = made.milestones.get(key="closing")
    delivery = Delivery.objects.create(milestone=milestone, number=1, text=f"{SAID}{MORE}")
    take_in(library.file(None, SAID))
    staff = people.account(made.award.call.organisation, "staff")
    client.force_login(staff)
    answer = client.post(f"/calls/projects/deliveries/{delivery.pk}/copies/")
    check = Check.objects.get()
    assert answer.url == f"/library/checks/{check.pk}/"
    assert check.subject == f"{DELIVERY}:{delivery.pk}" and check.covered == 26
    assert client.get(answer.url).status_code == 200
    assert "48.1%" in client.get(f"/calls/projects/{made.pk}/").content.decode()
