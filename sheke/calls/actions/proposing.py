"""Verbs: propose submissions for a level and an amount; nothing is decided by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..deciding.proposals import candidates, check_limits, standing_notice, undecided
from ..guarding import locked_call, still_open
from ..models import Call, Proposed, Submission


@dataclass(frozen=True)
class Wish:
    """What is proposed. Without an amount the level's own is taken."""

    level: str = ""
    amount: Decimal | None = None


@transaction.atomic
def propose(
    *, call: Call, wishes: Mapping[int, Wish | None], by: Account | None, reason: str = ""
) -> int:
    """Propose submissions, or take the proposal back with None: {primary key: wish}. How many changed.

    All or nothing: BadInput where a level has more than it may, the budget does not reach, or the
    list is public.
    """
    call = _changeable(call)
    reason = " ".join(reason.split())[:500]
    there = {each.pk: each for each in _locked(call, wishes)}
    if len(there) < len(wishes):
        raise BadInput(_("Only what stands at the notice or the decision can be proposed."))
    changed: dict[str, str | None] = {}
    for pk, wish in wishes.items():
        if _set(call, there[pk], wish, reason, by):
            changed[str(there[pk].number)] = wish.level if wish else None
    if changed:
        check_limits(call)
        audit.record("call.propose", call, by=by, proposed=changed, reason=reason)
    return len(changed)


@transaction.atomic
def propose_first(
    *, call: Call, level: str, count: int, by: Account | None, reason: str = ""
) -> int:
    """Propose the first `count` by score, of those that are not proposed yet, for a level."""
    left = [each for each in candidates(call) if each.proposed is None and each.scored]
    if count < 1 or not left:
        raise BadInput(_("Nothing is left that has a score and is not proposed."))
    wishes = {each.submission.pk: Wish(level) for each in left[:count]}
    return propose(call=call, wishes=wishes, by=by, reason=reason)


@transaction.atomic
def propose_as_voted(*, call: Call, by: Account | None) -> int:
    """Propose what a panel voted a level for and nobody proposed yet, for that level."""
    found = [each for each in candidates(call) if each.proposed is None and each.panel]
    if not found:
        raise BadInput(_("No panel voted a level for what is not proposed yet."))
    wishes = {each.submission.pk: Wish(each.panel) for each in found}
    return propose(call=call, wishes=wishes, by=by)


def _changeable(call: Call) -> Call:
    call = locked_call(call)
    still_open(call)
    if standing_notice(call) is not None:
        raise BadInput(_("The list is public. Withdraw the notice to change it."))
    return call


def _locked(call: Call, numbers: Iterable[int]) -> list[Submission]:
    found = undecided(call).filter(pk__in=list(numbers)).select_for_update(of=("self",))
    return list(found.select_related("proposed").order_by("pk"))


def _set(
    call: Call, submission: Submission, wish: Wish | None, reason: str, by: Account | None
) -> bool:
    """Write one proposal; whether anything changed."""
    held: Proposed | None = getattr(submission, "proposed", None)
    if wish is None:
        if held is not None:
            held.delete()
        return held is not None
    amount = _amount(call, wish)
    if held is not None and (held.level, held.amount) == (wish.level, amount):
        return False
    Proposed.objects.update_or_create(
        submission=submission,
        defaults={"level": wish.level, "amount": amount, "reason": reason, "by": by},
    )
    return True


def _amount(call: Call, wish: Wish) -> Decimal | None:
    outcome = call.programme.outcome
    level = outcome.level(wish.level)
    if level is None and (outcome.levels or wish.level):
        raise BadInput(_("The programme has no level “%(key)s”.") % {"key": wish.level})
    amount = wish.amount
    if amount is None and level is not None and level.amount is not None:
        amount = Decimal(str(level.amount))
    if amount is not None and not (0 <= amount < 10**9 and amount == round(amount, 4)):
        raise BadInput(_("An amount is a number from 0, with at most four decimals."))
    return amount
