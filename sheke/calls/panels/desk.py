"""Who finds which panel and which of its items: members by being invited, the office by its call.

Nothing of an item is found for a member who leaves the room for it.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from sheke.directory.models import Account

from ..models import Absence, Ballot, Panel, PanelItem, PanelMember, Voter
from ..queries import calls_of


def panels_of(account: Account) -> QuerySet[Panel]:
    """The panels that the account's person was invited to."""
    if account.person_id is None or not account.is_active:
        return Panel.objects.none()
    mine = PanelMember.objects.filter(person=account.person_id, invited_at__isnull=False)
    return _with_call(Panel.objects.filter(pk__in=mine.values("panel_id")))


def panels_run_by(account: Account) -> QuerySet[Panel]:
    """The panels of the calls that the account runs."""
    runs = calls_of(account).order_by().values("pk")
    return _with_call(Panel.objects.filter(call__in=runs))


def panels_led_by(account: Account) -> QuerySet[Panel]:
    """Those that the account chairs or whose call it runs: it opens and closes ballots there."""
    runs = calls_of(account).order_by().values("pk")
    led = panels_of(account).filter(members__person=account.person_id, members__is_chair=True)
    both = Panel.objects.filter(call__in=runs) | Panel.objects.filter(
        pk__in=led.order_by().values("pk")
    )
    return _with_call(both)


def _with_call(found: QuerySet[Panel]) -> QuerySet[Panel]:
    return found.select_related("call__edition__definition", "call__organisation", "call__closure")


def in_room(account: Account, items: QuerySet[PanelItem]) -> QuerySet[PanelItem]:
    """The items without those for which the account's person leaves the room."""
    absent = Absence.objects.filter(
        item=OuterRef("pk"), member__person=account.person_id or 0, lifted_at=None
    )
    return items.filter(~Exists(absent))


def items_of(account: Account) -> QuerySet[PanelItem]:
    """The items that the account sees as a member."""
    mine = panels_of(account).order_by().values("pk")
    return _with_submission(in_room(account, PanelItem.objects.filter(panel__in=mine)))


def items_led_by(account: Account) -> QuerySet[PanelItem]:
    """The items whose ballots the account opens and closes."""
    led = panels_led_by(account).order_by().values("pk")
    return _with_submission(in_room(account, PanelItem.objects.filter(panel__in=led)))


def _with_submission(found: QuerySet[PanelItem]) -> QuerySet[PanelItem]:
    return found.select_related(
        "panel__call__edition__definition", "panel__call__closure", "submission__edition__definition",
        "submission__call", "submission__sent", "submission__blind__version",
    )  # fmt: skip


def seat_of(account: Account, panel: Panel) -> PanelMember | None:
    """The account's place in the panel."""
    if account.person_id is None:
        return None
    return panel.members.filter(person=account.person_id).first()


def entitled(item: PanelItem) -> QuerySet[PanelMember]:
    """Who belongs to the panel for this item: everybody who does not leave the room."""
    absent = Absence.objects.filter(item=item, member=OuterRef("pk"), lifted_at=None)
    return PanelMember.objects.filter(~Exists(absent), panel=item.panel_id)


def there(item: PanelItem, ballot: Ballot | None = None) -> int:
    """How many of them are present; who voted was."""
    found = entitled(item)
    here = set(found.filter(present_at__isnull=False).values_list("pk", flat=True))
    if ballot is not None:
        voted = Voter.objects.filter(ballot=ballot, member__in=found)
        here |= set(voted.values_list("member_id", flat=True))
    return len(here)


def open_ballot_of(item: PanelItem) -> Ballot | None:
    return item.ballots.filter(closed_at=None).first()
