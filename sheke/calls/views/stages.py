"""What the office's pages of reviewing ask first."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number

from ..models import Phase
from ..reviewing.standing import review_phase, review_phases
from .access import own_call

# The list of a page as a sheet; see sheke/calls/sheets.py. The others have exports of their own.
SHEET_OF = {
    "conflicts": "conflicts", "packets": "packets", "assignment": "pairs",
    "reviewing_progress": "progress",
}  # fmt: skip


def own_phase(request: HttpRequest, pk: int) -> Phase:
    """The phase of reviewing of a call of the account's office, by `stage` or the usual one; or 404."""
    call = own_call(request, pk)
    try:
        return review_phase(call, request.GET.get("stage") or request.POST.get("stage", ""))
    except BadInput as error:
        raise Http404 from error


def frame(phase: Phase, here: str) -> dict[str, Any]:
    """The heading and the tabs of the pages of reviewing; `here` is the address's name."""
    names = {
        "reviewers": _("Reviewers"), "conflicts": _("Conflicts"), "packets": _("Packets"),
        "assignment": _("Assignment"), "reviewing_progress": _("Progress"), "scores": _("Scores"),
    }  # fmt: skip
    query = f"?stage={phase.stage}"
    tabs = [
        (name, reverse(f"calls:{key}", args=[phase.call_id]) + query, key == here)
        for key, name in names.items()
    ]
    return {
        "call": phase.call, "phase": phase, "stage": phase.definition, "tabs": tabs,
        "sheet": SHEET_OF.get(here, ""), "phases": review_phases(phase.call), "title": names.get(here, ""),
        "open": not hasattr(phase.call, "closure"),
    }  # fmt: skip


def numbers(request: HttpRequest, name: str) -> list[int]:
    """The numbers posted under a name; anything else is left out."""
    read = (whole_number(text) for text in request.POST.getlist(name))
    return [each for each in read if each is not None]


def number(request: HttpRequest, name: str) -> int | None:
    found = numbers(request, name)
    return found[0] if found else None


def back(phase: Phase, name: str) -> str:
    """The address of a page of reviewing."""
    return f"{reverse(f'calls:{name}', args=[phase.call_id])}?stage={phase.stage}"
