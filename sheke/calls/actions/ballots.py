"""Verbs of secret ballots: open one, vote once, close and count it.

Nothing tells how somebody voted: the voter and the vote are two rows without a link, votes carry
neither a time nor an order, and audit events say only that somebody voted.
"""

from __future__ import annotations

import random
from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import Absence, Ballot, PanelItem, Submission, Vote, Voter
from ..panels.counting import count, present_needed
from ..panels.desk import entitled, open_ballot_of, seat_of, there
from ..panels.guarding import locked_item
from ..panels.results import options_of
from ..steps import running_phase

_urn = random.SystemRandom()


@transaction.atomic
def open_ballot(*, item: PanelItem, kind: str, by: Account | None) -> Ballot:
    """Ask the members to vote: `kind` “plain” for yes and no, “levels” for the outcome's levels.

    Raises BadInput without a quorum, beside an open ballot, and when the last one was carried.
    """
    item = locked_item(item)
    running_phase(item.panel.call, item.panel.stage)
    _check_standing(item)
    if open_ballot_of(item) is not None:
        raise BadInput(_("A ballot on it is open already."))
    last = item.ballots.order_by("round").last()
    if last is not None and (last.result or {}).get("carried"):
        raise BadInput(_("It was carried already."))
    members, present = entitled(item).count(), there(item)
    needed = present_needed(members, item.panel.quorum)
    if present < needed:
        numbers = {"present": present, "members": members, "needed": needed}
        raise BadInput(
            _("%(present)s of %(members)s are present; %(needed)s are needed.") % numbers
        )
    ballot = Ballot.objects.create(
        item=item, round=last.round + 1 if last else 1, opened_by=by,
        options=options_of(item.panel.call, kind),
    )  # fmt: skip
    audit.record("panel.ballot_open", item.panel, by=by, item=item.pk, round=ballot.round)
    return ballot


@sensitive_variables("option")
@transaction.atomic
def cast_vote(*, ballot: Ballot, option: str, by: Account) -> None:
    """Vote once, in an open ballot, as a member who is present and does not leave the room."""
    item = locked_item(ballot.item)
    ballot = Ballot.objects.get(pk=ballot.pk)
    member = seat_of(by, item.panel)
    if member is None or Absence.objects.filter(item=item, member=member, lifted_at=None).exists():
        raise BadInput(_("You do not vote on this item."))
    if ballot.closed_at is not None:
        raise BadInput(_("This ballot is closed."))
    if member.present_at is None:
        raise BadInput(_("You are not marked as present. Tell the chair that you are here."))
    if option not in [each["key"] for each in ballot.options]:
        raise BadInput(_("Choose one of the options."))
    _voter, is_new = Voter.objects.get_or_create(ballot=ballot, member=member)
    if not is_new:
        raise BadInput(_("You have voted already; a vote cannot be changed."))
    _drop(ballot, option)
    audit.record("panel.vote", item.panel, by=by, item=item.pk, round=ballot.round)


@transaction.atomic
def close_ballot(*, ballot: Ballot, by: Account | None) -> Ballot:
    """Close the ballot and count it by the panel's quorum and majority."""
    item = locked_item(ballot.item)
    ballot = Ballot.objects.get(pk=ballot.pk)
    if ballot.closed_at is not None:
        raise BadInput(_("This ballot is closed."))
    votes = Counter(ballot.votes.values_list("option", flat=True))
    result = count(
        votes, [each["key"] for each in ballot.options], members=entitled(item).count(),
        present=there(item, ballot), quorum=item.panel.quorum, majority=item.panel.majority,
    )  # fmt: skip
    ballot.result, ballot.closed_at = result.as_json(), timezone.now()
    ballot.save(update_fields=["result", "closed_at"])
    audit.record(
        "panel.ballot_close", item.panel, by=by, item=item.pk, round=ballot.round,
        result=ballot.result,
    )  # fmt: skip
    return ballot


@sensitive_variables("option", "options")
def _drop(ballot: Ballot, option: str) -> None:
    """Put a vote into the urn and shake it: all votes are written anew, in a random order and under
    new keys, so that not even the place of a row tells when it came.
    """
    options = [*ballot.votes.values_list("option", flat=True), option]
    _urn.shuffle(options)
    Vote.objects.filter(ballot=ballot).delete()
    Vote.objects.bulk_create([Vote(ballot=ballot, option=each) for each in options])


def _check_standing(item: PanelItem) -> None:
    submission = item.submission
    if submission.state != Submission.State.IN or submission.stage != item.panel.stage:
        raise BadInput(_("“%(title)s” does not stand at this stage any more.")
                       % {"title": submission})  # fmt: skip
