"""Loading a pack: new editions only where something changed, the office's own changes stand."""

from __future__ import annotations

import pytest

from sheke.core.models import AuditEvent
from sheke.definitions.actions import publish_edition
from sheke.definitions.loading import load_pack
from sheke.definitions.models import Edition
from sheke.definitions.packs import PackError
from sheke.definitions.queries import current_edition, current_editions

from .test_packs import TALK, TALKS, pack

pytestmark = pytest.mark.django_db

CHANGED = TALKS.replace("期内谈话次数", "期内谈话次数，合办只计一次")


def office_edition(text: str = "本单位口径") -> Edition:
    data = current_edition("indicator", "talks").data
    return publish_edition(
        kind="indicator", key="talks", data={**data, "definition": {"zh": text}}, by=None
    )


def test_loading_makes_an_edition_of_everything(tmp_path):
    loaded = load_pack(pack=pack(tmp_path))
    assert loaded.new == ["group/work", "record_type/talk", "indicator/talks"]
    edition = current_edition("indicator", "talks")
    assert (edition.number, edition.pack, edition.definition.pack) == (1, "small", "small")
    assert AuditEvent.objects.filter(verb="pack.load").count() == 1


def test_loading_again_changes_nothing(tmp_path):
    load_pack(pack=pack(tmp_path))
    loaded = load_pack(pack=pack(tmp_path))
    assert (loaded.new, loaded.changed, len(loaded.unchanged)) == ([], [], 3)
    assert Edition.objects.count() == 3


def test_a_dry_run_writes_nothing(tmp_path):
    loaded = load_pack(pack=pack(tmp_path), dry_run=True)
    assert len(loaded.new) == 3
    assert not Edition.objects.exists()
    assert not AuditEvent.objects.exists()


def test_what_the_pack_changed_is_a_new_edition(tmp_path):
    load_pack(pack=pack(tmp_path))
    loaded = load_pack(pack=pack(tmp_path, indicators=CHANGED))
    assert loaded.changed == ["indicator/talks"]
    assert current_edition("indicator", "talks").number == 2


def test_the_order_of_keys_in_a_file_makes_no_new_edition(tmp_path):
    load_pack(pack=pack(tmp_path))
    lines = TALKS.strip().splitlines()
    turned = "\n".join([lines[0], *reversed(lines[1:])])
    assert load_pack(pack=pack(tmp_path, indicators=turned)).changed == []


def test_the_offices_edition_stands_while_the_pack_is_the_same(tmp_path):
    load_pack(pack=pack(tmp_path))
    office_edition()
    loaded = load_pack(pack=pack(tmp_path))
    assert (loaded.kept, loaded.conflicts) == (["indicator/talks"], [])
    assert current_edition("indicator", "talks").indicator.definition.zh == "本单位口径"


def test_a_change_on_both_sides_is_a_conflict_until_somebody_takes_it(tmp_path):
    load_pack(pack=pack(tmp_path))
    office_edition()
    changed = pack(tmp_path, indicators=CHANGED)
    assert load_pack(pack=changed).conflicts == ["indicator/talks"]
    assert current_edition("indicator", "talks").indicator.definition.zh == "本单位口径"

    assert load_pack(pack=changed, take=["talks"]).changed == ["indicator/talks"]
    assert current_edition("indicator", "talks").pack == "small"


def test_a_definition_of_the_offices_own_is_not_taken_over(tmp_path):
    load_pack(pack=pack(tmp_path, indicators="[]"))
    data = {
        "name": "谈话",
        "unit": "次",
        "group": "work",
        "definition": "自建",
        "aggregate": "count",
    }
    publish_edition(kind="indicator", key="talks", data=data | {"types": ["talk"]}, by=None)
    assert load_pack(pack=pack(tmp_path)).conflicts == ["indicator/talks"]


def test_what_left_the_pack_is_reported_and_stays(tmp_path):
    load_pack(pack=pack(tmp_path))
    loaded = load_pack(pack=pack(tmp_path, indicators="[]"))
    assert loaded.gone == ["indicator/talks"]
    assert "talks" in current_editions("indicator")


def test_a_pack_with_a_fault_is_not_loaded_at_all(tmp_path):
    broken = pack(tmp_path, record_types=TALK, indicators=TALKS.replace("[talk]", "[tolk]"))
    with pytest.raises(PackError, match=r"types\.0: there is no record type “tolk”"):
        load_pack(pack=broken)
    assert not Edition.objects.exists()


def test_loading_is_quick_whatever_the_number_of_editions(tmp_path, django_assert_max_num_queries):
    load_pack(pack=pack(tmp_path))
    read = pack(tmp_path)
    with django_assert_max_num_queries(4):
        load_pack(pack=read)
