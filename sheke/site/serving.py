"""Serving the site: granian for the pages, worker processes for the background jobs."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.core.jobs.parent import PARENT

from .static_files import collect_if_changed
from .supervising import PATIENCE, job_workers

# Connections that one process holds; more wait in the kernel, or with the proxy's other machines.
CONNECTIONS = 256
HEADERS = 10_000  # milliseconds in which a browser must have sent its headers


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


def check_socket(path: Path) -> None:
    """Remove a socket that nobody listens on any more; raise BadInput where somebody does."""
    if not path.is_socket():
        if path.exists() or not path.parent.is_dir():
            raise BadInput(_("Cannot listen on %(path)s.") % {"path": path})
        return
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as trial:
        try:
            trial.connect(str(path))
        except OSError:
            path.unlink()
            return
    raise BadInput(_("Another process listens on %(path)s.") % {"path": path})


def serve(
    *, host: str, port: int, workers: int, jobs: int = 1, socket_path: Path | None = None
) -> None:
    """Serve until a signal; pages in flight and running jobs are finished first.

    A process that dies is started again, be it one of the `workers` for pages or of the `jobs`.
    With a `socket_path` it listens on that Unix socket instead of the port.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    if socket_path is None:
        check_free(host, port)
    else:
        check_socket(socket_path)
    collect_if_changed()
    os.environ[PARENT] = str(os.getpid())
    server = Granian(
        "sheke.site.wsgi:application", address=host, port=port, workers=workers,
        interface=Interfaces.WSGI, blocking_threads=2 * (os.cpu_count() or 1) + 1,
        log_level=LogLevels.error, workers_kill_timeout=PATIENCE, respawn_failed_workers=True,
        respawn_interval=0.1, uds=socket_path, uds_permissions=0o660 if socket_path else None,
        backpressure=CONNECTIONS, websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS),
    )  # fmt: skip
    with numbers_of_all_processes(), job_workers(jobs):
        server.serve()


@contextmanager
def numbers_of_all_processes() -> Iterator[None]:
    """A folder in which the processes add up what /metrics tells."""
    name = "PROMETHEUS_MULTIPROC_DIR"
    if os.environ.get(name):
        yield
        return
    folder = os.environ[name] = tempfile.mkdtemp(prefix="sheke-metrics-")
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
