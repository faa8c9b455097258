"""What could not be sent, for the administrators of the whole."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput

from ..actions.messages import send_again
from ..channels import CHANNELS
from ..models import Message
from .access import account, require_administrator

PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    require_administrator(request)
    found = Message.objects.given_up().select_related("account__person", "hook__organisation")
    page = Paginator(found.order_by("-given_up_at", "-id"), PAGE).get_page(request.GET.get("page"))
    for message in page:
        message.label = CHANNELS[message.channel].label  # type: ignore[attr-defined]
    waiting = Message.objects.waiting().exclude(problem="").count()
    return render(request, "notices/failures.html", {"page": page, "waiting": waiting})


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    require_administrator(request)
    message = get_object_or_404(Message, pk=pk)
    try:
        send_again(message=message, by=account(request))
        messages.success(request, _("It is tried again within a minute."))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("notices:failures")
