"""The table of organisations: rows in any order, the one above named by its code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.tables import Table

from ..actions import (
    correct_organisation,
    create_organisation,
    end_organisation,
    move_organisation,
    rename_organisation,
)
from ..actions.organisations import DEPTH
from ..models import Account, Organisation
from ..queries import administered_paths
from .columns import ORGANISATIONS
from .importing import Checked, Reader, Row, Step


def export_organisations(organisations: Iterable[Organisation]) -> list[list[Any]]:
    """Rows of the table in the order of ORGANISATIONS; organisations come with `parent`."""
    return [
        [o.code, o.name, o.short_name, o.get_kind_display(),
         o.parent.code if o.parent else None, o.valid_from, o.valid_to]
        for o in organisations
    ]  # fmt: skip


def check_organisations(
    table: Table, *, by: Account | None, since: date | None = None, reason: str = ""
) -> Checked:
    """What importing the table would do. Known codes are renamed, moved, ended or corrected, each
    change from `since` (today) on; unknown codes are new. `by` None is the machine's operator.
    """
    return _Check(table, by, since or timezone.localdate(), reason or table.name).result()


class _Check:
    def __init__(self, table: Table, by: Account | None, since: date, reason: str) -> None:
        self.reader = Reader(table, ORGANISATIONS)
        self.known = {o.code: o for o in Organisation.objects.select_related("parent")}
        self.reach = None if by is None else tuple(administered_paths(by))
        self.since, self.reason = since, reason
        self.rows: dict[str, Row] = {}
        self.checked = Checked()

    def result(self) -> Checked:
        for row in self.reader.rows():
            self._once(row)
        for row in self.rows.values():
            self._check_row(row)
        self._check_tree()
        self.checked.problems = sorted(self.reader.problems, key=lambda p: p.row)
        if self.checked.ok:
            for row in sorted(self.rows.values(), key=lambda r: self._depth(r["code"])):
                self._plan(row)
        return self.checked

    def _once(self, row: Row) -> None:
        code = row["code"]
        if code and code in self.rows:
            message = _("stands already in row %(row)s") % {"row": self.rows[code].number}
            self.reader.wrong(row, "code", message)
        elif code:
            self.rows[code] = row

    def _check_row(self, row: Row) -> None:
        code, wrong = row["code"], self.reader.wrong
        field = Organisation._meta.get_field("code")
        try:
            field.run_validators(code)
        except ValidationError:
            wrong(row, "code", _("only letters, digits, dots, hyphens and underscores"))
        above = self._above(code)
        if above and above not in self.rows and above not in self.known:
            message = _("“%(code)s” is neither in this file nor in the directory") % {"code": above}
            wrong(row, "parent", message)
        elif not self._reachable(code):
            column = "code" if code in self.known else "parent"
            wrong(row, column, _("you do not administer this"))
        elif above in self.known and not self._reachable(above):
            wrong(row, "parent", _("you do not administer this"))
        if row["valid_from"] and row["valid_to"] and row["valid_to"] < row["valid_from"]:
            wrong(row, "valid_to", _("lies before the beginning"))

    def _above(self, code: str) -> str:
        """The code above after the import; without the column a known one stays where it is."""
        row = self.rows.get(code)
        if row is not None and self.reader.has("parent") and "parent" in row.values:
            return row["parent"] or ""
        known = self.known.get(code)
        return known.parent.code if known and known.parent else ""

    def _chain(self, code: str) -> list[str]:
        """The codes above, nearest first; ends where it would go round."""
        chain: list[str] = []
        above = self._above(code)
        while above and above not in chain and len(chain) <= len(self.known) + len(self.rows):
            chain.append(above)
            above = self._above(above)
        return chain

    def _depth(self, code: str) -> int:
        return len(self._chain(code))

    def _check_tree(self) -> None:
        for code, row in self.rows.items():
            chain = self._chain(code)
            if code in chain:
                self.reader.wrong(row, "parent", _("lies below itself: %(chain)s") % {
                    "chain": " → ".join([code, *chain[: chain.index(code) + 1]])
                })  # fmt: skip
            elif len(chain) >= DEPTH:
                message = _("the tree has at most %(depth)s levels") % {"depth": DEPTH}
                self.reader.wrong(row, "parent", message)

    def _reachable(self, code: str) -> bool:
        """Known: administered. New: hangs below something administered; a new root only for the machine."""
        if self.reach is None:
            return True
        places = [code, *self._chain(code)]
        known = next((self.known[c] for c in places if c in self.known), None)
        return known is not None and known.path.startswith(self.reach)

    def _plan(self, row: Row) -> None:
        known = self.known.get(row["code"])
        if known is None:
            self.checked.count("new")
            self.checked.steps.append(Step(row.number, partial(self._create, row)))
            return
        before = len(self.checked.steps)
        self._plan_changes(row, known)
        if len(self.checked.steps) == before:
            self.checked.count("unchanged")

    def _plan_changes(self, row: Row, known: Organisation) -> None:
        given = row.values
        names = {key: given.get(key) or "" for key in ("name", "short_name") if key in given}
        if any(getattr(known, key) != value for key, value in names.items()):
            self._step(row, "renamed", self._rename, known, names)
        if (known.parent.code if known.parent else "") != self._above(known.code):
            self._step(row, "moved", self._move, known)
        facts = {k: given[k] for k in ("kind", "valid_from") if given.get(k)}
        if any(getattr(known, key) != value for key, value in facts.items()):
            self._step(row, "changed", self._correct, known, facts)
        if given.get("valid_to") and given["valid_to"] != known.valid_to:
            self._step(row, "ended", self._end, known, given["valid_to"])

    def _step(self, row: Row, what: str, verb: Any, *given: Any) -> None:
        self.checked.count(what)
        self.checked.steps.append(Step(row.number, partial(verb, *given)))

    def _parent(self, code: str) -> Organisation | None:
        above = self._above(code)
        return Organisation.objects.get(code=above) if above else None

    def _create(self, row: Row, by: Account | None) -> None:
        fields = {key: row[key] for key in ("code", "name", "kind", "valid_from", "valid_to")}
        fields["short_name"] = row["short_name"] or ""
        create_organisation(parent=self._parent(row["code"]), by=by, **fields)

    def _rename(self, known: Organisation, names: dict[str, str], by: Account | None) -> None:
        current = {"name": known.name, "short_name": known.short_name} | names
        rename_organisation(
            organisation=known, since=self.since, reason=self.reason, by=by, **current
        )

    def _move(self, known: Organisation, by: Account | None) -> None:
        move_organisation(
            organisation=known, parent=self._parent(known.code), since=self.since,
            reason=self.reason, by=by,
        )  # fmt: skip

    def _correct(self, known: Organisation, facts: dict[str, Any], by: Account | None) -> None:
        correct_organisation(organisation=known, by=by, **facts)

    def _end(self, known: Organisation, last_day: date, by: Account | None) -> None:
        end_organisation(organisation=known, last_day=last_day, reason=self.reason, by=by)
