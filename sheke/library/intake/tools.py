"""What steps use in common during one turn: its end, and the process that looks at pictures."""

from __future__ import annotations

import time
from types import TracebackType

from ..ocr import Pictures


class Tools:
    """until: seconds of the monotonic clock after which a long step pauses; None for never."""

    def __init__(self, until: float | None = None) -> None:
        self.length = None if until is None else until - time.monotonic()
        self.until = until
        self._pictures: Pictures | None = None

    @property
    def time_is_up(self) -> bool:
        return self.until is not None and time.monotonic() >= self.until

    def begin_turn(self) -> None:
        if self.length is not None and self.time_is_up:
            self.until = time.monotonic() + self.length

    @property
    def pictures(self) -> Pictures:
        """Started when it is first used; its models stay in memory to the end of the turn."""
        if self._pictures is None:
            self._pictures = Pictures()
        return self._pictures

    def __enter__(self) -> Tools:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if self._pictures is not None:
            self._pictures.close()
