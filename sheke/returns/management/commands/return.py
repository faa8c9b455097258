"""sheke return forms|list|open|answers|export|remind|late"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand, command

from sheke.core.errors import BadInput
from sheke.definitions.models import Definition
from sheke.definitions.queries import current_edition, current_editions
from sheke.directory.commands import print_json, print_table
from sheke.directory.models import Account
from sheke.directory.queries import organisation_by_code
from sheke.returns import actions, listing, periods, tables
from sheke.returns.models import Asked, Return
from sheke.returns.queries import return_by_key

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Key = Annotated[str, typer.Argument(help="Key of a return; see: sheke return list")]
By = Annotated[str, typer.Option("--by", help="User name in whose name it is done.")]


class Command(TyperCommand):
    help = gettext_lazy("Data returns: open them, see who answered, remind, export the answers.")

    @command(name="forms", help="List the return forms.")
    def forms(self, as_json: Json = False) -> None:
        found = current_editions(Definition.Kind.RETURN_FORM)
        rows = [
            {"key": key, "name": str(e.return_form.name), "period": e.return_form.period,
             "questions": len(e.return_form.questions), "edition": e.number}
            for key, e in found.items()
        ]  # fmt: skip
        _print(rows, as_json)

    @command(name="list", help="List returns, the latest due first.")
    def list_(
        self, state: Annotated[str, typer.Option(help="open or all")] = "all", as_json: Json = False
    ) -> None:
        if state not in ("open", "all"):
            raise BadInput(_("--state is open or all"))
        found = Return.objects.select_related("closure", "edition__definition")
        found = found.open() if state == "open" else found
        rows = []
        for of in found:
            tally = listing.tally(listing.rows_of(of))
            rows.append(
                {"key": of.key, "title": of.title, "due": of.due_on.isoformat(),
                 "asked": of.asked.count(), "accepted": tally["accepted"], "sent": tally["sent"],
                 "late": tally["late"], "closed": hasattr(of, "closure")}
            )  # fmt: skip
        _print(rows, as_json)

    @command(name="open", help="Open a return from a form.")
    def open_(
        self,
        form: Annotated[str, typer.Argument(help="Key of a return form.")],
        due: Annotated[str, typer.Option(help="The due day: 2026-04-10.")],
        organisation: Annotated[str, typer.Option(help="Code of who asks.")],
        from_: Annotated[str, typer.Option("--from", help="First day of the period.")] = "",
        to: Annotated[str, typer.Option("--to", help="Last day of the period.")] = "",
        kind: Annotated[
            list[str] | None, typer.Option(help="Kinds asked; else the form's.")
        ] = None,
        code: Annotated[list[str] | None, typer.Option(help="Single organisations asked.")] = None,
        by: By = "",
        as_json: Json = False,
    ) -> None:
        edition = current_edition(Definition.Kind.RETURN_FORM, form)
        schema = edition.return_form
        kinds = kind or ([] if code else list(schema.kinds))
        made = actions.open_return(
            edition=edition, organisation=organisation_by_code(organisation),
            span=_span(schema.period, from_, to), due_on=_day(due, "--due"),
            audience={"kinds": kinds, "codes": code or []}, by=_account(by),
        )  # fmt: skip
        row = {"key": made.key, "title": made.title, "asked": made.asked.count()}
        if as_json:
            print_json(row)
        else:
            print(f"{made.key}: {made.title} ({row['asked']})")

    @command(name="answers", help="The answers of a return, an organisation a row.")
    def answers(
        self, key: Key, state: Annotated[str, typer.Option()] = "", as_json: Json = False
    ) -> None:
        if state and state not in Asked.State.values:
            raise BadInput(
                _("--state is one of: %(names)s") % {"names": ", ".join(Asked.State.values)}
            )
        rows = listing.rows_of(return_by_key(key), state=state)
        if as_json:
            print_json([_row(row) for row in rows])
            return
        heads = [_("Organisation"), _("State"), _("Sent")]
        print_table(
            heads, ((r.asked.organisation.label, r.asked.state_label, _sent(r)) for r in rows)
        )

    @command(name="export", help="Write the answers of a return as xlsx.")
    def export(
        self,
        key: Key,
        output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")],
        compare: Annotated[bool, typer.Option(help="With last year's figures.")] = False,
        as_json: Json = False,
    ) -> None:
        of = return_by_key(key)
        rows = listing.rows_of(of, compare=compare)
        try:
            output.write_bytes(tables.answers(of, rows, compare=compare))
        except OSError as error:
            raise BadInput(f"{output}: {error.strerror}") from None
        if as_json:
            print_json({"file": str(output), "rows": len(rows)})
        else:
            print(f"{output}: {len(rows)}")

    @command(
        name="remind",
        help="Remind all who have not answered a return; without a key, run the day's reminders.",
    )
    def remind(
        self,
        key: Annotated[str, typer.Argument(help="Key of a return.")] = "",
        by: By = "",
        as_json: Json = False,
    ) -> None:
        account = _account(by)
        if key:
            count = actions.remind_late(of=return_by_key(key), by=account)
        else:
            count = actions.remind_due(today=timezone.localdate(), by=account)
        print_json({"reminded": count}) if as_json else print(count)

    @command(name="late", help="Who is late.")
    def late(self, as_json: Json = False) -> None:
        found = Asked.objects.late().with_state().order_by("of__due_on", "organisation__path")
        rows = [
            {"key": a.of.key, "organisation": a.organisation.code, "name": a.organisation.name,
             "due": a.of.due_on.isoformat(), "state": a.state}
            for a in found
        ]  # fmt: skip
        _print(rows, as_json)


def _print(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print_json(rows)
    elif rows:
        print_table(list(rows[0]), ([str(value) for value in row.values()] for row in rows))


def _row(row: listing.Row) -> dict[str, Any]:
    asked = row.asked
    return {
        "organisation": asked.organisation.code, "name": asked.organisation.name,
        "state": asked.state, "sent": asked.latest.sent_at if asked.latest else None,
        "on_time": asked.on_time, "values": dict(row.values), "remarks": dict(row.remarks),
    }  # fmt: skip


def _sent(row: listing.Row) -> str:
    latest = row.asked.latest
    return f"{timezone.localtime(latest.sent_at):%Y-%m-%d %H:%M}" if latest else ""


def _span(period: str, first: str, last: str) -> periods.Span:
    if bool(first) != bool(last):
        raise BadInput(_("Give both --from and --to, or neither."))
    if first:
        return _day(first, "--from"), _day(last, "--to")
    return periods.before(period, periods.period_of(period, timezone.localdate()))


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            _("%(name)s: “%(text)s” is no day like 2026-04-10") % {"name": name, "text": text}
        ) from None


def _account(name: str) -> Account | None:
    if not name:
        return None
    account = Account.objects.filter(username=name, is_active=True).first()
    if account is None:
        raise BadInput(_("There is no account “%(name)s”.") % {"name": name})
    return account
