"""The command line: `sheke NOUN VERB`. A noun is a management command of one of the apps."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Run a command; bad input ends with one clear line on standard error and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sheke.site.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import OperationalError, ProgrammingError

    from sheke.core.errors import BadInput

    try:
        run(sys.argv)
    except (BadInput, CommandError, ImproperlyConfigured) as error:
        fail(str(error))
    except (OperationalError, ProgrammingError) as error:
        from sheke.site import refusals

        if "no such table" in str(error) or "does not exist" in str(error):
            fail(refusals.no_database())
        fail(refusals.no_answer(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(130)


def run(arguments: list[str]) -> None:
    import django

    django.setup()
    nouns = our_nouns()
    if len(arguments) < 2 or arguments[1] in ("-h", "--help", "help"):
        overview(nouns)
    elif arguments[1] in ("-V", "--version"):
        from importlib.metadata import version

        print(f"Sheke {version('sheke')}")
    else:
        from django.core.management import BaseCommand

        check_noun(arguments[1], nouns)
        # Django's checks load every page's code, a second that each command would pay;
        # `sheke check` runs them, and so do Django's own commands.
        if arguments[1] in nouns:
            BaseCommand.requires_system_checks = []
        execute([Path(arguments[0]).name, *arguments[1:]], nouns)


def execute(arguments: list[str], nouns: dict[str, str]) -> None:
    """Run Django's utility; a wrong option of ours is one line, not a page of help on stdout."""
    from django.core.management import ManagementUtility

    class Utility(ManagementUtility):
        def fetch_command(self, subcommand: str) -> Any:
            command = super().fetch_command(subcommand)
            if subcommand in nouns:
                command.print_help = refuse  # type: ignore[assignment, method-assign]
            return command

    Utility(arguments).execute()


def refuse(_program: str, *path: str) -> None:
    """Stands in for the help that typer's commands print before they say what was wrong."""
    from sheke.core.errors import BadInput
    from sheke.site.refusals import wrong_usage

    raise BadInput(wrong_usage(sys.exc_info()[1], path)) from None


def our_nouns() -> dict[str, str]:
    """The nouns of Sheke's own apps with the app that brings them."""
    from django.core.management import get_commands

    return {
        noun: str(app) for noun, app in sorted(get_commands().items())
        if str(app).startswith("sheke.")
    }  # fmt: skip


def check_noun(noun: str, nouns: dict[str, str]) -> None:
    """Raises CommandError with close nouns where there is no such command."""
    from django.core.management import CommandError, get_commands

    from sheke.site.refusals import no_such_noun

    if noun not in get_commands():
        raise CommandError(no_such_noun(noun, nouns))


def overview(nouns: dict[str, str]) -> None:
    from django.core.management import load_command_class
    from rich.console import Console
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for noun, app in nouns.items():
        command = load_command_class(app, noun)
        table.add_row(f"[bold]{noun}[/bold]", str(command.help).strip().partition("\n")[0])
    console = Console()
    console.print("sheke NOUN VERB [OPTIONS]\n", style="bold", highlight=False)
    console.print(table)
    console.print(
        "\n“sheke NOUN --help” tells more about a noun, “sheke NOUN VERB --help” about a verb."
    )


def fail(message: str) -> None:
    print(f"sheke: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(1)
