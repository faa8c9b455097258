"""The office's list of reviewers: added, changed, invited; their conflicts of interest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number
from sheke.core.tables import write_xlsx
from sheke.directory.models import Organisation, Person
from sheke.directory.queries import find_people, with_current_tenures

from ..actions import conflicts as conflict_actions
from ..actions import reviewers as actions
from ..models import Call, Conflict, Phase, Reviewer, Step
from ..queries import calls_of
from ..reviewing.problems import split_words
from ..reviewing.rosters import headings
from ..reviewing.standing import coming, review_phase
from .access import account, own_call
from .stages import back, frame, number, numbers, own_phase

PAGE = 50
DAYS_TO_ANSWER = 10


@require_http_methods(["GET", "POST"])
def reviewers(request: HttpRequest, pk: int) -> HttpResponse:
    """The list; posting puts people on it."""
    phase = own_phase(request, pk)
    if request.method == "POST":
        people = Person.objects.filter(pk__in=numbers(request, "person"), erasure=None)
        return _said(request, phase, lambda: _added(phase, people, request))
    rows = phase.call.reviewers.select_related("person__account", "organisation").annotate(
        assigned=Count("assignments", filter=Q(assignments__ended_at=None), distinct=True),
        conflicting=Count("conflicts", filter=Q(conflicts__lifted_at=None), distinct=True),
    )
    answer = request.GET.get("answer", "")
    rows = {
        "accepted": rows.filter(accepted=True), "declined": rows.filter(accepted=False),
        "waiting": rows.filter(accepted=None, invited_at__isnull=False),
        "new": rows.filter(invited_at=None),
    }.get(answer, rows)  # fmt: skip
    if q := request.GET.get("q", "").strip():
        rows = rows.filter(Q(person__name__icontains=q) | Q(organisation__name__icontains=q))
    context = frame(phase, "reviewers") | {
        "page": Paginator(rows.order_by("person__name", "pk"), PAGE).get_page(request.GET.get("page")),
        "answer": answer, "q": q, "counts": _counts(phase.call),
        "names": _names(phase.call),
        "earlier": calls_of(account(request)).exclude(pk=pk).filter(reviewers__isnull=False).distinct()[:50],
        "due": timezone.localdate() + timedelta(days=DAYS_TO_ANSWER),
        "usual": phase.definition.load,
    }  # fmt: skip
    return render(request, "calls/reviewers.html", context)


@require_safe
def options(request: HttpRequest, pk: int) -> JsonResponse:
    """People for the list, by their name, code or organisation."""
    call = own_call(request, pk)
    found = find_people(request.GET.get("q", "")).exclude(reviewing__call=call)
    rows = [_option(person) for person in with_current_tenures(found)[:40]]
    return JsonResponse({"options": rows}, json_dumps_params={"ensure_ascii": False})


@require_POST
def importing(request: HttpRequest, pk: int) -> HttpResponse:
    """Take reviewers from a table; what is wrong in it is shown by row."""
    phase = own_phase(request, pk)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Choose a table."))
        return redirect(back(phase, "reviewers"))
    try:
        lines = actions.import_reviewers(
            call=phase.call, file=file, name=file.name or "table", by=account(request)  # type: ignore[arg-type]
        )  # fmt: skip
    except BadInput as error:
        context = frame(phase, "reviewers") | {"error": error}
        return render(request, "calls/reviewers_import.html", context, status=422)
    text = ngettext("%(n)s reviewer taken over.", "%(n)s reviewers taken over.", len(lines))
    messages.success(request, text % {"n": len(lines)})
    for line in [line for line in lines if line.note][:5]:
        messages.warning(request, _("Row %(row)s: %(note)s") % {"row": line.row, "note": line.note})
    return redirect(back(phase, "reviewers"))


@require_POST
def copies(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over the reviewers of an earlier call."""
    phase = own_phase(request, pk)
    source = get_object_or_404(calls_of(account(request)), pk=number(request, "source") or 0)

    def act() -> str:
        made = actions.copy_reviewers(call=phase.call, source=source, by=account(request))
        text = ngettext("%(n)s reviewer taken over.", "%(n)s reviewers taken over.", len(made))
        return text % {"n": len(made)}

    return _said(request, phase, act)


@require_POST
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Find conflicts, then invite the chosen reviewers."""
    phase = own_phase(request, pk)
    chosen = list(phase.call.reviewers.filter(pk__in=numbers(request, "reviewer")))

    def act() -> str:
        if not chosen:
            raise BadInput(_("Choose reviewers."))
        try:
            due = date.fromisoformat(request.POST.get("due", ""))
        except ValueError:
            raise BadInput(_("Give the day until which they should answer.")) from None
        conflict_actions.pin_conflicts(call=phase.call, by=account(request))
        told = actions.invite_reviewers(
            call=phase.call, reviewers=chosen, due_on=due, by=account(request),
            site=request.build_absolute_uri("/"),
        )  # fmt: skip
        for name, link in told.by_hand[:20]:
            messages.info(
                request, _("Hand this link to %(name)s: %(link)s") % {"name": name, "link": link}
            )
        for text in told.unreached[:10]:
            messages.warning(request, _("Not reached: %(what)s") % {"what": text})
        said = {"accounts": told.accounts, "links": told.links}
        return _("Invited: %(accounts)s by notice, %(links)s by a link.") % said

    return _said(request, phase, act)


@require_POST
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    phase = own_phase(request, pk)

    def act() -> str:
        count = actions.remind_reviewers(call=phase.call, by=account(request))
        return ngettext("%(n)s reminder sent.", "%(n)s reminders sent.", count) % {"n": count}

    return _said(request, phase, act, request.POST.get("to", "reviewers"))


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with answers and loads; it can be read in again."""
    call = own_call(request, pk)
    names = _names(call)
    rows = (
        [
            each.person.name, each.organisation.name if each.organisation else "",
            "；".join(names.get(key, key) for key in each.disciplines), "；".join(each.words),
            each.person.phone, each.person.email, _load(each), _answer(each), each.reason,
        ]
        for each in call.reviewers.select_related("person", "organisation").order_by("person__name")
    )  # fmt: skip
    columns = [*headings(), pgettext("reviewer", "Answer"), _("Reason")]
    return attachment(write_xlsx(columns, rows, title=_("Reviewers")), f"{call.key}-reviewers.xlsx")


@require_http_methods(["GET", "POST"])
def reviewer(request: HttpRequest, pk: int) -> HttpResponse:
    """One reviewer: employer, disciplines, words, load; their conflicts."""
    found = _own_reviewer(request, pk)
    phase = review_phase(found.call)
    error = ""
    if request.method == "POST":
        try:
            actions.change_reviewer(
                reviewer=found, by=account(request), disciplines=request.POST.getlist("disciplines"),
                words=split_words(request.POST.get("words", "")),
                load_least=_bound(request, "least"), load_most=_bound(request, "most"),
                organisation=Organisation.objects.filter(pk=number(request, "organisation") or 0).first(),
            )  # fmt: skip
        except BadInput as wrong:
            error = str(wrong)
        else:
            messages.success(request, _("Saved."))
            return redirect(back(phase, "reviewers"))
    field = found.call.programme.used_as("discipline")
    context = frame(phase, "reviewers") | {
        "reviewer": found, "choices": field.choices if field else (), "error": error,
        "words": "；".join(found.words),
        "conflicts": found.conflicts.select_related("submission__organisation", "by__person"),
        "assigned": found.assignments.in_force().count(),
    }  # fmt: skip
    return render(request, "calls/reviewer.html", context, status=422 if error else 200)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_reviewer(request, pk)
    phase = review_phase(found.call)

    def act() -> str:
        actions.remove_reviewer(reviewer=found, by=account(request))
        return _("Taken off the list.")

    return _said(request, phase, act)


@require_http_methods(["GET", "POST"])
def conflicts(request: HttpRequest, pk: int) -> HttpResponse:
    """Every conflict with what it was found by; posting looks for them again."""
    phase = own_phase(request, pk)
    if request.method == "POST":

        def act() -> str:
            count = conflict_actions.pin_conflicts(call=phase.call, by=account(request))
            return ngettext("%(n)s new conflict found.", "%(n)s new conflicts found.", count) % {
                "n": count
            }

        return _said(request, phase, act, "conflicts")
    rows = phase.call.conflicts.select_related(
        "reviewer__person", "reviewer__organisation", "submission__organisation", "by__person",
        "lifted_by__person",
    )  # fmt: skip
    kind = request.GET.get("kind", "")
    if kind in Conflict.Kind.values:
        rows = rows.filter(kind=kind)
    if q := request.GET.get("q", "").strip():
        rows = rows.filter(
            Q(reviewer__person__name__icontains=q) | Q(submission__title__icontains=q)
        )
    page = Paginator(rows.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    lifted = [each.pk for each in page if each.lifted_at]
    steps = phase.call.steps.filter(act=Step.Act.LIFTED) if lifted else []
    reasons = {step.data.get("conflict"): step.reason for step in steps}
    for each in page:
        each.lifting = reasons.get(each.pk, "")  # type: ignore[attr-defined]
    counts = phase.call.conflicts.filter(lifted_at=None).values_list("kind").annotate(n=Count("pk"))
    held = dict(counts.order_by("kind"))
    context = frame(phase, "conflicts") | {
        "page": page, "kind": kind, "q": q,
        "kinds": [(value, label, held.get(value, 0)) for value, label in Conflict.Kind.choices],
        "reviewers": phase.call.reviewers.select_related("person").order_by("person__name"),
        "submissions": coming(phase.call).order_by("number").only("number", "title")[:2000],
    }  # fmt: skip
    return render(request, "calls/conflicts.html", context)


@require_POST
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """The office declares a conflict."""
    phase = own_phase(request, pk)
    who = get_object_or_404(phase.call.reviewers, pk=number(request, "reviewer") or 0)
    what = get_object_or_404(
        phase.call.submissions.sent_in(), pk=number(request, "submission") or 0
    )

    def act() -> str:
        conflict_actions.declare_conflict(
            reviewer=who, submission=what, kind=request.POST.get("kind", ""),
            note=request.POST.get("note", "").strip(), by=account(request),
        )  # fmt: skip
        return _("Declared. It counts for every plan from now on.")

    return _said(request, phase, act, "conflicts")


@require_POST
def lifting(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Conflict, pk=pk)
    own_call(request, found.call_id)
    phase = review_phase(found.call)

    def act() -> str:
        conflict_actions.lift_conflict(
            conflict=found, reason=request.POST.get("reason", ""), by=account(request)
        )
        return _("Lifted; the reason stands in the log.")

    return _said(request, phase, act, "conflicts")


def _said(
    request: HttpRequest, phase: Phase, act: Callable[[], str], to: str = "reviewers"
) -> HttpResponse:
    """Do it, say how it went, and go back."""
    try:
        messages.success(request, act())
    except BadInput as error:
        messages.error(request, str(error))
    known = ("reviewers", "conflicts", "reviewing_progress")
    return redirect(back(phase, to if to in known else "reviewers"))


def _added(phase: Phase, people: Iterable[Person], request: HttpRequest) -> str:
    made = actions.add_reviewers(call=phase.call, people=people, by=account(request))
    return ngettext("%(n)s reviewer added.", "%(n)s reviewers added.", len(made)) % {"n": len(made)}


def _option(person: Person) -> dict[str, object]:
    tenures = person.current_tenures  # type: ignore[attr-defined]
    hint = "、".join(tenure.organisation.label for tenure in tenures)
    return {"value": person.pk, "text": person.name, "hint": hint}


def _own_reviewer(request: HttpRequest, pk: int) -> Reviewer:
    found = get_object_or_404(Reviewer.objects.select_related("person", "organisation"), pk=pk)
    found.call = own_call(request, found.call_id)
    return found


def _bound(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "").strip()
    bound = whole_number(text, digits=8)
    if text and bound is None:
        raise BadInput(_("A load is a number from 0 to %(most)s.") % {"most": actions.MOST_LOAD})
    return bound


def _counts(call: Call) -> dict[str, int]:
    asked = Q(invited_at__isnull=False)
    found = call.reviewers.aggregate(
        n_all=Count("pk"), n_accepted=Count("pk", filter=Q(accepted=True)),
        n_declined=Count("pk", filter=Q(accepted=False)),
        n_waiting=Count("pk", filter=Q(accepted=None) & asked), n_new=Count("pk", filter=~asked),
    )  # fmt: skip
    return {name.removeprefix("n_"): count for name, count in found.items()}


def _names(call: Call) -> dict[str, str]:
    field = call.programme.used_as("discipline")
    return {choice.key: str(choice.name) for choice in field.choices} if field else {}


def _load(each: Reviewer) -> str:
    if each.load_most is None:
        return ""
    return f"{each.load_least}-{each.load_most}" if each.load_least else str(each.load_most)


def _answer(each: Reviewer) -> str:
    if each.accepted is None:
        return _("invited") if each.invited_at else ""
    return _("accepted") if each.accepted else _("declined")
