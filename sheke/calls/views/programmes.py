"""Programmes: the list, the editor that publishes editions, the form as applicants will see it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.definitions import labels
from sheke.definitions.actions import publish_edition
from sheke.definitions.comparing import compare_schemas
from sheke.definitions.drafts import make_key
from sheke.definitions.models import Definition, Edition
from sheke.definitions.programmes import Programme
from sheke.definitions.programmes.words import lines
from sheke.definitions.queries import current_editions, record_types
from sheke.definitions.validation import Fault, Invalid, validate
from sheke.directory.models import Organisation

from .. import drafting
from ..applying.sheet import Line, Part
from ..certificates import TEMPLATES
from ..drafting.options import page_options
from ..models import Call
from .access import account, office_only

PROGRAMME = Definition.Kind.PROGRAMME.value


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All programmes in use, with the calls that were opened of each."""
    office_only(request)
    opened = dict(
        Call.objects.order_by().values_list("edition__definition__key").annotate(Count("pk"))
    )
    editions = [(e, opened.get(key, 0)) for key, e in current_editions(PROGRAMME).items()]
    context = {
        "editions": editions,
        "outcomes": labels.OUTCOME_KINDS,
        "may_publish": request.user.has_perm("definitions.publish"),
    }
    return render(request, "calls/programmes.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str = "") -> HttpResponse:
    """The editor. A post publishes, unless it only asks for other rows of the page."""
    _publishers_only(request)
    current = _current(key) if key else None
    data = _start(request, current)
    faults: list[Fault] = []
    if request.method == "POST":
        data = _draft(request)
        if not _redraw(request):
            faults = _publish(request, key, data)
            if not faults:
                return redirect("definitions:detail", PROGRAMME, key or data["key"])
    shown = drafting.placed(faults, data)
    context = {
        "key": key, "data": data, "faults": shown, "current": current,
        "note": request.POST.get("note", ""),
    }  # fmt: skip
    context |= page_options(data, record_types(), TEMPLATES, Organisation.Kind.choices)
    return render(request, "calls/programme.html", context, status=422 if faults else 200)


@require_POST
def draft_preview(request: HttpRequest) -> HttpResponse:
    """The editor's draft as applicants will see it, and what differs from the edition in use."""
    _publishers_only(request)
    data = _draft(request)
    key = request.POST.get("of", "")
    current = current_editions(PROGRAMME).get(key)
    try:
        programme = validate(
            PROGRAMME, drafting.clean(data) | {"key": key or data["key"] or "draft"}
        )
    except Invalid as error:
        shown = drafting.placed(error.faults, data)
        return render(request, "calls/programme_preview.html", {"faults": shown}, status=422)
    if not isinstance(programme, Programme):
        raise Http404
    changes = compare_schemas(current.programme, programme) if current else []
    context = _previewed(programme) | {"current": current, "changes": changes, "draft": True}
    return render(request, "calls/programme_preview.html", context)


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The edition in use as applicants see it."""
    office_only(request)
    edition = _current(key)
    context = _previewed(edition.programme) | {"current": edition}
    return render(request, "calls/programme_preview.html", context)


def _previewed(programme: Programme) -> dict[str, Any]:
    topics = {0: _("A topic of the call's guide")}
    parts = [
        Part(
            n,
            section,
            [Line(field=f, value=None, open=True, topics=topics) for f in section.fields],
        )
        for n, section in enumerate(programme.sections, start=1)
    ]
    return {
        "programme": programme,
        "parts": parts,
        "seen": [field for field in programme.fields if field.reviewers],
        "eligibility": lines(programme),
        "asks": [labels.ASKS[key] for key in programme.people.asks],
    }


def _publishers_only(request: HttpRequest) -> None:
    if not request.user.has_perm("definitions.publish"):
        raise PermissionDenied(_("Only administrators change programmes."))


def _current(key: str) -> Edition:
    edition = current_editions(PROGRAMME).get(key)
    if edition is None:
        raise Http404
    return edition


def _start(request: HttpRequest, current: Edition | None) -> dict[str, Any]:
    """What the editor begins with: the edition in use, a copy of another one, or the least."""
    if current is not None:
        return drafting.as_posted(current.programme)
    if source := request.GET.get("copy", ""):
        return drafting.as_posted(_current(source).programme) | {"key": ""}
    return drafting.empty_draft()


def _draft(request: HttpRequest) -> dict[str, Any]:
    types = {key: edition.record_type for key, edition in record_types().items()}
    return drafting.programme_data(request.POST, types)


def _redraw(request: HttpRequest) -> bool:
    """Whether the post only changes what the page shows."""
    asked = any(name in request.POST for name in ("add", "remove", "move", "show"))
    return asked or bool(getattr(request, "htmx", False))


def _publish(request: HttpRequest, key: str, data: dict[str, Any]) -> list[Fault]:
    """Publishes the draft; its faults, or none."""
    taken = Definition.objects.filter(kind=PROGRAMME).values_list("key", flat=True)
    data["key"] = key or data["key"] or make_key(data["name"], taken, "programme")
    if not key and data["key"] in taken:
        return [Fault("key", _("there is a programme of this key already"))]
    try:
        edition = publish_edition(
            kind=PROGRAMME, key=data["key"], data=drafting.clean(data),
            note=request.POST.get("note", ""), by=account(request),
        )  # fmt: skip
    except Invalid as error:
        return error.faults
    except BadInput as error:
        return [Fault("", str(error))]
    words = {"name": edition.programme.name, "number": edition.number}
    messages.success(
        request,
        _("“%(name)s”, edition %(number)s, is in use. Calls that are open keep theirs.") % words,
    )
    return []
