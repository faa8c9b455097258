"""Verbs of publications: what anyone who has a report's code may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.reports.disclosing import check_confirmed, in_publication
from sheke.reports.models import Publication, Snapshot


@transaction.atomic
def publish_figures(
    *, snapshot: Snapshot, figures: Iterable[str], by: Account | None,
    confirmed: Collection[str] = (),
) -> Publication:  # fmt: skip
    """Show these figures (keys of slots) on the public page of the snapshot's code.

    Raises BadInput when none is chosen, one is not of this report, or what would be shown holds
    personal data that `confirmed` (keys of `disclosing.in_publication`) does not name.
    """
    keys = list(dict.fromkeys(figures))
    known = {figure["key"] for figure in snapshot.body["figures"]}
    if not keys:
        raise BadInput(_("Choose at least one figure to publish."))
    if unknown := [key for key in keys if key not in known]:
        raise BadInput(_("The report has no figure “%(key)s”.") % {"key": unknown[0]})
    personal = check_confirmed(in_publication(snapshot, keys), confirmed)
    publication, _new = Publication.objects.update_or_create(
        snapshot=snapshot,
        defaults={"figures": keys, "withdrawn_at": None, "by": by},
    )
    audit.record("report.publish", snapshot.report, by=by, figures=keys, personal=personal)
    return publication


@transaction.atomic
def withdraw_publication(*, publication: Publication, by: Account | None) -> None:
    """Show nothing any more. Raises BadInput when it is withdrawn already."""
    if publication.withdrawn_at:
        raise BadInput(_("This was withdrawn already."))
    publication.withdrawn_at = timezone.now()
    publication.save(update_fields=["withdrawn_at"])
    audit.record("report.withdraw", publication.snapshot.report, by=by)
