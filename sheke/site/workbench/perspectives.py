"""Whose desk is shown: the role by which one acts for the chosen organisation."""

from __future__ import annotations

from django.http import HttpRequest

from sheke.directory.models import Account, Organisation, Tenure
from sheke.directory.queries import held_tenures

Role = Tenure.Role
ORDER = (Role.ADMINISTRATOR, Role.LEADER, Role.STAFF, Role.SECRETARY)
COOKIE = "sheke_workbench"
YEAR = 365 * 24 * 60 * 60  # seconds for which the choice is remembered


def roles_in(account: Account, organisation: Organisation) -> list[Role]:
    """The roles by which the account acts for the organisation itself, in the order of the page.

    Who runs the machine without a tenure there sees the administrator's desk.
    """
    held = {t.role for t in held_tenures(account) if t.organisation_id == organisation.pk}
    return [role for role in ORDER if role in held] or [Role.ADMINISTRATOR]


def chosen_role(request: HttpRequest, roles: list[Role]) -> Role:
    """The one asked for in the address, else the one chosen last, else the first."""
    for wanted in (request.GET.get("view", ""), request.COOKIES.get(COOKIE, "")):
        for role in roles:
            if role.value == wanted:
                return role
    return roles[0]
