"""Verbs of the intake: bring files, do one again, decide about what is there already, drop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.core.jobs import start
from sheke.directory.models import Account, Organisation

from ..intake.holding import check_uncorrected
from ..intake.steps import following
from ..intake.storing import FILES, Brought, KeptFile, kept_all, too_many
from ..models import Batch, File, Item


def start_intake(
    *, organisation: Organisation, title: str, files: Iterable[Brought], by: Account | None,
    way: str = Batch.Way.UPLOAD, queue: bool = True,
) -> Batch:  # fmt: skip
    """Begin a batch with its first files. A file that cannot even be kept is listed with its reason.

    queue: let a worker take them in; else the caller does (`intake.working.work_on`). Contents are kept
    before anything is locked, since gigabytes take minutes.
    """
    whole = kept_all(files)
    with transaction.atomic():
        batch = Batch.objects.create(
            organisation=organisation, title=title.strip()[:200] or timezone.localtime().strftime("%F %H:%M"),
            way=way, language=get_language() or "zh-hans", created_by=by,
        )  # fmt: skip
        _bring(batch, whole)
        audit.record("intake.start", batch, by=by, files=len(whole))
        if queue and whole:
            _queue(batch, by)
    return batch


def add_files(
    *, batch: Batch, files: Iterable[Brought], by: Account | None, queue: bool = True
) -> list[Item]:
    """Bring more files to a batch. Gives their items."""
    whole = kept_all(files)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        before = _last_number(batch)
        _bring(batch, whole)
        audit.record("intake.add", batch, by=by, files=len(whole))
        if queue and whole:
            _queue(batch, by)
        return list(batch.items.filter(parent=None, number__gt=before).order_by("number"))


@transaction.atomic
def refuse_intake(
    *, organisation: Organisation, title: str, name: str, reason: str, way: str, by: Account | None
) -> Batch:
    """A batch with nothing but what was wrong with the files, so that it is seen where batches are."""
    batch = start_intake(organisation=organisation, title=title, files=(), by=by, way=way)
    Item.objects.create(
        batch=batch, number=1, name=name[-500:], state=Item.State.FAILED, reason=reason[:500]
    )
    audit.record("intake.refuse", batch, by=by, name=name)
    return batch


@transaction.atomic
def repeat_item(*, item: Item, by: Account | None) -> Item:
    """Do a file again from the start. Raises BadInput where that would lose a person's work."""
    item = _locked(item)
    if item.state == Item.State.WAITING:
        raise BadInput(_("“%(name)s” is under way.") % {"name": item.name})
    if item.stored_id is None:
        raise BadInput(_("“%(name)s” could not be kept; bring it in again.") % {"name": item.name})
    if item.state == Item.State.DONE and item.kind == "zip":
        raise BadInput(_("“%(name)s” is unpacked; do its files again.") % {"name": item.name})
    check_uncorrected(item.file)
    if item.file and item.file.work_id:
        item.decision = Item.Decision.APART  # it was decided when its work was made
    item.state, item.step, item.attempts, item.reason = Item.State.WAITING, "sniff", 0, ""
    item.twin, item.likeness, item.share = None, "", None
    item.save()
    audit.record("intake.repeat", item.batch, by=by, item=item.pk, name=item.name)
    _queue(item.batch, by)
    return item


@transaction.atomic
def decide_item(*, item: Item, decision: str, by: Account | None) -> Item:
    """Say what becomes of a file whose like is there: attach, apart, or drop."""
    item = _locked(item)
    if item.state != Item.State.QUESTION:
        raise BadInput(_("Nothing is to be decided about “%(name)s”.") % {"name": item.name})
    if decision == Item.Decision.DROP:
        return drop_item(item=item, by=by)
    if decision not in Item.Decision.values:
        raise BadInput(_("Choose one of the list."))
    if decision == Item.Decision.ATTACH:
        _check_attachable(item)
    item.decision, item.decided_at, item.decided_by = decision, timezone.now(), by
    item.state, item.step = Item.State.WAITING, following(item.step)
    item.save()
    audit.record("intake.decide", item.batch, by=by, item=item.pk, decision=decision)
    _queue(item.batch, by)
    return item


@transaction.atomic
def drop_item(*, item: Item, by: Account | None) -> Item:
    """Leave a file out that has no work yet; its text goes with it."""
    item = _locked(item)
    if item.file and item.file.work_id:
        raise BadInput(_("“%(name)s” has a work already; discard that.") % {"name": item.name})
    if item.state == Item.State.DONE:
        raise BadInput(_("“%(name)s” is settled.") % {"name": item.name})
    file, item.file = item.file, None
    item.decision, item.decided_at, item.decided_by = Item.Decision.DROP, timezone.now(), by
    item.state = Item.State.DROPPED
    item.save()
    if file is not None:
        File.objects.filter(pk=file.pk).delete()
    audit.record("intake.drop", item.batch, by=by, item=item.pk, name=item.name)
    return item


@transaction.atomic
def drop_same_files(*, batch: Batch, by: Account | None) -> int:
    """Drop all that are byte for byte in the library already. Gives how many."""
    found = batch.items.filter(state=Item.State.QUESTION, likeness=Item.Likeness.FILE)
    for item in found:
        drop_item(item=item, by=by)
    return len(found)


def _bring(batch: Batch, files: Sequence[KeptFile]) -> None:
    first = _last_number(batch) + 1
    if first + len(files) > FILES + 1:
        raise too_many()
    for number, (name, content, given) in enumerate(files, first):
        Item.objects.create(
            batch=batch, number=number, name=name[-500:], stored=content.stored, given=given,
            state=Item.State.FAILED if content.reason else Item.State.WAITING,
            reason=content.reason[:500],
        )  # fmt: skip


def _last_number(batch: Batch) -> int:
    last = batch.items.filter(parent=None).aggregate(last=Max("number"))["last"]
    return int(last or 0)


def _queue(batch: Batch, by: Account | None) -> None:
    """One job for a batch; where one waits already it takes the new files, too."""
    from ..intake.queueing import job_waits
    from ..tasks import take_in_batch

    if not job_waits(batch):
        start(take_in_batch, batch.pk, by=by, subject=batch)


def _check_attachable(item: Item) -> None:
    twin = item.twin
    if twin is None or twin.work is None:
        raise BadInput(_("The other file is gone; keep this one apart or drop it."))
    if twin.work.organisation_id != item.batch.organisation_id:
        raise BadInput(_("The other work is kept by another organisation."))
    if item.likeness == Item.Likeness.FILE:
        raise BadInput(_("The very same file is there already; drop it or keep it apart."))


def _locked(item: Item) -> Item:
    return Item.objects.select_for_update(of=("self",)).select_related("batch").get(pk=item.pk)
