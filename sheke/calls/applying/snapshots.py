"""A submission as it is sent: its values, people and files, under one digest."""

from __future__ import annotations

from typing import Any

from sheke.directory.models import Account

from ..models import Member, Submission, Version
from ..values import digest_of
from .checklist import CheckList

OWN = ("born_on", "gender", "title", "degree", "discipline", "phone", "email", "task")


def make_version(
    submission: Submission, checked: CheckList, *, by: Account | None, reason: str
) -> Version:
    """The next version, of what the check list found complete."""
    parts: dict[str, Any] = {
        "values": checked.clean,
        "people": [person(member) for member in _lead_first(checked.members)],
        "files": files(submission),
    }
    number = submission.versions.count() + 1
    whole = parts | {
        "call": submission.call.key, "submission": str(submission.uid), "version": number,
    }  # fmt: skip
    return Version.objects.create(
        submission=submission, number=number, edition=submission.edition, sent_by=by, reason=reason,
        digest=digest_of(whole), eligibility=checked.eligibility, **parts,
    )  # fmt: skip


def digest_again(version: Version) -> str:
    """The digest of what the version holds now; the receipt's own says whether it is still the same."""
    submission = version.submission
    return digest_of({
        "values": version.values, "people": version.people, "files": version.files,
        "call": submission.call.key, "submission": str(submission.uid), "version": version.number,
    })  # fmt: skip


def person(member: Member) -> dict[str, Any]:
    """What a version keeps of somebody: as they were entered, and what they answered."""
    kept: dict[str, Any] = {
        "role": member.role, "name": member.name, "employer": member.employer,
        "organisation": member.organisation_id, "person": member.person_id,
    }  # fmt: skip
    for name in OWN:
        if value := getattr(member, name):
            kept[name] = str(value)
    agreement = getattr(member, "agreement", None)
    if agreement is not None:
        kept |= {"agreed": agreement.agreed, "agreed_at": agreement.at.isoformat(),
                 "text": agreement.text}  # fmt: skip
    return kept


def files(submission: Submission) -> list[dict[str, Any]]:
    """The files that the submission holds now."""
    held = submission.uploads.filter(removed_at=None).select_related("stored")
    return [
        {"field": u.field, "upload": u.pk, "name": u.name, "sha256": u.stored.sha256,
         "size": u.stored.size}
        for u in held
    ]  # fmt: skip


def _lead_first(members: list[Member]) -> list[Member]:
    return sorted(members, key=lambda m: (m.role != Member.LEAD, m.position, m.pk))
