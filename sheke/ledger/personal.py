"""What the ledger holds of a person: records they posted, versions they wrote, texts that name them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sheke.directory.holdings import Holding, Mention, Rows, register
from sheke.directory.models import Person

from .models import Closing, Evidence, Record, Version


def _versions(person: Person) -> Rows:
    """Posting, revising and reversing, each of which is a version."""
    made = Version.objects.filter(made_by__person=person).select_related("record")
    return [
        {"record": v.record_id, "title": v.record.title, "act": v.act, "version": v.number,
         "reason": v.reason, "at": v.made_at}
        for v in made.order_by("-id").iterator()
    ]  # fmt: skip


def _evidence(person: Person) -> Rows:
    added = Evidence.objects.filter(added_by__person=person).order_by("-id")
    return [{"record": e.record_id, "name": e.name, "at": e.added_at} for e in added.iterator()]


def _closings(person: Person) -> Rows:
    made = Closing.objects.filter(by__person=person).select_related("organisation")
    return [
        {"organisation": c.organisation.name, "period": str(c), "note": c.note, "at": c.at}
        for c in made
    ]


def _mentions(person: Person) -> Iterator[Mention]:
    """Current records, and evidence by its name. Former versions keep what they said."""
    name = person.name
    # SQLite keeps JSON with \\u escapes, PostgreSQL without: the name is looked for in both forms.
    escaped = json.dumps(name)[1:-1]
    said = Q(title__contains=name) | Q(note__contains=name)
    said |= Q(attributes__icontains=name) | Q(attributes__icontains=escaped)
    for record in Record.objects.filter(said).order_by("-happened_on"):
        in_title = name in record.title
        place = _("title") if in_title else _("note") if name in record.note else _("fields")
        url = reverse("ledger:record", args=[record.pk])
        yield Mention(f"{record.happened_on} {record.title}", place, url)
    named = Evidence.objects.filter(name__contains=name, withdrawn_at=None)
    for evidence in named.select_related("record"):
        url = reverse("ledger:record", args=[evidence.record_id])
        yield Mention(evidence.name, _("evidence"), url)


THEIRS_NO_MORE = gettext_lazy(
    "The organisation's work: records, sums, digests and seals stay; “posted by” shows the number."
)
register(
    Holding(
        "ledger.versions", gettext_lazy("Records posted and revised"), _versions,
        kept=THEIRS_NO_MORE, mention=_mentions,
    ),
    Holding("ledger.evidence", gettext_lazy("Evidence added"), _evidence, kept=THEIRS_NO_MORE),
    Holding("ledger.closings", gettext_lazy("Periods closed"), _closings, kept=THEIRS_NO_MORE),
)  # fmt: skip
