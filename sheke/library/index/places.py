"""Where the index lies, which version of it serves, and who may write.

In a folder of the machine: numbered folders, and `CURRENT`, which names the one that serves and is replaced
by renaming. On OpenSearch: numbered indexes and an alias. Locks are the system's own, so a process that dies
gives them back.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import IO, Protocol

from django.conf import settings

from .engine import Broken, SearchIndex
from .engines.opensearch import OpenSearchIndex, Server
from .engines.sqlite import SqliteIndex


class Place(Protocol):
    """Versions of one index."""

    def current(self) -> SearchIndex | None:
        """The one that serves; None where none was made."""
        ...

    def begin(self) -> SearchIndex:
        """A new, empty one beside it."""
        ...

    def switch(self, made: SearchIndex) -> None:
        """Let this one serve, and remove the others."""
        ...


class Folders:
    """Versions as folders `<engine>-<n>` of one folder."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.folder, self.engine = folder, engine
        self.opened: tuple[str, SearchIndex] | None = None
        self.lock = Lock()

    def current(self) -> SearchIndex | None:
        try:
            name = (self.folder / "CURRENT").read_text().strip()
        except FileNotFoundError:
            return None
        if not name.startswith(f"{self.engine}-") or not (self.folder / name).is_dir():
            return None
        with self.lock:
            if self.opened is None or self.opened[0] != name:
                self.opened = (name, _opener(self.engine)(self.folder / name))
            return self.opened[1]

    def begin(self) -> SearchIndex:
        held = [int(one.name.rpartition("-")[2]) for one in self._versions()]
        name = f"{self.engine}-{max(held, default=0) + 1}"
        made = _opener(self.engine)(self.folder / name)
        with self.lock:
            self.begun = (name, made)
        return made

    def switch(self, made: SearchIndex) -> None:
        name, begun = self.begun
        if begun is not made:
            raise ValueError("not the index that was begun last")
        new = self.folder / f"CURRENT.{os.getpid()}"
        new.write_text(name)
        with new.open() as file:
            os.fsync(file.fileno())
        new.replace(self.folder / "CURRENT")
        with self.lock:
            self.opened = (name, made)
        for one in self._versions():
            if one.name != name:
                shutil.rmtree(one, ignore_errors=True)

    def _versions(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        named = re.compile(r"(tantivy|sqlite)-\d+")
        return [one for one in self.folder.iterdir() if named.fullmatch(one.name)]


def _opener(engine: str) -> Callable[[Path], SearchIndex]:
    if engine == "sqlite":
        return SqliteIndex
    from .engines.tantivy import TantivyIndex

    return TantivyIndex


class Aliases:
    """Versions as indexes `<name>-<n>` of an OpenSearch server, behind the alias `<name>`."""

    def __init__(self, url: str, name: str) -> None:
        self.server, self.name = Server(url), name

    def current(self) -> SearchIndex | None:
        held = self._aliased()
        return OpenSearchIndex(self.server, held[0]) if held else None

    def begin(self) -> SearchIndex:
        last = max((int(one.rpartition("-")[2]) for one in self._versions()), default=0)
        return OpenSearchIndex(self.server, f"{self.name}-{last + 1}")

    def switch(self, made: SearchIndex) -> None:
        if not isinstance(made, OpenSearchIndex):
            raise TypeError(made)
        acts: list[dict[str, object]] = [{"add": {"index": made.name, "alias": self.name}}]
        acts += [{"remove": {"index": one, "alias": self.name}}
                 for one in self._aliased() if one != made.name]  # fmt: skip
        self.server.ask("POST", "/_aliases", {"actions": acts})
        for one in self._versions():
            if one != made.name:
                self.server.ask("DELETE", f"/{one}", missing=True)

    def _aliased(self) -> list[str]:
        return sorted(self.server.ask("GET", f"/_alias/{self.name}", missing=True) or {})

    def _versions(self) -> list[str]:
        found = self.server.ask("GET", f"/{self.name}-*", missing=True) or {}
        return [one for one in found if re.fullmatch(rf"{re.escape(self.name)}-\d+", one)]


_places: dict[tuple[str, str], Place] = {}


def engine_name() -> str:
    """The engine in use: as set, else tantivy where it is installed, else SQLite's."""
    chosen: str = settings.LIBRARY_INDEX
    return chosen or ("tantivy" if find_spec("tantivy") else "sqlite")


def place() -> Place:
    """Where the index of this installation lies. Raises Broken where tantivy was set and is missing."""
    engine = engine_name()
    if engine == "tantivy" and not find_spec("tantivy"):
        raise Broken("the package tantivy is not installed")
    where = settings.OPENSEARCH_URL if engine == "opensearch" else str(folder())
    found = _places.get((engine, where))
    if found is None:
        found = _places[engine, where] = (
            Aliases(where, settings.OPENSEARCH_INDEX)
            if engine == "opensearch"
            else Folders(Path(where), engine)
        )
    return found


def folder() -> Path:
    return Path(settings.LIBRARY_INDEX_FOLDER)


@contextmanager
def locked(what: str, wait: float = 0) -> Iterator[bool]:
    """Whether this process alone does `what` (“following”, “rebuilding”) on this machine now.

    wait: seconds for another one to end. A lock ends with its process, however that ends.
    """
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / f"{what}.lock").open("w") as file:
        until = monotonic() + wait
        while not _take(file):
            if monotonic() >= until:
                yield False
                return
            sleep(0.05)
        yield True


def _take(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
