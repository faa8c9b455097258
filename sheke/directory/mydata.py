"""Everything that Sheke holds of a person, as a file that they can take away."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .holdings import Held, held_of
from .models import Consent, Person, Tenure

# The keys of rows as people read them; a key that stands not here is printed as it is.
WORDS: dict[str, Any] = {
    "name": pgettext_lazy("directory", "Name"), "code": _("Person number"),
    "title": _("Title"), "academic_title": _("Academic title"), "phone": _("Phone"), "email": _("Mail"),
    "organisation": _("Organisation"), "role": pgettext_lazy("directory", "Role"),
    "post": pgettext_lazy("directory", "Post"), "since": _("From"), "until": _("To"),
    "field": _("Field"), "audience": _("Shown to"), "at": _("When"), "by": pgettext_lazy("actor", "By"),
    "username": _("User name"), "active": _("Active"), "created_at": _("Made"),
    "last_sign_in": _("Last sign-in"), "verb": _("Act"), "kind": _("Kind"), "number": _("Number"),
    "subject": _("Subject"), "record": _("Record"), "act": _("Act"), "version": _("Version"),
    "reason": _("Reason"), "period": _("Period"), "note": _("Note"), "plan": _("Plan"),
    "item": _("Plan item"), "due": _("Due"), "state": _("State"), "method": _("How"),
    "succeeded": _("Succeeded"), "address": pgettext_lazy("network", "Address"),
    "browser": _("Browser"),
}  # fmt: skip


# Values that are keys, as people read them.
VALUES: dict[str, dict[str, Any]] = {
    "role": dict(Tenure.Role.choices), "field": dict(Consent.Field.choices),
    "audience": dict(Consent.Audience.choices),
}  # fmt: skip


def as_table(held: Held, most: int | None = None) -> dict[str, Any]:
    """Headings and rows for reading; `rows` are at most `most`, `count` says how many there are.

    A cell goes with its heading, which it shows beside it on a phone.
    """
    keys = list(held.rows[0]) if held.rows else []
    return {
        "label": held.holding.label, "kept": held.holding.kept, "count": len(held.rows),
        "headings": [WORDS.get(key, key) for key in keys],
        "rows": [
            [(WORDS.get(key, key), _said(key, row.get(key))) for key in keys]
            for row in held.rows[:most]
        ],
    }  # fmt: skip


def _said(key: str, value: Any) -> Any:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "✓" if value else "—"
    if hasattr(value, "tzinfo"):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str) if value else "—"
    return VALUES.get(key, {}).get(value, value)


def as_zip(person: Person) -> bytes:
    """data.json for machines and data.html for people."""
    held = held_of(person)
    told = {
        "made_at": timezone.now(),
        "person": person.pk,
        "held": {one.holding.key: one.rows for one in held},
    }
    page = render_to_string("directory/my_data_file.html", {
        "person": person, "made_at": timezone.now(), "tables": [as_table(one) for one in held],
    })  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        data = json.dumps(told, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
        file.writestr("data.json", data)
        file.writestr("data.html", page)
    return packed.getvalue()
