"""Verbs of profiles: make, describe, agree, publish; authors' works; merge and part again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation, Person
from sheke.ledger.evidence.actions import store_file
from sheke.notices.actions import tell

from ..identifiers import normal_orcid
from ..models import Career, Contribution, Distinction, Expert, Merge, NameVariant, Work

PLAIN = ("name", "kind", "employer", "post", "disciplines", "biography", "orcid", "email")


@transaction.atomic
def create_expert(
    *, organisation: Organisation, name: str, by: Account | None, person: Person | None = None,
    **fields: Any,
) -> Expert:  # fmt: skip
    """Make a profile that only the office sees. Raises BadInput without a name or for a wrong ORCID."""
    if person is not None and Expert.objects.filter(person=person).exists():
        raise BadInput(_("%(name)s has a profile already.") % {"name": person.name})
    expert = Expert(organisation=organisation, person=person)
    _fill(expert, {"name": name} | fields)
    expert.save()
    audit.record("expert.create", expert, by=by)
    return expert


@transaction.atomic
def describe_expert(
    *, expert: Expert, by: Account | None, variants: Iterable[str] = (),
    careers: Iterable[tuple[str, str, int | None, int | None]] = (), **fields: Any,
) -> Expert:  # fmt: skip
    """Write the profile anew. variants: other spellings of the name. careers: (employer, post, from, to).

    Raises BadInput for a wrong ORCID or a career that ends before it begins.
    """
    expert = Expert.objects.select_for_update().get(pk=expert.pk)
    before = expert.orcid
    _fill(expert, fields)
    expert.save()
    if expert.orcid != before:
        _touch_works(expert)
    names = dict.fromkeys(name.strip()[:100] for name in variants)
    expert.variants.all().delete()
    NameVariant.objects.bulk_create(
        NameVariant(expert=expert, name=name) for name in names if name and name != expert.name
    )
    expert.careers.all().delete()
    for employer, post, since, until in careers:
        if since and until and until < since:
            raise BadInput(
                _("%(employer)s: the end lies before the beginning.") % {"employer": employer}
            )
        Career.objects.create(expert=expert, employer=employer, post=post, since=since, until=until)
    audit.record("expert.describe", expert, by=by, fields=sorted(fields))
    _tell("library.profile_changed", expert, by)
    return expert


def _touch_works(*experts: Expert) -> None:
    """What is said of their authors changed: harvesters fetch them again."""
    Work.objects.filter(contributions__expert__in=experts).touch()


def _tell(kind: str, expert: Expert, by: Account | None) -> None:
    """Tell the person what others did to their profile."""
    theirs = Account.objects.filter(person=expert.person_id, is_active=True)
    if expert.person_id is not None:
        url = reverse("library:expert", args=[expert.pk])
        tell(kind=kind, to=theirs, by=by, url=url, name=expert.name)


def _fill(expert: Expert, fields: dict[str, Any]) -> None:
    for name in fields:
        if name not in PLAIN:
            raise TypeError(name)
    for name, value in fields.items():
        setattr(expert, name, value.strip() if isinstance(value, str) else value)
    if not expert.name:
        raise BadInput(_("A profile needs a name."))
    if expert.orcid:
        expert.orcid = normal_orcid(expert.orcid)
        others = Expert.objects.standing().exclude(pk=expert.pk)
        if (other := others.filter(orcid=expert.orcid).first()) is not None:
            raise BadInput(_("%(name)s has this ORCID already.") % {"name": other.name})


@transaction.atomic
def set_photo(*, expert: Expert, file: BinaryIO, name: str, by: Account | None) -> Expert:
    """Keep a picture of the person. Raises BadInput for what is no picture or too large."""
    stored = store_file(file=file, name=name)
    if not stored.content_type.startswith("image/"):
        raise BadInput(_("“%(name)s” is no picture.") % {"name": name})
    expert.photo = stored
    expert.save(update_fields=["photo"])
    audit.record("expert.photo", expert, by=by, sha256=stored.sha256)
    return expert


@transaction.atomic
def agree(*, expert: Expert, shown: Iterable[str], by: Account | None, note: str = "") -> Expert:
    """Write down what the person agreed to show. note: how, where the office does it for them."""
    expert = Expert.objects.select_for_update().get(pk=expert.pk)
    shown = [name for name in Expert.FIELDS if name in set(shown)]
    own = by is not None and by.person_id is not None and by.person_id == expert.person_id
    if not own and not note.strip():
        raise BadInput(_("Say how the person agreed: by letter of …, by the form of …."))
    expert.shown, expert.agreed_at, expert.agreed_by = shown, timezone.now(), by
    expert.agreement_note = note.strip()[:300]
    expert.save()
    _touch_works(expert)
    audit.record("expert.agree", expert, by=by, shown=shown, own=own)
    return expert


@transaction.atomic
def take_agreement_back(*, expert: Expert, by: Account | None) -> Expert:
    """The person is no longer shown, at once; nor would a profile be that was merged into this one."""
    expert = Expert.objects.select_for_update().get(pk=expert.pk)
    Expert.objects.filter(pk=expert.pk).with_merged().update(
        agreed_at=None, agreed_by=None, shown=[], published_at=None, published_by=None,
        changed_at=timezone.now(),
    )  # fmt: skip
    expert.refresh_from_db()
    _touch_works(expert)
    audit.record("expert.disagree", expert, by=by)
    return expert


@transaction.atomic
def publish_expert(*, expert: Expert, by: Account | None) -> Expert:
    """Show the profile to everybody, as far as the person agreed. Raises BadInput if they did not."""
    from ..links import link_of

    expert = Expert.objects.select_for_update().get(pk=expert.pk)
    if expert.agreed_at is None:
        raise BadInput(_("%(name)s did not agree yet to be shown.") % {"name": expert.name})
    if expert.merged_into_id is not None:
        raise BadInput(_("The profile was merged into another."))
    expert.published_at, expert.published_by = timezone.now(), by
    expert.save()
    link_of(expert)
    _touch_works(expert)
    audit.record("expert.publish", expert, by=by)
    _tell("library.profile_published", expert, by)
    return expert


@transaction.atomic
def hide_expert(*, expert: Expert, by: Account | None) -> Expert:
    """Show the profile no longer, nor one that was merged into it; the agreement stays."""
    expert = Expert.objects.select_for_update().get(pk=expert.pk)
    Expert.objects.filter(pk=expert.pk).with_merged().update(
        published_at=None, published_by=None, changed_at=timezone.now()
    )
    expert.refresh_from_db()
    _touch_works(expert)
    audit.record("expert.hide", expert, by=by)
    return expert


@transaction.atomic
def name_author(
    *, contribution: Contribution, expert: Expert | None, by: Account | None
) -> Contribution:
    """Say that an author of a work is this person; None: that nobody is known."""
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    contribution.expert = expert
    contribution.save(update_fields=["expert"])
    Work.objects.filter(pk=contribution.work_id).touch()
    audit.record(
        "work.author", contribution.work, by=by, position=contribution.position,
        expert=expert.pk if expert else None,
    )  # fmt: skip
    return contribution


@transaction.atomic
def merge_experts(*, kept: Expert, dropped: Expert, reason: str, by: Account | None) -> Merge:
    """Say that two profiles are one person. What moves is written down, so that it can be undone."""
    kept, dropped = (Expert.objects.select_for_update().get(pk=e.pk) for e in (kept, dropped))
    if kept.pk == dropped.pk or kept.merged_into_id or dropped.merged_into_id:
        raise BadInput(_("Choose two profiles that stand."))
    if not reason.strip():
        raise BadInput(_("Say why they are one person."))
    if kept.person_id and dropped.person_id and kept.person_id != dropped.person_id:
        raise BadInput(_("They belong to two people of the directory: merge those first."))
    _touch_works(dropped)
    contributions = [list(pair) for pair in dropped.contributions.values_list("work", "name")]
    held = {kept.name, *kept.variants.values_list("name", flat=True)}
    names = [dropped.name, *dropped.variants.values_list("name", flat=True)]
    added = [name for name in dict.fromkeys(names) if name not in held]
    NameVariant.objects.bulk_create(NameVariant(expert=kept, name=name) for name in added)
    dropped.contributions.update(expert=kept)
    moved: dict[str, Any] = {"contributions": contributions, "variants": added}
    if dropped.person_id and not kept.person_id:
        moved["person"] = dropped.person_id
        person, dropped.person = dropped.person, None
        dropped.save(update_fields=["person"])
        kept.person = person
        kept.save(update_fields=["person"])
    dropped.merged_into = kept
    dropped.save(update_fields=["merged_into"])
    merge = Merge.objects.create(
        kept=kept, dropped=dropped, reason=reason.strip()[:300], moved=moved, by=by
    )
    audit.record("expert.merge", kept, by=by, dropped=dropped.pk, reason=merge.reason)
    audit.record("expert.merged", dropped, by=by, kept=kept.pk)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: Account | None) -> Merge:
    """Part what was merged: works that were given to the kept profile since then stay with it.

    Raises BadInput where a later merge, or an ORCID that was copied since, stands in the way.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None:
        return merge
    kept, dropped = merge.kept, merge.dropped
    if dropped.merged_into_id != kept.pk or kept.merged_into_id is not None:
        raise BadInput(_("The profiles were merged further since; undo the later merge first."))
    same = Expert.objects.standing().filter(orcid=dropped.orcid).exclude(orcid="").first()
    if same is not None:
        raise BadInput(
            _("%(name)s has the ORCID of the other profile: clear it there first.")
            % {"name": same.name}
        )
    for work, name in merge.moved["contributions"]:
        kept.contributions.filter(work=work, name=name).update(expert=dropped)
    kept.variants.filter(name__in=merge.moved["variants"]).delete()
    _touch_works(dropped)
    dropped.merged_into = None
    if person := merge.moved.get("person"):
        Expert.objects.filter(pk=kept.pk, person=person).update(person=None)
        dropped.person_id = person
    dropped.save(update_fields=["merged_into", "person"])
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    audit.record("expert.part", kept, by=by, dropped=dropped.pk)
    audit.record("expert.parted", dropped, by=by, kept=kept.pk)
    return merge


@transaction.atomic
def keep_apart(*, first: Expert, second: Expert, by: Account | None) -> Distinction:
    """Say that two profiles of one name are two people; they are not proposed again."""
    low, high = sorted((first, second), key=lambda expert: expert.pk)
    if low.pk == high.pk:
        raise BadInput(_("Choose two profiles that stand."))
    found, new = Distinction.objects.get_or_create(first=low, second=high, defaults={"by": by})
    if new:
        audit.record("expert.distinguish", low, by=by, other=high.pk)
    return found
