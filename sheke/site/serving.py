"""Serving the site: granian for the pages and one worker process for the background jobs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

PATIENCE = 10  # seconds that a running job may take to finish when the server stops


def check_free(host: str, port: int) -> None:
    """Raise BadInput when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except (OSError, OverflowError) as error:
            raise BadInput(
                _("Cannot listen on %(host)s:%(port)s (%(why)s). Choose another: --port %(next)s")
                % {"host": host, "port": port, "next": next_port(port),
                   "why": getattr(error, "strerror", None) or error}
            ) from None  # fmt: skip


def next_port(port: int) -> int:
    return port + 1 if 0 < port < 65535 else 8000


def serve(*, host: str, port: int, workers: int) -> None:
    """Serve until a signal; pages in flight and a running job are finished first."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    check_free(host, port)
    server = Granian(
        "sheke.site.wsgi:application", address=host, port=port, workers=workers,
        interface=Interfaces.WSGI, blocking_threads=2 * (os.cpu_count() or 1) + 1, log_level=LogLevels.warning, workers_kill_timeout=PATIENCE,
    )  # fmt: skip
    with job_worker():
        server.serve()


@contextmanager
def job_worker() -> Iterator[None]:
    """A process that runs background jobs, in a session of its own so that Ctrl-C reaches it once."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sheke.site.settings"}
    command = [
        sys.executable,
        "-m",
        "sheke",
        "db_worker",
        "--no-startup-delay",
        "--no-reload",
        "-v",
        "0",
    ]
    worker = subprocess.Popen(  # noqa: S603
        command, env=environment, start_new_session=True,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,
    )  # fmt: skip
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            worker.kill()


def _die_with_parent() -> None:
    """Ask the kernel to end this process when the server is killed outright."""
    import ctypes
    import signal

    set_death_signal = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGTERM)
