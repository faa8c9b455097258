"""Finding what the arguments of a verb name."""

from __future__ import annotations

import hashlib
from difflib import get_close_matches
from pathlib import Path

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Organisation
from sheke.reports.actions.accepting import accept_sure_proposals
from sheke.reports.actions.templates import carry_over, create_template
from sheke.reports.models import Report, Template
from sheke.reports.sources import read_source_file


def find_template(name: str) -> Template:
    """A template by key or number. Raises BadInput with close keys."""
    found = Template.objects.filter(key=name).first()
    if found is None and name.isdecimal():
        found = Template.objects.filter(pk=int(name)).first()
    if found is None:
        keys = list(Template.objects.values_list("key", flat=True))
        raise BadInput(_("There is no template “%(name)s”.") % {"name": name} + _hint(name, keys))
    return found


def template_for(name: str, organisation: Organisation, *, accept: bool) -> Template:
    """A template by key or number, or the one made of a file, which is kept once.

    A new file takes over the bindings of the organisation's latest template; `accept` also takes
    the proposals that leave little doubt.
    """
    path = Path(name)
    if not path.is_file():
        return find_template(name)
    source = read_source_file(path)
    sha256 = hashlib.sha256(source.data).hexdigest()
    kept = Template.objects.filter(organisation=organisation, source__sha256=sha256)
    if found := kept.order_by("-id").first():
        return found
    previous = organisation.report_templates.order_by("-year", "-id").first()
    template = create_template(organisation=organisation, source=source, by=None)
    if previous:
        carry_over(template=template, previous=previous, by=None)
    if accept:
        accept_sure_proposals(template=template, by=None)
    return template


def find_organisation(code: str) -> Organisation:
    """An organisation by its code. Raises BadInput with close codes."""
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        codes = list(Organisation.objects.values_list("code", flat=True))
        raise BadInput(
            _("There is no organisation “%(code)s”.") % {"code": code} + _hint(code, codes)
        )
    return found


def find_report(number: int) -> Report:
    """A report by number. Raises BadInput."""
    found = (
        Report.objects.select_related("organisation", "template", "snapshot")
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise BadInput(
            _("There is no report %(number)s; “sheke report list” shows them.") % {"number": number}
        )
    return found


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole. Raises BadInput when the place cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadInput(
            _("%(path)s cannot be written: %(why)s")
            % {"path": path, "why": error.strerror or error}
        ) from error


def _hint(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=3)
    return _(" Did you mean %(names)s?") % {"names": ", ".join(close)} if close else ""
