"""The chain of the audit log: sealing what was written, and verifying all of it again.

A seal's digest is SHA-256 over the seal before, the number of its events and each event's own digest.
Whoever changes, removes or slips in an event must rewrite every seal that follows; whoever has noted
a later seal (`sheke audit head`; it also stands in each backup) sees it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction

from .models import AuditEvent, AuditSeal

BATCH = 20_000  # events of one seal; bounds memory and the time for which the lock is held
LOCK = 0x5E41  # PostgreSQL's advisory lock: one process seals at a time
SHOWN = 20  # broken seals that a verification tells of


@dataclass
class Verification:
    """What verifying the chain found.

    sealed, unsealed: numbers of events. broken: what is wrong, by number of the seal. head: the last
    seal's digest. known: whether the head that the caller had noted is in the chain (None: not asked).
    """

    seals: int = 0
    sealed: int = 0
    unsealed: int = 0
    head: str = ""
    broken: dict[int, str] = field(default_factory=dict)
    known: bool | None = None

    @property
    def holds(self) -> bool:
        return not self.broken and self.known is not False


def seal_events() -> int:
    """Seal every event that is written and not sealed yet; returns how many there were."""
    total = 0
    while count := _seal_batch():
        total += count
        if count < BATCH:
            break
    return total


@transaction.atomic
def _seal_batch() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    events = list(AuditEvent.objects.filter(seal=None).order_by("id")[:BATCH])
    if not events:
        return 0
    last = AuditSeal.objects.order_by("id").last()
    seal = AuditSeal.objects.create(
        previous=last, events_count=len(events), digest=seal_digest(last, events)
    )
    table = AuditEvent._meta.db_table
    with connection.cursor() as cursor:  # past the ORM, which never changes an event
        cursor.executemany(
            f'UPDATE "{table}" SET seal_id = %s WHERE id = %s',  # noqa: S608
            [(seal.pk, event.pk) for event in events],
        )
    return len(events)


def verify_chain(noted: str = "") -> Verification:
    """Compute every seal again from the events that are there.

    noted: a head that was noted before; the chain must still hold it, else its end was cut off.
    """
    found = Verification(known=False if noted else None)
    previous: AuditSeal | None = None
    for seal in AuditSeal.objects.order_by("id").iterator():
        events = list(AuditEvent.objects.filter(seal=seal).order_by("id"))
        if (fault := _fault(seal, previous, events)) and len(found.broken) < SHOWN:
            found.broken[seal.pk] = fault
        found.seals += 1
        found.sealed += len(events)
        found.head = seal.digest
        if seal.digest == noted:
            found.known = True
        previous = seal
    found.unsealed = AuditEvent.objects.filter(seal=None).count()
    return found


def _fault(seal: AuditSeal, previous: AuditSeal | None, events: list[AuditEvent]) -> str:
    """What is wrong with a seal: “order”, “missing”, “added”, “changed”, or nothing."""
    if seal.previous_id != (previous.pk if previous else None):
        return "order"
    if len(events) != seal.events_count:
        return "missing" if len(events) < seal.events_count else "added"
    return "" if seal_digest(previous, events) == seal.digest else "changed"


def seal_digest(previous: AuditSeal | None, events: Iterable[AuditEvent]) -> str:
    """Hexadecimal SHA-256 over the seal before and the events in the order of their numbers."""
    digests = [event_digest(event) for event in events]
    whole = hashlib.sha256((previous.digest if previous else "").encode())
    whole.update(f"\n{len(digests)}\n".encode())
    for digest in digests:
        whole.update(digest)
    return whole.hexdigest()


def event_digest(event: AuditEvent) -> bytes:
    """SHA-256 of an event as canonical JSON (sorted keys, no spaces, UTF-8)."""
    content = [
        event.pk, event.at.isoformat(), event.actor_id, event.actor_name, event.verb,
        event.subject_type, event.subject_id, event.subject_name, event.data,
    ]  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()
