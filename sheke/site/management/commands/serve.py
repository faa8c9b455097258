"""sheke serve"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand

from sheke.core.errors import BadInput
from sheke.site.backup.restoring import unfinished
from sheke.site.serving import serve


class Command(TyperCommand):
    help = gettext_lazy("Serve the site and run the background jobs until stopped.")

    def handle(
        self,
        host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(help="Port.", min=1, max=65535)] = 8000,
        workers: Annotated[int, typer.Option(help="Processes for the pages.", min=1)] = 1,
        jobs: Annotated[
            int, typer.Option(help="Processes for background jobs (SHEKE_JOBS).", min=0)
        ] = settings.JOB_WORKERS,
        socket: Annotated[
            Path | None, typer.Option(help="Unix socket to listen on instead of the port.")
        ] = None,
    ) -> None:
        check_tables()
        print(f"unix:{socket}" if socket else f"http://{host}:{port}/", flush=True)
        serve(host=host, port=port, workers=workers, jobs=jobs, socket_path=socket)


def check_tables() -> None:
    """Raise BadInput where the tables are not those of this version, or only half restored."""
    if left := unfinished():
        raise BadInput(
            _("A restore was not finished. Run it again: sheke restore %(backup)s")
            % {"backup": left["backup"]}
        )
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BadInput("The database is not up to date: run “sheke setup” first.")
    connection.close()
