"""Packs: folders of YAML files that bring groups, record types and indicators.

packs/federation/pack.yaml            key, name, about, groups
packs/federation/record_types/*.yaml  lists of record types; the file's name is their group
packs/federation/indicators/*.yaml    lists of indicators, likewise
packs/federation/return_forms/*.yaml  lists of return forms
packs/federation/programmes/*.yaml    lists of programmes of calls
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from . import references
from .canonical import canonical
from .models import Definition
from .queries import known
from .references import Known
from .schemas import Schema
from .validation import Fault, Invalid, near, validate

# The one in C reads a pack ten times as fast; it is there wherever PyYAML comes as a wheel.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDERS = {
    Definition.Kind.RECORD_TYPE.value: "record_types",
    Definition.Kind.INDICATOR.value: "indicators",
    Definition.Kind.RETURN_FORM.value: "return_forms",
    Definition.Kind.PROGRAMME.value: "programmes",
}
GROUPED = (Definition.Kind.RECORD_TYPE.value, Definition.Kind.INDICATOR.value)


@dataclass(frozen=True)
class Place:
    """Where in a pack something stands: file, position in its list from 1, key."""

    file: str
    position: int = 0
    key: str = ""

    def __str__(self) -> str:
        if not self.position:
            return self.file
        return _("%(file)s, no. %(position)s (%(key)s)") % {
            "file": self.file, "position": self.position, "key": self.key or "?",
        }  # fmt: skip


@dataclass(frozen=True)
class PackFault:
    """A fault of a pack with its place."""

    place: Place
    fault: Fault

    def __str__(self) -> str:
        return f"{self.place}: {self.fault}"

    def as_dict(self) -> dict[str, Any]:
        return {
            "file": self.place.file, "position": self.place.position, "key": self.place.key,
            "field": self.fault.field, "message": self.fault.message,
        }  # fmt: skip


class PackError(BadInput):
    """A pack that cannot be loaded; `faults` lists every reason, the message the first."""

    def __init__(self, faults: list[PackFault]) -> None:
        self.faults = faults
        message = str(faults[0])
        if more := len(faults) - 1:
            message += _(" – and %(count)s more; see: sheke definition check") % {"count": more}
        super().__init__(message)


@dataclass(frozen=True)
class Item:
    kind: str
    schema: Schema
    place: Place

    @property
    def key(self) -> str:
        return str(getattr(self.schema, "key", ""))


@dataclass
class Pack:
    """A pack as read, with all its faults; `items` come in the order of loading."""

    key: str
    name: str
    items: list[Item] = field(default_factory=list)
    faults: list[PackFault] = field(default_factory=list)

    def of(self, kind: str) -> dict[str, Any]:
        return {item.key: item.schema for item in self.items if item.kind == kind}


def pack_folder(name: str) -> Path:
    """A shipped pack by its name, or any folder by its path. Raises BadInput."""
    for folder in (settings.PACKS / name, Path(name)):
        if (folder / "pack.yaml").is_file():
            return folder
    names = [path.name for path in settings.PACKS.iterdir() if (path / "pack.yaml").is_file()]
    raise BadInput(_("%(name)s: no pack.yaml there") % {"name": name} + near(name, names))


def read_pack(folder: Path) -> Pack:
    """Read and check a whole pack. Faults are collected, not raised, except that there is no pack."""
    head, faults = _yaml(folder, folder / "pack.yaml")
    head = head if isinstance(head, dict) else {}
    pack = Pack(key=str(head.get("key") or folder.name), name=_name(head), faults=faults)
    for position, data in enumerate(_as_list(head.get("groups")), start=1):
        if isinstance(data, dict):
            data = {"position": position, **data}
        _add(pack, Definition.Kind.GROUP.value, data, Place("pack.yaml", position, _key(data)))
    for kind, name in FOLDERS.items():
        for path in sorted((folder / name).glob("*.yaml")):
            _read_list(pack, folder, path, kind)
    _check_references(pack)
    return pack


def _name(head: dict[str, Any]) -> str:
    name = head.get("name")
    return str(name.get("zh", "")) if isinstance(name, dict) else str(name or "")


def _read_list(pack: Pack, folder: Path, path: Path, kind: str) -> None:
    data, faults = _yaml(folder, path)
    pack.faults += faults
    file = str(path.relative_to(folder))
    if faults or data is None:
        return
    if not isinstance(data, list):
        pack.faults.append(
            PackFault(Place(file), Fault("", _("must be a list (each begins with “- key:”)")))
        )
        return
    for position, entry in enumerate(data, start=1):
        if isinstance(entry, dict):
            entry = {"group": path.stem, **entry} if kind in GROUPED else entry
        _add(pack, kind, entry, Place(file, position, _key(entry)))


def _add(pack: Pack, kind: str, data: Any, place: Place) -> None:
    try:
        item = Item(kind, validate(kind, data), place)
    except Invalid as error:
        pack.faults += [PackFault(place, fault) for fault in error.faults]
        return
    if twin := next((i for i in pack.items if i.kind == kind and i.key == item.key), None):
        message = _("stands already in %(place)s") % {"place": twin.place}
        pack.faults.append(PackFault(place, Fault("key", message)))
        return
    pack.items.append(item)


def _check_references(pack: Pack) -> None:
    """Against the pack itself and what the database has in use beside it."""
    world = known()
    world = Known(
        groups={**world.groups, **pack.of(Definition.Kind.GROUP)},
        record_types={**world.record_types, **pack.of(Definition.Kind.RECORD_TYPE)},
        indicators={**world.indicators, **pack.of(Definition.Kind.INDICATOR)},
    )
    for item in pack.items:
        pack.faults += [PackFault(item.place, f) for f in references.faults(item.schema, world)]


def _yaml(folder: Path, path: Path) -> tuple[Any, list[PackFault]]:
    place = Place(str(path.relative_to(folder)))
    try:
        return yaml.load(path.read_text(encoding="utf-8"), LOADER), []  # noqa: S506  a safe loader
    except yaml.YAMLError as error:
        return None, [PackFault(place, Fault("", yaml_message(error)))]
    except UnicodeDecodeError:
        return None, [PackFault(place, Fault("", _("is not UTF-8; save it as UTF-8")))]


def yaml_message(error: yaml.YAMLError) -> str:
    """A YAML error in one line with its line and column."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    if mark is None:
        return str(problem)
    return _("line %(line)s, column %(column)s: %(problem)s") % {
        "line": mark.line + 1, "column": mark.column + 1, "problem": problem,
    }  # fmt: skip


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _key(data: Any) -> str:
    return str(data.get("key", "")) if isinstance(data, dict) else ""


def dump(schemas: list[Schema]) -> str:
    """Definitions as YAML that a pack's file can hold."""
    data = [canonical(schema) for schema in schemas]
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def shipped() -> Iterator[str]:
    """Names of the packs that travel with the product."""
    for path in sorted(settings.PACKS.iterdir()):
        if (path / "pack.yaml").is_file():
            yield path.name
