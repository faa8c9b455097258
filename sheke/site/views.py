"""Pages that belong to no app: sign in and out, password, the organisation one acts for, errors."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from sheke.directory.actions import set_password
from sheke.directory.middleware import SESSION_KEY
from sheke.directory.models import Account
from sheke.directory.queries import acting_organisations

from .demo.people import PASSWORD
from .demo.source import read
from .forms import SignInForm
from .workbench import Workbench


def demo_accounts() -> list[dict[str, str]]:
    """Who one may be in the demonstration: user, name, what."""
    return read("people")["accounts"] if settings.DEMO else []


sign_in = login_not_required(
    LoginView.as_view(
        template_name="site/sign_in.html",
        authentication_form=SignInForm,
        extra_context={"demo_accounts": demo_accounts, "demo_password": PASSWORD},
        redirect_authenticated_user=True,
    )
)
set_language = login_not_required(django_set_language)


def home(request: HttpRequest) -> HttpResponse:
    """The workbench of the organisation one acts for."""
    now = timezone.localtime()
    organisation = request.organisation  # type: ignore[attr-defined]
    desk = (
        Workbench(cast(Account, request.user), organisation, now.date()) if organisation else None
    )
    return render(
        request, "site/home.html", {"desk": desk, "now": now, "greeting": greeting(now.hour)}
    )


def greeting(hour: int) -> str:
    if hour < 5 or hour >= 18:
        return _("Good evening")
    return _("Good morning") if hour < 12 else _("Good afternoon")


def locked_out(request: HttpRequest, *_given: object) -> HttpResponse:
    """Too many wrong passwords: the sign-in page says how long to wait."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    reason = _(
        "Too many wrong passwords. Wait %(minutes)s minutes, or ask your federation's administrator "
        "for a new password."
    ) % {"minutes": minutes}
    return render(request, "400.html", {"reason": reason}, status=429)


def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; this session goes on, every other one ends."""
    account = cast(Account, request.user)
    form = PasswordChangeForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_password(account=account, password=form.cleaned_data["new_password1"], by=account)
        update_session_auth_hash(request, account)
        messages.success(request, _("Your password is changed."))
        return redirect("site:home")
    return render(request, "site/password.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def acting(request: HttpRequest) -> HttpResponse:
    """Choose the organisation one acts for in this session."""
    number = request.POST.get("organisation", "")
    mine = acting_organisations(cast(Account, request.user))
    organisation = get_object_or_404(mine, pk=number if number.isdecimal() else 0)
    request.session[SESSION_KEY] = organisation.pk
    messages.success(request, _("You now act for %(name)s.") % {"name": organisation.name})
    return redirect(safe_next(request))


def safe_next(request: HttpRequest) -> str:
    """The page to go back to, if it is one of ours; else the workbench."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours and wanted else "site:home"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`PermissionDenied("why")` prints its reason on the page."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page, most often: say so instead of frightening people."""
    return render(request, "403_csrf.html", status=403)
