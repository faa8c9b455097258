"""The office's list of submissions, one submission, and the decisions of its check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput

from .. import exporting
from ..actions import checks as actions
from ..applying.writing import guide
from ..eligibility import facts_of, judge
from ..listing import Wanted, choices_of, numbers_of, page_of
from ..models import Submission, Version
from ..reading import changes_between, names_of_files, parts_of
from ..rules import runs
from .access import account, judged_submission, own_call, visible_submission
from .stages import numbers

PAGE = 50
MOST_AT_ONCE = 5000
# What applicants and organisations see of a submission's log; the rest is the office's.
OPEN_ACTS = ("sent", "withdrawn", "recommended", "unrecommended", "passed", "returned", "refused",
             "restored", "awarded", "not_awarded")  # fmt: skip


@require_safe
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """The call's submissions, filtered, sorted and by page."""
    call = own_call(request, pk)
    wanted = Wanted.read(request.GET.dict())
    page = page_of(call, wanted, request.GET.get("page"), PAGE)
    names = {stage.key: str(stage.name) for stage in call.programme.stages}
    kinds = {stage.key: stage.kind for stage in call.programme.stages}
    choices = choices_of(call)
    context = {
        "call": call, "page": page, "wanted": wanted, "choices": choices, "names": names,
        "disciplines": dict(choices.disciplines), "categories": dict(choices.categories),
        "judging": kinds.get(wanted.stage) in actions.CHECKED and wanted.state == "in",
        "narrowed": bool(set(request.GET) - {"page", "sort"}),
    }  # fmt: skip
    return render(request, "calls/submissions.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list is narrowed to, with the whole form, as xlsx; many are made in the background."""
    call = own_call(request, pk)
    wanted = Wanted.read(request.GET.dict())
    if numbers_of(call, wanted).count() > exporting.AT_ONCE:
        where = redirect("calls:exports", pk)
        where["Location"] += "?" + urlencode({"sheet": request.GET.urlencode()})
        return where
    return attachment(exporting.submissions_table(call, wanted), f"{call.key}.xlsx")


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission: what was sent, versions compared, people, files, verdicts, its log."""
    submission = visible_submission(request, pk)
    call, programme = submission.call, submission.edition.programme
    topics, files = guide(call), names_of_files(submission)
    versions = list(submission.versions.select_related("sent_by__person", "edition__definition"))
    shown = _chosen(request, versions)
    office = runs(account(request), call)
    stage = programme.stage(submission.stage)
    values = shown.values if shown else submission.values
    asked = shown.edition.programme if shown else programme
    context: dict[str, Any] = {
        "submission": submission, "call": call, "programme": asked, "stage": stage,
        "versions": versions[::-1], "version": shown,
        "parts": parts_of(asked, values, topics=topics, files=files),
        "changes": _changes(shown, versions, topics, files),
        "members": submission.members.select_related("agreement", "organisation"),
        "files": submission.uploads.filter(removed_at=None).select_related("stored"),
        "leaves": list(judge(programme, facts_of(submission)).leaves()),
        "steps": _log(submission, office),
        "names": {s.key: str(s.name) for s in programme.stages},
        "office": office, "judging": office and _judged_now(submission),
        "recommending": request.user.has_perm("calls.recommend", submission) and not office,
        "seat": getattr(submission, "seat", None),
        "next": _next(submission) if office else None,
    }  # fmt: skip
    return render(request, "calls/submission.html", context)


@require_POST
def many(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass or refuse the chosen submissions of a call at once."""
    call = own_call(request, pk)
    chosen = [Submission(pk=each) for each in numbers(request, "submission")[:MOST_AT_ONCE]]
    reason, me = request.POST.get("reason", ""), account(request)
    back = redirect("calls:submissions", pk)
    if request.POST.get("back", "").startswith("?"):
        back["Location"] += request.POST["back"]
    try:
        if request.POST.get("act") == "refuse":
            done = actions.refuse_submissions(call=call, submissions=chosen, reason=reason, by=me)
            text = ngettext("%(n)s submission refused.", "%(n)s submissions refused.", len(done))
        else:
            done = actions.pass_submissions(call=call, submissions=chosen, reason=reason, by=me)
            text = ngettext("%(n)s submission passed.", "%(n)s submissions passed.", len(done))
    except BadInput as error:
        messages.error(request, str(error))
        return back
    if done:
        messages.success(request, text % {"n": len(done)})
    else:
        messages.info(
            request, _("Nothing was there to decide on; choose what stands at the check.")
        )
    return back


@require_POST
def passing(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, _("Passed."), lambda submission: actions.pass_submissions(
        call=submission.call, submissions=[submission], by=account(request),
        reason=request.POST.get("reason", ""),
    ))  # fmt: skip


@require_POST
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, _("Refused; the applicant was told."),
                   lambda submission: actions.refuse_submissions(
        call=submission.call, submissions=[submission], by=account(request),
        reason=request.POST.get("reason", ""),
    ))  # fmt: skip


@require_POST
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back to the applicant: why, by field, until a day."""
    return _decide(request, pk, _("Returned; the applicant was told."),
                   lambda submission: actions.return_submission(
        submission=submission, by=account(request), **posted_correction(request),
    ))  # fmt: skip


@require_POST
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, _("Taken in again."),
                   lambda submission: actions.restore_submission(
        submission=submission, by=account(request), reason=request.POST.get("reason", ""),
    ))  # fmt: skip


def posted_correction(request: HttpRequest) -> dict[str, Any]:
    """Reason, remarks by field and the day, as they were posted. Raises BadInput for no day."""
    text = request.POST.get("due", "")
    try:
        due = date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(_("“%(text)s” is no day like 2026-04-10") % {"text": text[:20]}) from None
    keys = request.POST.getlist("field")
    remarks = request.POST.getlist("remark")
    fields = {k: r for k, r in zip(keys, remarks, strict=False) if k and r.strip()}
    return {"reason": request.POST.get("reason", ""), "due_on": due, "fields": fields}


def _decide(
    request: HttpRequest, pk: int, said: str, act: Callable[[Submission], Any]
) -> HttpResponse:
    submission = judged_submission(request, pk)
    try:
        done = act(submission)
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("calls:submission", pk)
    if done == []:
        messages.error(request, _("It does not stand at a check that runs."))
    else:
        messages.success(request, said)
    return redirect("calls:submission", pk)


def _judged_now(submission: Submission) -> bool:
    stage = submission.edition.programme.stage(submission.stage)
    if stage is None or stage.kind not in actions.CHECKED or submission.state != "in":
        return False
    running = submission.call.phases.filter(begun_at__isnull=False, ended_at=None)
    return running.filter(stage=submission.stage).exists()


def _log(submission: Submission, office: bool) -> Any:
    """Who is not of the office learns nothing of reviewers and votes."""
    steps = submission.steps.select_related("by__person").order_by("-id")
    return steps if office else steps.filter(act__in=OPEN_ACTS)


def _next(submission: Submission) -> Submission | None:
    """The next of the same stage that waits, by number."""
    there = submission.call.submissions.filter(
        stage=submission.stage, state=Submission.State.IN, number__gt=submission.number or 0
    )
    return there.order_by("number").only("pk", "number", "title").first()


def _chosen(request: HttpRequest, versions: list[Version]) -> Version | None:
    """The version that the address names, else the latest."""
    wanted = request.GET.get("version", "")
    there = {str(version.number): version for version in versions}
    return there.get(wanted, versions[-1] if versions else None)


def _changes(shown: Version | None, versions: list[Version], topics: Any, files: Any) -> Any:
    """What changed against the version before the one that is shown."""
    before = [v for v in versions if shown is not None and v.number == shown.number - 1]
    if shown is None or not before:
        return None
    return changes_between(shown, before[0], topics=topics, files=files)
