"""The value of a draft, beside the editor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sheke.core.errors import BadInput
from sheke.definitions import labels, references
from sheke.definitions.canonical import canonical, digest
from sheke.definitions.drafts import indicator_data
from sheke.definitions.models import Definition, Edition
from sheke.definitions.queries import known
from sheke.definitions.references import Known
from sheke.definitions.schemas import NEEDS, Indicator
from sheke.definitions.validation import Fault, Invalid, validate
from sheke.definitions.views import may_publish

from .catalogue import Catalogue
from .evaluation import evaluate, record_page
from .figures import shown
from .forms import ScopeForm

FIRST_ROWS = 6
UNKNOWN = "…"  # a draft without its words yet is counted all the same


@require_POST
@may_publish
def preview(request: HttpRequest) -> HttpResponse:
    """The draft's value, its records, or what is still missing."""
    context: dict[str, object] = {}
    try:
        indicator = _draft(request)
        context |= _value(request, indicator)
    except Invalid as error:
        context["faults"] = error.faults
    except BadInput as error:
        context["faults"] = [Fault("", str(error))]
    return render(request, "indicators/preview.html", context)


def _draft(request: HttpRequest) -> Indicator:
    """The posted draft as an indicator. Raises Invalid with what stands in the way of counting."""
    world = known()
    data = indicator_data(request.POST, world)
    for name, text in (("name", UNKNOWN), ("definition", UNKNOWN), ("unit", _unit(data, world))):
        data[name] = {"zh": data[name].get("zh") or text}
    data["key"] = data["key"] or "draft"
    data["group"] = data["group"] or next(iter(world.groups), "draft")
    for part in ("where", "of"):  # a condition that is only being written holds nothing up
        if part in data:
            data[part] = [f for f in data[part] if f["field"] and f.get("value") not in (None, [])]
    _check_parts(data)
    validate(Definition.Kind.INDICATOR, data)
    indicator = Indicator.model_validate(data)
    if found := [f for f in references.faults(indicator, world) if f.field != "group"]:
        raise Invalid(found)
    return indicator


def _unit(data: dict[str, Any], world: Known) -> str:
    """The measure word that the draft will most likely have."""
    if data["aggregate"] in ("share", "completion"):
        return "%"
    types = [world.record_types[key] for key in data.get("types", ()) if key in world.record_types]
    if data["aggregate"] == "count" and types:
        return types[0].unit.zh
    measure = types[0].measure(data.get("measure") or "") if types else None
    return measure.unit.zh if measure else UNKNOWN


def _check_parts(data: dict[str, Any]) -> None:
    """Say first which part is still to be chosen."""
    missing = [name for name in sorted(NEEDS.get(str(data["aggregate"]), ())) if not data.get(name)]
    if missing:
        names = "、".join(labels.part(name) for name in missing)
        raise Invalid([Fault("", _("Still to choose: %(names)s") % {"names": names})])


def _value(request: HttpRequest, indicator: Indicator) -> dict[str, object]:
    organisation = request.organisation  # type: ignore[attr-defined]
    if not organisation:
        return {}
    asked = request.POST.copy()
    asked["period"] = "custom"
    form = ScopeForm(asked, account=request.user, organisation=organisation)  # type: ignore[arg-type]
    scope = form.scope()
    data = canonical(indicator)
    definition = Definition(kind=Definition.Kind.INDICATOR, key=indicator.key)
    edition = Edition(definition=definition, number=0, data=data, digest=digest(data))
    catalogue = Catalogue.load()
    question = scope.question(edition)
    figure = evaluate(question, catalogue)
    return {
        "scope": scope, "indicator": indicator, "figure": figure,
        "value": shown(figure, indicator),
        "records": record_page(question, 0, FIRST_ROWS, catalogue),
    }  # fmt: skip
