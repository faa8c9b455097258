"""What an applicant and the office are told of a submission's way."""

from __future__ import annotations

from django.urls import reverse

from sheke.directory.models import Account
from sheke.notices.actions import tell

from ..models import Member, Submission, Version
from ..telling import in_charge_of, letter_words, writers_of


def sent_in(submission: Submission, version: Version, by: Account | None) -> None:
    """The receipt to the applicants, in the programme's own words where it has them; the office learns."""
    url = reverse("calls:receipt", args=[submission.pk, version.number])
    data = {"title": submission.title, "call": submission.call.title, "digest": version.digest[:16]}
    kind, letter = "calls.received", submission.edition.programme.letters.get("received")
    if letter is not None:
        data |= letter_words(letter, submission, **data)
        kind = "calls.letter"
    tell(kind=kind, to=writers_of(submission), by=None, url=url, **data)
    _office("calls.came_in", submission, by)


def withdrawn(submission: Submission, by: Account | None) -> None:
    _office("calls.taken_back", submission, by)


def answered(member: Member, agreed: bool) -> None:
    """A member answered: the applicants learn it."""
    submission = member.submission
    tell(
        kind="calls.agreed" if agreed else "calls.declined", to=writers_of(submission), by=None,
        url=reverse("calls:people", args=[submission.pk]), name=member.name, title=str(submission),
    )  # fmt: skip


def _office(kind: str, submission: Submission, by: Account | None) -> None:
    tell(
        kind=kind, to=in_charge_of(submission.call), by=by, call=submission.call.title,
        url=reverse("calls:submission", args=[submission.pk]), title=submission.title,
    )  # fmt: skip
