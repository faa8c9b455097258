from __future__ import annotations

import pytest
from django.utils import timezone

from sheke.core.models import AuditEvent
from sheke.core.rows import BATCH, insert_instances, insert_rows

pytestmark = pytest.mark.django_db

NAMES = (
    "at",
    "actor_id",
    "actor_name",
    "verb",
    "subject_type",
    "subject_id",
    "subject_name",
    "data",
)


def test_values_come_back_as_the_fields_read_them(django_assert_num_queries):
    now = timezone.now()
    rows = [(now, None, "", f"test.{n}", "", n, "标题", {"n": [n]}) for n in range(3)]
    with django_assert_num_queries(1):
        insert_rows(AuditEvent, NAMES, rows)
    first = AuditEvent.objects.get(verb="test.0")
    assert (first.at, first.data, first.subject_name) == (now, {"n": [0]}, "标题")
    assert AuditEvent.objects.filter(verb__startswith="test.").count() == 3


def test_nothing_is_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(AuditEvent, NAMES, [])


def test_instances_get_their_numbers(django_assert_num_queries):
    events = [AuditEvent(verb=f"test.{n}", data={"n": n}) for n in range(BATCH + 1)]
    with django_assert_num_queries(2):
        insert_instances(events)
    for event in (events[0], events[-1]):
        kept = AuditEvent.objects.get(pk=event.pk)
        assert (kept.verb, kept.data, kept.at) == (event.verb, event.data, event.at)
    insert_instances([])
