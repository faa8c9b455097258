"""sheke notice list|send|test|failures"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand, command

from sheke.core.errors import BadInput
from sheke.directory.commands import Json, print_json, print_table
from sheke.directory.models import Account
from sheke.notices.actions.preferences import send_test
from sheke.notices.channels import CHANNELS
from sheke.notices.models import Message
from sheke.notices.queries import inbox
from sheke.notices.tasks import send_due


class Command(TyperCommand):
    help = _("Notices: what people are told, and what goes out.")

    @command(help="List an account's notices.", name="list")
    def list_(
        self,
        username: str,
        unread: Annotated[bool, typer.Option("--unread", help="Only those not read.")] = False,
        limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 50,
        as_json: Json = False,
    ) -> None:
        found = inbox(account(username), unread=unread)[:limit]
        if as_json:
            return print_json(
                [
                    {"id": n.pk, "at": n.at, "kind": n.kind, "text": n.text, "url": n.url,
                     "read_at": n.read_at}
                    for n in found
                ]
            )  # fmt: skip
        rows = [
            (str(n.pk), f"{n.at:%Y-%m-%d %H:%M}", "" if n.read_at else "unread", n.text)
            for n in found
        ]
        print_table(("id", "at", "", "text"), rows)

    @command(help="Send what is due, once; for those who run their own timer.")
    def send(self, as_json: Json = False) -> None:
        tally = asdict(send_due())
        if as_json:
            return print_json(tally)
        print("  ".join(f"{name.replace('_', ' ')}: {count}" for name, count in tally.items()))

    @command(help="Write a test message to an account's own address; “send” sends it.")
    def test(
        self,
        username: str,
        channel: Annotated[str, typer.Option(help="mail or sms.")] = "mail",
        as_json: Json = False,
    ) -> None:
        message = send_test(channel=channel, by=account(username))
        if as_json:
            return print_json({"key": str(message.key), "address": message.address})
        print(f"{CHANNELS[channel].label}  {message.address}")

    @command(help="List what was given up, with the reason.")
    def failures(
        self,
        limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 50,
        as_json: Json = False,
    ) -> None:
        found = Message.objects.given_up().select_related("hook__organisation")
        found = found.order_by("-given_up_at", "-id")[:limit]
        if as_json:
            return print_json(
                [
                    {"id": m.pk, "channel": m.channel, "to": str(m.hook) if m.hook else m.address,
                     "subject": m.subject, "given_up_at": m.given_up_at, "problem": m.problem}
                    for m in found
                ]
            )  # fmt: skip
        rows = [
            (str(m.pk), m.channel, str(m.hook) if m.hook else m.address, m.problem) for m in found
        ]
        print_table(("id", "channel", "to", "why"), rows)


def account(username: str) -> Account:
    """The account of this user name. Raises BadInput."""
    found = Account.objects.filter(username=username).first()
    if found is None:
        raise BadInput(f"There is no account “{username}”; “sheke account list” shows all.")
    return found
