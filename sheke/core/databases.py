"""Statements that no model makes go to the same database as the models' own."""

from __future__ import annotations

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper


def reading_connection(model: type[models.Model]) -> BaseDatabaseWrapper:
    """The connection over which `model` is read now: a replica's, where the request may read one.

    Never write over it; `django.db.connection` is the primary's.
    """
    return connections[router.db_for_read(model)]
