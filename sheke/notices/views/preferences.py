"""How one is told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sheke.core.errors import BadInput

from ..actions.preferences import choose_channels, send_test
from ..channels import CHANNELS, PERSONAL
from ..forms import PreferenceForm
from ..routing import address_of
from .access import account


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    form = PreferenceForm(account=account(request))
    if request.method == "POST":
        form = PreferenceForm(request.POST, account=account(request))
        if form.is_valid():
            choose_channels(**form.times(), choices=form.chosen(), by=account(request))
            messages.success(request, _("Kept. It holds for what you are told from now on."))
            return redirect("notices:preferences")
    context = {
        "form": form,
        "channels": [_channel(request, key) for key in PERSONAL],
        "administers": request.user.has_perm("directory.administer_something"),
    }
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """A message to oneself."""
    try:
        message = send_test(channel=request.POST.get("channel", ""), by=account(request))
        messages.success(
            request, _("A test is on its way to %(address)s.") % {"address": message.address}
        )
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("notices:preferences")


def _channel(request: HttpRequest, key: str) -> dict[str, object]:
    channel = CHANNELS[key]
    return {
        "key": key, "label": channel.label, "ready": channel.ready(),
        "address": address_of(account(request), key),
    }  # fmt: skip
