"""What verbs of calls ask before they write."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .models import Call, CallClosure, Phase


def locked_call(call: Call) -> Call:
    """The call as it is now, locked until the transaction ends."""
    found = Call.objects.select_for_update(of=("self",)).select_related(
        "edition__definition", "organisation"
    )
    return found.get(pk=call.pk)


def locked_phase(phase: Phase) -> Phase:
    """The phase as it is now, locked with its call, which is checked to be open."""
    call = locked_call(phase.call)
    still_open(call)
    found = Phase.objects.select_for_update(of=("self",)).get(pk=phase.pk)
    found.call = call
    return found


def still_open(call: Call) -> None:
    """Raise BadInput for a call that is closed."""
    if CallClosure.objects.filter(call=call).exists():
        raise BadInput(_("This call is closed."))


def needed(reason: str) -> str:
    """The reason in one line, or BadInput without one."""
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise BadInput(_("Give a reason."))
    return reason


def limits(call: Call) -> bool:
    """Whether organisations recommend within a quota: the programme has one, or the call set some."""
    return call.programme.quota is not None or call.seats.filter(added=False).exists()
