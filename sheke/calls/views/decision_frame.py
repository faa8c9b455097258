"""What the office's pages of deciding share: heading, tabs, and how an act answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.errors import BadInput

from ..models import Call


def frame(call: Call, here: str) -> dict[str, Any]:
    """The heading and the tabs; `here` is the address's name."""
    names = {"deciding": pgettext("call", "Proposals and decision")}
    if call.programme.stages_of("notice"):
        names |= {"notice": _("Public notice"), "objections": _("Objections")}
    names["certificates"] = _("Awards and certificates")
    tabs = [
        (name, reverse(f"calls:{key}", args=[call.pk]), key == here) for key, name in names.items()
    ]
    if call.programme.outcome.kind == "project":
        tabs.append((_("Projects"), f"{reverse('calls:projects')}?call={call.pk}", False))
    return {
        "call": call, "tabs": tabs, "title": names.get(here, ""), "open": not hasattr(call, "closure"),
        "money": call.programme.outcome.money,
        "sheet": "objections" if here == "objections" else "",  # see sheke/calls/sheets.py
    }  # fmt: skip


def said(request: HttpRequest, to: str, pk: int, act: Callable[[], str]) -> HttpResponse:
    """Do it, say what came of it, and lead back."""
    try:
        messages.success(request, act())
    except BadInput as error:
        messages.error(request, str(error))
    return redirect(to, pk)
