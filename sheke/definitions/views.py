"""Reading definitions: lists, one with its editions, two editions side by side."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput

from . import actions, labels
from .comparing import compare
from .converters import KINDS
from .models import Definition, Edition
from .packs import dump
from .programmes.words import lines
from .queries import (
    by_group,
    by_outcome,
    current_editions,
    dependants,
    groups,
    indicators,
    publishers,
    record_types,
    uses,
)

may_publish = permission_required("definitions.publish", raise_exception=True)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return _list(request, Definition.Kind.INDICATOR)


@require_safe
def types(request: HttpRequest) -> HttpResponse:
    return _list(request, Definition.Kind.RECORD_TYPE)


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    return _list(request, Definition.Kind.PROGRAMME)


def _list(request: HttpRequest, kind: str) -> HttpResponse:
    editions = current_editions(kind)
    text = request.GET.get("q", "").strip()
    if kind == Definition.Kind.PROGRAMME:
        listed = by_outcome(editions, text)
    else:
        listed = by_group(editions, groups(), text)
    context = {
        "kind": kind,
        "q": text,
        "listed": listed,
        "found": sum(len(group.editions) for group in listed),
        "counts": {each: len(current_editions(each)) for each in KINDS.values()},
        "retired": Definition.objects.filter(kind=kind, retired_at__isnull=False),
        "aggregates": labels.AGGREGATES,
        "may_publish": request.user.has_perm("definitions.publish"),
    }
    return render(request, "definitions/index.html", context)


@require_safe
def detail(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    definition, editions = _editions(kind, key)
    number = request.GET.get("edition", "")
    edition = next((e for e in editions if str(e.number) == number), editions[0])
    names = publishers(editions)
    context = {
        "definition": definition,
        "edition": edition,
        "schema": edition.schema,
        "editions": [(e, names.get(e.pk, "")) for e in editions],
        "uses": uses(edition),
        "may_publish": request.user.has_perm("definitions.publish"),
    }
    if kind == Definition.Kind.INDICATOR:
        context |= _counted(edition)
        return render(request, "definitions/indicator.html", context)
    if kind == Definition.Kind.PROGRAMME:
        context |= _programme(edition)
        return render(request, "definitions/programme.html", context)
    context["dependants"] = dependants(edition.record_type)
    context["evidence"] = labels.EVIDENCE[edition.record_type.evidence]
    context["kinds"] = labels.FIELD_KINDS
    return render(request, "definitions/record_type.html", context)


def _counted(edition: Edition) -> dict[str, object]:
    """An indicator's parts in words."""
    indicator, known = edition.indicator, record_types()
    chosen = [known[key].record_type for key in indicator.types if key in known]
    parts = indicators() if indicator.numerator else {}
    return {
        "types": [(key, known.get(key)) for key in indicator.types],
        "aggregate": labels.AGGREGATES[indicator.aggregate],
        "date": labels.DATES[indicator.date],
        "where": [labels.condition(each, chosen) for each in indicator.where],
        "of": [labels.condition(each, chosen) for each in indicator.of],
        "measure": next((t.measure(indicator.measure) for t in chosen if indicator.measure), None),
        "distinct": _distinct_name(indicator.distinct, chosen),
        "numerator": parts.get(indicator.numerator or ""),
        "denominator": parts.get(indicator.denominator or ""),
        "dependants": dependants(indicator),
    }


def _programme(edition: Edition) -> dict[str, object]:
    """A programme's parts in words."""
    programme, known = edition.programme, record_types()
    outcome = programme.outcome
    weights = sum(c.weight for c in programme.rubric.criteria) if programme.rubric else 1
    criteria = programme.rubric.criteria if programme.rubric else ()
    return {
        "eligibility": lines(programme),
        "asks": [labels.ASKS[key] for key in programme.people.asks],
        "criteria": [(each, each.weight / weights * 100) for each in criteria],
        "outcome_kind": labels.OUTCOME_KINDS[outcome.kind],
        "posted": [
            (when, record.type, known.get(record.type))
            for when, records in ((False, outcome.records), (True, outcome.closing_records))
            for record in records
        ],
        "letters": [(labels.LETTERS[key], letter) for key, letter in programme.letters.items()],
    }


def _distinct_name(key: str | None, types: list) -> str:
    special = {"organisation": _("Organisation"), "title": _("Title")}
    if not key or key in special:
        return special.get(key or "", "")
    return next((str(field.name) for t in types if (field := t.field(key))), key)


@require_safe
def comparison(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Two editions side by side; the last two unless `a` and `b` name others."""
    definition, editions = _editions(kind, key)
    by_number = {str(edition.number): edition for edition in editions}
    newer = by_number.get(request.GET.get("b", ""), editions[0])
    older = by_number.get(request.GET.get("a", ""), editions[min(1, len(editions) - 1)])
    names = publishers([older, newer])
    context = {
        "definition": definition,
        "editions": editions,
        "sides": [(edition, names.get(edition.pk, "")) for edition in (older, newer)],
        "changes": compare(older, newer),
        "older": older,
        "newer": newer,
    }
    return render(request, "definitions/compare.html", context)


@require_safe
def export(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The current edition as YAML that a pack can hold."""
    _definition, editions = _editions(kind, key)
    response = HttpResponse(
        dump([editions[0].schema]), content_type="application/yaml; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{key}.yaml"'
    return response


@require_POST
@may_publish
def retirement(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    definition, _found = _editions(kind, key)
    return _change(request, definition, actions.retire, _("Retired. What used it keeps it."))


@require_POST
@may_publish
def restoration(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    definition, _found = _editions(kind, key)
    return _change(request, definition, actions.restore, _("Back in use."))


def _change(request: HttpRequest, definition: Definition, act, done: str) -> HttpResponse:
    try:
        act(definition=definition, by=request.user)
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("definitions:detail", definition.kind, definition.key)


def _editions(kind: str, key: str) -> tuple[Definition, list[Edition]]:
    """A definition, retired or not, with its editions, newest first. Raises Http404."""
    found = Edition.objects.filter(definition__kind=kind, definition__key=key)
    editions = list(found.select_related("definition").order_by("-number"))
    if not editions:
        raise Http404
    return editions[0].definition, editions
