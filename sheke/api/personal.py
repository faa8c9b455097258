"""What the interface for other systems holds of a person: their tokens."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sheke.directory.holdings import Holding, Rows, register
from sheke.directory.models import Person

from .models import Token


def _tokens(person: Person) -> Rows:
    return [
        {"name": t.name, "organisation": t.tenure.organisation.name, "since": t.created_at,
         "until": t.withdrawn_at or t.expires_on}
        for t in Token.objects.filter(account__person=person).select_related("tenure__organisation")
    ]  # fmt: skip


def _forget_tokens(person: Person) -> int:
    deleted, _kinds = Token.objects.filter(account__person=person).delete()
    return deleted


register(Holding("api.tokens", _("Tokens for other systems"), _tokens, erase=_forget_tokens))
