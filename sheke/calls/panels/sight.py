"""What members see of a submission: its packet, or the whole where the stage is open; the reviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from sheke.definitions.programmes import Programme, Stage

from ..models import Call, Packet, PanelItem, Review, Submission, Upload
from ..reading import Part, parts_of, people_in_words
from ..reviewing import desk


def sees_whole(programme: Programme, stage: Stage) -> bool:
    """Whether members read names: where the stage is open, or where the programme has no packets at
    all because nobody reviews and the stage does not ask for blindness.
    """
    if stage.blind == "open":
        return True
    return not programme.stages_of("review") and "blind" not in stage.model_fields_set


def stage_of(item: PanelItem) -> Stage:
    stage = item.panel.call.programme.stage(item.panel.stage)
    if stage is None:
        raise LookupError(item.panel.stage)
    return stage


@dataclass(frozen=True)
class Seen:
    """A submission in a list: the number and the title that members may know; `ready` if it is there."""

    number: int | None
    title: str
    ready: bool = True


def seen(item: PanelItem) -> Seen:
    """How the agenda calls it."""
    submission = item.submission
    if sees_whole(item.panel.call.programme, stage_of(item)):
        return Seen(submission.number, str(submission))
    packet = released(submission)
    if packet is None:
        return Seen(submission.packet, "", ready=False)
    title = submission.edition.programme.used_as("title")
    return Seen(submission.packet, str(packet.values.get(title.key, "")) if title else "")


def released(submission: Submission) -> Packet | None:
    packet: Packet | None = getattr(submission, "blind", None)
    return packet if packet is not None and packet.released_at is not None else None


def sheet(item: PanelItem) -> desk.Sheet | None:
    """The packet; None before its release."""
    packet = released(item.submission)
    return None if packet is None else desk.sheet(packet, stage_of(item))


@dataclass
class Whole:
    """The version that was sent, with people and files."""

    parts: list[Part]
    people: list[str]
    files: list[Upload]


def whole(item: PanelItem) -> Whole | None:
    """The whole submission as it was sent."""
    version = item.submission.sent
    if version is None:
        return None
    programme = version.edition.programme
    topics = {topic.pk: str(topic) for topic in item.submission.call.topics.all()}
    files = uploads(version.values, programme, item.submission)
    names = {file.pk: file.name for file in files}
    return Whole(
        parts_of(programme, version.values, topics=topics, files=names),
        people_in_words(version, programme), files,
    )  # fmt: skip


def uploads(values: dict[str, Any], programme: Programme, submission: Submission) -> list[Upload]:
    """The files that a version names, in the order of the form."""
    numbers: list[int] = []
    for one in programme.fields:
        held = values.get(one.key)
        if one.kind == "files" and isinstance(held, list):
            numbers += [n for n in held if isinstance(n, int)]
    found = {u.pk: u for u in submission.uploads.filter(pk__in=numbers).select_related("stored")}
    return [found[n] for n in numbers if n in found]


@dataclass(frozen=True)
class Summary:
    """The reviews of a submission, without their writers."""

    totals: list[float]
    comments: list[str]
    mean: float | None = None
    lowest: float | None = None
    highest: float | None = None
    criteria: list[tuple[str, float]] = field(default_factory=list)  # name and mean of each


def summary(item: PanelItem) -> Summary | None:
    """What reviewers said, when their stage is over and the panel may know; else None."""
    if not item.panel.shows_scores:
        return None
    ended = ended_reviews(item.panel.call)
    found = Review.objects.filter(
        sent_at__isnull=False, assignment__ended_at=None, assignment__stage__in=ended,
        assignment__submission=item.submission_id,
    )  # fmt: skip
    return _summary(list(found), item.submission.edition.programme)


def ended_reviews(call: Call) -> list[str]:
    """The stages of reviewing that are over: only then scores are shown to anybody."""
    keys = [stage.key for stage in call.programme.stages_of("review")]
    over = call.phases.filter(stage__in=keys, ended_at__isnull=False)
    return list(over.order_by("position").values_list("stage", flat=True))


def _summary(reviews: Iterable[Review], programme: Programme) -> Summary | None:
    rows = sorted(reviews, key=lambda each: (-(each.total or 0), each.comment))
    if not rows:
        return None
    totals = [float(each.total or 0) for each in rows]
    criteria = []
    for one in programme.rubric.criteria if programme.rubric else ():
        scores = [float(r.scores[one.key]) for r in rows if one.key in r.scores]
        if scores:
            criteria.append((str(one.name), fmean(scores)))
    comments = [each.comment for each in rows if each.comment.strip()]
    return Summary(totals, comments, fmean(totals), min(totals), max(totals), criteria)
