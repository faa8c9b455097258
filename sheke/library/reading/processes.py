"""Commands that run within bounds of memory and time, and die with all that they started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

LIMITED = Path(__file__).with_name("limited.py")
GB = 1024**3


class TooMuch(Exception):
    """The command took longer than it may, or was stopped by its bounds."""


def bounded(
    command: Iterable[str], *, memory: int, seconds: int, output: int = 4 * GB
) -> list[str]:
    """The command so that it bounds itself: bytes of memory, seconds of CPU, bytes of a file."""
    return [sys.executable, "-I", str(LIMITED), str(memory), str(seconds), str(output), *command]


def run(
    command: Iterable[str], *, memory: int, seconds: int, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run to the end; raises TooMuch after `seconds` by the clock."""
    process = subprocess.Popen(  # noqa: S603  our own command
        bounded(command, memory=memory, seconds=seconds), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, env=env,
    )  # fmt: skip
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        end(process)
        raise TooMuch from None
    except BaseException:
        end(process)
        raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()
