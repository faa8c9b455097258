"""sheke demo"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from sheke.site.demo.box.making import make_box
from sheke.site.demo.build import build, is_built
from sheke.site.demo.clearing import clear
from sheke.site.demo.people import PASSWORD
from sheke.site.demo.source import read
from sheke.site.installing import set_up
from sheke.site.serving import check_free, serve

HOST = "127.0.0.1"


class Command(TyperCommand):
    help = _("Try Sheke with an invented federation: prepare everything and open the site.")

    def handle(
        self,
        port: Annotated[int, typer.Option(help="Port.", min=1, max=65535)] = 8000,
        no_serve: Annotated[
            bool, typer.Option("--no-serve", help="Prepare the data only.")
        ] = False,
        fresh: Annotated[
            bool, typer.Option("--fresh", help="Throw the demonstration away first.")
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    ) -> None:
        os.environ["SHEKE_DEMO"] = "1"  # for the processes that serve
        settings.DEMO = True
        if not no_serve:
            check_free(HOST, port)
        if fresh:
            clear()
        prepare()
        address = f"http://{HOST}:{port}/"
        print_json(address) if as_json else print_table(address, served=not no_serve)
        if not no_serve:
            serve(host=HOST, port=port, workers=1)


def prepare() -> None:
    """Tables, pack and data, with a bar on standard error; what is there already is kept."""
    set_up()
    if not is_built():
        with bar() as show:
            build(show)
    if not box().exists():
        make_box(box())


def box() -> Path:
    """The folder with files to take into the library: whoever tries it needs some."""
    return Path(settings.VAR) / "demo-box"


@contextmanager
def bar() -> Iterator[Any]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        tasks: dict[str, Any] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step)
            progress.update(tasks[step], completed=done, total=total)

        yield show


def print_json(address: str) -> None:
    accounts = [
        {"user": entry["user"], "password": PASSWORD, "name": entry["name"], "what": entry["what"]}
        for entry in read("people")["accounts"]
    ]
    data = {"address": address, "accounts": accounts, "box": str(box())}
    sys.stdout.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def print_table(address: str, *, served: bool) -> None:
    console = Console()
    table = Table(title="演示账号 Demo accounts", title_justify="left")
    for heading in ("用户名 User name", "密码 Password", "姓名 Name", "身份 Role"):
        table.add_column(heading)
    for entry in read("people")["accounts"]:
        table.add_row(entry["user"], PASSWORD, entry["name"], entry["what"])
    console.print(table)
    console.print(f"一箱待入库的文件 Files to take into the library: {box()}")
    if served:
        console.print(f"\n[bold]{address}[/bold]   (Ctrl+C 停止 to stop)\n")
    sys.stdout.flush()
