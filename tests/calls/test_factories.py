"""What the factories make is what the engine would."""

import pytest

from sheke.calls.models import Submission

from . import factories

pytestmark = pytest.mark.django_db


def test_a_submission_stands_at_the_check_with_its_version_and_number():
    call = factories.call(topics=("县域公共服务",))
    first, second = factories.submission(call), factories.submission(call)
    assert [first.number, second.number] == [1, 2]
    assert first.sent.values["title"] == first.title
    assert (first.stage, first.state) == ("check", Submission.State.IN)


def test_every_stage_has_a_phase():
    call = factories.call(ended=("collect",), begun=("recommend",))
    assert [p.stage for p in call.phases.all()] == [s.key for s in call.programme.stages]
    assert call.phases.get(stage="recommend").is_running
