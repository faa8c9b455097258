"""Where the audit log stands: every write is an action, and every action leaves an event."""

from __future__ import annotations

from .databases import asked_once, reading_connection
from .models import AuditEvent

# Ends of indexes; few events wait for a seal.
STANDING = """
    SELECT (SELECT id FROM core_auditevent ORDER BY id DESC LIMIT 1),
           (SELECT at FROM core_auditevent ORDER BY id DESC LIMIT 1),
           (SELECT id FROM core_auditseal ORDER BY id DESC LIMIT 1),
           (SELECT COUNT(*) FROM core_auditevent WHERE seal_id IS NULL)
"""


def last_act() -> tuple[object, ...]:
    """Another one after every action. One query, for a whole request that reads.

    The last event and seal, and how many events wait for a seal: so an action that commits after
    one with a higher number is seen too.
    """
    return asked_once("last act", _ask)


def _ask() -> tuple[object, ...]:
    with reading_connection(AuditEvent).cursor() as cursor:
        cursor.execute(STANDING)
        return tuple(cursor.fetchone())
