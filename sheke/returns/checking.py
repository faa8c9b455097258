"""The form's rules applied to an answer: what may not be sent, and what needs a remark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sheke.definitions.return_forms import ReturnForm, Rule
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate_all
from sheke.indicators.questions import Question as Asking

from . import periods
from .models import Answer, Asked
from .values import Cleaned, Raw, cleaned


@dataclass(frozen=True)
class Finding:
    """One rule that an answer breaks, or one answer that cannot be read; shown at `field`."""

    field: str
    severity: str  # error, warning
    message: str
    remarked: bool = False  # a warning to which the reporter gave a remark

    @property
    def stops(self) -> bool:
        """Whether it keeps the answer from being sent."""
        return self.severity == "error" or not self.remarked


@dataclass(frozen=True)
class Checked:
    """An answer that was read and held against its rules."""

    values: dict[str, Any]
    findings: list[Finding]

    @property
    def stopped(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.stops]


def check(asked: Asked, raw: Raw, remarks: Mapping[str, str]) -> Checked:
    """Read the answers and hold them against the form's rules. A handful of queries."""
    form = asked.of.form
    found = cleaned(form, raw, uploads=uploads_of(asked))
    findings = [Finding(key, "error", message) for key, message in found.errors.items()]
    worlds = _worlds(asked, form, found)
    for rule in form.rules:
        if rule.comparison.holds(worlds) is False:
            place = _place(rule)
            remarked = bool(remarks.get(place, "").strip())
            findings.append(Finding(place, rule.severity, str(rule.message), remarked))
    return Checked(found.values, findings)


def uploads_of(asked: Asked) -> dict[str, list[int]]:
    """The numbers of the files held for each question of kind file."""
    found: dict[str, list[int]] = {}
    if any(q.kind == "file" for q in asked.of.form.questions):
        for key, pk in asked.uploads.values_list("question", "pk"):
            found.setdefault(key, []).append(pk)
    return found


def answer_of(asked: Asked, span: periods.Span) -> Answer | None:
    """The accepted answer of the same organisation to the same form in another period."""
    found = Asked.objects.filter(
        of__edition__definition_id=asked.of.edition.definition_id, organisation=asked.organisation,
        of__organisation_id=asked.of.organisation_id, of__first_day=span[0], of__last_day=span[1],
    ).exclude(accepted=None)  # fmt: skip
    held = found.select_related("accepted").order_by("-id").first()
    return held.accepted if held else None


def last_year(asked: Asked) -> Answer | None:
    """What was answered a year before."""
    return answer_of(asked, periods.year_before((asked.of.first_day, asked.of.last_day)))


def previous(asked: Asked) -> Answer | None:
    """What was answered for the period before."""
    span = asked.of.first_day, asked.of.last_day
    kind = asked.of.form.period
    if kind == "once" or periods.period_of(kind, span[0]) != span:
        return None
    return answer_of(asked, periods.before(kind, span))


def ledger_figures(asked: Asked, keys: list[str]) -> dict[str, Decimal]:
    """What the ledger counts for the organisation and the period, by indicator. One statement each."""
    if not keys:
        return {}
    catalogue = Catalogue.load()
    known = [key for key in dict.fromkeys(keys) if key in catalogue.indicators]
    questions = [
        Asking(catalogue.indicators[key], asked.organisation, asked.of.first_day, asked.of.last_day)
        for key in known
    ]
    figures = evaluate_all(questions, catalogue)
    return {
        key: figure.value
        for key, figure in zip(known, figures, strict=True)
        if figure.value is not None
    }


def figures_of(form: ReturnForm, values: Mapping[str, Any]) -> dict[str, Decimal]:
    """The figures among clean values."""
    return {q.key: Decimal(values[q.key]) for q in form.figures if values.get(q.key)}


def _worlds(asked: Asked, form: ReturnForm, found: Cleaned) -> dict[str, Decimal | None]:
    """Every value that a rule may name. A figure left blank counts as nought, one that could not
    be read is missing.
    """
    names = [name for rule in form.rules for name in rule.names()]
    own = figures_of(form, found.values)
    values: dict[str, Decimal | None] = {
        q.key: own.get(q.key, Decimal(0)) for q in form.figures if q.key not in found.errors
    }
    for world, answer in (("last_year", last_year), ("previous", previous)):
        if any(name.startswith(f"{world}.") for name in names) and (held := answer(asked)):
            values |= {f"{world}.{k}": v for k, v in figures_of(form, held.values).items()}
    keys = [name.removeprefix("ledger.") for name in names if name.startswith("ledger.")]
    values |= {f"ledger.{key}": v for key, v in ledger_figures(asked, keys).items()}
    return values


def _place(rule: Rule) -> str:
    """The question at which the message is shown."""
    return rule.field or next(name for name in rule.names() if "." not in name)
