"""What is written once and stays: guarded in the models here, in the database by `guards`."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows are written and read; nothing else."""

    def update(self, **values: Any) -> int:
        raise TypeError(f"{self.model._meta.label}: rows are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{self.model._meta.label}: rows are never deleted")


class AppendOnly(models.Model):
    """Base of nouns that are never changed or deleted.

    `filled_later` names the columns that begin as NULL and are filled once, past the ORM.
    """

    filled_later: ClassVar[tuple[str, ...]] = ()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{self._meta.label}: rows are never changed")
        super().save(*args, **options)

    def delete(self, *_args: Any, **_options: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{self._meta.label}: rows are never deleted")
