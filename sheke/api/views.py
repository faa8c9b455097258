"""One's own tokens."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from .actions import issue_token, withdraw_token
from .forms import TokenForm
from .models import Token


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The tokens that one has given out, and a new one, whose secret is shown this once."""
    account = cast(Account, request.user)
    secret = ""
    form = TokenForm(request.POST if request.method == "POST" else None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = issue_token(account=account, by=account, **form.cleaned_data)
            form = TokenForm(account=account)
        except BadInput as error:
            form.add_error(None, str(error))
    tokens = Token.objects.filter(account=account).select_related("tenure__organisation")
    status = 422 if form.errors else 200
    return render(
        request,
        "api/tokens.html",
        {"tokens": tokens, "form": form, "secret": secret},
        status=status,
    )


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(Token, pk=pk, account=cast(Account, request.user))
    withdraw_token(token=token, by=cast(Account, request.user))
    messages.success(request, _("The token “%(name)s” is withdrawn.") % {"name": token.name})
    return redirect("api:tokens")
