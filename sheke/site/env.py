"""Typed readers of the environment; every setting that an administrator may set passes here."""

from __future__ import annotations

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, overload
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


def one_of(name: str, words: tuple[str, ...]) -> str:
    """One of the words; the first when nothing is set."""
    value = os.environ.get(name, "").strip().lower()
    if value and value not in words:
        known = ", ".join(word for word in words if word)
        raise ImproperlyConfigured(f"{name} must be one of {known}, not “{value}”")
    return value or words[0]


def openid(prefix: str) -> dict[str, Any]:
    """The provider's settings from PREFIX_URL, _CLIENT, _SECRET and _NAME; without them none."""
    url, client, secret = (text(f"{prefix}_{part}").strip() for part in ("URL", "CLIENT", "SECRET"))
    if not url and not client:
        return {"APPS": []}
    if not url.startswith(("https://", "http://")) or not client:
        raise ImproperlyConfigured(
            f"{prefix}_URL must be the address of the provider (https://…), {prefix}_CLIENT its client id"
        )
    app = {
        "provider_id": "office", "name": text(f"{prefix}_NAME", "OpenID Connect"),
        "client_id": client, "secret": secret, "settings": {"server_url": url},
    }  # fmt: skip
    return {"APPS": [app], "OAUTH_PKCE_ENABLED": True}


def mail(name: str) -> dict[str, object]:
    """Django's EMAIL_* for `smtp://USER:PASSWORD@HOST:PORT` (STARTTLS; `?tls=0` without) or
    `smtps://…` (TLS from the start). Empty means none: {}.
    """
    url = os.environ.get(name, "").strip()
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} must be like smtp://user:password@host:587 or smtps://user:password@host:465"
        )
    safe = parts.scheme == "smtps"
    starts = not safe and dict(parse_qsl(parts.query)).get("tls", "1") != "0"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if safe else 587 if starts else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": safe,
        "EMAIL_USE_TLS": starts,
    }


def networks(name: str, default: tuple[str, ...] = ()) -> list[IPv4Network | IPv6Network]:
    """A comma-separated list of addresses and networks, such as `127.0.0.1, 10.0.0.0/8`."""
    try:
        return [ip_network(part) for part in names(name, default)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must list addresses or networks: {error}") from None


@overload
def folder(name: str, default: Path) -> Path: ...
@overload
def folder(name: str, default: None) -> Path | None: ...
def folder(name: str, default: Path | None) -> Path | None:
    value = os.environ.get(name, "").strip()
    return Path(value).expanduser().resolve() if value else default


def database(name: str, default: Path) -> dict[str, object]:
    """Django's DATABASES entry for `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST:PORT/NAME`.

    Host, user and the like may stand in the query (`?host=/run/postgresql`). Empty means the SQLite file `default`.
    """
    url = os.environ.get(name, "").strip()
    if not url:
        return sqlite(default)
    return database_of(name, url)


def database_of(name: str, url: str) -> dict[str, object]:
    """The entry for one URL of the setting `name`."""
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


def replicas(name: str, primary: dict[str, object]) -> dict[str, dict[str, object]]:
    """DATABASES entries `replica1` … for the URLs of PostgreSQL's streaming replicas, by commas.

    A machine that is gone must not hold up a page: two seconds to connect, unless the URL says other.
    """
    found = {}
    for number_, url in enumerate(names(name), start=1):
        entry = database_of(name, url)
        if "sqlite" in str(entry["ENGINE"]) or "sqlite" in str(primary["ENGINE"]):
            raise ImproperlyConfigured(f"{name} needs PostgreSQL, also in SHEKE_DATABASE_URL")
        found[f"replica{number_}"] = entry | {"TEST": {"MIRROR": "default"}}
    for entry in (primary, *found.values()) if found else ():
        entry["OPTIONS"] = {"connect_timeout": "2"} | entry["OPTIONS"]  # type: ignore[operator]
    return found


def files(name: str, default: Path) -> dict[str, object]:
    """Django's STORAGES entry for uploads: the folder, or a bucket of an S3-compatible server.

    `s3://KEY:SECRET@HOST:PORT/BUCKET?region=…&tls=false`; `tls=false` only within a machine or a
    closed network. Without KEY and SECRET those of the machine's own configuration are used.
    """
    url = os.environ.get(name, "").strip()
    if not url:
        storage = "django.core.files.storage.FileSystemStorage"
        return {"BACKEND": storage, "OPTIONS": {"location": default, "base_url": None}}
    parts = urlsplit(url)
    bucket = parts.path.strip("/")
    query = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not parts.hostname or not bucket or "/" in bucket:
        raise ImproperlyConfigured(f"{name} must be like s3://KEY:SECRET@HOST:PORT/BUCKET")
    if unknown := query.keys() - {"region", "tls"}:
        raise ImproperlyConfigured(f"{name}: unknown {', '.join(sorted(unknown))}")
    scheme = "http" if query.get("tls") == "false" else "https"
    options = {
        "access_key": unquote(parts.username) if parts.username else None,
        "secret_key": unquote(parts.password) if parts.password else None,
        "bucket_name": bucket,
        "endpoint_url": f"{scheme}://{parts.netloc.rpartition('@')[2]}",
        "region_name": query.get("region", "us-east-1"),
    }
    return {"BACKEND": "sheke.site.files.Bucket", "OPTIONS": options}


MAPPED = 2**31 - 2**16  # bytes of the file, the most that SQLite maps


def sqlite(path: Path) -> dict[str, object]:
    """Django's entry for the file. FULL: what was acknowledged also survives a power failure."""
    synchronous = one_of("SHEKE_SQLITE_SYNCHRONOUS", ("full", "normal", "extra"))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # IMMEDIATE: with the default one in eight concurrent writers would fail, not wait.
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,  # seconds; a large import holds the write lock for most of one minute
            "init_command": (
                f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};"
                "PRAGMA temp_store=MEMORY;"
                "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000;"  # 64 MB, 32 MB
                # Pages that another thread or process has read need not be read again: what nobody
                # asked yet (bench.web, a secretary's first page of the day) takes a third of the time.
                f"PRAGMA mmap_size={MAPPED};"
            ),
        },
    }
