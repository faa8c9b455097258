"""Bodies of the commands by which an office opens calls, takes in and hands out submissions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.definitions.models import Definition
from sheke.definitions.queries import current_edition
from sheke.definitions.validation import near
from sheke.directory.models import Account, Organisation, path_range
from sheke.directory.queries import organisation_by_code

from .. import exporting, importing
from ..actions.calls import TopicLine, announce_call, open_call
from ..actions.importing import import_submissions
from ..actions.quotas import set_quotas
from ..listing import Wanted, submissions_of, tallies
from ..models import Call
from ..tables import topics_in_table, topics_in_text


def call_by_key(key: str) -> Call:
    """The call of the key. Raises BadInput with close ones."""
    found = Call.objects.select_related("edition__definition", "organisation").filter(key=key)
    if (call := found.first()) is None:
        keys = Call.objects.values_list("key", flat=True)
        raise BadInput(_("There is no call “%(key)s”.") % {"key": key} + near(key, keys))
    return call


def listed(state: str) -> list[dict[str, Any]]:
    """The calls, the latest first."""
    if state not in ("open", "all"):
        raise BadInput(_("--state is open or all"))
    found = Call.objects.select_related("edition__definition", "organisation", "closure")
    rows = []
    for call in found.filter(closure=None) if state == "open" else found:
        counts = tallies(call)
        rows.append({
            "key": call.key, "title": call.title, "programme": call.programme.key,
            "edition": call.edition.number, "organisation": call.organisation.code,
            "opens": call.opens_at, "closes": call.closes_at,
            "announced": call.announced_at is not None, "closed": hasattr(call, "closure"),
            "sent": sum(t.waiting + t.back + t.refused + t.withdrawn + t.decided
                        for t in counts.values()),
            "stages": {key: tally.waiting for key, tally in counts.items()},
        })  # fmt: skip
    return rows


@transaction.atomic
def opened(
    *, programme: str, organisation: str, opens: str, closes: str, title: str, year: int,
    about: Path | None, topics: Path | None, quota: int | None, kinds: Sequence[str],
    announce: bool, key: str, by: Account | None,
) -> Call:  # fmt: skip
    """Open a call as the options say; all of it or nothing."""
    edition = current_edition(Definition.Kind.PROGRAMME, programme)
    begins = moment(opens, time(0), "--opens")
    call = open_call(
        edition=edition, organisation=organisation_by_code(organisation), title=title,
        year=year or timezone.localtime(begins).year, opens_at=begins,
        closes_at=moment(closes, time(23, 59), "--closes"), about=_text(about) if about else "",
        topics=_topics(topics) if topics else [], key=key, by=by,
    )  # fmt: skip
    places = edition.programme.quota if quota is None else quota
    if kinds and places:
        if wrong := sorted(set(kinds) - set(Organisation.Kind.values)):
            raise BadInput(_("--kind is one of: %(names)s")
                           % {"names": ", ".join(Organisation.Kind.values)} + f" ({wrong[0]})")  # fmt: skip
        low, high = path_range(call.organisation.path)
        below = Organisation.objects.filter(path__gt=low, path__lt=high, kind__in=kinds)
        set_quotas(call=call, places=dict.fromkeys(below.at(timezone.localdate()), places), by=by)
    if announce:
        call = announce_call(call=call, by=by)
    return call


def imported(file: Path, call: Call, *, dry_run: bool, by: Account | None) -> dict[str, Any]:
    """Check the sheet and take it, unless it is a dry run. Raises BadInput with every fault."""
    with _opened(file) as source:
        entries = importing.read_entries(call, source, file.name)
    numbers: list[int | None] = []
    if not dry_run:
        made = import_submissions(call=call, entries=entries, by=by)
        numbers = [submission.number for submission in made]
    return {
        "call": call.key, "rows": len(entries), "imported": len(numbers),
        "first": numbers[0] if numbers else None, "last": numbers[-1] if numbers else None,
        "problems": [],
    }  # fmt: skip


def faults(error: BadInput, call: Call) -> dict[str, Any]:
    """The same answer where nothing could be taken."""
    problems = [vars(problem) for problem in error.problems]
    return {"call": call.key, "imported": 0, "message": str(error), "problems": problems}


def exported(call: Call, output: Path, wanted: Wanted) -> int:
    """Write the submissions as xlsx; how many."""
    write(output, exporting.submissions_table(call, wanted))
    return submissions_of(call, wanted).count()


def write(output: Path, data: bytes) -> None:
    try:
        output.write_bytes(data)
    except OSError as error:
        raise BadInput(f"{output}: {error.strerror}") from None


def moment(text: str, at: time, name: str) -> datetime:
    """A day or a moment as it is written on the command line."""
    try:
        found = parse_datetime(text) or datetime.combine(datetime.fromisoformat(text), at)
        if len(text) <= 10:
            found = datetime.combine(found.date(), at)
    except ValueError:
        raise BadInput(
            _("%(name)s: “%(text)s” is no day like 2026-04-10 or moment like 2026-04-10T17:00")
            % {"name": name, "text": text}
        ) from None
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def account_named(name: str) -> Account | None:
    """The account in whose name it is done; none without a name."""
    if not name:
        return None
    found = Account.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise BadInput(_("There is no account “%(name)s”.") % {"name": name})
    return found


def _topics(file: Path) -> list[TopicLine]:
    if file.suffix.lower() in (".xlsx", ".xls", ".csv", ".ods"):
        with _opened(file) as source:
            return topics_in_table(source, file.name)
    return topics_in_text(_text(file))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            _("“%(name)s” cannot be read: %(why)s") % {"name": file, "why": error}
        ) from None


def _opened(file: Path) -> Any:
    try:
        return file.open("rb")
    except OSError as error:
        raise BadInput(
            _("“%(name)s” cannot be read: %(why)s") % {"name": file, "why": error.strerror}
        ) from None
