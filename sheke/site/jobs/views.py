"""Background jobs for who administers the whole: what waits, runs, failed; the schedule; the workers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.core.jobs import actions, queries
from sheke.directory.models import Account

SHOWN = 30


def administrators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Jobs are of the whole machine: only who administers a root sees them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("directory.administer", None):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@administrators
def index(request: HttpRequest) -> HttpResponse:
    """The whole page; htmx asks again every few seconds for its living part."""
    state = request.GET.get("state", "")
    state = state if state in queries.STATES else ""
    page = Paginator(queries.rows(state), SHOWN).get_page(request.GET.get("page"))
    found = queries.jobs(page.object_list)
    people = Account.objects.select_related("person").in_bulk(
        {job.account_id for job in found if job.account_id}
    )
    context = {
        "state": state, "counts": queries.counts(), "page": page,
        "jobs": [(job, people.get(job.account_id)) for job in found],
        "workers": queries.workers(), "nobody_works": queries.nobody_works(),
        "schedule": queries.schedule(),
    }  # fmt: skip
    name = "site/jobs/living.html" if request.htmx else "site/jobs/index.html"  # type: ignore[attr-defined]
    return render(request, name, context)


@require_safe
@administrators
def detail(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """One job: how it went and, of a failure, the place in the program."""
    job = queries.job_of(number)
    if job is None:
        raise Http404
    person = Account.objects.select_related("person").filter(pk=job.account_id or 0).first()
    return render(request, "site/jobs/job.html", {"job": job, "person": person})


@require_POST
@administrators
def attempt(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    return _done(
        request, lambda: actions.retry_job(job=number, by=request.user), _("The job waits again.")
    )


@require_POST
@administrators
def cancellation(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    return _done(
        request, lambda: actions.cancel_job(job=number, by=request.user), _("The job is cancelled.")
    )


@require_POST
@administrators
def run(request: HttpRequest) -> HttpResponse:
    """Run a task of the schedule out of turn."""
    key = request.POST.get("task", "")
    return _done(
        request, lambda: actions.run_now(key=key, by=request.user), _("It runs in a moment.")
    )


def _done(request: HttpRequest, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("site:jobs")
