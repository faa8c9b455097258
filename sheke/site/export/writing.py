"""The export as a folder: tables, definitions, files, and what explains them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.definitions.models import Definition
from sheke.site.backup.contents import keep
from sheke.site.backup.disk import private_folder, settle

from .choice import LEFT_OUT, OTHERS_LEFT_OUT, columns, nouns
from .moment import moment
from .schemas import json_schema, resource
from .tables import write_table

README = Path(__file__).parent / "README.md"


def export_all(folder: Path, *, personal: bool = True) -> dict[str, Any]:
    """Write everything into the new folder `folder`; gives what was written, by noun.

    Raises BadInput when the folder has something in it, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(_("“%(path)s” is not empty. Name a new folder.") % {"path": folder})
    work = folder.with_name(f".{folder.name}.unfinished-{os.getpid()}")
    try:
        private_folder(work)
        told = _write(work, personal=personal)
        if folder.exists():
            folder.rmdir()
        settle(work, folder)
    except OSError as error:
        raise BadInput(
            _("The export could not be written: %(why)s.") % {"why": error.strerror or error}
        ) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return told


def _write(work: Path, *, personal: bool) -> dict[str, Any]:
    for name in ("data", "schemas", "definitions", "files"):
        (work / name).mkdir()
    with moment(work) as using:
        rows = {
            model._meta.label: write_table(
                model, columns(model, personal=personal), using, work / "data"
            )
            for model in nouns()
        }
        _write_definitions(work / "definitions", using)
        files = [_written(name, digest, work) for name, digest in _named(using)]
    _describe(work, rows, personal=personal)
    missing = [name for name, held in files if held is None]
    _dump(work / "files.json", {name: held for name, held in files if held})
    shutil.copyfile(README, work / "README.md")
    _write_sums(work)
    return {"rows": rows, "files": len(files) - len(missing), "missing": missing}


def _write_definitions(folder: Path, using: str) -> None:
    """What every definition says now, as the YAML that a pack is made of."""
    for one in Definition.objects.using(using).select_related("current").order_by("kind", "key"):
        if one.current is None:
            continue
        (folder / one.kind).mkdir(exist_ok=True)
        with (folder / one.kind / f"{one.key}.yaml").open("w", encoding="utf-8") as file:
            yaml.safe_dump(one.current.data, file, allow_unicode=True, sort_keys=False)


def _named(using: str) -> Iterator[tuple[str, str]]:
    for model in nouns():
        digest = any(field.name == "sha256" for field in model._meta.concrete_fields)
        for field in columns(model):
            if isinstance(field, FileField):
                found = model._base_manager.using(using).exclude(**{field.name: ""}).order_by("pk")
                wanted = (field.name, "sha256") if digest else (field.name,)
                for name, *known in found.values_list(*wanted).iterator():
                    yield name, known[0] if known else ""


def _written(name: str, digest: str, work: Path) -> tuple[str, str | None]:
    """Name in the storage, and the SHA-256 under which its content lies in files/."""
    if not default_storage.exists(name):
        return name, None
    held = keep(name, digest, work / "files")
    return name, held.sha256 if held else None


def _describe(work: Path, rows: dict[str, int], *, personal: bool) -> None:
    resources = []
    for model in nouns():
        fields = columns(model, personal=personal)
        _dump(work / "schemas" / f"{model._meta.label_lower}.json", json_schema(model, fields))
        resources.append(resource(model, fields, set(rows)) | {"rows": rows[model._meta.label]})
    _dump(
        work / "datapackage.json",
        {
            "profile": "tabular-data-package",
            "name": "sheke-export",
            "title": "Sheke / 社科",
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "sheke": version("sheke"),
            "left_out": LEFT_OUT | OTHERS_LEFT_OUT,
            "resources": resources,
        },
    )


def _write_sums(work: Path) -> None:
    """SHA256SUMS, as `sha256sum -c` reads it."""
    with (work / "SHA256SUMS").open("w", encoding="utf-8") as sums:
        for path in sorted(work.rglob("*")):
            if path.is_file() and path.name != "SHA256SUMS":
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                sums.write(f"{digest}  {path.relative_to(work)}\n")


def _dump(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
