"""The office's side: open a return, its table, accept many, remind, add, close, export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.definitions.models import Definition, Edition
from sheke.definitions.queries import current_editions
from sheke.directory.models import Organisation
from sheke.directory.queries import acting_organisations
from sheke.ledger.confirming.queries import office_organisations

from .. import actions, listing, tables
from ..forms.opening import OpeningForm, opening_initial
from ..models import Asked, Return
from ..queries import out_of_reach
from .access import account, office_only, own_return


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a form, then say for which period, by when, of whom."""
    office_only(request)
    editions = current_editions(Definition.Kind.RETURN_FORM)
    edition = editions.get(request.GET.get("form", "") or request.POST.get("form", ""))
    if edition is None:
        status = 422 if request.method == "POST" else 200
        return render(
            request, "returns/choose.html", {"editions": editions.values()}, status=status
        )
    form = _opening(request, edition)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        _may_ask(request, given["organisation"])
        try:
            made = actions.open_return(
                edition=edition, organisation=given["organisation"], title=given["title"],
                span=(given["first_day"], given["last_day"]), due_on=given["due_on"],
                audience=form.audience(), note=given["note"], remind=given["remind"],
                by=account(request),
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            count = made.asked.count()
            text = ngettext("Opened; %(n)s organisation is asked.",
                            "Opened; %(n)s organisations are asked.", count)  # fmt: skip
            messages.success(request, text % {"n": count})
            _warn_of_silence(request, made)
            return redirect("returns:return", made.pk)
    context = {"form": form, "edition": edition, "schema": edition.return_form}
    return render(request, "returns/new.html", context, status=422 if form.errors else 200)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of a return's answers."""
    of = own_return(request, pk)
    state, sort = request.GET.get("state", ""), request.GET.get("sort", "")
    compare = request.GET.get("compare") == "1"
    everyone = listing.rows_of(of, compare=compare)
    rows = (
        listing.rows_of(of, state=state, sort=sort, compare=compare) if state or sort else everyone
    )
    context: dict[str, Any] = {
        "of": of,
        "rows": rows,
        "sums": listing.sums(of, rows),
        "tally": listing.tally(everyone),
        "asked_count": len(everyone),
        "states": Asked.State.choices,
        "state": state,
        "sort": sort,
        "compare": compare,
        "figures": of.form.figures,
        "others": [q for q in of.form.questions if q.kind != "figure"],
        "may_run": request.user.has_perm("returns.run", of),
    }
    return render(request, "returns/return.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    of = own_return(request, pk)
    compare = request.GET.get("compare") == "1"
    rows = listing.rows_of(of, state=request.GET.get("state", ""), compare=compare)
    return attachment(tables.answers(of, rows, compare=compare), f"{of.key}.xlsx")


@require_POST
def acceptances(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the chosen answers, or with `all` everything that was sent."""
    of = own_return(request, pk)
    asked = of.asked.all()
    if "all" not in request.POST:
        numbers = [int(n) for n in request.POST.getlist("asked") if n.isdecimal() and len(n) < 18]
        asked = asked.filter(pk__in=numbers)
    try:
        made = actions.accept_answers(asked=asked, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("returns:return", pk)
    if made:
        text = ngettext("%(n)s answer accepted.", "%(n)s answers accepted.", len(made))
        messages.success(request, text % {"n": len(made)})
    else:
        messages.info(request, _("Nothing was left to accept."))
    return redirect("returns:return", pk)


@require_POST
def additions(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask further organisations, with a reason."""
    of = own_return(request, pk)
    codes = request.POST.getlist("organisations")
    chosen = office_organisations(account(request)).filter(code__in=codes)
    try:
        made = actions.add_organisations(
            of=of, organisations=chosen, reason=request.POST.get("reason", ""), by=account(request)
        )
    except BadInput as error:
        messages.error(request, str(error))
    else:
        text = ngettext("%(n)s organisation more is asked.", "%(n)s organisations more are asked.",
                        len(made))  # fmt: skip
        messages.success(request, text % {"n": len(made)})
    return redirect("returns:return", pk)


@require_POST
def reminder(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind everybody who has not answered."""
    of = own_return(request, pk)
    try:
        count = actions.remind_late(of=of, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        text = ngettext("%(n)s organisation reminded.", "%(n)s organisations reminded.", count)
        messages.success(request, text % {"n": count})
    return redirect("returns:return", pk)


@require_POST
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    of = own_return(request, pk)
    try:
        actions.close_return(of=of, reason=request.POST.get("reason", ""), by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Closed; no more answers are taken."))
    return redirect("returns:return", pk)


def _warn_of_silence(request: HttpRequest, made: Return) -> None:
    """Names the organisations that nobody signs in for: no notice reaches them."""
    silent = [asked.organisation.label for asked in out_of_reach(made)]
    if silent:
        text = ngettext("%(n)s of them has no account, so nobody there was told: %(names)s",
                        "%(n)s of them have no account, so nobody there was told: %(names)s",
                        len(silent))  # fmt: skip
        names = "、".join(silent[:5]) + ("…" if len(silent) > 5 else "")
        messages.warning(request, text % {"n": len(silent), "names": names})


def _opening(request: HttpRequest, edition: Edition) -> OpeningForm:
    if request.method == "POST":
        return OpeningForm(request.POST, account=account(request))
    here = request.organisation or acting_organisations(account(request)).first()  # type: ignore[attr-defined]
    return OpeningForm(initial=opening_initial(edition, here), account=account(request))


def _may_ask(request: HttpRequest, organisation: Organisation) -> None:
    if not request.user.has_perm("returns.ask", organisation):
        raise PermissionDenied(_("You do not work for this organisation's office."))
