"""What is searched of data returns: by the office that asks, and by those who are asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.core.search.sources import Document, Row, Source, register, same
from sheke.directory.models import Account
from sheke.directory.queries import acting_organisations
from sheke.ledger.confirming.queries import office_organisations

from .models import Asked, Return
from .queries import asked_of, returns_of


def _documents(numbers: Collection[int]) -> Iterable[Document]:
    found = Return.objects.filter(pk__in=numbers).select_related(
        "organisation", "edition__definition"
    )
    for one in found:
        words = f"{one.note} {one.organisation.name} {one.edition.schema.name}"
        yield Document(one.pk, one.title, words, [one.organisation_id])


def _scope(account: Account) -> Collection[int]:
    return list(office_organisations(account).order_by().values_list("pk", flat=True))


def _row(of: Return) -> Row:
    return Row(of.title, reverse("returns:return", args=[of.pk]), f"{of.first_day} – {of.last_day}")


def _asked(numbers: Collection[int]) -> Iterable[Document]:
    for one in Asked.objects.filter(pk__in=numbers).select_related("of", "organisation"):
        yield Document(one.pk, one.of.title, one.of.note, [one.organisation_id])


def _own_scope(account: Account) -> Collection[int]:
    return list(acting_organisations(account).order_by().values_list("pk", flat=True))


def _asked_row(asked: Asked) -> Row:
    return Row(asked.of.title, reverse("returns:answer", args=[asked.pk]), asked.organisation.label)


def _of_returns(numbers: Collection[int]) -> Iterable[int]:
    return Asked.objects.filter(of__in=numbers).values_list("pk", flat=True)


register(
    Source(
        kind="return", label=_("Data returns"), icon="inbox",
        documents=_documents,
        ids=lambda: Return.objects.order_by("pk").values_list("pk", flat=True),
        visible=returns_of,
        row=_row,
        scope=_scope,
        follows={"returns.return": same},
    )
)  # fmt: skip
register(
    Source(
        kind="asked", label=pgettext_lazy("search", "To be reported"), icon="clipboard-list",
        documents=_asked,
        ids=lambda: Asked.objects.order_by("pk").values_list("pk", flat=True),
        visible=lambda account: asked_of(account).select_related("of", "organisation"),
        row=_asked_row,
        scope=_own_scope,
        follows={"returns.asked": same, "returns.return": _of_returns},
    )
)  # fmt: skip
