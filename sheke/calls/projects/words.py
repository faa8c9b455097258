"""What the log says of projects, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..models import Change, Closing, Output, Step
from .money import SIGNING, signing_name

ACTS = {
    "started": pgettext_lazy("project", "Project begun"),
    "contract": gettext_lazy("Contract signed"),
    "paid": gettext_lazy("Instalment paid"),
    "taken_back": gettext_lazy("Payment taken back"),
    "delivered": gettext_lazy("Report handed in"),
    "withdrawn": gettext_lazy("Report withdrawn"),
    "accepted": gettext_lazy("Report accepted"),
    "returned": gettext_lazy("Report sent back"),
    "asked": gettext_lazy("Change asked for"),
    "unasked": gettext_lazy("Change no longer asked for"),
    "granted": gettext_lazy("Change granted"),
    "not_granted": gettext_lazy("Change not granted"),
    "output": gettext_lazy("Work added"),
    "output_gone": gettext_lazy("Work taken off"),
    "closed": gettext_lazy("Project closed"),
}


def act_name(step: Step) -> str:
    """What a step of a project is called."""
    return str(ACTS.get(step.data.get("what", ""), step.get_act_display()))


def act_detail(step: Step) -> str:
    """What it was about: the milestone, the amount, the kind of change, the result."""
    data, parts = step.data, []
    if key := data.get("key"):
        parts.append(signing_name() if key == SIGNING else data.get("called") or key)
    if kind := data.get("kind"):
        parts.append(dict(Change.Kind.choices).get(kind, dict(Output.Kind.choices).get(kind, kind)))
    parts += [data[name] for name in ("amount", "work", "until") if data.get(name)]
    if result := data.get("result"):
        parts.append(dict(Closing.Result.choices).get(result, result))
    return " · ".join(str(part) for part in parts)


def asked_in_words(change: Change) -> str:
    """What a change asks for, beside its text."""
    return _values(change.wanted | ({"until": change.until.isoformat()} if change.until else {}))


def before_in_words(change: Change) -> str:
    """How it was before the change was granted."""
    return _values(change.before)


def _values(said: Mapping[str, Any]) -> str:
    members = said.get("members")
    parts = [said.get(name) for name in ("until", "title", "name", "employer", "amount")]
    if members is not None:
        parts.append("、".join(members) or _("nobody"))
    return " · ".join(str(part) for part in parts if part)
