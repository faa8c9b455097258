"""Rows straight into a table, for what is written in masses beside a record.

`bulk_create` compiles its statement anew for every call, which costs more than the insert itself when
only a few rows are written; here the statement is made once per table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

Field = models.Field[Any, Any]
# Their Python values go to the driver as they are; asking the field for each costs more than the insert.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
BATCH = 500  # rows a statement; SQLite takes 32,766 values in one


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of values of the named fields; every field without a database default is named.

    Nothing is validated and no signal is sent. Call it inside the action's own transaction.
    """
    sql, fields = _statement(model, tuple(names))
    columns = list(zip(*rows, strict=True))
    if not columns:
        return
    values = [_prepared(*pair) for pair in zip(fields, columns, strict=True)]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.executemany(sql, list(zip(*values, strict=True)))


def insert_instances(instances: Sequence[models.Model]) -> None:
    """Insert new instances of one model and give them their numbers, as `bulk_create` does."""
    if not instances:
        return
    model = type(instances[0])
    names = tuple(f.name for f in model._meta.concrete_fields if not f.primary_key)
    sql, fields = _statement(model, names)
    columns = [
        _prepared(field, [field.pre_save(one, add=True) for one in instances]) for field in fields
    ]
    rows = list(zip(*columns, strict=True))
    head, _values, marks = sql.partition(" VALUES ")
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            many = (
                f"{head} VALUES {', '.join([marks] * len(batch))} RETURNING {model._meta.pk.column}"
            )
            cursor.execute(many, [value for row in batch for value in row])
            for instance, (number,) in zip(instances[start:], cursor.fetchall(), strict=False):
                instance.pk = number
                instance._state.adding = False
                instance._state.db = DEFAULT_DB_ALIAS


def _prepared(field: Field, values: Sequence[Any]) -> Sequence[Any]:
    """One column's values as the driver takes them; days and moments repeat, so each is made once."""
    target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, PLAIN):
        return values
    connection = connections[DEFAULT_DB_ALIAS]
    if isinstance(target, models.DateField):
        made = {value: field.get_db_prep_save(value, connection) for value in set(values)}
        return [made[value] for value in values]
    return [field.get_db_prep_save(value, connection) for value in values]


@cache
def _statement(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[Field, ...]]:
    by_name = {field.name: field for field in model._meta.concrete_fields}
    fields = tuple(by_name[name] for name in names)
    columns = ", ".join(str(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", fields  # noqa: S608
