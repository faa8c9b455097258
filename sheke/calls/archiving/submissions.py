"""One submission in the archive: its form, its data, its files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import pgettext

from sheke.ledger.models import StoredFile

from ..applying.snapshots import digest_again
from ..deciding.proposals import level_name
from ..models import Call, Submission, Version
from ..values import Topics
from .forms import form_of
from .names import safe_name
from .package import Package
from .plain import moment, named, plain
from .projects import project_data, project_files


@dataclass
class Lost:
    """Files that the records name and the storage has not, or has with another content."""

    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def write_submission(
    package: Package, submission: Submission, call: Call, *, topics: Topics, lost: Lost,
    over: Collection[str],
) -> dict[str, Any]:  # fmt: skip
    """Write its folder; gives its line of the index. over: keys of the stages whose reviews may be read."""
    number = f"{submission.number or 0:04}"
    folder = f"{pgettext('archive', 'submissions')}/{number} {safe_name(submission.title, 40)}"
    names = {upload.pk: upload.name for upload in submission.uploads.all()}
    versions = list(submission.versions.all())
    forms = [_form(package, folder, submission, version, len(versions), topics, names)
             for version in versions]  # fmt: skip
    data = package.add_json(
        f"{folder}/{pgettext('archive', 'data')}.json", data_of(submission, call, over)
    )
    count = 0
    for name, stored in _stored(submission):
        count += copy(package, f"{folder}/{name}", stored, lost)
    return line_of(submission, call, over) | {
        "folder": folder, "form": forms[-1] if forms else "", "data": data, "files": count,
    }  # fmt: skip


def copy(package: Package, path: str, stored: StoredFile, lost: Lost) -> int:
    """Copy a stored file; 0 and a line in `lost` where it is not there."""
    try:
        with stored.file.open("rb") as file:
            name, digest = package.add_file(path, file)
    except FileNotFoundError:
        lost.missing.append(path)
        return 0
    if digest != stored.sha256:
        lost.changed.append(name)
    return 1


def line_of(submission: Submission, call: Call, over: Collection[str]) -> dict[str, Any]:
    """What the index says of it."""
    award = getattr(submission, "award", None)
    totals = [float(r.total) for r in _reviews(submission, over) if r.total is not None]
    stage = submission.edition.programme.stage(submission.stage)
    return {
        "number": submission.number, "title": submission.title, "lead": submission.lead_name,
        "organisation": submission.organisation.name if submission.organisation else "",
        "stage": str(stage.name) if stage else submission.stage,
        "state": str(submission.get_state_display()), "versions": len(submission.versions.all()),
        "reviews": len(totals), "mean": round(sum(totals) / len(totals), 2) if totals else None,
        "level": level_name(call.programme, award.level) if award and not award.revoked_at else "",
        "award": award.number if award and not award.revoked_at else "",
    }  # fmt: skip


def data_of(submission: Submission, call: Call, over: Collection[str]) -> dict[str, Any]:
    """Everything that is kept of a submission, for other programs."""
    seat = getattr(submission, "seat", None)
    award = getattr(submission, "award", None)
    proposed = getattr(submission, "proposed", None)
    project = getattr(award, "project", None)
    organisation = submission.organisation
    return plain(submission, "values", "sent", "id") | {
        "call": call.key, "edition": submission.edition.number,
        "organisation": {"code": organisation.code, "name": organisation.name} if organisation else None,
        "topic": str(submission.topic) if submission.topic else None,
        "versions": [_version(version, submission) for version in submission.versions.all()],
        "people": [_member(member) for member in submission.members.all()],
        "files": [plain(upload, "submission") for upload in submission.uploads.all()],
        "recommended": plain(seat, "id", "call", "submission") if seat else None,
        "reviews": [_assignment(each, over) for each in submission.assignments.all()],
        "ballots": [_ballot(item, ballot) for item in submission.panel_items.all()
                    for ballot in item.ballots.all()],
        "proposed": plain(proposed, "id", "submission") if proposed else None,
        "award": plain(award, "id", "call", "submission") if award else None,
        "certificates": [plain(each, "id", "award") for each in award.certificates.all()] if award else [],
        "project": project_data(project) if project else None,
        "log": [plain(step, "id", "call", "submission") for step in submission.steps.all()],
    }  # fmt: skip


def _form(
    package: Package, folder: str, submission: Submission, version: Version, count: int,
    topics: Topics, names: Mapping[int, str],
) -> str:  # fmt: skip
    programme = version.edition.programme
    form = pgettext("archive", "form")
    name = f"{form}.docx" if version.number == count else f"{form} {version.number}.docx"
    return package.add(
        f"{folder}/{name}", form_of(submission, version, programme, topics=topics, files=names)
    )


def _stored(submission: Submission) -> Iterator[tuple[str, StoredFile]]:
    """Uploads that a version names, or that still stand; certificates; files of the project."""
    sent = {one.get("upload") for version in submission.versions.all() for one in version.files}
    for upload in submission.uploads.all():
        if upload.pk in sent or upload.removed_at is None:
            yield f"{pgettext('archive', 'files')}/{safe_name(upload.name)}", upload.stored
    award = getattr(submission, "award", None)
    if award is None:
        return
    for each in award.certificates.all():
        if each.stored is not None:
            yield f"{pgettext('archive', 'certificates')}/{safe_name(each.number)}.pdf", each.stored
    if project := getattr(award, "project", None):
        for name, stored in project_files(project):
            yield f"{pgettext('archive', 'project')}/{safe_name(name)}", stored


def _version(version: Version, submission: Submission) -> dict[str, Any]:
    """With whether its content still has the digest of its receipt."""
    version.submission = submission
    return plain(version, "id", "submission") | {
        "edition": version.edition.number, "holds": digest_again(version) == version.digest,
    }  # fmt: skip


def _member(member: Any) -> dict[str, Any]:
    """The secret of the link by which somebody answered stays out."""
    agreement = getattr(member, "agreement", None)
    return plain(member, "id", "submission", "token") | {
        "organisation": member.organisation.name if member.organisation else None,
        "agreement": plain(agreement, "id", "member") if agreement else None,
    }


def _assignment(each: Any, over: Collection[str]) -> dict[str, Any]:
    review = getattr(each, "review", None) if each.stage in over else None
    unit = each.reviewer.organisation
    said = plain(review, "id", "assignment") if review is not None and review.sent_at else None
    return {
        "stage": each.stage, "reviewer": named(each.reviewer.person),
        "employer": unit.name if unit else None, "assigned": moment(each.made_at),
        "ended": moment(each.ended_at), "end": each.end, "reason": each.reason, "review": said,
    }  # fmt: skip


def _ballot(item: Any, ballot: Any) -> dict[str, Any]:
    """The result as counted: no votes, no voters."""
    return {
        "panel": item.panel.title, "round": ballot.round, "options": ballot.options,
        "closed": moment(ballot.closed_at), "result": ballot.result,
    }  # fmt: skip


def _reviews(submission: Submission, over: Collection[str]) -> list[Any]:
    held = (
        getattr(each, "review", None)
        for each in submission.assignments.all()
        if each.ended_at is None and each.stage in over
    )
    return [review for review in held if review is not None and review.sent_at is not None]
