"""sheke backup"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand, command, initialize

from sheke.core.errors import BadInput
from sheke.site.backup.making import finished, make_backup, summary
from sheke.site.backup.manifest import read_manifest
from sheke.site.backup.restoring import note
from sheke.site.backup.verifying import Verdict
from sheke.site.backup.verifying import verify as verify_backup

# The verbs call it `plain`: of one name with the noun's own option, that one's value would be theirs.
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Command(TyperCommand):
    help = gettext_lazy(
        "Back up the database and the files while the site is in use; verify a backup."
    )

    @initialize(invoke_without_command=True)
    def make(
        self,
        context: typer.Context,
        out: Annotated[
            Path | None,
            typer.Option("--out", "-o", help="Folder of backups, or a .tar or .tar.zst file."),
        ] = None,
        keep: Annotated[
            int,
            typer.Option(help="Leave only so many of the latest in the folder (0: all).", min=0),
        ] = 0,
        without_key: Annotated[
            bool, typer.Option("--without-key", help="Leave out the secret key.")
        ] = False,
        verify: Annotated[
            bool, typer.Option("--verify", help="Restore it in a scratch place afterwards.")
        ] = False,
        as_json: Json = False,
    ) -> None:
        if context.invoked_subcommand:
            return
        target = out or folder()
        path, manifest = make_backup(target, with_key=not without_key, keep=keep)
        told = summary(path, manifest)
        verdict = verify_backup(path) if verify else None
        note(
            "backup.make",
            backup=path.name,
            files=manifest.files,
            bytes=manifest.size,
            verified=bool(verdict and not verdict.problems),
        )
        if verdict:
            told["verified"] = asdict(verdict)
        if as_json:
            show(told)
        else:
            say(told)
            say_verdict(path, verdict)
        fail_on(verdict)

    @command(help="Restore a backup in a scratch place and compare everything.")
    def verify(
        self,
        path: Annotated[Path, typer.Argument(help="Folder or file of a backup.")],
        plain: Json = False,
    ) -> None:
        verdict = verify_backup(path)
        if plain:
            show(asdict(verdict))
        else:
            say_verdict(path, verdict)
        fail_on(verdict)

    @command(help="List the backups of a folder, oldest first.")
    def list(
        self,
        path: Annotated[Path | None, typer.Argument(help="Folder of backups.")] = None,
        plain: Json = False,
    ) -> None:
        found = [summary(one, read_manifest(one)) for one in finished(path or folder())]
        if plain:
            show({"backups": found})
        for one in [] if plain else found:
            print(f"{one['made_at']}  {one['records']:>9}  {one['files']:>7}  {one['backup']}")


def folder() -> Path:
    """The folder that settings name, else one beside the database."""
    return Path(settings.BACKUP_FOLDER or Path(settings.VAR) / "backups")


def show(data: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")


def say(told: dict[str, Any]) -> None:
    print(
        _("%(path)s: %(records)s records, %(files)s files, %(size)s MB")
        % {
            "path": told["backup"], "records": told["records"], "files": told["files"],
            "size": (told["size"] + told["database_bytes"]) // 1_000_000,
        }
    )  # fmt: skip
    for name in told["missing"]:
        print(_("missing in the storage: %(name)s") % {"name": name}, file=sys.stderr)
    for name in told["changed"]:
        print(_("not the content that was kept: %(name)s") % {"name": name}, file=sys.stderr)
    if told["secret_key"] == "included":  # noqa: S105
        print(
            _("The backup contains the secret key: keep it where nobody else can read it."),
            file=sys.stderr,
        )


def say_verdict(path: Path, verdict: Verdict | None) -> None:
    """That the backup holds, where it was looked at and does."""
    if verdict and not verdict.problems:
        text = _("%(path)s holds: %(records)s records, %(files)s files, seals and audit log agree.")
        print(text % {"path": path, "records": verdict.records, "files": verdict.files})


def fail_on(verdict: Verdict | None) -> None:
    """Raise BadInput with the first problems where there are any."""
    if verdict and verdict.problems:
        raise BadInput(
            _("The backup does not hold: %(problems)s")
            % {"problems": " ".join(verdict.problems[:5])}
        )
