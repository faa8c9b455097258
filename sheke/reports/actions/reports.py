"""Verbs of reports: fill, fill again, word by hand, freeze."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate_all
from sheke.reports.disclosing import check_confirmed, in_report
from sheke.reports.filling import FilledSlot, fill_slots, report_text
from sheke.reports.models import Figure, Report, Snapshot, Template
from sheke.reports.periods import Period
from sheke.reports.queries import flags_of_report
from sheke.reports.sealing import build_body, new_code, seal_of

_BATCH = 500


@transaction.atomic
def fill_report(
    *,
    template: Template,
    organisation: Organisation,
    period: Period,
    by: Account | None,
    title: str = "",
) -> Report:
    """Make a report: every slot of the template answered for the organisation and the period.

    Slots that nobody has bound stay visibly blank. Raises BadInput for a binding that cannot be asked.
    """
    report = Report.objects.create(
        template=template,
        organisation=organisation,
        title=title.strip() or title_for(template, period),
        first_day=period[0],
        last_day=period[1],
        created_by=by,
    )
    _store(report, {})
    audit.record("report.fill", report, by=by, template=template.key)
    return report


@transaction.atomic
def refill_report(*, report: Report, by: Account | None) -> list[str]:
    """Answer every slot anew; returns the keys of figures that print something else now.

    Wordings typed by hand stay. Raises BadInput for a frozen report.
    """
    _open(report)
    before = dict(report.figures.values_list("slot__key", "printed"))
    typed = dict(report.figures.exclude(wording="").values_list("slot__key", "wording"))
    report.figures.all().delete()
    figures = _store(report, typed)
    changed = [f.slot.key for f in figures if before.get(f.slot.key) != f.printed]
    audit.record("report.refill", report, by=by, changed=changed)
    return changed


@transaction.atomic
def word_figure(*, figure: Figure, wording: str, by: Account | None) -> Figure:
    """Print words typed by hand in place of a figure; empty words give the figure back its own.

    Such a figure is no longer traced to records, and says so. Raises BadInput for a frozen report.
    """
    report = figure.report
    _open(report)
    wording = " ".join(wording.split())
    if len(wording) > 500:
        raise BadInput(_("A wording may have at most 500 characters."))
    (filled,) = fill_slots(
        [figure.slot],
        report.organisation,
        (report.first_day, report.last_day),
        wordings={figure.slot.key: wording},
    )
    made = filled.as_figure(report)
    made.pk = figure.pk
    made.save()
    audit.record(
        "report.word", report, by=by, slot=figure.slot.key, before=figure.printed, now=made.printed
    )
    return made


@transaction.atomic
def rename_report(*, report: Report, title: str, by: Account | None) -> None:
    """Give the report another title. Raises BadInput for a frozen one or an empty title."""
    _open(report)
    if not title.strip():
        raise BadInput(_("A report needs a title."))
    before, report.title = report.title, title.strip()[:300]
    report.save(update_fields=["title"])
    audit.record("report.rename", report, by=by, before=before)


@transaction.atomic
def discard_report(*, report: Report, by: Account | None) -> None:
    """Throw away a report that is not frozen."""
    _open(report)
    audit.record("report.discard", report, by=by)
    report.delete()


@transaction.atomic
def freeze_report(
    *, report: Report, by: Account | None, confirmed: Collection[str] = ()
) -> Snapshot:
    """Seal the report as it stands: text, figures, questions, definitions, rows.

    Raises BadInput when it is frozen already, when the ledger has moved since it was filled: what
    is sealed must be what was read; or when the text holds personal data that `confirmed` (keys of
    `disclosing.in_report`) does not name: what is sealed cannot be taken out again.
    """
    _open(report)
    catalogue = Catalogue.load()
    filled = _answers(report, _typed(report), catalogue)
    _same_as_shown(report, filled)
    text = report_text(report, filled)
    personal = check_confirmed(in_report(report, text), confirmed)
    flags = flags_of_report(report, text)
    body, lineage = build_body(report, filled, text, flags, catalogue)
    _ledger_stood_still(filled, catalogue)
    snapshot = _chain(report, body, lineage, by)
    audit.record(
        "report.freeze", report, by=by, code=snapshot.code, seal=snapshot.seal, personal=personal
    )
    return snapshot


def title_for(template: Template, period: Period) -> str:
    """The template's title with its year replaced by the period's."""
    return template.title.replace(str(template.year), str(period[1].year))[:300]


def _open(report: Report) -> None:
    if Snapshot.objects.filter(report=report).exists():
        raise BadInput(_("“%(title)s” is frozen and cannot be changed.") % {"title": report.title})


def _typed(report: Report) -> dict[str, str]:
    return dict(report.figures.exclude(wording="").values_list("slot__key", "wording"))


def _answers(
    report: Report, typed: Mapping[str, str], catalogue: Catalogue | None = None
) -> list[FilledSlot]:
    slots = report.template.slots.select_related("indicator", "template__organisation")
    period = (report.first_day, report.last_day)
    return fill_slots(slots, report.organisation, period, wordings=typed, catalogue=catalogue)


def _store(report: Report, typed: Mapping[str, str]) -> list[Figure]:
    figures = [one.as_figure(report) for one in _answers(report, typed)]
    return Figure.objects.bulk_create(figures, batch_size=_BATCH)


def _same_as_shown(report: Report, filled: Sequence[FilledSlot]) -> None:
    shown = dict(report.figures.values_list("slot__key", "printed"))
    moved = [one for one in filled if shown.get(one.slot.key) != one.printed]
    if moved:
        told = "、".join(f"{shown.get(m.slot.key, '—')} → {m.printed}" for m in moved[:5])
        raise BadInput(
            _(
                "The ledger or the template changed since the report was filled (%(told)s)."
                " Fill it again, read it and freeze it then."
            )
            % {"told": told}
        )


def _ledger_stood_still(filled: Sequence[FilledSlot], catalogue: Catalogue) -> None:
    """The rows were read after the values. SQLite keeps writers out; elsewhere look again."""
    if connection.vendor == "sqlite":
        return
    counted = [one for one in filled if one.question]
    again = evaluate_all([one.question for one in counted if one.question], catalogue)
    if any(one.answer != answer for one, answer in zip(counted, again, strict=True)):
        raise BadInput(_("Records were posted while the report was being frozen. Try again."))


def _chain(report: Report, body: dict[str, object], lineage: bytes, by: Account | None) -> Snapshot:
    """Append to the chain of seals; whoever comes second waits for the first."""
    last = Snapshot.objects.select_for_update().order_by("-id").first()
    code, at = new_code(), timezone.now()
    return Snapshot.objects.create(
        report=report,
        code=code,
        body=body,
        lineage=lineage,
        previous=last,
        seal=seal_of(body, lineage, code, at, last.seal if last else ""),
        at=at,
        by=by,
    )
