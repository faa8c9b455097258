"""Serving the site: granian for the pages, worker processes for the background jobs."""

from __future__ import annotations

import os
import socket
from contextlib import closing

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.core.jobs.parent import PARENT

from .supervising import PATIENCE, job_workers


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


def serve(*, host: str, port: int, workers: int, jobs: int = 1) -> None:
    """Serve until a signal; pages in flight and running jobs are finished first.

    A process that dies is started again, be it one of the `workers` for pages or of the `jobs`.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    check_free(host, port)
    os.environ[PARENT] = str(os.getpid())
    server = Granian(
        "sheke.site.wsgi:application", address=host, port=port, workers=workers,
        interface=Interfaces.WSGI, blocking_threads=2 * (os.cpu_count() or 1) + 1,
        log_level=LogLevels.error, workers_kill_timeout=PATIENCE, respawn_failed_workers=True,
        respawn_interval=0.1,
    )  # fmt: skip
    with job_workers(jobs):
        server.serve()
