"""The places that each organisation may recommend, as a table."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number
from sheke.directory.models import Organisation, path_range

from ..actions.quotas import set_quotas
from ..guarding import limits
from ..models import Call
from ..tables import quotas_in_table, quotas_table
from .access import account, own_call

Places = dict[Organisation, tuple[int, int]]


@require_http_methods(["GET", "POST"])
def quotas(request: HttpRequest, pk: int) -> HttpResponse:
    """The table: places by organisation, for one kind at once, or from a sheet."""
    call = own_call(request, pk)
    held = places_of(call)
    error = ""
    if request.method == "POST":
        try:
            count = set_quotas(
                call=call, places=_posted(request, held),
                reason=request.POST.get("reason", ""), by=account(request),
            )  # fmt: skip
        except BadInput as wrong:
            error = str(wrong)
        else:
            text = ngettext("%(n)s organisation changed.", "%(n)s organisations changed.", count)
            messages.success(request, text % {"n": count})
            return redirect("calls:quotas", pk)
    kinds = {organisation.kind for organisation in held}
    context = {
        "call": call, "held": held.items(), "error": error, "limits": limits(call),
        "kinds": [(k, label) for k, label in Organisation.Kind.choices if k in kinds],
        "total": sum(n for n, _taken in held.values()),
        "taken": sum(taken for _n, taken in held.values()),
    }  # fmt: skip
    return render(request, "calls/quotas.html", context, status=422 if error else 200)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    call = own_call(request, pk)
    return attachment(quotas_table(places_of(call), call.title), f"{call.key}-quotas.xlsx")


def places_of(call: Call) -> Places:
    """Every organisation below the calling one, by path: its places, and how many are taken."""
    low, high = path_range(call.organisation.path)
    below = Organisation.objects.filter(path__gt=low, path__lt=high).exclude(kind="office")
    rows = (
        call.seats.order_by()
        .values_list("organisation_id")
        .annotate(places=Count("pk"), taken=Count("submission"))
    )
    counts = {pk: (places, taken) for pk, places, taken in rows}
    there = below.at(timezone.localdate()) | below.filter(pk__in=counts)
    return {o: counts.get(o.pk, (0, 0)) for o in there.order_by("path")}


def _posted(request: HttpRequest, held: Places) -> dict[Organisation, int]:
    """From the sheet, for the chosen kind, or from the table's cells."""
    if file := request.FILES.get("file"):
        by_code = {organisation.code: organisation for organisation in held}
        return quotas_in_table(file, file.name or "table", by_code)  # type: ignore[arg-type]
    if kind := request.POST.get("kind"):
        places = _count(request.POST.get("places", ""), str(Organisation.Kind(kind).label)
                        if kind in Organisation.Kind.values else kind)  # fmt: skip
        return {organisation: places for organisation in held if organisation.kind == kind}
    found = {}
    for organisation in held:
        text = request.POST.get(f"places-{organisation.pk}")
        if text is not None:
            found[organisation] = _count(text, organisation.label)
    return found


def _count(text: str, what: str) -> int:
    count = whole_number(text.strip() or "0", digits=5)
    if count is None:
        raise BadInput(_("%(name)s: write a whole number of places.") % {"name": what})
    return count
