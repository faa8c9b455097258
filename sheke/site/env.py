"""Typed readers of the environment; every setting that an administrator may set passes here."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "default"):
        return default
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not “{value}”")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”") from None


def names(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A comma-separated list."""
    value = os.environ.get(name, "")
    return [part.strip() for part in value.split(",") if part.strip()] or list(default)


def pairs(name: str, keys: tuple[str, ...]) -> dict[str, str]:
    """`key=value, key=value` with keys of a known list."""
    found = {}
    for part in names(name):
        key, separator, value = (piece.strip() for piece in part.partition("="))
        if not separator or not value or key not in keys:
            raise ImproperlyConfigured(
                f"{name} must be like {keys[0]}=…, with keys of {', '.join(keys)}, not “{part}”"
            )
        found[key] = value
    return found


def folder(name: str, default: Path) -> Path:
    value = os.environ.get(name, "").strip()
    return Path(value).expanduser().resolve() if value else default


def database(name: str, default: Path) -> dict[str, object]:
    """Django's DATABASES entry for `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST:PORT/NAME`.

    Host, user and the like may stand in the query (`?host=/run/postgresql`). Empty means the SQLite file `default`.
    """
    url = os.environ.get(name, "").strip()
    if not url:
        return sqlite(default)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        # sqlite:///relative.db and sqlite:////absolute.db, as other tools read them
        path = unquote(parts.path).removeprefix("/")
        if not path:
            raise ImproperlyConfigured(f"{name}: sqlite:/// needs the path of a file")
        return sqlite(Path(path))
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"{name} must begin with sqlite:/// or postgresql://, not “{parts.scheme}”"
        )
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # IMMEDIATE: with the default one in eight concurrent writers would fail, not wait.
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,  # seconds; a large import holds the write lock for most of one minute
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
                "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000;"  # 64 MB, 32 MB
            ),
        },
    }
