"""`sheke library works|publish|withdraw`: keeping works from the command line."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sheke.core.errors import BadInput
from sheke.directory.commands import print_json
from sheke.directory.models import path_range
from sheke.directory.queries import organisation_by_code

from . import actions
from .models import Contribution, Work
from .naming import work_named
from .shelf import STATES, state_name, state_of


def list_works(text: str, *, state: str, organisation: str, limit: int, as_json: bool) -> None:
    """Print works, the latest first."""
    found = Work.objects.select_related("organisation").prefetch_related("contributions")
    if state:
        if state not in STATES:
            raise BadInput(
                _("There is no state “%(state)s”; there are %(known)s.")
                % {"state": state, "known": "、".join(STATES)}
            )
        found = found.filter(STATES[state])
    if organisation:
        low, high = path_range(organisation_by_code(organisation).path)
        found = found.filter(organisation__path__gte=low, organisation__path__lt=high)
    if text:
        named = Contribution.objects.filter(work=OuterRef("pk"), name__icontains=text)
        found = found.filter(Q(title__icontains=text) | Exists(named))
    works = list(found.order_by("-pk")[: max(limit, 0)])
    if as_json:
        print_json([_said(work) for work in works])
        return
    for work in works:
        names = "、".join(one.name for one in work.contributions.all())
        print(f"{work.pk}\t{state_name(work)}\t{work.issued}\t{work.title}\t{names}")


def _said(work: Work) -> dict[str, object]:
    return {
        "id": work.pk, "title": work.title, "kind": work.kind, "issued": work.issued,
        "authors": [one.name for one in work.contributions.all()], "state": state_of(work),
        "level": work.level, "organisation": work.organisation.code,
    }  # fmt: skip


def publish(names: Sequence[str], *, counted: bool, as_json: bool) -> None:
    """Publish all that are named, or none."""
    works = [work_named(name) for name in names]
    count = actions.publish_works(works=works, by=None, counted=counted)
    if as_json:
        print_json({"published": count})
    else:
        print(
            ngettext("%(n)s work is public now.", "%(n)s works are public now.", count)
            % {"n": count}
        )


def withdraw(name: str, *, reason: str, as_json: bool) -> None:
    """Take one back."""
    work = actions.withdraw_work(work=work_named(name), reason=reason, by=None)
    if as_json:
        link = getattr(work, "link", None)
        print_json(
            {"id": work.pk, "address": reverse("open:link", args=[link.name]) if link else ""}
        )
    else:
        print(_("“%(title)s” is no longer public.") % {"title": work.title})
