"""Whom to tell what happens in a call."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from sheke.definitions.programmes import Letter
from sheke.definitions.programmes.programme import LETTER_NAMES
from sheke.directory.models import Account, Organisation, Tenure
from sheke.directory.queries import accounts_acting_for
from sheke.ledger.confirming.queries import OFFICERS
from sheke.notices.actions import tell
from sheke.notices.gathering import address

from .models import Call, Member, Submission

LETTERS = {
    "calls.returned": "returned", "calls.refused": "refused", "calls.awarded": "awarded",
    "calls.not_awarded": "not_awarded",
}  # fmt: skip


def writers_of(submission: Submission) -> list[Account]:
    """Who began it and who leads it or its project, as far as they have accounts. The office's own
    people, who entered what came on paper, are not told what they decide themselves.
    """
    mine = Q(pk=submission.made_by_id) & ~Q(pk__in=officers_of(submission.call).values("pk"))
    leads = Member.objects.filter(submission=submission, role=Member.LEAD)
    mine |= Q(person__in=leads.exclude(person=None).values("person_id"))
    mine |= Q(person__projects_led__award__submission=submission)
    return list(Account.objects.filter(mine, is_active=True).distinct())


def officers_of(call: Call) -> QuerySet[Account]:
    """Who works for the calling office: they enter what came on paper, but it is not theirs."""
    return accounts_acting_for(call.organisation, roles=OFFICERS)


def in_charge_of(call: Call) -> list[Account]:
    """The people in charge; the office's where nobody is."""
    charged = Account.objects.filter(pk__in=call.charges.values("account_id"), is_active=True)
    return list(charged) or list(officers_of(call))


def acting_for_any(organisations: QuerySet[Organisation]) -> QuerySet[Account]:
    """As `accounts_acting_for`, of many organisations in one query."""
    tenures = Tenure.objects.acting().at(timezone.localdate())
    there = tenures.filter(organisation__in=organisations.order_by().values("pk"))
    return Account.objects.filter(is_active=True, person__in=there.values("person_id"))


def tell_writers(kind: str, submission: Submission, *, by: Account | None, **data: str) -> None:
    """Tell the applicants; in the words of the programme's letter where it has one."""
    to = writers_of(submission)
    url = reverse("calls:standing", args=[submission.pk])
    data = {
        "title": submission.title,
        "call": submission.call.title,
        "reason": "",
        "due": "",
    } | data
    letter = submission.edition.programme.letters.get(LETTERS.get(kind, ""))
    if letter is not None:
        data |= letter_words(letter, submission, **data)
        kind = "calls.letter"
    tell(kind=kind, to=to, by=by, url=url, **data)


def tell_office(kind: str, call: Call, *, by: Account | None, url: str, **data: str) -> None:
    """Tell the people in charge."""
    tell(kind=kind, to=in_charge_of(call), by=by, url=url, call=call.title, **data)


def tell_all(
    kind: str, to: Iterable[Account], call: Call, *, by: Account | None, **data: str
) -> None:
    """Tell many of something about the call itself."""
    url = reverse("calls:announcement", args=[call.pk])
    tell(kind=kind, to=to, by=by, url=url, call=call.title, **data)


def tell_reviewers(
    kind: str, to: Iterable[Account], call: Call, *, letter: str, url: str, due: str,
    by: Account | None = None, once: str = "",
) -> int:  # fmt: skip
    """Tell reviewers, each by name, in the words of the programme's letter; by `kind` where it has none.

    Returns how many were told now.
    """
    found = call.programme.letters.get(letter)
    if found is None:
        return len(tell(kind=kind, to=to, by=by, url=url, once=once, call=call.title, due=due))
    known = {"year": str(call.year), "call": call.title, "due": due,
             "link": address(url)}  # fmt: skip
    told = 0
    for account in to:
        words = filled(found, known | {"person": str(account.person or account)})
        told += len(tell(kind="calls.letter", to=[account], by=by, url=url, once=once, **words))
    return told


def letter_words(letter: Letter, submission: Submission, **data: str) -> dict[str, str]:
    """The subject and the body of a letter about a submission, filled in."""
    call = submission.call
    organisation = submission.organisation.name if submission.organisation else ""
    words = {
        "year": str(call.year), "number": str(submission.number or ""), "title": submission.title,
        "lead": submission.lead_name, "person": submission.lead_name, "organisation": organisation,
        "level": "", "call": call.title, "amount": "", "category": "", "reason": "", "due": "",
        "link": address(reverse("calls:standing", args=[submission.pk])),
    } | data  # fmt: skip
    return filled(letter, words | {"call": call.title})


def filled(letter: Letter, words: dict[str, str]) -> dict[str, str]:
    """The subject and the body of a letter; a name that means nothing here stays empty."""
    words = dict.fromkeys(LETTER_NAMES, "") | words
    return {
        "subject": str(letter.subject).format_map(words),
        "body": str(letter.body).format_map(words),
    }
