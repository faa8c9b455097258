"""Verbs of boards: a change of term, and taking back a mistaken one."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput

from ..boards import Change, Entry, compare
from ..models import Account, Organisation, Person, Seat, Tenure, Term
from ..rules import may_change_board
from .checking import check
from .people import create_person, give_tenure


@transaction.atomic
def change_term(
    *, organisation: Organisation, entries: list[Entry], since: date, by: Account | None,
    label: str = "", resolution: str = "", seen: str | None = None,
) -> Term:  # fmt: skip
    """Put a new board in the place of the standing one: all of it, or nothing.

    What is not in `entries` ends the day before `since`; what is new begins on it. `seen` is the
    digest of the preview: when the board has changed since, nothing is done. Raises BadInput.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    change = compare(organisation, entries, since)
    if seen is not None and seen != change.digest:
        raise BadInput(_("The board changed since the preview. Look at it again."))
    if change.empty:
        raise BadInput(_("The new board is the standing one."))
    if refusal := may_change_board(by, change):
        raise BadInput(refusal)
    term = Term(
        organisation=organisation, label=label.strip(), resolution=resolution.strip(), since=since,
        by=by,
    )  # fmt: skip
    check(term, exclude=("organisation", "by", "undone_at", "undone_by"))
    term.save()
    _write(change, term, by)
    audit.record(
        "board.change", organisation, by=by, term=term.pk, since=since.isoformat(),
        ended=len(change.ends), begun=len(change.begins), stayed=len(change.stays),
    )  # fmt: skip
    return term


@transaction.atomic
def undo_term(*, term: Term, by: Account | None) -> None:
    """Take a mistaken change of term back: what it ended goes on, what it began never was.

    Raises BadInput when it is not the latest, or something has been made of it since.
    """
    Organisation.objects.select_for_update().get(pk=term.organisation_id)
    seats = list(term.seats.select_related("tenure__person"))
    if refusal := _reason_to_keep(term, seats):
        raise BadInput(refusal)
    for seat in seats:
        if seat.act == Seat.Act.BEGIN:
            seat.tenure.delete()
        elif seat.tenure.until != seat.until_before:
            seat.tenure.until = seat.until_before
            seat.tenure.save(update_fields=["until"])
    term.undone_at, term.undone_by = timezone.now(), by
    term.save(update_fields=["undone_at", "undone_by"])
    audit.record("board.undo", term.organisation, by=by, term=term.pk)


def _reason_to_keep(term: Term, seats: list[Seat]) -> str:
    """Why a change of term cannot be taken back; empty when it can."""
    if term.undone_at is not None:
        return _("This change was taken back already.")
    if term.organisation.terms.standing().filter(since__gt=term.since).exists():
        return _("A later change of term builds on this one; take that back first.")
    for seat in seats:
        expected = _end_given(term, seat)
        if seat.tenure.until != expected or _referred_to(seat):
            return _("The tenure of %(name)s has been used or changed since; correct it by hand.") % {
                "name": seat.tenure.person.name
            }  # fmt: skip
    return ""


def _end_given(term: Term, seat: Seat) -> date | None:
    """The end that the change gave the tenure."""
    return term.since - timedelta(days=1) if seat.act == Seat.Act.END else None


def _referred_to(seat: Seat) -> bool:
    """Whether anything but this change refers to a tenure that it began."""
    if seat.act != Seat.Act.BEGIN:
        return False
    tenure = seat.tenure
    if tenure.seats.exclude(pk=seat.pk).exists():
        return True
    others = [r for r in Tenure._meta.related_objects if r.related_model is not Seat]
    return any(
        r.related_model._default_manager.filter(**{r.field.name: tenure}).exists() for r in others
    )


def _write(change: Change, term: Term, by: Account | None) -> None:
    acts = [(Seat.Act.STAY, t) for t in change.stays] + [(Seat.Act.END, t) for t in change.ends]
    seats = [Seat(term=term, tenure=t, act=act, until_before=t.until) for act, t in acts]
    for tenure in (*change.ends, *change.prolonged):
        tenure.until = change.last_day if tenure in change.ends else None
        tenure.save(update_fields=["until"])
    made: dict[str, Person] = {}  # somebody new may take two posts
    for entry in change.begins:
        tenure = _begin(change, entry, made, by)
        seats.append(Seat(term=term, tenure=tenure, act=Seat.Act.BEGIN))
    Seat.objects.bulk_create(seats)


def _begin(change: Change, entry: Entry, made: dict[str, Person], by: Account | None) -> Tenure:
    person = entry.person or made.get(entry.name)
    if person is None:
        person = made[entry.name] = create_person(name=entry.name, by=by)
    return give_tenure(
        person=person, organisation=change.organisation, role=entry.role, post=entry.post,
        since=change.since, by=by,
    )  # fmt: skip
