"""Where groups are told: robots and webhooks of organisations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.directory.queries import administered_organisations

from ..actions.hooks import remove_hook, set_hook, test_hook
from ..forms import HookForm
from ..models import Hook
from .access import account, require_administrator


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    _require_some(request)
    mine = administered_organisations(account(request))
    hooks = Hook.objects.filter(organisation__in=mine.order_by().values("pk"))
    context = {"hooks": hooks.select_related("organisation"), "chief": _chief(request)}
    return render(request, "notices/hooks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    _require_some(request)
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, _hook(request, pk))


@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    test_hook(hook=_hook(request, pk), by=account(request))
    messages.success(request, _("A test is on its way to the group."))
    return redirect("notices:hooks")


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    remove_hook(hook=_hook(request, pk), by=account(request))
    messages.success(request, _("The group is told no more."))
    return redirect("notices:hooks")


def _edit(request: HttpRequest, hook: Hook | None) -> HttpResponse:
    mine = administered_organisations(account(request))
    options: dict[str, Any] = {"instance": hook, "organisations": mine}
    form = HookForm(request.POST, **options) if request.method == "POST" else HookForm(**options)
    if request.method == "POST" and form.is_valid():
        held = Hook.objects.get(pk=hook.pk) if hook else None  # the form wrote into the other
        try:
            set_hook(hook=held, by=account(request), **form.cleaned_data)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept."))
            return redirect("notices:hooks")
    status = 422 if form.errors else 200
    return render(request, "notices/hook.html", {"form": form, "hook": hook}, status=status)


def _hook(request: HttpRequest, pk: int) -> Hook:
    hook = get_object_or_404(Hook.objects.select_related("organisation"), pk=pk)
    require_administrator(request, hook.organisation)
    return hook


def _require_some(request: HttpRequest) -> None:
    if not request.user.has_perm("directory.administer_something"):
        raise PermissionDenied(_("Only an administrator may do this."))


def _chief(request: HttpRequest) -> bool:
    """Sees also what could not be sent."""
    return request.user.has_perm("directory.administer", None)
