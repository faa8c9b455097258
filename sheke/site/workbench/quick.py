"""Quick entry: a record in two or three fields, by the ledger's own form and action."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sheke.definitions.models import Edition
from sheke.definitions.queries import record_types
from sheke.directory.models import Account
from sheke.ledger.content import Draft
from sheke.ledger.evidence.actions import post_with_evidence
from sheke.ledger.forms import RecordForm
from sheke.ledger.forms.records import PART, new_initial
from sheke.ledger.models import Record
from sheke.ledger.queries import likely_duplicates, recent_types
from sheke.ledger.views.held import Held, held_files

AMOUNTS = 2  # asked for at most, those that the type needs apart


@dataclass
class QuickEntry:
    """The form of the chosen type, cut to what is needed."""

    form: RecordForm
    types: list[tuple[str, list[Edition]]]  # heading, editions
    held: Held = field(default_factory=Held)
    alike: list[Record] = field(default_factory=list)
    posted: Record | None = None

    @property
    def edition(self) -> Edition:
        return self.form.edition

    def amounts(self) -> Iterator[tuple[BoundField, object]]:
        """The amounts that the type needs, filled up with the first others, and wrong ones."""
        pairs = list(self.form.measure_fields())
        needed = [bound.name for bound, _measure in pairs if bound.field.required]
        others = [bound.name for bound, _measure in pairs if not bound.field.required]
        shown = {*needed, *others[: max(AMOUNTS - len(needed), 0)]}
        return ((b, m) for b, m in pairs if b.name in shown or b.errors)

    def particulars(self) -> Iterator[BoundField]:
        """Fields without which the type cannot be posted."""
        return (b for b in self.form.attribute_fields() if b.field.required or b.errors)


def quick_entry(request: HttpRequest) -> QuickEntry | None:
    """The form for the type in the address, else for the one used last; None without any type."""
    editions = record_types()
    recent = [key for key in recent_types(_account(request)) if key in editions]
    given = request.POST if request.method == "POST" else request.GET
    key = given.get("type", "")
    key = key if key in editions else next(iter([*recent, *editions]), "")
    if not key:
        return None
    form = _form(request, editions[key])
    rest = [edition for each, edition in editions.items() if each not in recent]
    lists = [(_("Used lately"), [editions[each] for each in recent]), (_("All types"), rest)]
    return QuickEntry(form, [(name, members) for name, members in lists if members])


def post(request: HttpRequest, entry: QuickEntry) -> bool:
    """Post the record; False with the reasons in the form, or with what looks like it."""
    entry.held = held_files(request)
    for error in entry.held.errors:
        entry.form.add_error("evidence", error)
    if not entry.form.is_valid() or entry.form.draft is None:
        return False
    entry.alike = _alike(entry.form.draft)
    if entry.alike and "confirmed" not in request.POST:
        return False
    posted = post_with_evidence(
        draft=entry.form.draft, reason=entry.form.cleaned_data["reason"],
        files=entry.held.files, link="", by=_account(request),
    )  # fmt: skip
    organisation = request.organisation  # type: ignore[attr-defined]
    form = RecordForm(
        initial=new_initial(organisation), edition=entry.edition, account=_account(request)
    )
    entry.form, entry.posted, entry.alike, entry.held = form, posted, [], Held()
    return True


def _form(request: HttpRequest, edition: Edition) -> RecordForm:
    account = _account(request)
    if request.method == "POST":
        return RecordForm(request.POST, request.FILES, edition=edition, account=account)
    names = (*RecordForm.base_fields, *(name for name in request.GET if name.startswith(PART)))
    given = {name: request.GET[name] for name in names if request.GET.get(name)}
    initial = new_initial(request.organisation)  # type: ignore[attr-defined]
    return RecordForm(initial=initial | given, edition=edition, account=account)


def _alike(draft: Draft) -> list[Record]:
    return likely_duplicates(
        type_id=draft.edition.definition_id, organisation=draft.organisation,
        happened_on=draft.happened_on, title=draft.title,
    )[:5]  # fmt: skip


def _account(request: HttpRequest) -> Account:
    return cast(Account, request.user)
