"""Packets: what reviewers see, where names were found, released by the office."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document

from sheke.calls.actions import packets as actions
from sheke.calls.models import Packet, PacketFile, Step, Submission, Upload
from sheke.calls.reviewing import desk, packing
from sheke.core.errors import BadInput
from sheke.ledger.evidence.actions import store_file
from tests.calls import factories as calls

from .worlds import World, world

pytestmark = pytest.mark.django_db
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 600


def document(*lines: str, author: str = "申报人") -> bytes:
    made = Document()
    made.core_properties.author = author
    for line in lines:
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_file(submission: Submission, data: bytes, name: str) -> Upload:
    stored = store_file(file=io.BytesIO(data), name=name)
    upload = Upload.objects.create(
        submission=submission, field="proposal", stored=stored, name=name
    )
    submission.values = submission.values | {"proposal": [upload.pk]}
    calls.send(submission)
    return upload


def packet(made: World, number: int = 0) -> Packet:
    submission = Submission.objects.get(pk=made.submissions[number].pk)
    return actions.make_packet(submission=submission, phase=made.phase, by=made.office)


def content(file: PacketFile) -> bytes:
    assert file.stored is not None
    with file.stored.file.open("rb") as opened:
        return bytes(opened.read())


def test_fields_that_are_not_for_reviewers_and_people_stay_out() -> None:
    made = world(submissions=1, reviewers=0)
    found = packet(made)
    assert set(found.values) == {"title", "discipline", "amount", "summary", "keywords"}
    stage = made.phase.definition
    assert desk.sheet(found, stage).people == []


def test_names_in_texts_are_found_and_blacked_out_or_kept() -> None:
    made = world(submissions=1, reviewers=0)
    submission = made.submissions[0]
    submission.members.update(name="欧阳明远")
    submission.values |= {"summary": "本研究由欧阳明远主持。\n欧阳明远长期研究县域。"}
    calls.send(submission)
    found = packet(made)
    keys = [each["key"] for each in packing.marked(found.findings, found.settled)]
    assert found.open == 2
    found = actions.settle_findings(
        packet=found, keys=keys[:1], decision="replaced", by=made.office
    )
    assert found.values["summary"].count("欧阳明远") == 1 and found.open == 1
    found = actions.settle_findings(packet=found, keys=keys[1:], decision="kept", by=made.office)
    assert found.open == 0
    found = actions.settle_findings(packet=found, keys=keys[:1], decision="", by=made.office)
    assert found.values["summary"].count("欧阳明远") == 2 and found.open == 1


def test_a_rich_text_with_a_name_broken_by_tags_loses_it() -> None:
    sections = calls.grant()["sections"]
    sections[1]["fields"][0] |= {"kind": "rich"}
    programme = calls.programme(key="rich_test", sections=sections).programme
    values = {"summary": "<p>由<strong>欧阳</strong>明远主持</p><p>其他</p>"}
    from sheke.calls.blinding import Identity, Person

    found = packing.search_values(programme, values, Identity(people=(Person("欧阳明远"),)))
    made = packing.redacted_values(programme, values, found)
    assert "明远" not in made["summary"] and "其他" in made["summary"]
    assert made["summary"].startswith("<p>")


def test_files_lose_their_name_their_author_and_what_is_blacked_out() -> None:
    made = world(submissions=1, reviewers=0)
    made.submissions[0].members.update(name="欧阳明远")
    with_file(
        made.submissions[0], document("项目由欧阳明远主持。", author="欧阳明远"), "欧阳明远.docx"
    )
    found = packet(made)
    (file,) = found.files.all()
    assert "欧阳" not in file.name and file.name.endswith(".docx")
    assert Document(io.BytesIO(content(file))).core_properties.author in ("", None)
    keys = [each["key"] for each in packing.marked(file.findings, {}, f"f{file.pk}-")]
    assert keys and found.open == len(keys)
    found = actions.settle_findings(packet=found, keys=keys, decision="replaced", by=made.office)
    (file,) = found.files.all()
    text = "\n".join(p.text for p in Document(io.BytesIO(content(file))).paragraphs)
    assert "欧阳明远" not in text and found.open == 0


def test_what_cannot_be_made_blind_is_told_and_left_out_or_replaced() -> None:
    made = world(submissions=1, reviewers=0)
    upload = with_file(made.submissions[0], document("一"), "一.docx")
    upload.stored = store_file(file=io.BytesIO(FILM), name="片.mp4")
    upload.name = "片.mp4"
    upload.save()
    found = packet(made)
    (file,) = found.files.all()
    assert file.stored is None and "docx" in file.problem and found.open == 1
    assert actions.release_packets(call=made.call, packets=[found], by=made.office) == (0, 1)
    out = actions.withhold_file(file=file, withheld=True, by=made.office)
    assert out.open == 0
    new = io.BytesIO(document("没有姓名的论证"))
    replaced = actions.replace_file(file=file, upload=new, name="新.docx", by=made.office)
    file.refresh_from_db()
    assert replaced.open == 0 and file.stored is not None and file.name.endswith(".docx")
    stage = made.phase.definition
    parts = desk.sheet(Packet.objects.get(), stage).parts
    assert [f.name for part in parts for f in part.files] == [file.name]


def test_a_file_left_out_is_not_in_the_sheet() -> None:
    made = world(submissions=1, reviewers=0)
    with_file(made.submissions[0], document("论证"), "论证.docx")
    found = packet(made)
    actions.withhold_file(file=found.files.get(), withheld=True, by=made.office)
    parts = desk.sheet(Packet.objects.get(), made.phase.definition).parts
    assert all(not part.files for part in parts)


def test_release_draws_numbers_and_stands_in_the_log() -> None:
    made = world(submissions=4, reviewers=0)
    actions.make_packets(call=made.call, stage="review", by=made.office)
    found = Packet.objects.all()
    assert actions.release_packets(call=made.call, packets=found, by=made.office) == (4, 0)
    drawn = list(Submission.objects.order_by("number").values_list("packet", flat=True))
    assert len(set(drawn)) == 4 and all(1000 <= number < 10000 for number in drawn)
    assert Step.objects.filter(act="released").count() == 4
    with pytest.raises(BadInput):
        actions.settle_findings(packet=found[0], keys=[], decision="kept", by=made.office)
    actions.take_back_packet(packet=found[0], by=made.office)
    actions.release_packets(call=made.call, packets=found, by=made.office)
    assert list(Submission.objects.order_by("number").values_list("packet", flat=True)) == drawn


def test_a_correction_makes_the_packet_anew_and_an_old_one_is_not_released() -> None:
    made = world(submissions=1, reviewers=0)
    old = packet(made)
    submission = Submission.objects.get()
    submission.values |= {"summary": "改过的摘要"}
    calls.send(submission)
    assert actions.release_packets(call=made.call, packets=[old], by=made.office) == (0, 1)
    assert actions.make_packets(call=made.call, stage="review", by=made.office) == 1
    assert Packet.objects.get().values["summary"] == "改过的摘要"


def test_a_stage_that_is_not_blind_names_its_applicants() -> None:
    made = world(submissions=1, reviewers=0, blind="single")
    made.submissions[0].members.update(name="欧阳明远")
    made.submissions[0].values |= {"summary": "由欧阳明远主持"}
    calls.send(made.submissions[0])
    found = packet(made)
    people: list[dict[str, Any]] = desk.sheet(found, made.phase.definition).people
    assert found.open == 0 and [one["name"] for one in people] == ["欧阳明远"]
