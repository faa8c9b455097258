"""The table of tenures: the organisation by its code, the person by number or unique name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.tables import Table

from ..actions import change_tenure, give_tenure
from ..models import Account, Organisation, Person, Tenure
from ..queries import administered_paths
from .columns import TENURES
from .importing import Checked, Reader, Row, Step
from .people import Known


def export_tenures(tenures: Iterable[Tenure]) -> list[list[Any]]:
    """Rows of the table in the order of TENURES; tenures come with person and organisation."""
    return [
        [t.organisation.code, t.person.code, t.person.name, t.get_role_display(), t.post, t.since,
         t.until]
        for t in tenures
    ]  # fmt: skip


def check_tenures(table: Table, *, by: Account | None, **_options: Any) -> Checked:
    """What importing the table would do: new tenures; the same with another end or post is changed."""
    reader, checked = Reader(table, TENURES), Checked()
    organisations = {o.code: o for o in Organisation.objects.all()}
    known = Known()
    reach = None if by is None else tuple(administered_paths(by))
    held = _held()
    seen: dict[Any, int] = {}
    for row in reader.rows():
        organisation = _organisation(reader, row, organisations, reach)
        person = _person(reader, row, known)
        if row["since"] and row["until"] and row["until"] < row["since"]:
            reader.wrong(row, "until", _("lies before the beginning"))
        if organisation is None or person is None or not row["role"]:
            continue
        key = (person.pk, organisation.pk, row["role"], row["since"])
        if key in seen:
            reader.wrong(row, "person", _("stands already in row %(row)s") % {"row": seen[key]})
            continue
        seen[key] = row.number
        _plan(checked, row, person, organisation, held.get(key))
    checked.problems = sorted(reader.problems, key=lambda p: p.row)
    return checked


def _held() -> dict[Any, Tenure]:
    return {
        (t.person_id, t.organisation_id, t.role, t.since): t
        for t in Tenure.objects.select_related("person", "organisation")
    }


def _organisation(
    reader: Reader, row: Row, known: dict[str, Organisation], reach: tuple[str, ...] | None
) -> Organisation | None:
    if not row["organisation"]:
        return None
    organisation = known.get(row["organisation"])
    if organisation is None:
        message = _("there is no organisation “%(code)s”") % {"code": row["organisation"]}
        reader.wrong(row, "organisation", message)
    elif reach is not None and not organisation.path.startswith(reach):
        reader.wrong(row, "organisation", _("you do not administer this"))
    return organisation


def _person(reader: Reader, row: Row, known: Known) -> Person | None:
    if row["person_code"]:
        person = known.by_code.get(row["person_code"])
        if person is None:
            message = _("there is no person “%(code)s”") % {"code": row["person_code"]}
            reader.wrong(row, "person_code", message)
        return person
    if not row["person"]:
        reader.wrong(row, "person", _("give the number or the name"))
        return None
    named = known.by_name.get(row["person"], [])
    if not named:
        message = _("there is nobody called %(name)s; import people first") % {
            "name": row["person"]
        }
        reader.wrong(row, "person", message)
    elif len(named) > 1:
        message = _("%(count)s people have this name; give the number") % {"count": len(named)}
        reader.wrong(row, "person", message)
    return named[0] if len(named) == 1 else None


def _plan(
    checked: Checked, row: Row, person: Person, organisation: Organisation, held: Tenure | None
) -> None:
    post, until = row["post"] or "", row["until"]
    if held is None:
        checked.count("new")
        give = partial(_give, person, organisation, row)
        checked.steps.append(Step(row.number, give))
    elif (held.post, held.until) == (post, until):
        checked.count("unchanged")
    else:
        checked.count("changed")
        checked.steps.append(Step(row.number, partial(_change, held, post, until)))


def _give(person: Person, organisation: Organisation, row: Row, by: Account | None) -> None:
    give_tenure(
        person=person, organisation=organisation, role=row["role"], post=row["post"] or "",
        since=row["since"], until=row["until"], by=by,
    )  # fmt: skip


def _change(tenure: Tenure, post: str, until: Any, by: Account | None) -> None:
    change_tenure(tenure=tenure, post=post, until=until, by=by)
