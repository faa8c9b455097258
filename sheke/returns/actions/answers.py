"""Verbs: save a draft, send, withdraw, accept, send back, correct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Tenure
from sheke.directory.queries import accounts_acting_for
from sheke.ledger.evidence.actions import store_file
from sheke.notices.actions import tell

from ..checking import Finding, check
from ..counting import counted
from ..models import Acceptance, Answer, Asked, Draft, SendingBack, Upload, Withdrawal
from ..postings import post_figures

MOST_UPLOADS = 10  # for one question


class Conflict(BadInput):
    """Somebody else, or another window, saved the draft meanwhile."""


class Stopped(BadInput):
    """The answer breaks rules; `findings` say which, question by question."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("; ".join(f"{each.field}: {each.message}" for each in findings))


@transaction.atomic
def save_draft(
    *, asked: Asked, values: Mapping[str, Any], remarks: Mapping[str, str], revision: int,
    by: Account | None,
) -> Draft:  # fmt: skip
    """Keep what was typed so far; `revision` is that of the draft it was read from, 0 for none.

    Raises Conflict when the draft has moved on, BadInput when nothing may be written.
    """
    asked = _locked(asked)
    _may_write(asked)
    draft = Draft.objects.filter(asked=asked).first()
    if (draft.revision if draft else 0) != revision:
        raise Conflict(_("This return was changed in another window or by someone else."))
    if draft is None:
        draft = Draft(asked=asked, revision=0)
        audit.record("return.draft", asked, by=by)
    draft.values, draft.remarks = dict(values), {k: v for k, v in remarks.items() if v}
    draft.revision, draft.saved_by = draft.revision + 1, by
    draft.save()
    return draft


@transaction.atomic
def send_answer(*, asked: Asked, by: Account | None) -> Answer:
    """Send the draft in. Raises Stopped where it breaks a rule."""
    asked = _locked(asked)
    _may_write(asked)
    draft = Draft.objects.filter(asked=asked).first()
    if draft is None:
        raise BadInput(_("Nothing is filled in yet."))
    checked = check(asked, draft.values, draft.remarks)
    if checked.stopped:
        raise Stopped(checked.stopped)
    answer = Answer.objects.create(
        asked=asked, number=asked.answers.count() + 1, values=checked.values,
        remarks=draft.remarks, counted=counted(asked), reason=draft.reason, sent_by=by,
    )  # fmt: skip
    draft.delete()
    asked.latest = answer
    asked.first_sent_on = asked.first_sent_on or timezone.localdate(answer.sent_at)
    asked.save(update_fields=["latest", "first_sent_on"])
    audit.record("return.send", asked, by=by, version=answer.number)
    _tell_office("returns.sent", asked, by)
    return answer


@transaction.atomic
def withdraw_answer(*, asked: Asked, by: Account | None) -> Draft:
    """Take back what was sent and not accepted yet; it becomes a draft again."""
    asked = _locked(asked)
    answer = _pending(asked)
    Withdrawal.objects.create(answer=answer, by=by)
    if not asked.answers.filter(withdrawal=None).exists():
        asked.first_sent_on = None
        asked.save(update_fields=["first_sent_on"])
    audit.record("return.withdraw", asked, by=by, version=answer.number)
    _tell_office("returns.withdrawn", asked, by)
    return _draft_again(asked, answer, by)


@transaction.atomic
def accept_answers(*, asked: Iterable[Asked], by: Account | None) -> list[Acceptance]:
    """Accept what each of `asked` sent; those that have nothing to accept are left out.

    Figures that the form says to post become records, those of an answer accepted before are reversed.
    """
    made = []
    for each in Asked.objects.filter(pk__in=[a.pk for a in asked]).sent().order_by("pk"):
        one = _locked(each)
        answer = _pending(one)
        made.append(Acceptance.objects.create(answer=answer, by=by))
        post_figures(answer=answer, before=one.accepted, by=by)
        one.accepted = answer
        one.save(update_fields=["accepted"])
        audit.record("return.accept", one, by=by, version=answer.number)
        _tell_reporters("returns.accepted", one, by)
    return made


@transaction.atomic
def send_back(
    *, asked: Asked, reason: str, by: Account | None, fields: Mapping[str, str] | None = None
) -> SendingBack:
    """Send an answer back with a reason, and one for each question where something is wrong."""
    asked = _locked(asked)
    answer = _pending(asked)
    known = {q.key for q in asked.of.form.questions}
    wrong = {
        k: " ".join(v.split())[:300] for k, v in (fields or {}).items() if k in known and v.strip()
    }
    reason = " ".join(reason.split())[:500]
    if not reason and not wrong:
        raise BadInput(_("Say why it is sent back."))
    reason = reason or _("See the remarks at the questions.")
    made = SendingBack.objects.create(answer=answer, reason=reason, fields=wrong, by=by)
    _draft_again(asked, answer, by)
    audit.record("return.send_back", asked, by=by, version=answer.number, reason=reason)
    _tell_reporters("returns.sent_back", asked, by, reason=reason)
    return made


@transaction.atomic
def begin_correction(*, asked: Asked, reason: str, by: Account | None) -> Draft:
    """Begin a new version of an accepted answer; the accepted one stands until the new one is."""
    asked = _locked(asked)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise BadInput(_("Give a reason."))
    if asked.state != Asked.State.ACCEPTED or asked.accepted is None:
        raise BadInput(_("Only an accepted answer is corrected."))
    if Draft.objects.filter(asked=asked).exists():
        raise BadInput(_("A correction is begun already."))
    draft = _draft_again(asked, asked.accepted, by)
    draft.reason = reason
    draft.save(update_fields=["reason"])
    audit.record("return.correct", asked, by=by, reason=reason)
    return draft


@transaction.atomic
def hold_upload(
    *, asked: Asked, question: str, file: BinaryIO, name: str, by: Account | None
) -> Upload:
    """Keep a file for a question. Raises BadInput for what may not be kept."""
    asked = _locked(asked)
    _may_write(asked)
    held = asked.of.form.question(question)
    if held is None or held.kind != "file":
        raise BadInput(_("This question takes no file."))
    if asked.uploads.filter(question=question).count() >= MOST_UPLOADS:
        raise BadInput(_("At most %(n)s files for a question.") % {"n": MOST_UPLOADS})
    stored = store_file(file=file, name=name)
    upload = Upload.objects.create(
        asked=asked, question=question, stored=stored, name=Path(name).name[-200:], added_by=by
    )
    audit.record("return.upload", asked, by=by, name=upload.name, sha256=stored.sha256)
    return upload


@transaction.atomic
def remove_upload(*, upload: Upload, by: Account | None) -> None:
    """Take a file out of the draft. One that an answer names stays where it was sent."""
    asked = _locked(upload.asked)
    _may_write(asked)
    sent = [n for a in asked.answers.all() for n in a.values.get(upload.question, [])]
    if upload.pk in sent:
        raise BadInput(_("This file was sent in already; it stays with that version."))
    audit.record("return.upload_remove", asked, by=by, name=upload.name)
    upload.delete()


def _locked(asked: Asked) -> Asked:
    Asked.objects.select_for_update().get(pk=asked.pk)
    return Asked.objects.with_state().select_related(
        "of__edition__definition", "of__opened_by", "of__organisation", "accepted"
    ).get(pk=asked.pk)  # fmt: skip


def _may_write(asked: Asked) -> None:
    """Raise BadInput unless a draft may be written now."""
    if asked.is_closed:
        raise BadInput(_("This data return is closed."))
    if asked.state == Asked.State.SENT:
        raise BadInput(_("It was sent in; take it back first to change it."))
    if asked.state == Asked.State.ACCEPTED and not hasattr(asked, "draft"):
        raise BadInput(_("It was accepted; begin a correction to change it."))


def _pending(asked: Asked) -> Answer:
    if asked.is_closed:
        raise BadInput(_("This data return is closed."))
    if asked.state != Asked.State.SENT or asked.latest is None:
        raise BadInput(_("Nothing is there to decide on: it was not sent, or is decided already."))
    return asked.latest


def _draft_again(asked: Asked, answer: Answer, by: Account | None) -> Draft:
    return Draft.objects.create(
        asked=asked, values=answer.values, remarks=answer.remarks, reason=answer.reason,
        revision=1, saved_by=by,
    )  # fmt: skip


def _tell_office(kind: str, asked: Asked, by: Account | None) -> None:
    """Who opened the return; the asking organisation's staff where nobody did."""
    opener = asked.of.opened_by
    staff = accounts_acting_for(asked.of.organisation, roles=(Tenure.Role.STAFF,))
    to = [opener] if opener and opener.is_active else list(staff)
    tell(kind=kind, to=to, by=by, url=reverse("returns:answer", args=[asked.pk]),
         title=asked.of.title, organisation=asked.organisation.label)  # fmt: skip


def _tell_reporters(kind: str, asked: Asked, by: Account | None, **data: str) -> None:
    to = {account.pk: account for account in accounts_acting_for(asked.organisation)}
    if asked.latest and (sender := asked.latest.sent_by) and sender.is_active:
        to[sender.pk] = sender
    tell(kind=kind, to=to.values(), by=by, url=reverse("returns:answer", args=[asked.pk]),
         title=asked.of.title, **data)  # fmt: skip
