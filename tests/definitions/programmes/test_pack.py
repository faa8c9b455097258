"""The programmes that travel with the product, and what packs are told of programmes."""

from __future__ import annotations

import re

import pytest
import yaml

from sheke.definitions.packs import pack_folder, read_pack
from sheke.definitions.programmes import Programme

pytestmark = pytest.mark.django_db

SMALL = """
- key: prize
  name: {zh: 奖}
  about: {zh: 奖}
  unit: {zh: 项}
  applicant: {zh: 申报人}
  sections:
    - name: {zh: 作品}
      fields:
        - {key: title, name: {zh: 名称}, use: title}
        - {key: form, name: {zh: 形式}, kind: choice, use: category, choices: [{key: text, name: {zh: 文}}, {key: film, name: {zh: 片}}]}
  stages:
    - {key: collect, name: {zh: 征集}, kind: collect}
    - {key: decide, name: {zh: 评定}, kind: decide}
  outcome:
    kind: prize
    money: {zh: 元}
    levels: [{key: first, name: {zh: 一等奖}}, {key: best, name: {zh: 最佳}}]
    records:
      - {type: award, title: '{title}', amounts: {prize: '{amount}'}, fields: {grade: first, form: '{category}'}}
"""
AWARD = """
- key: award
  name: {zh: 奖项}
  unit: {zh: 项}
  about: {zh: 一项}
  measures: [{key: prize, name: {zh: 奖金}, unit: {zh: 元}}, {key: days, name: {zh: 天数}, unit: {zh: 天}}]
  fields:
    - {key: grade, name: {zh: 等次}, required: true, choices: [{key: first, name: {zh: 一}}, {key: second, name: {zh: 二}}]}
    - {key: form, name: {zh: 形式}, choices: [{key: text, name: {zh: 文}}, {key: film, name: {zh: 片}}]}
    - {key: open, name: {zh: 公开}, kind: boolean}
"""


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker) -> dict[str, Programme]:
    with django_db_blocker.unblock():
        return read_pack(pack_folder("federation")).of("programme")


def small(folder, programmes: str = SMALL) -> list[str]:
    head = "key: small\nname: {zh: 小包}\ngroups:\n  - {key: work, name: {zh: 工作}}\n"
    (folder / "pack.yaml").write_text(head, encoding="utf-8")
    for name, text in (("record_types", AWARD), ("programmes", programmes)):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "work.yaml").write_text(text, encoding="utf-8")
    return [str(fault) for fault in read_pack(folder).faults]


def test_nine_programmes_are_shipped(shipped):
    assert len(shipped) == 9
    assert {p.outcome.kind for p in shipped.values()} == {
        "project", "prize", "certificate", "accreditation",
    }  # fmt: skip


def test_every_text_stands_in_both_languages(shipped):
    def texts(part):
        if isinstance(part, dict):
            if set(part) == {"zh", "en"}:
                yield part
            else:
                for value in part.values():
                    yield from texts(value)
        elif isinstance(part, list | tuple):
            for value in part:
                yield from texts(value)

    for programme in shipped.values():
        for words in texts(programme.model_dump()):
            assert words["zh"], (programme.key, words)
            assert words["en"], (programme.key, words)
            assert not re.search("[一-鿿]", words["en"]), words
            assert set(re.findall(r"{\w+", words["zh"])) >= set(re.findall(r"{\w+", words["en"])), (
                words
            )


def test_blind_reviews_hide_what_tells_who_applies(shipped):
    for programme in shipped.values():
        blind = [stage for stage in programme.stages_of("review") if stage.blind == "double"]
        seen = {field.kind for field in programme.fields if field.reviewers}
        assert not blind or "organisations" not in seen, programme.key
        assert any(field.reviewers for field in programme.fields)


def test_every_programme_says_how_it_is_reviewed_and_what_is_posted(shipped):
    for programme in shipped.values():
        assert programme.stages_of("review"), programme.key
        assert programme.outcome.records, programme.key
        assert programme.outcome.certificate, programme.key
        assert set(programme.letters) >= {
            "received",
            "returned",
            "refused",
            "awarded",
            "not_awarded",
        }
        assert programme.used_as("summary"), programme.key


def test_a_programme_of_a_pack_is_read(tmp_path):
    faults = small(tmp_path)
    assert faults == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("type: award", "type: awrad", "records.0.type: there is no record type “awrad”; did you mean award?"),
        ("prize: '{amount}'", "price: '{amount}'", "amounts.price: award has no “price”; did you mean prize?"),
        ("prize: '{amount}'", "days: '{amount}'", "is counted in 天, the programme's amounts in 元"),
        ("prize: '{amount}'", "prize: much", "an amount is a number, {amount}, {months} or {outputs}"),
        ("    money: {zh: 元}\n", "", "say in which unit amounts are"),
        ("grade: first", "grade: third", "“grade” of award has no choice “third”"),
        ("grade: first", "grade: '{level}'", "“grade” of award has no choice “best”"),
        ("grade: first, ", "", "award needs “grade”"),
        ("form: '{category}'", "forn: text", "award has no “forn”; did you mean form?"),
        ("form: '{category}'", "open: 'yes'", "“open” is true or false"),
        ("kind: prize", "kind: prise", "outcome.kind: must be one of"),
        ("- key: prize", "- group: work\n  key: prize", "group: is not known here"),
    ],
)  # fmt: skip
def test_what_the_ledger_would_not_take_is_a_fault_of_the_pack(tmp_path, old, new, fault):
    assert old in SMALL
    assert fault in " | ".join(small(tmp_path, SMALL.replace(old, new)))


def test_the_shipped_files_name_their_keys_without_doubt():
    """YAML reads a bare on, yes or no as true or false."""
    for path in sorted((pack_folder("federation") / "programmes").glob("*.yaml")):

        def keys(part):
            if isinstance(part, dict):
                yield from part
                for value in part.values():
                    yield from keys(value)
            elif isinstance(part, list):
                for value in part:
                    yield from keys(value)

        assert all(isinstance(key, str) for key in keys(yaml.safe_load(path.read_text())))


def test_no_stage_hides_what_an_earlier_one_showed(shipped) -> None:
    """Who saw names at a review or a visit sees them at the panel; a panel alone may see more."""
    order = ("double", "single", "open")
    for key, programme in shipped.items():
        shown = [order.index(s.blind) for s in programme.stages if s.kind in ("review", "panel")]
        assert shown == sorted(shown), key
