"""Verbs of works: add, describe, publish, take back, discard; files of a work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation

from ..describing import Description, DescriptionError, changes, description_of
from ..models import Contribution, File, Identifier, OtherTitle, Relation, Work
from ..postings import follow_work, post_work, take_back
from ..queries import works_seen_by


@transaction.atomic
def create_work(
    *, organisation: Organisation, description: Description, by: Account | None,
    files: Iterable[File] = (),
) -> Work:  # fmt: skip
    """Add a work that only its keepers see, with files that belong to none yet.

    Raises DescriptionError, which names each field.
    """
    said = description.checked()
    work = Work(organisation=organisation, created_by=by, **said.plain())
    work.save()
    _check_relations(work, said, (), by)
    _write_parts(work, said)
    for position, file in enumerate(files):
        file.work, file.position = work, position
        file.save(update_fields=["work", "position"])
    audit.record("work.create", work, by=by)
    return work


@transaction.atomic
def describe_work(*, work: Work, description: Description, by: Account | None) -> Work:
    """Say anew what a work is. What stood before is kept in the audit log.

    Raises DescriptionError, which names each field.
    """
    work = Work.objects.select_for_update().get(pk=work.pk)
    before = description_of(work)
    said = _still_linked(description.checked(), before)
    _check_relations(work, said, before.relations, by)
    changed = changes(before, said)
    if not changed:
        return work
    for name, value in said.plain().items():
        setattr(work, name, value)
    work.save()
    _write_parts(work, said)
    follow_work(work=work, by=by)
    audit.record("work.describe", work, by=by, changes=changed)
    return work


def _still_linked(said: Description, before: Description) -> Description:
    """Authors who are named as before stay tied to their profiles; of one name as many as there were."""
    held = _by_name(before)
    now = _by_name(said)
    tied = {
        name: list(experts)
        for name, experts in held.items()
        if len(experts) == len(now.get(name, ()))
    }
    authors = []
    for each in said.authors:
        expert = tied[each.name].pop(0) if tied.get(each.name) else None
        authors.append(replace(each, expert_id=each.expert_id or expert))
    return replace(said, authors=tuple(authors))


def _by_name(said: Description) -> dict[str, list[int | None]]:
    """The profiles of the authors of each name, in their order."""
    found: dict[str, list[int | None]] = {}
    for author in said.authors:
        found.setdefault(author.name, []).append(author.expert_id)
    return found


def _check_relations(
    work: Work, said: Description, before: Iterable[tuple[str, int | None, str]], by: Account | None
) -> None:
    """A work that is named anew is another one, which the keeper sees. Raises DescriptionError."""
    known = {other for _kind, other, _reference in before}
    named = {other for _kind, other, _reference in said.relations if other} - known
    seen = Work.objects.all() if by is None else works_seen_by(by)
    there = seen.filter(pk__in=named).exclude(pk=work.pk).values_list("pk", flat=True)
    if missing := sorted(named - set(there)):
        raise DescriptionError(
            {"relations": _("There is no other work #%(n)s here.") % {"n": missing[0]}}
        )


def _write_parts(work: Work, said: Description) -> None:
    """Contributions, titles, identifiers and relations, written anew in their order."""
    for model in (Contribution, OtherTitle, Identifier, Relation):
        model._default_manager.filter(work=work).delete()
    Contribution.objects.bulk_create(
        Contribution(work=work, position=place, name=each.name.strip(), role=each.role,
                     organisation_name=each.organisation_name.strip(), expert_id=each.expert_id)
        for place, each in enumerate(said.authors, 1)
    )  # fmt: skip
    OtherTitle.objects.bulk_create(
        OtherTitle(work=work, kind=kind, text=text) for kind, text in said.other_titles
    )
    Identifier.objects.bulk_create(
        Identifier(work=work, scheme=scheme, value=value) for scheme, value in said.identifiers
    )
    Relation.objects.bulk_create(
        Relation(work=work, kind=kind, other_id=other, reference=reference)
        for kind, other, reference in said.relations
    )


@transaction.atomic
def publish_works(*, works: Iterable[Work], by: Account | None, counted: bool = True) -> int:
    """Show works to everybody. Gives how many were not public before; each gets its lasting address.

    counted: those with a level count in the ledger from today.

    Raises BadInput that names the first which lacks what readers need: an author or a date.
    """
    from ..links import link_of

    numbers = [work.pk for work in works]
    found = Work.objects.select_for_update().filter(pk__in=numbers).order_by("pk")
    count = 0
    for work in found:
        if work.is_public:
            continue
        if not work.issued and not work.contributions.exists():
            raise BadInput(
                _("“%(title)s” has neither authors nor a date: describe it first.")
                % {"title": work.title}
            )
        work.published_at, work.published_by = timezone.now(), by
        work.withdrawn_at, work.withdrawn_by, work.withdrawal_reason = None, None, ""
        work.save()
        link_of(work)
        if counted and work.level:
            post_work(work=work, by=by)
        audit.record("work.publish", work, by=by)
        count += 1
    return count


@transaction.atomic
def withdraw_work(*, work: Work, reason: str, by: Account | None) -> Work:
    """Take a public work back. Its lasting address stays and says so, with the reason."""
    work = Work.objects.select_for_update().get(pk=work.pk)
    reason = reason.strip()[:300]
    if not work.is_public:
        raise BadInput(_("“%(title)s” is not public.") % {"title": work.title})
    if not reason:
        raise BadInput(_("Say why the work is taken back; readers of its address see it."))
    work.withdrawn_at, work.withdrawn_by, work.withdrawal_reason = timezone.now(), by, reason
    work.save()
    take_back(record=work.record, reason=reason, by=by)
    audit.record("work.withdraw", work, by=by, reason=reason)
    return work


@transaction.atomic
def discard_work(*, work: Work, by: Account | None) -> None:
    """Throw away a work that was never public, with its files' texts.

    Raises BadInput when it was public or counts in the ledger.
    """
    work = Work.objects.select_for_update().get(pk=work.pk)
    if work.was_public or work.record_id or work.adoptions.exists():
        raise BadInput(
            _("“%(title)s” was public or counts in the ledger: take it back instead.")
            % {"title": work.title}
        )
    if work.related_from.exists():
        raise BadInput(_("Another work refers to “%(title)s”.") % {"title": work.title})
    audit.record("work.discard", work, by=by)
    work.files.all().delete()
    work.delete()


@transaction.atomic
def set_file_access(
    *, file: File, access: str, rights: str, embargo_until: date | None, by: Account | None
) -> File:
    """Say who may read a file of a work, by which right, and from when on."""
    file = File.objects.select_for_update().get(pk=file.pk)
    if access not in File.Access.values:
        raise BadInput(_("Choose one of the list."))
    file.access, file.rights, file.embargo_until = access, rights.strip()[:200], embargo_until
    file.save(update_fields=["access", "rights", "embargo_until"])
    if file.work is not None:
        Work.objects.filter(pk=file.work.pk).touch()
    audit.record(
        "file.access", file, by=by, access=access,
        embargo=embargo_until.isoformat() if embargo_until else "",
    )  # fmt: skip
    return file


@transaction.atomic
def move_file(*, file: File, work: Work, by: Account | None) -> File:
    """Put a file, with the text of its pages, to another work of the same keeper."""
    before = file.work
    if before is not None:
        if before.organisation_id != work.organisation_id:
            raise BadInput(_("The other work is kept by another organisation."))
        # The other end hears of it, too: it is indexed again.
        audit.record("work.file_left", before, by=by, file=file.pk)
        Work.objects.filter(pk=before.pk).touch()
    file.work, file.position = work, work.files.count()
    file.save(update_fields=["work", "position"])
    Work.objects.filter(pk=work.pk).touch()
    audit.record("file.move", file, by=by, work=work.pk)
    audit.record("work.file", work, by=by, file=file.pk)
    return file
