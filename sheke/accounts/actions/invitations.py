"""Verbs of invitations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.actions import create_account, create_person, give_tenure
from sheke.directory.actions.checking import check
from sheke.directory.models import Account, Organisation, Person, Tenure
from sheke.notices.actions import tell

from ..identifiers import normal_phone
from ..links import digest_of, invitation_of, invitation_token, new_secret
from ..models import Acceptance, Invitation, Withdrawal
from ..rules import grantable_roles, invites_person
from ..sending import send_invitation


@transaction.atomic
def invite(
    *, organisation: Organisation, role: str, name: str, by: Account | None, post: str = "",
    phone: str = "", mail: str = "", channel: str = "", person: Person | None = None,
    site: str = "",
) -> tuple[Invitation, str]:  # fmt: skip
    """Invite somebody; gives the invitation and the token of its link, which is kept nowhere.

    by: None for the command line, which may everything. channel: “mail” or “sms” sends the link, whose
    address begins with `site`. Raises BadInput: role above one's own, nothing to send to.
    """
    _may(by, organisation, role, person)
    secret = new_secret()
    invitation = Invitation(
        organisation=organisation, role=role, post=post.strip(), person=person,
        name=name.strip() or (person.name if person else ""), phone=_phone(phone),
        mail=mail.strip(), channel=channel, by=by, digest=digest_of(secret), expires_at=_end(),
    )  # fmt: skip
    check(invitation)
    if channel and not getattr(invitation, "mail" if channel == "mail" else "phone"):
        raise BadInput(_("Give the address to which the invitation is sent."))
    invitation.save()
    token = invitation_token(invitation, secret)
    audit.record(
        "invitation.make", invitation, by=by, organisation=organisation.pk, role=role,
        channel=channel,
    )  # fmt: skip
    send_invitation(invitation, token, site, by)
    return invitation, token


@transaction.atomic
def send_again(*, invitation: Invitation, by: Account | None, site: str = "") -> str:
    """A new link with a new term; the one before is worth nothing. Gives the token.

    Raises BadInput for an invitation that was accepted or withdrawn.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state not in (Invitation.State.OPEN, Invitation.State.EXPIRED):
        raise BadInput(_("This invitation is %(state)s.") % {"state": invitation.state.label})
    secret = new_secret()
    invitation.digest, invitation.expires_at = digest_of(secret), _end()
    invitation.sendings += 1
    invitation.save(update_fields=["digest", "expires_at", "sendings"])
    audit.record("invitation.send_again", invitation, by=by)
    token = invitation_token(invitation, secret)
    send_invitation(invitation, token, site, by)
    return token


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Account | None) -> None:
    """Take an invitation back. Raises BadInput when it was accepted or withdrawn before."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state not in (Invitation.State.OPEN, Invitation.State.EXPIRED):
        raise BadInput(_("This invitation is %(state)s.") % {"state": invitation.state.label})
    Withdrawal.objects.create(invitation=invitation, by=by)
    audit.record("invitation.withdraw", invitation, by=by)


@transaction.atomic
def accept_as_new(
    *, token: str, username: str, password: str, name: str, by: Account | None, phone: str = "",
    mail: str = "",
) -> Account:  # fmt: skip
    """Accept with a new account. Raises BadInput: link used or too old, name taken, weak password."""
    invitation = _open(token)
    if "@" in username or (normal_phone(username) and not any(map(str.isalpha, username))):
        raise BadInput(
            _("A user name is not a phone number or a mail address; both sign you in anyway.")
        )
    person = invitation.person or create_person(
        name=name, phone=_phone(phone), email=mail.strip(), by=invitation.by
    )
    account = create_account(username=username, person=person, password=password, by=invitation.by)
    _accepted(invitation, account, by or account)
    return account


@transaction.atomic
def accept_as_known(*, token: str, account: Account, by: Account | None) -> None:
    """Accept with an account that one has: it gets the role. Raises BadInput as above."""
    invitation = _open(token)
    if account.person is None:
        raise BadInput(_("This account belongs to no person; sign in with another one."))
    if invitation.person_id and invitation.person_id != account.person_id:
        raise BadInput(_("This invitation is for %(name)s.") % {"name": invitation.name})
    _accepted(invitation, account, by)


def _open(token: str) -> Invitation:
    """The invitation of the link, locked, if it can be accepted now."""
    found = invitation_of(token)
    if found is not None:
        Invitation.objects.select_for_update().get(pk=found.pk)
        found = invitation_of(token)
    if found is None or not found.is_open:
        raise BadInput(
            _("This invitation has been used, withdrawn or is too old. Ask for a new one.")
        )
    _may(found.by, found.organisation, found.role, found.person)
    return found


def _accepted(invitation: Invitation, account: Account, by: Account | None) -> None:
    person, organisation = account.person, invitation.organisation
    today = timezone.localdate()
    held = Tenure.objects.at(today).filter(
        person=person, organisation=organisation, role=invitation.role
    )
    if person is not None and not held.exists():
        give_tenure(
            person=person, organisation=organisation, role=invitation.role, post=invitation.post,
            since=today, by=invitation.by,
        )  # fmt: skip
    Acceptance.objects.create(invitation=invitation, account=account)
    # What was needed to reach them stands with the person now.
    Invitation.objects.filter(pk=invitation.pk).update(phone="", mail="")
    audit.record("invitation.accept", invitation, by=by, account=account.pk)
    if invitation.by is not None:
        tell(
            kind="accounts.invitation_accepted", to=[invitation.by], by=account,
            url="/accounts/invitations/", name=str(account), organisation=organisation.label,
        )  # fmt: skip


def _may(by: Account | None, organisation: Organisation, role: str, person: Person | None) -> None:
    """Also asked again at acceptance: who has left the office leaves no open doors behind."""
    if role not in Tenure.Role.values:
        known = ", ".join(Tenure.Role.values)
        raise BadInput(_("There is no role “%(role)s”; it is one of: %(known)s")
                       % {"role": role, "known": known})  # fmt: skip
    if person is not None and hasattr(person, "account"):
        raise BadInput(_("%(name)s has an account already.") % {"name": person.name})
    if by is None:
        return
    if not by.is_active or role not in grantable_roles(by, organisation):
        raise BadInput(_("Nobody invites to a role above their own in an organisation."))
    if person is not None and not invites_person(by, person):
        raise BadInput(_("%(name)s also holds roles that you cannot give.") % {"name": person.name})


def _phone(text: str) -> str:
    """As given if it is a phone number. Raises BadInput for what is none."""
    if text.strip() and not normal_phone(text):
        raise BadInput(_("“%(text)s” is no phone number.") % {"text": text.strip()})
    return text.strip()


def _end() -> Any:
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)
