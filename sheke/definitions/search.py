"""What is searched of the definitions: record types, indicators and the like."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sheke.core.search.sources import Document, Row, Source, register, same

from .converters import KINDS
from .models import Definition, Edition


def _shown() -> QuerySet[Definition]:
    """Those of the kinds that have a page of their own."""
    return Definition.objects.filter(kind__in=KINDS.values()).select_related("current")


def _documents(numbers: Collection[int]) -> Iterable[Document]:
    for one in _shown().filter(pk__in=numbers):
        if one.current is not None:
            yield Document(one.pk, " ".join(_texts(one.current.data.get("name"))), _about(one))


def _about(definition: Definition) -> str:
    data: dict[str, Any] = definition.current.data if definition.current else {}
    parts = [data.get(key) for key in ("definition", "about", "group")]
    return " ".join([definition.key, *(text for part in parts for text in _texts(part))])


def _texts(value: Any) -> list[str]:
    """The words of a text in several languages, or of a plain one."""
    return [str(text) for text in value.values()] if isinstance(value, dict) else [str(value or "")]


def _row(definition: Definition) -> Row:
    url = reverse("definitions:detail", args=[definition.kind, definition.key])
    return Row(str(definition), url, f"{definition.get_kind_display()} · {definition.key}")


def _of_editions(numbers: Collection[int]) -> Iterable[int]:
    return Edition.objects.filter(pk__in=numbers).values_list("definition_id", flat=True)


register(
    Source(
        kind="definition", label=_("Definitions"), icon="book-open",
        documents=_documents,
        ids=lambda: _shown().order_by("-key").values_list("pk", flat=True),
        visible=lambda account: _shown(),
        row=_row,
        follows={"definitions.definition": same, "definitions.edition": _of_editions},
    )
)  # fmt: skip
