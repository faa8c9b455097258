"""What is searched of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from sheke.core.search.sources import Document, Row, Source, register, same
from sheke.directory.models import Account
from sheke.directory.queries import reachable_organisations, reaches_all

from .models import Evidence, Record


def _documents(numbers: Collection[int]) -> Iterable[Document]:
    records = Record.objects.filter(pk__in=numbers).select_related("organisation")
    for record in records.prefetch_related("participations__organisation"):
        parts = [record.organisation, *(p.organisation for p in record.participations.all())]
        words = [record.note, *(part.name for part in parts)]
        words += [value for value in record.attributes.values() if isinstance(value, str)]
        yield Document(record.pk, record.title, " ".join(words), [part.pk for part in parts])


def _row(record: Record) -> Row:
    detail = f"{record.happened_on} · {record.organisation.label}"
    return Row(record.title, reverse("ledger:record", args=[record.pk]), detail)


def _scope(account: Account) -> Collection[int] | None:
    if reaches_all(account):
        return None
    return list(reachable_organisations(account).order_by().values_list("pk", flat=True))


def _visible(account: Account) -> QuerySet[Record]:
    return Record.objects.visible_to(account).select_related("organisation")


def _of_evidence(numbers: Collection[int]) -> Iterable[int]:
    return Evidence.objects.filter(pk__in=numbers).values_list("record_id", flat=True)


def _of_organisations(numbers: Collection[int]) -> Iterable[int]:
    """A new name is found at once in the records of the unit."""
    return Record.objects.filter(organisation__in=numbers).values_list("pk", flat=True)


register(
    Source(
        kind="record", label=pgettext_lazy("search", "Records"), icon="notebook-pen",
        documents=_documents,
        ids=lambda: Record.objects.order_by("happened_on", "pk").values_list("pk", flat=True).iterator(),
        visible=_visible,
        row=_row,
        scope=_scope,
        follows={
            "ledger.record": same, "ledger.evidence": _of_evidence,
            "directory.organisation": _of_organisations,
        },
    )
)  # fmt: skip
