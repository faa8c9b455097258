"""sheke duty list|report|remind"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand, command

from sheke.core.errors import BadInput
from sheke.directory.commands import Json, print_json, print_table
from sheke.directory.models import Account, Organisation
from sheke.directory.queries import organisation_by_code
from sheke.ledger.models import Record
from sheke.plans import actions
from sheke.plans.duties import DutyRow, duty_rows
from sheke.plans.models import Duty


class Command(TyperCommand):
    help = gettext_lazy("Duties: who does what by when, how it stands, reminders.")

    @command("list", help="List duties with their state, the most urgent first.")
    def list_(
        self,
        organisation: Annotated[str, typer.Option(help="Code; with those below it.")] = "",
        plan: Annotated[int, typer.Option(help="The plan's number.")] = 0,
        state: Annotated[str, typer.Option(help="new, under_way, blocked or done.")] = "",
        as_json: Json = False,
    ) -> None:
        duties = Duty.objects.all()
        if organisation:
            below = Organisation.objects.below(organisation_by_code(organisation))
            duties = duties.filter(organisation__in=below)
        if plan:
            duties = duties.filter(item__plan=plan)
        rows = duty_rows(duties, timezone.localdate())
        data = [_row(row) for row in rows if not state or row.standing == state]
        if as_json:
            return print_json(data)
        keys = ("duty", "due", "state", "organisation", "item")
        print_table(keys, [[str(row[key] or "") for key in keys] for row in data])

    @command(help="Report how a duty stands: under_way, blocked or done.")
    def report(
        self,
        duty: Annotated[int, typer.Argument(help="The duty's number, as “duty list” prints it.")],
        state: Annotated[str, typer.Argument(help="under_way, blocked or done.")],
        note: Annotated[str, typer.Option(help="What was done, or why it is blocked.")] = "",
        blocked_by: Annotated[str, typer.Option(help="Who has to act first.")] = "",
        record: Annotated[
            list[int] | None,
            typer.Option(help="Number of a record that shows it; may be repeated."),
        ] = None,
        by: Annotated[str, typer.Option(help="User name of the reporter.")] = "",
        as_json: Json = False,
    ) -> None:
        found = Duty.objects.filter(pk=duty).first()
        if found is None:
            raise BadInput(
                _("There is no duty %(number)s; “duty list” prints them.") % {"number": duty}
            )
        actions.report_duty(
            duty=found, state=state, note=note, blocked_by=blocked_by, by=_account(by),
            records=[_record(number) for number in record or []],
        )  # fmt: skip
        row = _row(duty_rows(Duty.objects.filter(pk=duty), timezone.localdate())[0])
        if as_json:
            return print_json(row)
        self.stdout.write(f"{row['item']}: {row['state']}")

    @command(help="Tell what is due soon or overdue; nothing is told twice.")
    def remind(
        self,
        day: Annotated[str, typer.Option(help="As if it were this day (2025-06-30).")] = "",
        as_json: Json = False,
    ) -> None:
        try:
            today = date.fromisoformat(day) if day else timezone.localdate()
        except ValueError:
            raise BadInput(_("“%(text)s” is no day; write 2025-06-30.") % {"text": day}) from None
        told = actions.remind(today=today, by=None)
        if as_json:
            return print_json([{"kind": n.kind, "account": n.account_id} | n.data for n in told])
        self.stdout.write(f"{len(told)} told")


def _row(row: DutyRow) -> dict[str, Any]:
    duty = row.duty
    return {
        "duty": duty.pk, "item": str(duty.item), "plan": duty.item.plan_id,
        "organisation": duty.organisation.code, "person": duty.person_id, "role": duty.role,
        "due": row.due.isoformat() if row.due else None, "state": row.standing.value,
        "group": row.group.value, "note": row.report.note if row.report else "",
        "origin": duty.origin,
    }  # fmt: skip


def _account(name: str) -> Account | None:
    if not name:
        return None
    found = Account.objects.filter(username=name).first()
    if found is None:
        raise BadInput(_("There is no account “%(name)s”.") % {"name": name})
    return found


def _record(number: int) -> Record:
    found = Record.objects.standing().filter(pk=number).first()
    if found is None:
        raise BadInput(_("There is no standing record %(number)s.") % {"number": number})
    return found
