"""The database: reached, of this version, whole."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from sheke.core import guards
from sheke.site.backup.restoring import unfinished

from .findings import Finding, error, info, looks, warning

POSTGRESQL = 14  # Django 5.2 needs this or later


def usable() -> bool:
    """Whether the tables can be read at all."""
    try:
        return "core_auditevent" in connection.introspection.table_names()
    except DatabaseError:
        return False


@looks()
def reached() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as failure:
        yield error(
            "database.reached", _("The database does not answer: %(why)s") % {"why": str(failure).strip()},
            _("Start it, or mend SHEKE_DATABASE_URL."),
        )  # fmt: skip
        return
    if connection.vendor == "postgresql":
        version = connection.connection.info.server_version // 10000
        yield info("database.version", f"PostgreSQL {version}")
        if version < POSTGRESQL:
            yield error(
                "database.old", _("PostgreSQL %(version)s is too old.") % {"version": version},
                _("Upgrade the server to PostgreSQL %(needed)s or later.") % {"needed": POSTGRESQL},
            )  # fmt: skip
    if not usable():
        yield error("database.empty", _("The tables are not there yet."), "sheke setup")


@looks()
def restored() -> Iterator[Finding]:
    if left := unfinished():
        yield error(
            "database.restore",
            _("A restore of %(backup)s, begun %(started)s, did not come to its end.") % left,
            f"sheke restore {left['backup']}",
        )


@looks(tables=True)
def migrated() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        step = plan[0][0]
        yield error(
            "database.migrations",
            _(
                "The tables are older than the program: %(number)s steps are missing, the first is %(step)s."
            )
            % {"number": len(plan), "step": f"{step.app_label}.{step.name}"},
            "sheke backup && sheke setup",
        )
    known = executor.loader.disk_migrations or {}
    newer = sorted(set(executor.loader.applied_migrations) - set(known))
    if newer:
        yield error(
            "database.newer",
            _("The tables are newer than the program: it does not know %(step)s.") % {"step": ".".join(newer[0])},
            _("Install the version that made them."),
        )  # fmt: skip


@looks(tables=True)
def guarded() -> Iterator[Finding]:
    if tables := guards.missing(connection):
        yield error(
            "database.guards",
            _("Nothing keeps these tables from being rewritten: %(tables)s.") % {"tables": ", ".join(tables)},
            "sheke setup",
        )  # fmt: skip


@looks(tables=True, only="deep")
def whole() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        said = cursor.execute("PRAGMA integrity_check(3)").fetchall()
        loose = cursor.execute("PRAGMA foreign_key_check").fetchmany(3)
    if said != [("ok",)]:
        yield error(
            "database.damaged", _("The database file is damaged: %(why)s") % {"why": said[0][0]},
            _("Stop the site and restore the last backup: sheke restore … --replace"),
        )  # fmt: skip
    if loose:
        yield warning(
            "database.loose", _("Rows refer to rows that are not there: %(table)s → %(other)s")
            % {"table": loose[0][0], "other": loose[0][2]},
            _("Tell the makers of Sheke; keep a backup of today."),
        )  # fmt: skip
