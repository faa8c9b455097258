"""Nouns: a definition, and the editions of it. What used an old edition keeps it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .programmes import Programme
from .return_forms import ReturnForm
from .schemas import Group, Indicator, RecordType
from .validated import schema_of


class DefinitionQuerySet(models.QuerySet["Definition"]):
    def record_types(self) -> DefinitionQuerySet:
        return self.filter(kind=Definition.Kind.RECORD_TYPE)

    def indicators(self) -> DefinitionQuerySet:
        return self.filter(kind=Definition.Kind.INDICATOR)

    def groups(self) -> DefinitionQuerySet:
        return self.filter(kind=Definition.Kind.GROUP)

    def in_use(self) -> DefinitionQuerySet:
        """Not retired, with the current edition loaded."""
        return self.filter(retired_at=None, current__isnull=False).select_related("current")


class Definition(models.Model):
    """A name that lasts: “lecture”, “lectures_held”. What it means stands in its editions."""

    class Kind(models.TextChoices):
        RECORD_TYPE = "record_type", _("Record type")
        INDICATOR = "indicator", _("Indicator")
        GROUP = "group", _("Group")
        RETURN_FORM = "return_form", _("Return form")
        PROGRAMME = "programme", _("Programme")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    key = models.CharField(_("key"), max_length=60)
    pack = models.CharField(_("pack"), max_length=60, blank=True)  # empty: made by the office
    current = models.OneToOneField(
        "definitions.Edition", null=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(_("retired"), null=True)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="definition_key_once"),
        ]

    def __str__(self) -> str:
        if self.current is None:
            return self.key
        self.current.definition = self  # spares the schema a query for its kind
        return str(self.current.schema.name)


class Edition(models.Model):
    """One edition of a definition: valid, numbered, never changed."""

    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("edition"))
    data = models.JSONField(_("data"))
    digest = models.CharField(_("digest"), max_length=64)  # SHA-256 of the canonical data
    pack = models.CharField(_("pack"), max_length=60, blank=True)  # empty: written by the office
    note = models.TextField(_("what changed"), blank=True)
    published_at = models.DateTimeField(_("published"), auto_now_add=True)
    # Accounts stand above definitions, so the publisher is kept by number; the audit event names them.
    published_by = models.BigIntegerField(_("published by"), null=True)

    class Meta:
        ordering = ["definition", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["definition", "number"], name="edition_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.definition.key} #{self.number}"

    @cached_property
    def schema(self) -> Any:
        """The edition's data as the model of its kind: a `RecordType`, an `Indicator` …"""
        return self._as(self.definition.kind)

    def _as(self, kind: str) -> Any:
        """The same where the kind is known, so that the definition need not be read for it."""
        return schema_of(kind, self.digest, lambda: self.data)

    @property
    def record_type(self) -> RecordType:
        schema: RecordType = self._as(Definition.Kind.RECORD_TYPE)
        return schema

    @property
    def indicator(self) -> Indicator:
        schema: Indicator = self._as(Definition.Kind.INDICATOR)
        return schema

    @property
    def group(self) -> Group:
        schema: Group = self._as(Definition.Kind.GROUP)
        return schema

    @property
    def return_form(self) -> ReturnForm:
        schema: ReturnForm = self._as(Definition.Kind.RETURN_FORM)
        return schema

    @property
    def programme(self) -> Programme:
        schema: Programme = self._as(Definition.Kind.PROGRAMME)
        return schema
