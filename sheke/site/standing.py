"""Which databases answer, and how far each replica has come. One for each process, asked seldom."""

from __future__ import annotations

import logging
from threading import Lock
from time import monotonic
from zlib import crc32

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

logger = logging.getLogger(__name__)
FRESH = 0.05  # seconds for which an answer is good
RETRY = 1.0  # seconds before one that did not answer is asked again


def lsn(text: str) -> int:
    """PostgreSQL's position in its log, `16/B374D848`, as a number."""
    high, _slash, low = text.partition("/")
    return (int(high, 16) << 32) + int(low, 16)


class Standing:
    """Positions by alias (None: does not answer). Replay only goes forward, so an old answer is safe."""

    def __init__(self) -> None:
        self.positions: dict[str, int | None] = {}
        self.asked_at: dict[str, float] = {}
        self.locks = {alias: Lock() for alias in settings.DATABASES}

    def is_up(self, alias: str) -> bool:
        return self._position(alias) is not None

    def replica_with(self, position: int, stickiness: str) -> str | None:
        """A replica that has replayed `position`; the same one for the same `stickiness` if it can."""
        names = [alias for alias in settings.DATABASES if alias != DEFAULT_DB_ALIAS]
        start = crc32(stickiness.encode()) % len(names)
        for alias in names[start:] + names[:start]:
            replayed = self._position(alias, enough=position)
            if replayed is not None and replayed >= position:
                return alias
        return None

    def doubt(self, *aliases: str) -> None:
        """Ask these anew, over new connections: they have just failed."""
        for alias in aliases:
            connections[alias].close()
            self.asked_at.pop(alias, None)

    def _position(self, alias: str, enough: int | None = None) -> int | None:
        """As it was a moment ago; asked anew when that is too old, by one thread at a time."""
        known = self.positions.get(alias)
        wait = RETRY if known is None else FRESH
        asked_at = self.asked_at.get(alias)
        if asked_at is not None and monotonic() - asked_at < wait:
            return known
        lock = self.locks[alias]
        if asked_at is not None and not lock.acquire(blocking=False):
            return known  # another thread is asking; it may hang on a machine that is gone
        if asked_at is None:
            lock.acquire()
        try:
            self._keep(alias, _ask(alias))
        finally:
            lock.release()
        return self.positions[alias]

    def _keep(self, alias: str, position: int | None) -> None:
        before = self.positions.get(alias, -1)
        if (position is None) != (before is None):
            logger.warning("database %s %s", alias, "is away" if position is None else "answers")
        self.positions[alias] = position
        self.asked_at[alias] = monotonic()


def _ask(alias: str) -> int | None:
    """The position of one that can do its work: a primary that writes, a replica that replays."""
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn()::text")
            recovering, replayed = cursor.fetchone()
    except Error as error:
        logger.debug("database %s: %s", alias, str(error).strip())
        connection.close()
        return None
    if alias == DEFAULT_DB_ALIAS:
        return None if recovering else 0
    return lsn(replayed) if recovering and replayed else None
