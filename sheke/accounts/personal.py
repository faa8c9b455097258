"""What signing in holds of a person: sign-ins, invitations with name and contact, second factors."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from sheke.directory.holdings import Holding, Rows, register
from sheke.directory.models import Person

from .models import Invitation, SignIn


def _sign_ins(person: Person) -> Rows:
    found = SignIn.objects.filter(account__person=person).order_by("-id")
    return [
        {"at": s.at, "method": s.get_method_display(), "succeeded": s.succeeded, "address": s.address,
         "browser": s.browser}
        for s in found.iterator()
    ]  # fmt: skip


def _forget_sign_ins(person: Person) -> int:
    """Sign-ins, sessions, second factors, linked identities: nobody signs in with it again."""
    for model in (Authenticator, EmailAddress, SocialAccount, UserSession):
        model.objects.filter(user__person=person).delete()
    deleted, _kinds = SignIn.objects.filter(account__person=person).delete()
    return deleted


def _invitations(person: Person) -> Rows:
    return [
        {"name": i.name, "phone": i.phone, "email": i.mail, "role": i.role, "at": i.made_at}
        for i in Invitation.objects.filter(person=person)
    ]


def _forget_invitations(person: Person) -> int:
    deleted, _kinds = Invitation.objects.filter(person=person).delete()
    return deleted


register(
    Holding("accounts.sign_ins", _("Sign-in history"), _sign_ins, erase=_forget_sign_ins),
    Holding("accounts.invitations", _("Invitations"), _invitations, erase=_forget_invitations),
)
