"""Calls that were decided: last year's award with its certificates, a grant whose projects are under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from django.conf import settings

from sheke.calls.actions import calls as calling
from sheke.calls.actions import quotas
from sheke.calls.actions.certifying import issue_certificates
from sheke.calls.actions.deciding import decide_call
from sheke.calls.actions.importing import import_submissions
from sheke.calls.actions.objections import answer_objection, object_to
from sheke.calls.actions.phases import skip_copycheck
from sheke.calls.actions.proposing import propose_as_voted
from sheke.calls.deciding.proposals import scores_of
from sheke.calls.models import Assignment, Call, Submission
from sheke.directory.models import Account

from . import call_stages
from .call_making import edition_of, entries_of, open_call, plan, units_of
from .clock import clock, workday
from .experts import ask_experts
from .organisations import Tree
from .source import dice, read

GRANT, AWARD = "research_grant", "works_award"
HERE = "http://127.0.0.1:8000"  # for the codes on certificates, where no address is set
DAYS = (0, 32, 43, 50, 53, 75, 84, 98)  # from the opening until each stage begins; the last decides
SITTERS = slice(3, 8)  # of the experts


def make_award(tree: Tree, office: Account, experts: Sequence[Account], applicant: Account, today: date) -> Call:  # fmt: skip
    """The award of the year before: eight prizes, an objection that was answered, all over."""
    words = read("calls")["earlier_award"]
    began = workday(date(today.year - 1, 3, 3))
    call = _run(tree, AWARD, began, words, office, experts, applicant, count=16, levels=_prizes)
    with clock(began + timedelta(days=DAYS[-1] + 10)):
        awards = list(call.awards.order_by("serial"))
        issue_certificates(call=call, awards=awards, site=settings.SITE_URL or HERE, by=office)
        calling.close_call(call=call, by=office)
    return call


def make_grant(tree: Tree, office: Account, experts: Sequence[Account], applicant: Account, today: date) -> Call:  # fmt: skip
    """The grant whose projects run: decided fifty weeks ago."""
    words = read("calls")["earlier_grant"]
    began = workday(today - timedelta(days=350 + DAYS[-1]))
    call = _run(
        tree, GRANT, began, words, office, experts, applicant, count=14, levels=_projects,
        ends_on=began + timedelta(days=DAYS[-1] + 365),
    )  # fmt: skip
    with clock(began + timedelta(days=DAYS[-1] + 5)):
        calling.close_call(call=call, by=office)
    return call


def _run(
    tree: Tree, programme: str, began: date, words: Any, office: Account,
    experts: Sequence[Account], applicant: Account, *, count: int, levels: Any,
    ends_on: date | None = None,
) -> Call:  # fmt: skip
    """From the opening to the decision, each stage on a day of its own."""
    random = dice("earlier", programme)
    days = [workday(began + timedelta(days=n)) for n in DAYS]
    with clock(began):
        call = open_call(edition_of(programme), tree.root, office, began, 30, words)
        units = units_of(tree)
        quotas.set_quotas(call=call, places=dict.fromkeys(units, 3), by=office)
        plan(call, began, office)
        call = calling.announce_call(call=call, by=office)
    with clock(began + timedelta(days=25)):
        entries = entries_of(
            call, units, words, count=count, seed=f"earlier {programme}", ends_on=ends_on,
            known=call_stages.people_of([applicant]),
        )  # fmt: skip
        made = import_submissions(call=call, entries=list(entries), by=None)
    with clock(days[1]):
        call_stages.turn(call, "collect", "recommend", office)
        call_stages.recommend_within_quota(call, made, words["reasons"], random)
    with clock(days[2]):
        call_stages.turn(call, "recommend", "check", office)
        call_stages.pass_but(call, 1, words["refused"], office)
    with clock(days[3]):
        call_stages.turn(call, "check", "copycheck", office)
        skip_copycheck(phase=call_stages.phase_of(call, "copycheck"), reason=words["copies"], by=office)  # fmt: skip
    _review(call, days, words, office, experts, random)
    with clock(days[5]):
        _sit(call, words, office, experts, random, levels)
    with clock(days[6]):
        _announce(call, words, office)
    with clock(days[7]):
        call_stages.turn(call, "notice", "decide", office)
        decide_call(call=call, by=office)
        call_stages.turn(call, "decide", "", office)
    call.refresh_from_db()
    return call


def _review(call: Call, days: list[date], words: Any, office: Account, experts: Sequence[Account], random: Random) -> None:  # fmt: skip
    with clock(days[2] + timedelta(days=1)):
        ask_experts(call, experts, words["keywords"], office)
    with clock(days[4]):
        call_stages.turn(call, "copycheck", "review", office)
        call_stages.release(call, office)
        call_stages.assign(call, random.randrange(10_000), office)
    with clock(days[4] + timedelta(days=16)):
        judged = quality(call, random)
        found = Assignment.objects.in_force().filter(call=call)
        by = {one.person_id or 0: one for one in experts}
        call_stages.write_reviews(
            list(found.select_related("call__edition__definition", "reviewer")), judged,
            words["comments"], random, by=by,
        )  # fmt: skip


def quality(call: Call, random: Random) -> dict[int, float]:
    """How good each submission is; the first one by number rather good."""
    numbers = call.submissions.order_by("number").values_list("pk", flat=True)
    return {pk: 88.0 if place == 0 else random.gauss(74, 8) for place, pk in enumerate(numbers)}


def _sit(call: Call, words: Any, office: Account, experts: Sequence[Account], random: Random, levels: Any) -> None:  # fmt: skip
    call_stages.turn(call, "review", "panel", office)
    scores = scores_of(call)
    there = call.submissions.filter(stage="panel").standing().select_related("call", "organisation")
    ordered = sorted(there, key=lambda one: scores[one.pk].place)
    call_stages.sit(
        call, words["sitting"], experts[SITTERS], levels(ordered), random, place=words["place"],
        by=office,
    )  # fmt: skip


def _announce(call: Call, words: Any, office: Account) -> None:
    """On the second day somebody objects; the office looks into it and answers."""
    call_stages.turn(call, "panel", "notice", office)
    propose_as_voted(call=call, by=office)
    notice = call_stages.publish(call, words["notice"], office)
    said = words.get("objection")
    if not said:
        return
    with clock(notice.opens_on + timedelta(days=1)):
        objection = object_to(
            notice=notice, entry=2, name=said["name"], contact=said["contact"], text=said["text"],
            by=None,
        )  # fmt: skip
    with clock(notice.opens_on + timedelta(days=3)):
        answer_objection(objection=objection, upheld=False, reason=said["answer"], by=office)


Order = list[tuple[Submission, str]]


def _prizes(ordered: list[Submission]) -> Order:
    """One first, three second and four third prizes."""
    keys = ["first"] + ["second"] * 3 + ["third"] * 4
    return [(one, keys[place] if place < len(keys) else "no") for place, one in enumerate(ordered)]


def _projects(ordered: list[Submission]) -> Order:
    """Seven projects, each for what it applied as."""
    return [(one, one.category if place < 7 else "no") for place, one in enumerate(ordered)]
