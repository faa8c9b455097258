"""sheke audit verify|seal|head|list"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand, command

from sheke.core.chain import Verification, seal_events, verify_chain
from sheke.core.models import AuditEvent, AuditSeal

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Command(TyperCommand):
    help = gettext_lazy("The audit log: verify its chain, seal, list.")

    @command(
        help="Compute every seal again; ends with 1 when an event was changed, added or removed."
    )
    def verify(
        self,
        noted: Annotated[
            str, typer.Option("--head", help="A head noted before; it must still be in the chain.")
        ] = "",
        as_json: Json = False,
    ) -> None:
        found = verify_chain(noted.strip().lower())
        if as_json:
            broken = {str(number): fault for number, fault in found.broken.items()}
            print(json.dumps(asdict(found) | {"broken": broken, "holds": found.holds}))
        else:
            print("\n".join(_lines(found)))
        if not found.holds:
            sys.exit(1)

    @command(help="Seal what was written since the last seal (the worker does so every minute).")
    def seal(self, as_json: Json = False) -> None:
        count = seal_events()
        print(
            json.dumps({"sealed": count}) if as_json else _("%(n)s events sealed.") % {"n": count}
        )

    @command(help="Print the last seal's digest, to be noted outside this machine.")
    def head(self, as_json: Json = False) -> None:
        last = AuditSeal.objects.order_by("id").last()
        if as_json:
            print(json.dumps({"number": last.pk, "digest": last.digest} if last else {}))
        else:
            print(last.digest if last else _("Nothing is sealed yet."))

    @command(name="list", help="The latest events.")
    def list_events(
        self,
        verb: Annotated[str, typer.Option(help="Begin of the act, such as record.")] = "",
        limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 50,
        as_json: Json = False,
    ) -> None:
        events = AuditEvent.objects.filter(verb__startswith=verb)[:limit]
        for event in events:
            at = timezone.localtime(event.at)
            if as_json:
                print(json.dumps(_plain(event), ensure_ascii=False))
            else:
                print(
                    f"{at:%Y-%m-%d %H:%M:%S}  {event.verb}  {event.actor_name}  {event.subject_name}"
                )


def _plain(event: AuditEvent) -> dict[str, object]:
    return {
        "id": event.pk, "at": event.at.isoformat(), "verb": event.verb, "by": event.actor_name,
        "subject_type": event.subject_type, "subject_id": event.subject_id,
        "subject": event.subject_name, "data": event.data, "seal": event.seal_id,
    }  # fmt: skip


def _lines(found: Verification) -> list[str]:
    faults = {
        "order": _("the seals before it were changed"), "missing": _("events are missing"),
        "added": _("events were added"), "changed": _("events were changed"),
    }  # fmt: skip
    lines = [
        _("%(seals)s seals over %(events)s events; %(open)s events are not sealed yet.")
        % {"seals": found.seals, "events": found.sealed, "open": found.unsealed}
    ]
    lines += [
        _("Seal %(number)s does not hold: %(fault)s.") % {"number": number, "fault": faults[fault]}
        for number, fault in found.broken.items()
    ]
    if found.known is False:
        lines.append(_("The noted head is not in the chain: its end was cut off or rewritten."))
    if found.holds:
        lines.append(_("The chain holds. Head: %(head)s") % {"head": found.head or "–"})
    return lines
