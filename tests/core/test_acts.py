"""What is kept until somebody acts is let go then."""

import pytest

from sheke.core import audit
from sheke.core.acts import last_act
from sheke.core.chain import seal_events
from sheke.core.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_every_act_moves_it():
    seen = [last_act()]
    for _n in range(3):
        audit.record("test.act", by=None)
        seen.append(last_act())
    seal_events()
    seen.append(last_act())
    assert len(set(seen)) == 5


def test_an_act_that_commits_behind_a_later_one_moves_it():
    audit.record("test.later", by=None)
    later = AuditEvent.objects.get()
    before = last_act()
    AuditEvent.objects.create(pk=later.pk - 1, verb="test.earlier")
    assert last_act() != before


def test_nobody_acting_leaves_it(django_assert_num_queries):
    audit.record("test.act", by=None)
    with django_assert_num_queries(2):
        assert last_act() == last_act()
