"""Reading a pack: what is shipped is whole, and a fault names its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheke.core.errors import BadInput
from sheke.definitions.packs import Pack, pack_folder, read_pack, shipped

pytestmark = pytest.mark.django_db

HEAD = """
key: small
name: {zh: 小包}
groups:
  - {key: work, name: {zh: 工作}}
"""
TALK = """
- key: talk
  name: {zh: 谈话}
  unit: {zh: 次}
  about: {zh: 一次谈话}
  measures: [{key: people, name: {zh: 人次}, unit: {zh: 人次}}]
  fields:
    - key: level
      name: {zh: 级别}
      choices: [{key: city, name: {zh: 市级}}, {key: county, name: {zh: 县级}}]
"""
TALKS = """
- key: talks
  name: {zh: 谈话次数}
  unit: {zh: 次}
  definition: {zh: 期内谈话次数}
  aggregate: count
  types: [talk]
"""


def pack(folder: Path, record_types: str = TALK, indicators: str = TALKS, head: str = HEAD) -> Pack:
    for name, text in (("record_types", record_types), ("indicators", indicators)):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "work.yaml").write_text(text, encoding="utf-8")
    (folder / "pack.yaml").write_text(head, encoding="utf-8")
    return read_pack(folder)


def faults(read: Pack) -> list[str]:
    return [str(fault) for fault in read.faults]


def test_the_federation_pack_is_whole():
    read = read_pack(pack_folder("federation"))

    assert faults(read) == []
    assert len(read.of("record_type")) >= 45
    indicators = read.of("indicator").values()
    assert len(indicators) >= 90
    used = {indicator.aggregate for indicator in indicators}
    assert used == {"count", "sum", "distinct", "average", "share", "ratio", "completion"}


def test_every_shipped_definition_speaks_both_languages():
    for name in shipped():
        read = read_pack(pack_folder(name))
        for item in read.items:
            words = getattr(item.schema, "definition", None) or getattr(item.schema, "about", None)
            assert item.schema.name.en, item.key
            assert words is None or (words.zh and words.en), item.key


def test_names_of_indicators_are_told_apart():
    names = [i.name.zh for i in read_pack(pack_folder("federation")).of("indicator").values()]
    assert len(names) == len(set(names))


def test_every_record_type_of_the_pack_is_counted_by_some_indicator():
    read = read_pack(pack_folder("federation"))
    counted = {key for indicator in read.of("indicator").values() for key in indicator.types}
    assert set(read.of("record_type")) - counted == set()


def test_the_group_is_the_files_name_unless_said_otherwise(tmp_path):
    assert pack(tmp_path).of("indicator")["talks"].group == "work"


@pytest.mark.parametrize(
    ("indicators", "fault"),
    [
        (TALKS.replace("talks", "2talks"), "indicators/work.yaml, no. 1 (2talks): key: a key has"),
        (
            TALKS.replace("[talk]", "[tolk]"),
            "types.0: there is no record type “tolk”; did you mean talk?",
        ),
        (TALKS.replace("unit:", "unti:"), "unti: is not known here; did you mean unit?"),
        (
            TALKS.replace("aggregate: count", "aggregate: cuont"),
            "aggregate: must be one of 'count'",
        ),
        (TALKS.replace("count", "sum"), "“sum” needs: measure"),
        (
            TALKS.replace("count", "sum") + "  measure: peple",
            "has no “peple”; did you mean people?",
        ),
        (TALKS + "  where: [{field: level, value: town}]", "has no choice “town”"),
        (TALKS + "  where: [{field: level, op: gte, value: city}]", "“level” has no order"),
        (TALKS + "  where: [{field: level}]", "where.0: the filter has no value"),
        (TALKS + TALKS, "no. 2 (talks): key: stands already in indicators/work.yaml, no. 1"),
        (TALKS + "  group: wrok", "there is no group “wrok”; did you mean work?"),
        ("key: talks", "indicators/work.yaml: must be a list"),
        ("- key: [", "indicators/work.yaml: line "),
        ("- talks", "indicators/work.yaml, no. 1 (?): a mapping of names to values is needed"),
    ],
)
def test_a_fault_names_file_position_field_and_what_to_do(tmp_path, indicators, fault):
    found = faults(pack(tmp_path, indicators=indicators))
    assert fault in found[-1]
    assert len(found) == (2 if "unti" in indicators else 1)  # one too many, so one is missing


def test_a_ratio_is_made_of_counted_indicators(tmp_path):
    made = """
- {key: half, name: {zh: 比}, unit: {zh: '%'}, definition: {zh: 比}, aggregate: ratio, numerator: talks, denominator: half}
"""
    assert "“half” is itself a quotient" in faults(pack(tmp_path, indicators=TALKS + made))[0]


def test_all_faults_are_collected(tmp_path):
    broken = TALKS.replace("unit:", "unti:").replace("[talk]", "[tolk]")
    assert len(faults(pack(tmp_path, indicators=broken))) >= 2


def test_a_file_that_is_not_utf8_is_named(tmp_path):
    pack(tmp_path)
    (tmp_path / "indicators" / "work.yaml").write_bytes("- key: 讲座".encode("gb18030"))
    assert faults(read_pack(tmp_path)) == ["indicators/work.yaml: is not UTF-8; save it as UTF-8"]


def test_a_missing_pack_names_close_ones():
    with pytest.raises(BadInput, match="did you mean federation"):
        pack_folder("federatoin")
