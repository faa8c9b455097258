"""Publishing, retiring, restoring; comparing and finding."""

from __future__ import annotations

import pytest

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.definitions.actions import publish_edition, restore, retire
from sheke.definitions.comparing import compare
from sheke.definitions.loading import load_pack
from sheke.definitions.queries import (
    by_group,
    current_edition,
    groups,
    indicators,
    known,
    publishers,
    record_types,
    uses,
)
from sheke.definitions.validation import Invalid
from tests import factories

from .test_packs import pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(tmp_path):
    load_pack(pack=pack(tmp_path))


def publish(kind="indicator", key="talks", by=None, note="", **changes):
    return publish_edition(
        kind=kind, key=key, data={**current_edition(kind, key).data, **changes}, note=note, by=by
    )


def test_publishing_numbers_editions_and_names_the_publisher(loaded):
    account = factories.account()
    edition = publish(definition={"zh": "新口径"}, by=account, note="改口径")
    assert (edition.number, edition.note, edition.pack) == (2, "改口径", "")
    assert publishers([edition]) == {edition.pk: account.username}
    assert current_edition("indicator", "talks") == edition


def test_equal_data_makes_no_edition(loaded):
    assert publish().number == 1
    assert not AuditEvent.objects.filter(verb="definition.publish", data__number=2).exists()


def test_chinese_words_are_required(loaded):
    with pytest.raises(Invalid) as caught:
        publish(definition={"zh": "", "en": "words"})
    assert [fault.field for fault in caught.value.faults] == ["definition.zh"]


def test_a_record_type_keeps_what_indicators_need(loaded):
    publish(key="talks", aggregate="sum", measure="people")
    with pytest.raises(Invalid, match=r"indicator talks.*has no “people”"):
        publish(kind="record_type", key="talk", measures=[])
    assert current_edition("record_type", "talk").number == 1


def test_what_is_in_use_cannot_be_retired(loaded):
    with pytest.raises(BadInput, match="谈话次数"):
        retire(definition=current_edition("record_type", "talk").definition, by=None)


def test_retiring_and_restoring(loaded):
    definition = current_edition("indicator", "talks").definition
    retire(definition=definition, by=None)
    assert "talks" not in indicators()
    retire(definition=current_edition("record_type", "talk").definition, by=None)
    with pytest.raises(Invalid, match="there is no record type “talk”"):
        restore(definition=definition, by=None)


def test_a_retired_definition_is_not_published_by_accident(loaded):
    definition = current_edition("indicator", "talks").definition
    data = definition.current.data
    retire(definition=definition, by=None)
    with pytest.raises(BadInput, match="restore it first"):
        publish_edition(kind="indicator", key="talks", data=data, by=None)


def test_comparing_matches_members_by_key(loaded):
    talk = current_edition("record_type", "talk")
    fields = [{**talk.data["fields"][0], "required": True}]
    people = {**talk.data["measures"][0], "unit": {"zh": "人"}}
    hours = {"key": "hours", "name": {"zh": "时长"}, "unit": {"zh": "小时"}}
    after = publish(kind="record_type", key="talk", fields=fields, measures=[hours, people])
    found = {change.path: (change.before, change.after) for change in compare(talk, after)}
    assert found["measures.people.unit.zh"] == ("人次", "人")
    assert found["fields.level.required"] == ("", "Yes")
    assert "时长" in found["measures.hours"][1]
    assert len(found) == 3


def test_uses_counts_what_points_at_an_edition(loaded):
    edition = current_edition("record_type", "talk")
    assert uses(edition) == []
    factories.record(edition, factories.organisation())
    assert [count for _name, count in uses(edition)] == [1]


def test_reading_definitions_takes_one_query_each(loaded, django_assert_num_queries):
    with django_assert_num_queries(3):
        names = [str(e.schema.name) for e in (*record_types().values(), *indicators().values())]
    assert names == ["谈话", "谈话次数"]
    with django_assert_num_queries(3):
        known()


def test_lists_stand_under_their_groups_and_can_be_searched(loaded):
    found = by_group(indicators(), groups())
    assert [(listed.name, len(listed.editions)) for listed in found] == [("工作", 1)]
    assert by_group(indicators(), groups(), "期内 谈话")
    assert by_group(indicators(), groups(), "讲座") == []


def test_an_unknown_key_is_answered_with_close_ones(loaded):
    with pytest.raises(BadInput, match="did you mean talks"):
        current_edition("indicator", "tallks")
