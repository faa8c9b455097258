"""Writing definitions: the friendly editors and the YAML for experts."""

from __future__ import annotations

from typing import Any

import yaml as pyyaml
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from . import drafts, labels
from .actions import publish_edition
from .canonical import canonical
from .forms import IndicatorForm, RecordTypeForm, YamlForm
from .models import Definition, Edition
from .options import options_for
from .packs import yaml_message
from .queries import current_editions, known
from .schemas import SCHEMAS
from .validation import Fault, Invalid
from .views import may_publish

INDICATOR, RECORD_TYPE = Definition.Kind.INDICATOR.value, Definition.Kind.RECORD_TYPE.value
DEEPEST = 40
OPENING = (
    pyyaml.FlowSequenceStartToken, pyyaml.FlowMappingStartToken,
    pyyaml.BlockSequenceStartToken, pyyaml.BlockMappingStartToken,
)  # fmt: skip
CLOSING = (pyyaml.FlowSequenceEndToken, pyyaml.FlowMappingEndToken, pyyaml.BlockEndToken)
NEW_INDICATOR = {"aggregate": "count", "date": "happened", "types": [], "where": [], "of": []}
NEW_RECORD_TYPE = {"evidence": "recommended", "measures": [], "fields": []}


@may_publish
def indicator(request: HttpRequest, key: str = "") -> HttpResponse:
    """The indicator's editor. A post publishes, unless it only asks for other parts of the form."""
    world = known()
    data = _start(INDICATOR, key, request, NEW_INDICATOR)
    faults: list[Fault] = []
    if request.method == "POST":
        data = drafts.indicator_data(request.POST, world)
        if not _redraw(request):
            done, faults = _publish(request, INDICATOR, key, data)
            if done:
                return done
    options = options_for(data, world)
    form = IndicatorForm(data, known=world, options=options, fixed=bool(key))
    rest = form.blame(faults)
    context = {
        "kind": INDICATOR, "key": key, "form": form, "data": data, "options": options,
        "rest": rest, "aggregates": _aggregates(data),
    }  # fmt: skip
    return render(
        request, "definitions/edit_indicator.html", context, status=422 if faults else 200
    )


@may_publish
def record_type(request: HttpRequest, key: str = "") -> HttpResponse:
    """The record type's editor."""
    data = _start(RECORD_TYPE, key, request, NEW_RECORD_TYPE)
    faults: list[Fault] = []
    if request.method == "POST":
        data = drafts.record_type_data(request.POST)
        if not _redraw(request):
            done, faults = _publish(request, RECORD_TYPE, key, data)
            if done:
                return done
    form = RecordTypeForm(data, known=known(), fixed=bool(key))
    rest = form.blame(faults)
    for part in data["fields"]:
        part["choice_lines"] = drafts.choice_lines(part.get("choices") or [])
    context = {
        "kind": RECORD_TYPE, "key": key, "form": form, "data": data, "rest": rest,
        "field_kinds": labels.FIELD_KINDS.items(),
    }  # fmt: skip
    return render(
        request, "definitions/edit_record_type.html", context, status=422 if faults else 200
    )


@may_publish
def yaml(request: HttpRequest, kind: str, key: str = "") -> HttpResponse:
    """The expert's editor: the definition as YAML, with every fault named by its field."""
    source = _start(kind, key, request, {})
    text = _yaml(kind, source) if source.get("name") else ""
    form = YamlForm(request.POST or None, initial={"text": text})
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        try:
            data = _parse(form.cleaned_data["text"])
        except Invalid as error:
            faults = error.faults
        else:
            done, faults = _publish(request, kind, key, data)
            if done:
                return done
    context = {"kind": kind, "key": key, "form": form, "rest": faults}
    return render(request, "definitions/edit_yaml.html", context, status=422 if faults else 200)


def _start(kind: str, key: str, request: HttpRequest, empty: dict[str, Any]) -> dict[str, Any]:
    """What the editor begins with: the edition in use, a copy of another one, or nothing."""
    source = key or request.GET.get("copy", "")
    if not source:
        return dict(empty)
    edition = current_editions(kind).get(source)
    if edition is None:
        raise Http404
    data = drafts.as_posted(edition.schema)
    return data if key else data | {"key": ""}


def _redraw(request: HttpRequest) -> bool:
    """Whether the post only changes what the form shows."""
    htmx = getattr(request, "htmx", False)
    return bool(htmx) or "add" in request.POST or "remove" in request.POST


def _publish(
    request: HttpRequest, kind: str, key: str, data: dict[str, Any]
) -> tuple[HttpResponse | None, list[Fault]]:
    """Publish the draft: a redirect to it, or its faults."""
    taken = Definition.objects.filter(kind=kind).values_list("key", flat=True)
    wanted = key or data.get("key") or drafts.make_key(data.get("name") or {}, taken, "own")
    if not key and wanted in set(taken):
        return None, [Fault("key", _("is taken by another definition; choose another key"))]
    try:
        edition = publish_edition(
            kind=kind, key=wanted, data=data, note=request.POST.get("note", ""), by=request.user
        )
    except Invalid as error:
        return None, error.faults
    except BadInput as error:
        return None, [Fault("", str(error))]
    messages.success(request, _done(edition))
    return redirect("definitions:detail", kind, wanted), []


def _done(edition: Edition) -> str:
    return _("“%(name)s”, edition %(number)s, is in use.") % {
        "name": edition.schema.name, "number": edition.number,
    }  # fmt: skip


def _aggregates(data: dict[str, Any]) -> list[tuple[str, Any, Any, bool]]:
    return [
        (key, label, labels.AGGREGATE_HELP[key], key == data.get("aggregate"))
        for key, label in labels.AGGREGATES.items()
    ]


def _yaml(kind: str, data: dict[str, Any]) -> str:
    """What a pack's file would hold; a copy has no key yet."""
    plain = canonical(SCHEMAS[kind].model_validate(data | {"key": data["key"] or "key"}))
    if not data["key"]:
        plain["key"] = ""
    return pyyaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)


def _check_tokens(text: str) -> None:
    """Raises Invalid for what would unfold to more than any memory or time holds."""
    depth = 0
    for token in pyyaml.scan(text):
        if isinstance(token, pyyaml.AliasToken):
            raise Invalid([Fault("", _("references (*name) are not read; write the value out"))])
        depth += isinstance(token, OPENING) - isinstance(token, CLOSING)
        if depth > DEEPEST:
            raise Invalid([Fault("", _("is nested too deeply; no definition needs that"))])


def _parse(text: str) -> dict[str, Any]:
    try:
        _check_tokens(text)
        data = pyyaml.safe_load(text)
    except pyyaml.YAMLError as error:
        raise Invalid([Fault("", yaml_message(error))]) from None
    except (ValueError, RecursionError) as error:  # 2025-13-01, ten thousand brackets
        raise Invalid([Fault("", _("a value cannot be read: %(why)s") % {"why": error})]) from None
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if not isinstance(data, dict):
        raise Invalid([Fault("", _("one definition is needed: name: value, line by line"))])
    return data
