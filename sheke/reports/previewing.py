"""What a proposal or a binding would print today: live values for the binding page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sheke.core.errors import BadInput
from sheke.directory.models import Organisation
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate
from sheke.indicators.questions import Question
from sheke.ledger.models import Record
from sheke.reports.models import Template
from sheke.reports.periods import Period, slot_period
from sheke.reports.printing import print_value
from sheke.reports.proposals import Proposal
from sheke.reports.spoken_periods import spoken_period


@dataclass(frozen=True, slots=True)
class Preview:
    """A proposal with its value and what it would print; `problem` says why there is none."""

    proposal: Proposal
    value: Decimal | None
    printed: str
    rows: int
    period: Period | None
    problem: str = ""


def preview(
    proposals: Sequence[Proposal],
    organisation: Organisation,
    period: Period,
    catalogue: Catalogue,
) -> list[Preview]:
    """Each proposal answered for the organisation and the period, in one statement each."""
    return [_preview(proposal, organisation, period, catalogue) for proposal in proposals]


def default_period(template: Template) -> Period:
    """The year after the template's if the ledger has got there, else the template's own."""
    last = (
        Record.objects.filter(happened_on__year__gte=template.year)
        .order_by("-happened_on")
        .values_list("happened_on", flat=True)
        .first()
    )
    year = template.year + 1 if last and last.year > template.year else template.year
    whole = date(year, 1, 1), date(year, 12, 31)
    said = spoken_period(template.title, template.year)  # 2023年上半年工作总结
    return whole if "years" in said else slot_period(said, whole)


def _preview(
    proposal: Proposal, organisation: Organisation, period: Period, catalogue: Catalogue
) -> Preview:
    try:
        first, last = slot_period(proposal.period, period)
        question = Question(
            edition=proposal.edition,
            organisation=_organisation(proposal.scope, organisation),
            first_day=first,
            last_day=last,
            kinds=tuple(proposal.scope.get("kinds") or ()),
            own=bool(proposal.scope.get("own")),
        )
        answer = evaluate(question, catalogue)
    except BadInput as error:
        return Preview(proposal, None, "", 0, None, str(error))
    printed = "" if answer.value is None else print_value(answer.value, proposal.printing)
    return Preview(proposal, answer.value, printed, answer.rows, (first, last))


def _organisation(scope: dict[str, Any], default: Organisation) -> Organisation:
    code = scope.get("organisation")
    return (Organisation.objects.filter(code=code).first() if code else None) or default
