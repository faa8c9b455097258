"""sheke account list|create|password|invite|factors"""

from __future__ import annotations

from typing import Annotated, Any

import typer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand, command

from sheke.accounts import actions
from sheke.accounts.factors import factors
from sheke.accounts.links import site_of
from sheke.core.errors import BadInput
from sheke.directory import actions as directory
from sheke.directory.commands import Json, print_json, print_table
from sheke.directory.models import Account, Person, Tenure
from sheke.directory.queries import organisation_by_code


class Command(TyperCommand):
    help = _("Accounts: who may sign in.")

    @command(help="List accounts.", name="list")
    def list_(self, as_json: Json = False) -> None:
        found = Account.objects.select_related("person")
        if as_json:
            return print_json([summary(account) for account in found])
        rows = [
            (a.username, a.person.name if a.person else "", "yes" if a.is_active else "no",
             f"{a.last_login:%Y-%m-%d %H:%M}" if a.last_login else "")
            for a in found
        ]  # fmt: skip
        print_table(("user name", "person", "active", "last sign-in"), rows)

    @command(help="Create an account and print its one-time password.")
    def create(
        self,
        username: str,
        person: Annotated[str, typer.Option(help="Number or name; made if there is nobody.")] = "",
        organisation: Annotated[str, typer.Option(help="Code: the person gets a role there.")] = "",
        role: Annotated[
            str, typer.Option(help="administrator, leader, staff, secretary.")
        ] = "staff",
        superuser: Annotated[
            bool, typer.Option("--superuser", help="Runs the machine: may do everything.")
        ] = False,
        as_json: Json = False,
    ) -> None:
        if not person and not superuser:
            raise BadInput(
                "Whose account? Give --person NAME, or --superuser for the machine's own."
            )
        if role not in Tenure.Role.values:
            raise BadInput(
                f"There is no role “{role}”; it is one of: {', '.join(Tenure.Role.values)}"
            )
        with transaction.atomic():
            someone = find_or_make(person) if person else None
            if someone and organisation:
                directory.give_tenure(
                    person=someone, organisation=organisation_by_code(organisation), role=role,
                    by=None,
                )  # fmt: skip
            _account, password = actions.create_with_password(
                username=username, person=someone, is_superuser=superuser, by=None
            )
        show_password(username, password, as_json)

    @command(help="Set a new one-time password and print it; open sessions end.")
    def password(self, username: str, as_json: Json = False) -> None:
        show_password(username, actions.give_password(account=named(username), by=None), as_json)

    @command(help="Invite somebody to a role in an organisation and print the link.")
    def invite(
        self,
        organisation: Annotated[str, typer.Option(help="Code of the organisation.")],
        name: Annotated[str, typer.Option(help="Whom you invite.")],
        role: Annotated[
            str, typer.Option(help="administrator, leader, staff, secretary, member.")
        ] = "secretary",
        mail: Annotated[str, typer.Option(help="Mail address, filled in for them.")] = "",
        phone: Annotated[str, typer.Option(help="Phone number, filled in for them.")] = "",
        send: Annotated[
            str, typer.Option(help="mail or sms: send the link too; else hand it over.")
        ] = "",
        as_json: Json = False,
    ) -> None:
        if send not in ("", "mail", "sms"):
            raise BadInput("--send is mail or sms; without it the link is only printed.")
        site = site_of()
        invitation, token = actions.invite(
            organisation=organisation_by_code(organisation), role=role, name=name, mail=mail,
            phone=phone, channel=send, site=site, by=None,
        )  # fmt: skip
        link = site + reverse("accounts:invitation", args=[token])
        if as_json:
            print_json({"invitation": invitation.pk, "link": link, "until": invitation.expires_at})
        else:
            print(link)

    @command(help="Remove the second factors of somebody who lost them.")
    def factors(
        self,
        username: str,
        remove: Annotated[bool, typer.Option("--remove", help="Remove all of them.")] = False,
        as_json: Json = False,
    ) -> None:
        account = named(username)
        kinds = [str(factor.type) for factor in factors(account)]
        if remove:
            actions.remove_factors(account=account, by=None)
        if as_json:
            print_json({"user": username, "factors": kinds, "removed": remove})
        else:
            print(f"{username}  {', '.join(kinds) or '-'}{'  removed' if remove else ''}")


def named(username: str) -> Account:
    """The account of this name. Raises BadInput when there is none."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise BadInput(f"There is no account “{username}”; “sheke account list” shows all.")
    return account


def find_or_make(text: str) -> Person:
    """The person of this number or name. Raises BadInput when several bear the name."""
    found = list(Person.objects.filter(code=text)) or list(Person.objects.filter(name=text))
    if len(found) > 1:
        raise BadInput(f"{len(found)} people are called {text}; give the person's number.")
    return found[0] if found else directory.create_person(name=text, by=None)


def show_password(username: str, password: str, as_json: bool) -> None:
    if as_json:
        print_json({"user": username, "password": password})
    else:
        print(f"{username}  {password}")


def summary(account: Account) -> dict[str, Any]:
    return {
        "user": account.username, "person": account.person.name if account.person else None,
        "active": account.is_active, "superuser": account.is_superuser,
        "last_login": account.last_login,
    }  # fmt: skip
