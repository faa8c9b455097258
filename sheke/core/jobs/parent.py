"""Ending with the process that started us, also when it is killed outright."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PARENT = "SHEKE_PARENT"  # the number of that process
SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def end_with_parent() -> None:
    """Ask to be ended when the server is killed outright; nothing happens where none started us.

    A server started again would otherwise find its port taken by pages of the dead one.
    """
    parent = os.environ.get(PARENT, "")
    if sys.platform != "linux" or not parent.isdecimal():
        return
    ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != int(parent):  # it died before we asked
        os.kill(os.getpid(), signal.SIGTERM)
