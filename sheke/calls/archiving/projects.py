"""A project in the archive: what belongs to it is found by its relations, so that nothing is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from sheke.directory.models import Account, Person
from sheke.ledger.models import StoredFile

from ..models import Project
from .plain import plain

DEPTH = 3  # project, milestone, delivery, its files


def project_data(project: Project) -> dict[str, Any]:
    """The project with its milestones, deliveries, changes, payments, closing."""
    return _tree(project, "award", DEPTH)


def project_files(project: Project) -> Iterator[tuple[str, StoredFile]]:
    """The contract and the files of deliveries, by name."""
    for noun in _all(project, DEPTH):
        for field in noun._meta.concrete_fields:
            if getattr(field, "related_model", None) is StoredFile:
                stored = getattr(noun, field.name)
                if stored is not None:
                    yield getattr(noun, "name", "") or _named(field.name, stored), stored


def _named(field: str, stored: StoredFile) -> str:
    return f"{field}.{(stored.file.name or '').rpartition('.')[2]}"


def _tree(noun: models.Model, parent: str, depth: int) -> dict[str, Any]:
    data = plain(noun, "id", parent)
    for name, field, below in _below(noun):
        made = [_tree(each, field, depth - 1) for each in below] if depth else []
        data[name] = made
    return data


def _all(noun: models.Model, depth: int) -> Iterator[models.Model]:
    yield noun
    if depth:
        for _name, _field, below in _below(noun):
            for each in below:
                yield from _all(each, depth - 1)


def _below(noun: models.Model) -> Iterator[tuple[str, str, list[models.Model]]]:
    """(name, field that points back, rows) of every relation of this app that points to the noun."""
    for relation in noun._meta.related_objects:
        model = relation.related_model
        if model._meta.app_label != noun._meta.app_label or relation.related_name == "+":
            continue
        name, back = relation.get_accessor_name() or "", relation.field.name
        found = model._default_manager.filter(**{back: noun.pk}).order_by("pk")
        yield name, back, list(with_people(found))


def with_people(found: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The same read together with the people, accounts and files that `plain` names."""
    names = []
    for field in found.model._meta.concrete_fields:
        target = getattr(field, "related_model", None)
        if target is not None and issubclass(target, Person | StoredFile):
            names.append(field.name)
        elif target is not None and issubclass(target, Account):
            names.append(f"{field.name}__person")
    return found.select_related(*names) if names else found
