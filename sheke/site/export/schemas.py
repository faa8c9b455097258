"""The description of a noun's table: JSON Schema for its lines, Frictionless for its CSV."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import override

Field = models.Field[Any, Any]
JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
# Django's kind of field: (JSON Schema, Frictionless type); the first that fits
KINDS: list[tuple[type[Any], dict[str, Any], str]] = [
    (models.BooleanField, {"type": "boolean"}, "boolean"),
    (models.DateTimeField, {"type": "string", "format": "date-time"}, "datetime"),
    (models.DateField, {"type": "string", "format": "date"}, "date"),
    (models.TimeField, {"type": "string"}, "time"),
    (models.DurationField, {"type": "string", "format": "duration"}, "duration"),
    (models.DecimalField, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}, "number"),
    (models.FloatField, {"type": "number"}, "number"),
    (models.IntegerField, {"type": "integer"}, "integer"),
    (models.UUIDField, {"type": "string", "format": "uuid"}, "string"),
    (models.BinaryField, {"type": "string", "contentEncoding": "base64"}, "string"),
    (models.JSONField, {}, "any"),
]


def _kind(field: Field) -> tuple[dict[str, Any], str]:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    for kind, schema, plain in KINDS:
        if isinstance(field, kind):
            return dict(schema), plain
    return {"type": "string"}, "string"


def json_schema(model: type[models.Model], fields: list[Field]) -> dict[str, Any]:
    """Of one line of the noun's NDJSON."""
    return {
        "$schema": JSON_SCHEMA,
        "title": model._meta.label,
        "description": about(model),
        "type": "object",
        "properties": {field.attname: _property(field) for field in fields},
        "required": [field.attname for field in fields],
        "additionalProperties": False,
    }


def _property(field: Field) -> dict[str, Any]:
    schema, _plain = _kind(field)
    if field.choices:
        schema["enum"] = [value for value, _label in field.flatchoices]
        if field.blank or field.null:
            schema["enum"] = list(dict.fromkeys([*schema["enum"], *([""] if field.blank else []), *([None] if field.null else [])]))  # fmt: skip
    if field.null and "type" in schema:
        schema["type"] = [schema["type"], "null"]
    schema["title"] = _title(field, "en")
    schema["x-title-zh"] = _title(field, "zh-hans")
    if isinstance(field, models.ForeignKey):
        schema["x-references"] = f"{field.related_model._meta.label}.{field.target_field.attname}"
    return schema


def resource(model: type[models.Model], fields: list[Field], exported: set[str]) -> dict[str, Any]:
    """Of the noun's CSV in datapackage.json."""
    name = model._meta.label_lower
    links = [
        {
            "fields": field.attname,
            "reference": {
                "resource": field.related_model._meta.label_lower,
                "fields": field.target_field.attname,
            },
        }
        for field in fields
        if isinstance(field, models.ForeignKey) and field.related_model._meta.label in exported
    ]
    return {
        "name": name,
        "path": f"data/{name}.csv",
        "profile": "tabular-data-resource",
        "description": about(model),
        "encoding": "utf-8",
        "schema": {
            "fields": [
                {"name": f.attname, "type": _kind(f)[1], "title": _title(f, "zh-hans")}
                for f in fields
            ],
            "primaryKey": model._meta.pk.attname,
            "missingValues": [""],
            **({"foreignKeys": links} if links else {}),
        },
    }


def about(model: type[models.Model]) -> str:
    """The first sentence of what the code says of the noun."""
    text = (model.__doc__ or "").strip()
    return "" if text.startswith(f"{model.__name__}(") else " ".join(text.split("\n\n")[0].split())


def _title(field: Field, language: str) -> str:
    with override(language):
        return str(field.verbose_name)
