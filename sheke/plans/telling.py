"""Who is told of a duty: those who do it, those who lead the item, the plan's office, leaders."""

from __future__ import annotations

from collections.abc import Iterable

from sheke.directory.models import Account, Organisation, Tenure
from sheke.directory.queries import accounts_acting_for

from .models import Duty, Item

_CLERKS = (Tenure.Role.SECRETARY, Tenure.Role.STAFF)


def office(organisation: Organisation) -> list[Account]:
    """Secretary and staff of the organisation; where there are none, whoever acts for it."""
    clerks = list(accounts_acting_for(organisation, roles=_CLERKS))
    return clerks or list(accounts_acting_for(organisation))


def leaders(organisation: Organisation) -> list[Account]:
    """Its leaders; where none has an account, whoever acts for it."""
    found = list(accounts_acting_for(organisation, roles=[Tenure.Role.LEADER]))
    return found or list(accounts_acting_for(organisation))


def doers(duty: Duty) -> list[Account]:
    """The office of the duty's organisation, and the person whom it names."""
    named = Account.objects.filter(is_active=True, person=duty.person_id) if duty.person_id else ()
    return _once([*named, *office(duty.organisation)])


def leading(item: Item) -> list[Organisation]:
    """The organisations that lead the item."""
    return list(
        Organisation.objects.filter(duties__item=item, duties__role=Duty.Role.LEAD).distinct()
    )


def answerable(duty: Duty) -> list[Account]:
    """Who has to know that a duty is stuck: the offices that lead the item, and the plan's."""
    organisations = [*leading(duty.item), duty.item.plan.organisation]
    return _once(account for one in organisations for account in office(one))


def _once(accounts: Iterable[Account]) -> list[Account]:
    return list({account.pk: account for account in accounts}.values())
