"""Who is proposed for what: the list of those under way with their scores, and what levels allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.definitions.programmes import Level, Programme

from ..models import Award, Call, Phase, Proposed, PublicNotice, Step, Submission
from ..reviewing.scoring import evaluation_of
from ..reviewing.standing import review_phases

KINDS = ("notice", "decide")


@dataclass(frozen=True)
class Scored:
    """What reviewers said: place by the model's score, the score, the plain mean, reviews sent."""

    place: int
    score: float
    raw: float
    reviews: int


@dataclass(frozen=True)
class Candidate:
    """A submission that may be proposed. `panel` is the level that a panel voted for."""

    submission: Submission
    scored: Scored | None
    proposed: Proposed | None
    panel: str = ""

    @property
    def order(self) -> tuple[bool, int, int]:
        place = self.scored.place if self.scored else 0
        return self.scored is None, place, self.submission.number or 0


@dataclass(frozen=True)
class Used:
    """How many stand at a level, of how many at most."""

    level: Level
    count: int

    @property
    def full(self) -> bool:
        return self.level.most is not None and self.count >= self.level.most


def undecided(call: Call) -> QuerySet[Submission]:
    """Those under way that stand at the notice or at the decision."""
    keys = [stage.key for stage in call.programme.stages if stage.kind in KINDS]
    return Submission.objects.filter(call=call, stage__in=keys).standing()


def candidates(call: Call) -> list[Candidate]:
    """The undecided by their scores, those without a score last. Number of queries is constant."""
    scores = scores_of(call)
    found = undecided(call).select_related("organisation", "proposed", "proposed__by__person")
    levels = _voted(call)
    made = [
        Candidate(each, scores.get(each.pk), getattr(each, "proposed", None), levels.get(each.pk, ""))
        for each in found.defer("values")
    ]  # fmt: skip
    return sorted(made, key=lambda each: each.order)


def scores_of(call: Call) -> dict[int, Scored]:
    """By submission, from the last review that is over; nothing before."""
    phase = scored_phase(call)
    if phase is None:
        return {}
    return {
        int(one.id): Scored(one.ranks["bayes"], one.bayes, one.raw, one.reviews)
        for one in evaluation_of(phase).submissions
    }


def scored_phase(call: Call) -> Phase | None:
    """The last stage of reviewing that is over: its scores are visible."""
    over = [phase for phase in review_phases(call) if phase.ended_at is not None]
    return over[-1] if over else None


def _voted(call: Call) -> dict[int, str]:
    """The level with which a panel sent each submission on."""
    keys = {level.key for level in call.programme.outcome.levels}
    steps = call.steps.filter(act=Step.Act.PASSED, submission__isnull=False, data__has_key="level")
    return {
        int(step.submission_id or 0): step.data["level"] for step in steps.order_by("id")
        if step.data["level"] in keys
    }  # fmt: skip


def used(call: Call) -> list[Used]:
    """Each level with how many are proposed for it or have it."""
    there = Proposed.objects.filter(submission__in=undecided(call).order_by().values("pk"))
    counts = Counter(there.values_list("level", flat=True))
    counts += Counter(standing_awards(call).values_list("level", flat=True))
    return [Used(level, counts[level.key]) for level in call.programme.outcome.levels]


def spent(call: Call) -> Decimal:
    """What is proposed and awarded together, in the programme's money."""
    there = Proposed.objects.filter(submission__in=undecided(call).order_by().values("pk"))
    amounts = [*there.values_list("amount", flat=True)]
    amounts += standing_awards(call).values_list("amount", flat=True)
    return sum((each for each in amounts if each), Decimal(0))


def standing_awards(call: Call) -> QuerySet[Award]:
    return Award.objects.filter(call=call, revoked_at=None)


def check_limits(call: Call) -> None:
    """Raise BadInput where a level has more than it may, or the budget does not reach."""
    for each in used(call):
        if each.level.most is not None and each.count > each.level.most:
            raise BadInput(
                _("“%(level)s” is given %(most)s times at most; %(n)s are proposed.")
                % {"level": each.level.name, "most": each.level.most, "n": each.count}
            )
    total = spent(call)
    if call.budget is not None and total > call.budget:
        raise BadInput(
            _("%(total)s are proposed; the budget of the call is %(budget)s.")
            % {"total": plain(total), "budget": plain(call.budget)}
        )


def standing_notice(call: Call) -> PublicNotice | None:
    """The notice that is or was public and not withdrawn."""
    found = PublicNotice.objects.filter(call=call, withdrawn_at=None).select_related("published_by")
    return found.first()


def level_name(programme: Programme, key: str) -> str:
    """The level as it is printed."""
    level = programme.outcome.level(key)
    return level.name.zh if level else ""


def by_level(programme: Programme, found: Iterable[Candidate]) -> list[Candidate]:
    """In the order of the levels, then by score: the order of lists and of numbers."""
    places = {level.key: place for place, level in enumerate(programme.outcome.levels)}
    return sorted(
        found, key=lambda each: (places.get(each.proposed.level if each.proposed else "", 99), each.order)
    )  # fmt: skip


def plain(amount: Decimal | None) -> str:
    """An amount without empty places."""
    return "" if amount is None else f"{amount.normalize():f}"
