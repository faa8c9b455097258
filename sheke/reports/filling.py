"""What every slot of a template says for an organisation and a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Organisation
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate_all
from sheke.indicators.questions import Figure as Answer
from sheke.indicators.questions import Question
from sheke.reports.models import Figure, Report, Slot, Snapshot
from sheke.reports.periods import Period, slot_period
from sheke.reports.printing import print_value
from sheke.reports.rolling import rolled_years
from sheke.reports.wordings import BLANK, FilledText, Filling, fill_text

_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class FilledSlot:
    """What a slot prints; counted ones carry their question and its answer."""

    slot: Slot
    printed: str
    wording: str = ""  # typed by hand for this report
    question: Question | None = None
    answer: Answer | None = None

    def as_figure(self, report: Report | None = None) -> Figure:
        """The figure to keep, not saved."""
        figure = Figure(report=report, slot=self.slot, printed=self.printed, wording=self.wording)
        if self.question and self.answer:
            value = self.answer.value
            figure.edition = self.question.edition
            figure.organisation = self.question.organisation
            figure.kinds, figure.own = list(self.question.kinds), self.question.own
            figure.first_day, figure.last_day = self.question.first_day, self.question.last_day
            figure.value = None if value is None else value.quantize(_PLACES)
            figure.rows, figure.digest = self.answer.rows, self.answer.digest
        return figure


def fill_slots(
    slots: Iterable[Slot],
    organisation: Organisation,
    period: Period,
    *,
    wordings: Mapping[str, str] | None = None,
    catalogue: Catalogue | None = None,
) -> list[FilledSlot]:
    """Answer every slot, each counted one in one statement; `wordings` were typed for this report.

    Slots that nobody has bound print a blank. Raises BadInput, naming the slot, for a binding that
    cannot be asked.
    """
    slots = list(slots)
    catalogue = catalogue or Catalogue.load()
    named = _named_organisations(slots)
    typed = wordings or {}
    questions = {
        slot.key: _question(slot, organisation, period, catalogue, named)
        for slot in slots
        if slot.binding == Slot.Binding.INDICATOR and not typed.get(slot.key)
    }
    answers = dict(zip(questions, evaluate_all(questions.values(), catalogue), strict=True))
    return [
        _filled(slot, typed.get(slot.key, ""), questions.get(slot.key), answers.get(slot.key))
        for slot in slots
    ]


def report_fillings(
    report: Report, figures: Sequence[Figure] | Sequence[FilledSlot]
) -> list[Filling]:
    """Where to print what: the figures (their slots loaded), and the years of titles.

    A frozen report keeps the years that were sealed, whatever becomes of its template.
    """
    template = report.template
    slots = [Filling(f.slot.key, f.slot.start, f.slot.end, f.printed) for f in figures]
    sealed = Snapshot.objects.filter(report=report).values_list("body__years", flat=True).first()
    if sealed is None:
        years = rolled_years(template.text, template.year, report.last_day.year, slots)
    else:
        years = [Filling("", start, end, printed) for start, end, printed in sealed]
    return sorted([*slots, *years], key=lambda filling: filling.start)


def report_text(report: Report, figures: Sequence[Figure] | Sequence[FilledSlot]) -> FilledText:
    """The report's text with these figures."""
    return fill_text(report.template.text, report_fillings(report, figures))


def question_of(figure: Figure) -> Question | None:
    """The question that a kept figure answers; None for one that is not counted."""
    if not (figure.edition and figure.organisation and figure.first_day and figure.last_day):
        return None
    return Question(
        edition=figure.edition,
        organisation=figure.organisation,
        first_day=figure.first_day,
        last_day=figure.last_day,
        kinds=tuple(figure.kinds),
        own=figure.own,
    )


def _filled(slot: Slot, typed: str, question: Question | None, answer: Answer | None) -> FilledSlot:
    if typed:
        return FilledSlot(slot, typed, wording=typed)
    if answer is not None:
        printed = BLANK if answer.value is None else print_value(answer.value, slot.printing)
        return FilledSlot(slot, printed, question=question, answer=answer)
    if slot.binding == Slot.Binding.CONSTANT:
        return FilledSlot(slot, slot.wording or slot.text)
    return FilledSlot(slot, slot.wording or BLANK)


def _question(
    slot: Slot,
    organisation: Organisation,
    period: Period,
    catalogue: Catalogue,
    named: Mapping[str, Organisation],
) -> Question:
    indicator = slot.indicator
    if indicator is None:  # a constraint of the table keeps this from happening
        raise _bad(slot, _("it is bound to no indicator"))
    code = slot.scope.get("organisation")
    if code and code not in named:
        raise _bad(slot, _("there is no organisation “%(code)s”") % {"code": code})
    if code and not _may_ask(named[code], slot, organisation):
        raise _bad(slot, _("“%(code)s” is not below the report's organisation") % {"code": code})
    try:
        first_day, last_day = slot_period(slot.period, period)
        edition = catalogue.indicator(indicator.key)
    except BadInput as error:
        raise _bad(slot, str(error)) from error
    return Question(
        edition=edition,
        organisation=named[code] if code else organisation,
        first_day=first_day,
        last_day=last_day,
        kinds=tuple(slot.scope.get("kinds") or ()),
        own=bool(slot.scope.get("own")),
    )


def _named_organisations(slots: Sequence[Slot]) -> dict[str, Organisation]:
    codes = {code for slot in slots if (code := slot.scope.get("organisation"))}
    if not codes:
        return {}
    return {o.code: o for o in Organisation.objects.filter(code__in=codes)}


def _may_ask(named: Organisation, slot: Slot, organisation: Organisation) -> bool:
    """A slot may name an organisation below the report's or below the template's own."""
    return organisation.contains(named) or slot.template.organisation.contains(named)


def _bad(slot: Slot, why: str) -> BadInput:
    return BadInput(
        _("The slot “%(text)s” (%(key)s): %(why)s")
        % {"text": slot.text, "key": slot.key, "why": why}
    )
