"""Verbs: make blind packets, settle what still names somebody, release them to reviewers."""

from __future__ import annotations

import io
import random
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.ledger.evidence.actions import store_file
from sheke.ledger.models import StoredFile

from ..guarding import locked_call, still_open
from ..models import Call, Packet, PacketFile, Phase, Review, Step, Submission, Upload
from ..reviewing import packing
from ..reviewing.identities import identity_of
from ..reviewing.standing import review_phase, stage_of, under_review
from ..steps import take_step

DECISIONS = (packing.KEPT, packing.REPLACED)


@transaction.atomic
def make_packet(*, submission: Submission, phase: Phase, by: Account | None) -> Packet:
    """Make the packet of a submission as it was sent. A released one stays as it is; one that was
    made from an older version is made anew.
    """
    held = Packet.objects.select_for_update().filter(submission=submission).first()
    if held is not None and (held.released_at or held.version_id == submission.sent_id):
        return held
    if held is not None:
        held.delete()
    version, stage = submission.sent, phase.definition
    if version is None:
        raise BadInput(_("It was never sent in."))
    programme = submission.edition.programme
    values = packing.packet_values(programme, stage, version.values)
    double = stage.blind == "double"
    identity = identity_of(submission)
    findings = packing.search_values(programme, values, identity) if double else []
    packet = Packet.objects.create(
        submission=submission, version=version, values=values, findings=findings
    )
    for field in packing.shown_fields(programme, stage):
        if field.kind == "files":
            numbers = version.values.get(field.key) or []
            for place, upload in enumerate(_uploads(submission, numbers), start=1):
                _make_file(packet, upload, field.name.zh, place, identity if double else None)
    _count(packet)
    audit.record("call.packet", submission, by=by, open=packet.open)
    return packet


def _uploads(submission: Submission, numbers: list[int]) -> Iterable[Upload]:
    return submission.uploads.filter(pk__in=numbers).select_related("stored").order_by("pk")


def _make_file(packet: Packet, upload: Upload, label: str, place: int, identity: Any) -> None:
    if identity is None:
        PacketFile.objects.create(
            packet=packet, upload=upload, stored=upload.stored, name=upload.name
        )
        return
    name = packing.neutral_name(label, place, upload.name)
    made = PacketFile(packet=packet, upload=upload, name=name)
    _strip(made, upload.stored, upload.name, identity)
    made.save()


def _strip(file: PacketFile, source: StoredFile, name: str, identity: Any) -> None:
    with source.file.open("rb") as opened:
        stripped = packing.strip_file(opened.read(), name, identity)
    file.problem, file.findings, file.stored = stripped.problem, stripped.findings, None
    if stripped.data is not None:
        file.stored = store_file(file=io.BytesIO(stripped.data), name=file.name)


@transaction.atomic
def settle_findings(
    *, packet: Packet, keys: Collection[str], decision: str, by: Account | None
) -> Packet:
    """Decide on findings: they are kept as they are, or blacked out. An empty decision takes it back.

    Raises BadInput where a place cannot be blacked out (a PDF, a picture); then nothing is changed.
    """
    packet = _locked(packet)
    if decision and decision not in DECISIONS:
        raise BadInput(_("Decide whether it is kept or replaced."))
    known = {each["key"]: each for each in _all_findings(packet)}
    for key in keys:
        if key not in known:
            raise BadInput(_("This place is not there any more; look at the packet again."))
        if decision == packing.REPLACED and known[key]["kind"] == packing.UNREAD:
            raise BadInput(
                _("A picture cannot be blacked out here; withhold the file or replace it.")
            )
        if decision:
            packet.settled[key] = decision
        else:
            packet.settled.pop(key, None)
    _black_out(packet, set(keys))
    _count(packet)
    audit.record(
        "call.packet_settle", packet.submission, by=by, findings=len(keys), decision=decision
    )
    return packet


@transaction.atomic
def withhold_file(*, file: PacketFile, withheld: bool, by: Account | None) -> Packet:
    """Leave a file out of the packet, or put it in again."""
    packet = _locked(file.packet)
    key = f"file-{file.pk}"
    if withheld:
        packet.settled[key] = packing.WITHHELD
    else:
        packet.settled.pop(key, None)
    _count(packet)
    audit.record("call.packet_file", packet.submission, by=by, file=file.pk, withheld=withheld)
    return packet


@transaction.atomic
def replace_file(*, file: PacketFile, upload: BinaryIO, name: str, by: Account | None) -> Packet:
    """Put another file in its place, which is stripped and searched as the first one was."""
    packet = _locked(file.packet)
    source = store_file(file=upload, name=name)
    file.name = file.name.rpartition(".")[0] + Path(name).suffix.lower()
    _strip(file, source, name, identity_of(packet.submission))
    if file.problem:
        raise BadInput(file.problem)
    file.save()
    kept = {
        k: v
        for k, v in packet.settled.items()
        if not k.startswith((f"f{file.pk}-", f"file-{file.pk}"))
    }
    packet.settled = kept | {f"source-{file.pk}": source.pk}
    _count(packet)
    audit.record("call.packet_file", packet.submission, by=by, file=file.pk, sha256=source.sha256)
    return packet


@transaction.atomic
def release_packets(
    *, call: Call, packets: Iterable[Packet], by: Account | None
) -> tuple[int, int]:
    """Let reviewers see the packets in which nothing is open; each gets a number drawn at random.

    Returns how many were released and how many stay back.
    """
    call = locked_call(call)
    still_open(call)
    wanted = [each.pk for each in packets]
    found = Packet.objects.select_for_update(of=("self",)).filter(
        pk__in=wanted, submission__call=call, released_at=None
    )
    rows = list(found.select_related("submission__sent"))
    ready = [each for each in rows if not each.open and each.version_id == each.submission.sent_id]
    numbers, now = _draw(call, len(ready)), timezone.now()
    for packet, number in zip(ready, numbers, strict=True):
        submission = packet.submission
        if submission.packet is None:
            submission.packet = number
            submission.save(update_fields=["packet"])
        packet.released_at, packet.released_by = now, by
        packet.save(update_fields=["released_at", "released_by"])
        take_step(Step.Act.RELEASED, call=call, submission=submission, by=by)
    return len(ready), len(rows) - len(ready)


@transaction.atomic
def take_back_packet(*, packet: Packet, by: Account | None) -> Packet:
    """Hide a released packet again, as long as nobody has begun a review of it."""
    packet = (
        Packet.objects.select_for_update(of=("self",))
        .select_related("submission")
        .get(pk=packet.pk)
    )
    begun = Review.objects.filter(
        assignment__submission=packet.submission, assignment__ended_at=None
    )
    if begun.exists():
        raise BadInput(_("Reviews of it have begun; it stays with the reviewers."))
    packet.released_at = packet.released_by = None
    packet.save(update_fields=["released_at", "released_by"])
    audit.record("call.packet_back", packet.submission, by=by)
    return packet


@transaction.atomic
def make_packets(*, call: Call, stage: str, by: Account | None, tell: Any = None) -> int:
    """Make the packets of all submissions at the stage that have none. Returns how many were made."""
    phase = review_phase(call, stage)
    waiting = [
        each for each in under_review(phase).select_related(
            "call__edition__definition", "edition__definition", "organisation", "sent", "blind"
        )
        if not hasattr(each, "blind")
        or (each.blind.released_at is None and each.blind.version_id != each.sent_id)
    ]  # fmt: skip
    for done, submission in enumerate(waiting, start=1):
        make_packet(submission=submission, phase=phase, by=by)
        if tell is not None:
            tell(done, len(waiting))
    return len(waiting)


def _draw(call: Call, count: int) -> list[int]:
    """Numbers that no packet of the call has, by chance: their order tells nothing."""
    held = set(call.submissions.exclude(packet=None).values_list("packet", flat=True))
    total = len(held) + count
    low = 1000
    while 9 * low < 3 * total:
        low *= 10
    free = [number for number in range(low, 10 * low) if number not in held]
    return random.SystemRandom().sample(free, count)


def _locked(packet: Packet) -> Packet:
    found = Packet.objects.select_for_update(of=("self",)).select_related(
        "version", "submission__edition__definition", "submission__call", "submission__organisation"
    )
    packet = found.get(pk=packet.pk)
    if packet.released_at is not None:
        raise BadInput(_("The packet is with the reviewers already; take it back first."))
    return packet


def _all_findings(packet: Packet) -> list[dict[str, Any]]:
    found = packing.marked(packet.findings, packet.settled)
    for file in packet.files.all():
        found += packing.marked(file.findings, packet.settled, f"f{file.pk}-")
    return found


def _black_out(packet: Packet, touched: set[str]) -> None:
    """Values and files anew, with everything that is to be replaced."""
    call, submission = packet.submission.call, packet.submission
    programme = submission.edition.programme
    wanted = [each for each in packing.marked(packet.findings, packet.settled)
              if each["settled"] == packing.REPLACED]  # fmt: skip
    phase = review_phase(call, stage_of(submission))
    values = packing.packet_values(programme, phase.definition, packet.version.values)
    packet.values = packing.redacted_values(programme, values, wanted)
    for file in packet.files.select_related("upload__stored"):
        prefix = f"f{file.pk}-"
        if any(key.startswith(prefix) for key in touched):
            _black_out_file(packet, file, prefix)


def _black_out_file(packet: Packet, file: PacketFile, prefix: str) -> None:
    source_pk = packet.settled.get(f"source-{file.pk}")
    source = StoredFile.objects.get(pk=source_pk) if source_pk else file.upload.stored
    wanted = [each for each in packing.marked(file.findings, packet.settled, prefix)
              if each["settled"] == packing.REPLACED]  # fmt: skip
    with source.file.open("rb") as opened:
        data = packing.redacted_file(opened.read(), file.name, wanted)
    file.stored = store_file(file=io.BytesIO(data), name=file.name)
    file.save(update_fields=["stored"])


def _count(packet: Packet) -> None:
    """How much is open: findings without a decision, files that cannot be made blind."""
    withheld = {k for k, v in packet.settled.items() if v == packing.WITHHELD}
    count = sum(
        1 for each in packing.marked(packet.findings, packet.settled) if not each["settled"]
    )
    for file in packet.files.all():
        if f"file-{file.pk}" in withheld:
            continue
        prefix = f"f{file.pk}-"
        count += bool(file.problem)
        count += sum(
            1
            for each in packing.marked(file.findings, packet.settled, prefix)
            if not each["settled"]
        )
    packet.open = count
    packet.save()
