"""The office's pages of reviews: how far they are, what they say once the stage is over, the example."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number
from sheke.core.tables import Sheet, write_xlsx

from ..actions import reviews as actions
from ..actions.assigning import ask_extra_review
from ..models import Conflict, Example, Phase, Review, Reviewer
from ..reviewing import scoring
from ..reviewing.desk import progress as progress_counts
from ..scoring.charts import changes_chart, severity_chart, stability_chart
from ..scoring.results import METHODS, Evaluation, SubmissionResult
from .access import account
from .reviewing import scored
from .stages import back, frame, numbers, own_phase

PAGE = 25  # rows, each with all its comments below
SORTS = ("bayes", "raw", "trimmed", "z", "reviews", "spread")


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has sent how much; no score is shown here."""
    phase = own_phase(request, pk)
    here = phase.call.assignments.in_force().filter(stage=phase.stage)
    loads = _loads(phase)
    known = phase.call.reviewers.filter(accepted=True, pk__in=loads)
    chosen = known.filter(pk=whole_number(request.GET.get("reviewer", "")) or 0).first()
    order = sorted(
        known.order_by().values_list("pk", "person__name"),
        key=lambda one: (loads[one[0]][1], one[1]),
    )
    page = Paginator([pk for pk, _name in order], PAGE).get_page(request.GET.get("page"))
    page.object_list = _reviewers(phase, list(page.object_list), loads)  # type: ignore[assignment]
    context = frame(phase, "reviewing_progress") | {
        "page": page,
        "counts": progress_counts(here), "chosen": chosen,
        "assignments": here.filter(reviewer=chosen).select_related("submission", "review") if chosen else [],
        "kinds": Conflict.Kind.choices,
        "ended": phase.call.assignments.filter(stage=phase.stage, end="recused").select_related(
            "reviewer__person", "submission")[:50],
        "example": Example.objects.filter(call=phase.call).first(),
    }  # fmt: skip
    return render(request, "calls/reviewing_progress.html", context)


@require_safe
def scores(request: HttpRequest, pk: int) -> HttpResponse:
    """All methods side by side, once the stage is over."""
    phase = own_phase(request, pk)
    context = frame(phase, "scores")
    if phase.ended_at is None:
        return render(request, "calls/scores_waiting.html", context)
    within = _within(request) or scoring.places(phase)
    found = scoring.evaluation_of(phase, within=within)
    sort = request.GET.get("sort", "bayes")
    only = request.GET.get("only", "")
    rows = [
        one for one in found.submissions if only != "extra" or one.disagreement.asks_for_reviewer
    ]
    rows.sort(key=lambda one: _order(one, sort))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    about = scoring.about(int(one.id) for one in page)
    names = _names(phase)
    named = phase.call.reviewers.order_by().values_list("pk", "person__name")
    people = {str(pk): name for pk, name in named}
    context |= {
        "found": found, "page": page, "sort": sort, "within": within or "", "only": only,
        "rows": [(one, about[int(one.id)]) for one in page],
        "extra": sum(one.disagreement.asks_for_reviewer for one in found.submissions),
        "charts": _charts(found, names, people), "methods": METHODS,
        "unreviewed": _unreviewed(phase, len(found.submissions)),
        "comments": scoring.by_submission(scoring.sent_reviews(phase, about)),
        "hidden": _hidden(phase),
    }  # fmt: skip
    return render(request, "calls/scores.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Scores by all methods, and every review, as xlsx. Nothing before the stage is over."""
    phase = own_phase(request, pk)
    try:
        data = _workbook(phase, _within(request) or scoring.places(phase))
    except scoring.NotYet as error:
        messages.error(request, str(error))
        return redirect(back(phase, "scores"))
    return attachment(data, f"{phase.call.key}-scores.xlsx")


@require_POST
def extra(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one reviewer more for the chosen submissions."""
    phase = own_phase(request, pk)
    chosen = phase.call.submissions.filter(pk__in=numbers(request, "submission"))
    try:
        reason = request.POST.get("reason", "") or _("The reviewers differ.")
        new = ask_extra_review(phase=phase, submissions=chosen, reason=reason, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        text = ngettext(
            "%(n)s reviewer more was assigned.", "%(n)s reviewers more were assigned.", len(new)
        )
        messages.success(request, text % {"n": len(new)})
    return redirect(back(phase, "scores"))


@require_POST
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Open comments to the applicants: the chosen ones, or all."""
    phase = own_phase(request, pk)
    found = Review.objects.filter(assignment__call=phase.call, assignment__stage=phase.stage)
    if request.POST.get("all") != "1":
        found = found.filter(pk__in=numbers(request, "review"))
    try:
        shown = actions.show_comments(phase=phase, reviews=found, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        text = ngettext("%(n)s comment opened.", "%(n)s comments opened.", len(shown))
        messages.success(request, text % {"n": len(shown)})
    return redirect(back(phase, "scores"))


@require_http_methods(["GET", "POST"])
def example(request: HttpRequest, pk: int) -> HttpResponse:
    """The sample that reviewers measure by; posting sets it or takes it away."""
    phase = own_phase(request, pk)
    call, error = phase.call, ""
    if request.method == "POST":
        given = {
            k.removeprefix("score-"): v for k, v in request.POST.items() if k.startswith("score-")
        }
        try:
            if request.POST.get("remove") == "1":
                actions.remove_example(call=call, by=account(request))
                messages.success(request, _("Taken away."))
            else:
                actions.set_example(
                    call=call, title=request.POST.get("title", ""), scores=given,  # type: ignore[arg-type]
                    text=request.POST.get("text", ""), by=account(request),
                    explanation=request.POST.get("explanation", ""),
                )  # fmt: skip
                messages.success(request, _("Saved. Reviewers see it beside their queue."))
        except BadInput as wrong:
            error = str(wrong)
        else:
            return redirect(back(phase, "reviewing_progress"))
    held = Example.objects.filter(call=call).first() or Example(call=call)
    if error:
        held.title, held.text = request.POST.get("title", ""), request.POST.get("text", "")
        held.explanation, held.scores = request.POST.get("explanation", ""), given
    held.call = call
    context = frame(phase, "reviewing_progress") | {
        "example": held, "lines": scored(held), "error": error,
    }  # fmt: skip
    return render(request, "calls/example_edit.html", context, status=422 if error else 200)


def _charts(found: Evaluation, names: dict[str, str], people: dict[str, str]) -> list[Any]:
    charts = [severity_chart(found, people)]
    if found.chosen:
        charts += [stability_chart(found, names), changes_chart(found, people)]
    return charts


def _order(one: SubmissionResult, sort: str) -> tuple[float, int]:
    if sort == "reviews":
        return one.reviews, int(one.id)
    if sort == "spread":
        return -(one.disagreement.adjusted or 0), int(one.id)
    return one.ranks[sort if sort in METHODS else "bayes"], int(one.id)


def _within(request: HttpRequest) -> int | None:
    return whole_number(request.GET.get("within", ""), digits=6) or None


def _loads(phase: Phase) -> dict[int, tuple[int, int]]:
    """{reviewer: (assigned, sent in)} of those who have something to review. One query."""
    here = phase.call.assignments.in_force().filter(stage=phase.stage).order_by()
    sent = Count("pk", filter=Q(review__sent_at__isnull=False))
    rows = here.values_list("reviewer").annotate(all=Count("pk"), sent=sent)
    return {reviewer: (assigned, done) for reviewer, assigned, done in rows}


def _reviewers(
    phase: Phase, chosen: list[int], loads: dict[int, tuple[int, int]]
) -> list[Reviewer]:
    """Reviewers in the order given, each with `all` and `sent`."""
    found = phase.call.reviewers.select_related("person", "organisation").in_bulk(chosen)
    for pk, one in found.items():
        one.all, one.sent = loads[pk]  # type: ignore[attr-defined]
    return [found[pk] for pk in chosen if pk in found]


def _names(phase: Phase) -> dict[str, str]:
    """What the charts call a submission, by its primary key as text."""
    found = phase.call.submissions.filter(sent__isnull=False).order_by()
    rows = found.values_list("pk", "number", "title")
    return {str(pk): f"#{number} {title}"[:40] for pk, number, title in rows}


def _unreviewed(phase: Phase, reviewed: int) -> int:
    """How many were assigned of which no review counts."""
    assigned = phase.call.assignments.in_force().filter(stage=phase.stage).order_by()
    return assigned.aggregate(n=Count("submission", distinct=True))["n"] - reviewed


def _hidden(phase: Phase) -> int:
    found = Review.objects.filter(
        assignment__call=phase.call, assignment__stage=phase.stage, assignment__ended_at=None,
        sent_at__isnull=False, shown_at=None,
    )  # fmt: skip
    return found.exclude(comment="").count()


def _workbook(phase: Phase, within: int | None) -> bytes:
    found = scoring.evaluation_of(phase, within=within)
    about = scoring.named(phase, found)
    head = [
        _("Number"), _("Title"), _("Organisation"), _("Reviews"), _("Mean"), _("Trimmed mean"),
        _("z-score"), _("Bayesian"), _("Lower end (90 %)"), _("Upper end (90 %)"), _("Rank"),
        _("Highest rank"), _("Lowest rank"), _("Disagreement"),
    ]  # fmt: skip
    rows = []
    for one in found.submissions:
        of = about[int(one.id)]
        values = (one.raw, one.trimmed, one.z, one.bayes, one.low, one.high)
        rows.append([
            of.number, of.title, of.organisation.name if of.organisation else "", one.reviews,
            *(round(value, 3) for value in values), one.ranks["bayes"], one.rank_low, one.rank_high,
            one.disagreement.words,
        ])  # fmt: skip
    return write_xlsx(head, rows, title=_("Scores"), more=[_reviews_sheet(phase)])


def _reviews_sheet(phase: Phase) -> Sheet:
    rubric = phase.call.programme.rubric
    criteria = rubric.criteria if rubric else ()
    numbers_of = dict(phase.call.submissions.values_list("pk", "number"))
    head = [_("Number"), _("Reviewer"), *(str(each.name) for each in criteria), _("Total"), _("Comment"),
            _("For the office only")]  # fmt: skip
    rows = [
        [numbers_of[one.assignment.submission_id], str(one.assignment.reviewer),
         *(one.scores.get(each.key) for each in criteria), one.total, one.comment, one.private]
        for one in scoring.sent_reviews(phase)
    ]  # fmt: skip
    return Sheet(_("Reviews"), head, rows, {}, {}, frozenset(), {})
