"""Verbs of the passage check: start one, keep what it found, print it, throw it away; common wording."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.core.jobs import start
from sheke.directory.models import Account, Organisation

from ..intake.storing import keep
from ..models import Check, CheckPassage, CheckReport, CheckSource, CommonWording, File, Work
from ..passages.comparing import check_minimum
from ..passages.masks import LEAST_WORDING
from ..passages.normal import normalise
from ..passages.performing import Outcome
from ..passages.sealing import seal_of
from ..passages.winnowing import SHARED

LONGEST = 2_000_000  # characters of a text
MOST_WORDINGS = 5_000


@transaction.atomic
def start_check(
    *, organisation: Organisation, title: str, text: str, origin: str, by: Account | None,
    authors: Iterable[str] = (), work: Work | None = None, subject: str = "", minimum: int = SHARED,
    common: int = 10,
) -> Check:  # fmt: skip
    """Begin to compare a text with the holdings; a job goes on with it.

    Raises BadInput for a text without a character that counts, one that is too long, and numbers
    that make no sense.
    """
    from ..tasks import perform_check

    check_minimum(minimum, SHARED)
    if not 1 <= common <= 10_000:
        raise BadInput(_("Wording can be common beyond 1 to 10,000 texts."))
    if len(text) > LONGEST:
        raise BadInput(_("The text is longer than 2 million characters; check it in parts."))
    if not len(normalise(text)):
        raise BadInput(_("There is no text to check: no Han character, letter or digit."))
    check = Check.objects.create(
        organisation=organisation, title=title.strip()[:500] or _("Untitled"), origin=origin,
        work=work, subject=subject, authors=[name.strip() for name in authors if name.strip()],
        text=text, text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        minimum=minimum, common=common, started_by=by,
    )  # fmt: skip
    audit.record("check.start", check, by=by, origin=origin, of=subject)
    start(perform_check, check.pk, by=by, subject=check)
    return check


@transaction.atomic
def finish_check(*, check: Check, outcome: Outcome, by: Account | None) -> Check:
    """Keep what was found, sealed. A check that is done stays as it is."""
    check = Check.objects.select_for_update().get(pk=check.pk)
    if check.is_done:
        return check
    files = set(
        File.objects.filter(pk__in=[s.file for s in outcome.sources]).values_list("pk", flat=True)
    )
    sources = CheckSource.objects.bulk_create(
        CheckSource(check_of=check, position=n, file_id=one.file if one.file in files else None,
                    subject=one.subject, label=one.label[:500], detail=one.detail[:300],
                    own=one.own, characters=one.characters)
        for n, one in enumerate(outcome.sources, 1)
    )  # fmt: skip
    CheckPassage.objects.bulk_create(
        (
            CheckPassage(source=source, start=p.start, end=p.end, source_start=p.source_start,
                         source_end=p.source_end, text=p.text, near=p.near, common=p.common)
            for source, one in zip(sources, outcome.sources, strict=True) for p in one.passages
        ),
        batch_size=1000,
    )  # fmt: skip
    for name, value in outcome.numbers.items():
        setattr(check, name, value)
    check.done_at, check.failure = timezone.now(), ""
    check.seal = seal_of(check)
    check.save()
    audit.record("check.finish", check, by=by, seal=check.seal, covered=check.covered)
    return check


@transaction.atomic
def fail_check(*, check: Check, reason: str, by: Account | None) -> None:
    """Say on the check why it could not be done."""
    check.failure = reason[:300]
    check.save(update_fields=["failure"])
    audit.record("check.fail", check, by=by)


@transaction.atomic
def repeat_check(*, check: Check, by: Account | None) -> Check:
    """Check the same text again, against what the library holds now."""
    return start_check(
        organisation=check.organisation, title=check.title, text=check.text, origin=check.origin,
        authors=check.authors, work=check.work, subject=check.subject, minimum=check.minimum,
        common=check.common, by=by,
    )  # fmt: skip


@transaction.atomic
def issue_report(*, check: Check, pdf: bytes, by: Account | None) -> CheckReport:
    """Keep a report as it is handed out, so that a copy can be told from a forgery."""
    if not check.is_done:
        raise BadInput(_("The check is not done yet."))
    stored = keep(io.BytesIO(pdf), "report.pdf")
    report = CheckReport.objects.create(
        check_of=check, stored=stored, seal=check.seal, issued_by=by
    )
    audit.record("check.report", check, by=by, sha256=stored.sha256)
    return report


@transaction.atomic
def discard_check(*, check: Check, by: Account | None) -> None:
    """Throw a check away with the text that was checked. The log keeps that there was one.

    Raises BadInput when a report was handed out: whoever holds it may ask whether it is genuine.
    """
    if check.reports.exists():
        raise BadInput(_("A sealed report of this check was handed out; the check stays with it."))
    audit.record("check.discard", check, by=by)
    check.delete()


@transaction.atomic
def add_wordings(*, organisation: Organisation, texts: Sequence[str], by: Account | None) -> int:
    """Wordings that nobody copies, for the organisation and those below it. How many are new.

    Raises BadInput for one that is too short to be told apart or too long.
    """
    cleaned = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    for text in cleaned:
        if len(normalise(text)) < LEAST_WORDING or len(text) > 500:
            raise BadInput(
                _("“%(text)s”: a wording has %(least)s to 500 characters.")
                % {"text": text[:30], "least": LEAST_WORDING}
            )
    known = CommonWording.objects.filter(organisation=organisation)
    if known.count() + len(cleaned) > MOST_WORDINGS:
        raise BadInput(_("An organisation keeps at most 5,000 wordings."))
    there = set(known.filter(text__in=cleaned).values_list("text", flat=True))
    new = [text for text in cleaned if text not in there]
    CommonWording.objects.bulk_create(
        CommonWording(organisation=organisation, text=text, added_by=by) for text in new
    )
    audit.record("wording.add", organisation, by=by, texts=new)
    return len(new)


@transaction.atomic
def remove_wording(*, wording: CommonWording, by: Account | None) -> None:
    """Take a wording off the list."""
    audit.record("wording.remove", wording.organisation, by=by, text=wording.text)
    wording.delete()
