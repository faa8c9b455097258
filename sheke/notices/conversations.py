"""What may be talked about. An app registers its nouns in its own `notices.py`:

conversations.register(Record, sees=sees_record, url=lambda record: reverse("ledger:record", …))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account, Tenure

from . import queries

LONGEST_NAME = 30
OFFERED = 8  # people in the list under “@”
ASKED = 40  # candidates asked whether they may see the thing


@dataclass(frozen=True)
class Subject:
    """One noun. sees: may the account see this thing? url: its page. Both are asked with a thing."""

    model: type[Model]
    sees: Callable[[Account, Any], bool]
    url: Callable[[Any], str]


SUBJECTS: dict[str, Subject] = {}


def register(
    model: type[Model], *, sees: Callable[[Account, Any], bool], url: Callable[[Any], str]
) -> None:
    """Let people talk about things of `model`; who sees a thing may read and write there."""
    SUBJECTS[model._meta.label_lower] = Subject(model, sees, url)


def subject_of(thing: Model) -> Subject:
    """How to treat the thing. KeyError when its noun is not registered."""
    return SUBJECTS[thing._meta.label_lower]


def find(account: Account, subject_type: str, subject_id: int) -> Model | None:
    """The thing if it can be talked about and the account may see it, else None."""
    subject = SUBJECTS.get(subject_type)
    if subject is None:
        return None
    thing = apps.get_model(subject_type)._default_manager.filter(pk=subject_id).first()
    return thing if thing is not None and subject.sees(account, thing) else None


def context_of(thing: Model, reader: Account) -> dict[str, Any]:
    """What the conversation's template is printed with."""
    comments = list(queries.conversation(thing._meta.label_lower, thing.pk))
    return {
        "comments": comments,
        "reader": reader,
        "count": sum(not hasattr(comment, "withdrawal") for comment in comments),
        "subject": {"app": thing._meta.app_label, "model": thing._meta.model_name, "pk": thing.pk},
    }


def people(thing: Model, query: str, *, but: Account) -> list[Account]:
    """Those whom a comment may mention, by part of their name: active, and they see the thing."""
    current = Tenure.objects.at(timezone.localdate()).select_related("organisation")
    found = Account.objects.filter(is_active=True, person__isnull=False).exclude(pk=but.pk)
    found = found.filter(person__name__icontains=query).select_related("person")
    found = found.prefetch_related(
        Prefetch("person__tenures", queryset=current, to_attr="current_tenures")
    )
    sees, offered = subject_of(thing).sees, []
    for account in found.order_by("person__name", "pk")[:ASKED]:
        if sees(account, thing):
            offered.append(account)
        if len(offered) == OFFERED:
            break
    return offered


def mentioned(text: str, thing: Model, *, chosen: Iterable[int] = ()) -> list[Account]:
    """Whom “@name” in the text means: those of that name who may see the thing.

    chosen: numbers of accounts picked from the list, which decide between people of one name.
    Raises BadInput for a name that several bear of whom none was picked. Other words after @ (a
    mail address, a name of nobody) mean nobody.
    """
    starts = [match.end() for match in re.finditer(r"(?<![A-Za-z0-9_.])@", text)]
    if not starts:
        return []
    by_name = _bearers(text, starts, subject_of(thing).sees, thing)
    picked, meant = set(chosen), {}
    for start in starts:
        name = next((n for n in _prefixes(text, start) if n in by_name), None)
        for account in _decide(name, by_name[name], picked) if name else ():
            meant[account.pk] = account
    return list(meant.values())


def _prefixes(text: str, start: int) -> list[str]:
    """What a name that begins here may be, the longest first."""
    word = re.split(
        r"[\s@,，。、；：:;!！?？()（）]", text[start : start + LONGEST_NAME], maxsplit=1
    )[0]
    return [word[:end] for end in range(len(word), 0, -1)]


def _bearers(
    text: str, starts: list[int], sees: Callable[[Account, Any], bool], thing: Model
) -> dict[str, list[Account]]:
    names = {prefix for start in starts[:20] for prefix in _prefixes(text, start)}
    accounts = Account.objects.filter(is_active=True).select_related("person")
    found = accounts.filter(
        Q(person__name__in=names) | Q(person=None, username__in=names)
    ).order_by("pk")
    bearers: dict[str, list[Account]] = {}
    for account in found[: 2 * ASKED]:
        if sees(account, thing):
            bearers.setdefault(str(account), []).append(account)
    return bearers


def _decide(name: str, bearers: list[Account], picked: set[int]) -> list[Account]:
    if len(bearers) == 1:
        return bearers
    if decided := [account for account in bearers if account.pk in picked]:
        return decided
    raise BadInput(
        _("Several people are called %(name)s; choose the one you mean from the list.")
        % {"name": name}
    )
