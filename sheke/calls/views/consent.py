"""The page behind a link: somebody named in a submission says whether they agree. No account is needed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sheke.accounts.views.limits import limited
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..actions.people import answer_asked
from ..applying.links import member_of
from ..forms.people import ConsentForm


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@limited("open_link")
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """What it is about, and yes or no. A link that is used, too late or made anew shows nothing."""
    return _private(_consent(request, token))


def _consent(request: HttpRequest, token: str) -> HttpResponse:
    found = member_of(token)
    if found is None:
        return render(request, "calls/consent_closed.html", status=410)
    role = found.submission.edition.programme.people.role(found.role)
    referee = role is not None and role.referee
    form = ConsentForm(request.POST if request.method == "POST" else None, referee=referee)
    if request.method == "POST" and form.is_valid():
        agreed = form.cleaned_data["agreed"] == "yes"
        by = request.user if isinstance(request.user, Account) else None
        try:
            answer_asked(token=token, agreed=agreed, text=form.cleaned_data["text"], by=by)
        except BadInput as error:
            form.add_error("text", str(error))
        else:
            return render(request, "calls/consent_done.html", {"agreed": agreed})
    lead = found.submission.members.filter(role="lead").first()
    context = {
        "member": found, "submission": found.submission, "call": found.submission.call,
        "lead": lead, "role": role, "referee": referee, "form": form,
    }  # fmt: skip
    return render(request, "calls/consent.html", context, status=422 if form.errors else 200)


def _private(answer: HttpResponse) -> HttpResponse:
    """The address is a secret: it is neither kept nor indexed; the site's referrer policy keeps it from others."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
