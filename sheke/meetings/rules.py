"""Who may see and who may keep a meeting."""

from __future__ import annotations

import rules

from sheke.directory.models import Account
from sheke.directory.queries import may_act_for

from .models import Meeting


@rules.predicate
def sees(account: Account, meeting: Meeting | None) -> bool:
    """Who acts for its organisation or one above it, and who was convened to it."""
    return (
        meeting is not None and Meeting.objects.visible_to(account).filter(pk=meeting.pk).exists()
    )


@rules.predicate
def keeps(account: Account, meeting: Meeting | None) -> bool:
    """Who acts for its organisation or one above it."""
    return meeting is not None and may_act_for(account, meeting.organisation)


rules.add_perm("meetings.view_meeting", sees)
rules.add_perm("meetings.keep_meeting", keeps)
