"""Human words for the parts of a definition, for tables, editors and comparisons."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from .schemas import Filter

AGGREGATES: dict[str, str | Promise] = {
    "count": gettext_lazy("Number of records"),
    "sum": gettext_lazy("Sum of an amount"),
    "distinct": gettext_lazy("Number of different values"),
    "average": gettext_lazy("Average of an amount"),
    "share": gettext_lazy("Share of records"),
    "ratio": gettext_lazy("Ratio of two indicators"),
    "completion": gettext_lazy("Completion of a goal"),
}

AGGREGATE_HELP: dict[str, str | Promise] = {
    "count": gettext_lazy("How many records of the chosen types there are: lectures held."),
    "sum": gettext_lazy("An amount added up over the records: attendance, hours, copies."),
    "distinct": gettext_lazy(
        "How many different organisations, titles or values: media that reported."
    ),
    "average": gettext_lazy("The mean of an amount over the records that carry it."),
    "share": gettext_lazy(
        "The percent of the records that also meet a condition: inspections passed."
    ),
    "ratio": gettext_lazy("One indicator divided by another: briefs adopted of briefs handed in."),
    "completion": gettext_lazy("An indicator in percent of the goal set for it."),
}

OPERATORS: dict[str, str | Promise] = {
    "eq": gettext_lazy("is"),
    "ne": gettext_lazy("is not"),
    "in": gettext_lazy("is one of"),
    "gte": gettext_lazy("is at least"),
    "lte": gettext_lazy("is at most"),
    "filled": gettext_lazy("is filled in"),
    "empty": gettext_lazy("is empty"),
}

FIELD_KINDS: dict[str, str | Promise] = {
    "choice": gettext_lazy("One choice"),
    "choices": gettext_lazy("Several choices"),
    "text": pgettext_lazy("field", "Text"),
    "boolean": gettext_lazy("Yes or no"),
    "number": pgettext_lazy("field", "Number"),
    "date": gettext_lazy("Date"),
}

PROGRAMME_FIELD_KINDS: dict[str, str | Promise] = {
    "text": pgettext_lazy("field", "One line"),
    "paragraphs": pgettext_lazy("field", "Plain text"),
    "rich": pgettext_lazy("field", "Text with headings and lists"),
    "choice": gettext_lazy("One choice"),
    "choices": gettext_lazy("Several choices"),
    "boolean": gettext_lazy("Yes or no"),
    "number": pgettext_lazy("field", "Number"),
    "date": gettext_lazy("Date"),
    "amount": pgettext_lazy("field", "Sum of money"),
    "topic": gettext_lazy("Topic of the guide"),
    "organisations": gettext_lazy("Organisations"),
    "table": gettext_lazy("Table"),
    "files": gettext_lazy("Files"),
}

STAGE_KINDS: dict[str, str | Promise] = {
    "collect": pgettext_lazy("stage", "Applications"),
    "recommend": pgettext_lazy("stage", "Recommendation by organisations"),
    "check": pgettext_lazy("stage", "Check by the office"),
    "copycheck": pgettext_lazy("stage", "Search for copied passages"),
    "review": pgettext_lazy("stage", "Review"),
    "panel": pgettext_lazy("stage", "Panel and vote"),
    "notice": pgettext_lazy("stage", "Public notice"),
    "decide": pgettext_lazy("stage", "Decision"),
}

OUTCOME_KINDS: dict[str, str | Promise] = {
    "project": pgettext_lazy("outcome", "Project"),
    "prize": pgettext_lazy("outcome", "Prize"),
    "certificate": pgettext_lazy("outcome", "Certificate"),
    "accreditation": pgettext_lazy("outcome", "Accreditation"),
    "adoption": pgettext_lazy("outcome", "Adoption"),
}

MILESTONE_KINDS: dict[str, str | Promise] = {
    "report": pgettext_lazy("milestone", "Report"),
    "closing": pgettext_lazy("milestone", "Closing review"),
}

BLINDNESS: dict[str, str | Promise] = {
    "double": gettext_lazy("Neither side knows the other"),
    "single": gettext_lazy("Reviewers know the applicants"),
    "open": gettext_lazy("Both sides know each other"),
}

ASKS: dict[str, str | Promise] = {
    "born_on": gettext_lazy("Day of birth"),
    "gender": gettext_lazy("Gender"),
    "title": gettext_lazy("Academic title"),
    "degree": gettext_lazy("Degree"),
    "discipline": gettext_lazy("Discipline"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("Mail"),
    "task": gettext_lazy("Task"),
}

USES: dict[str, str | Promise] = {
    "title": pgettext_lazy("use", "Title"),
    "summary": pgettext_lazy("use", "Summary"),
    "keywords": pgettext_lazy("use", "Keywords"),
    "discipline": pgettext_lazy("use", "Discipline"),
    "category": pgettext_lazy("use", "Category"),
    "amount": pgettext_lazy("use", "Amount asked for"),
    "ends": pgettext_lazy("use", "End of the project"),
}

WHOSE: dict[str, str | Promise] = {  # work a record is
    "calling": gettext_lazy("The calling organisation's"),
    "applying": gettext_lazy("The applying organisation's"),
}

LETTERS: dict[str, str | Promise] = {
    "received": pgettext_lazy("letter", "Received"),
    "returned": pgettext_lazy("letter", "To be corrected"),
    "refused": pgettext_lazy("letter", "Not taken further"),
    "awarded": pgettext_lazy("letter", "Chosen"),
    "not_awarded": pgettext_lazy("letter", "Not chosen"),
    "invited": pgettext_lazy("letter", "Invitation to review"),
    "reminder": pgettext_lazy("letter", "Reminder"),
}

SEVERITIES: dict[str, str | Promise] = {
    "error": gettext_lazy("must hold"),
    "warning": gettext_lazy("is only pointed out"),
}

RULES: dict[str, str | Promise] = {
    "age": pgettext_lazy("rule", "Age"),
    "title": pgettext_lazy("rule", "Academic title"),
    "degree": pgettext_lazy("rule", "Degree"),
    "referees": pgettext_lazy("rule", "Referees"),
    "live_projects": pgettext_lazy("rule", "Open projects"),
    "teams": pgettext_lazy("rule", "Teams in this call"),
    "submissions": pgettext_lazy("rule", "Submissions led in this call"),
    "previous_closed": pgettext_lazy("rule", "Earlier projects closed"),
    "organisation_kind": pgettext_lazy("rule", "Kind of organisation"),
    "employed_below": pgettext_lazy("rule", "Works for a unit of the caller"),
    "field": pgettext_lazy("rule", "A field of the form"),
}

EVIDENCE: dict[str, str | Promise] = {
    "required": gettext_lazy("Required"),
    "recommended": gettext_lazy("Recommended"),
    "optional": gettext_lazy("Optional"),
}

DATES: dict[str, str | Promise] = {
    "happened": gettext_lazy("Day it happened"),
    "posted": gettext_lazy("Day it was posted"),
}

PARTS: dict[str, str | Promise] = {
    "key": gettext_lazy("Key"),
    "name": gettext_lazy("Name"),
    "unit": gettext_lazy("Measure word"),
    "group": gettext_lazy("Group"),
    "position": gettext_lazy("Position"),
    "about": gettext_lazy("What is recorded"),
    "definition": gettext_lazy("Definition in words"),
    "aggregate": gettext_lazy("Way of counting"),
    "types": gettext_lazy("Record types"),
    "measure": gettext_lazy("Amount"),
    "measures": gettext_lazy("Amounts"),
    "fields": pgettext_lazy("field", "Fields"),
    "field": gettext_lazy("Field"),
    "choices": gettext_lazy("Choices"),
    "distinct": gettext_lazy("Different values of"),
    "where": gettext_lazy("Only records where"),
    "of": gettext_lazy("Share of those where"),
    "op": gettext_lazy("Condition"),
    "value": pgettext_lazy("filter", "Value"),
    "date": gettext_lazy("Counted by"),
    "numerator": gettext_lazy("Indicator above the line"),
    "denominator": gettext_lazy("Indicator below the line"),
    "factor": gettext_lazy("Times"),
    "places": gettext_lazy("Decimal places"),
    "synonyms": gettext_lazy("Other words for it"),
    "verbs": gettext_lazy("Verbs"),
    "evidence": gettext_lazy("Evidence"),
    "required": gettext_lazy("Required"),
    "help": gettext_lazy("Help"),
    "kind": gettext_lazy("Kind"),
    "sections": pgettext_lazy("programme", "Form"),
    "people": gettext_lazy("People"),
    "roles": gettext_lazy("Parts that people take"),
    "asks": gettext_lazy("Asked of everybody"),
    "eligibility": gettext_lazy("Who may apply"),
    "quota": gettext_lazy("Quota of an organisation"),
    "stages": gettext_lazy("Stages"),
    "rubric": gettext_lazy("Rubric"),
    "criteria": gettext_lazy("Criteria"),
    "outcome": gettext_lazy("What comes out"),
    "letters": gettext_lazy("Letters"),
    "applicant": gettext_lazy("What the applicant is called"),
    "reviewers": gettext_lazy("Reviewers see it"),
    "use": gettext_lazy("Read as"),
    "limit": gettext_lazy("Most characters"),
    "columns": gettext_lazy("Columns"),
    "rows": gettext_lazy("Rows at most"),
    "megabytes": gettext_lazy("Megabytes of a file"),
    "files": gettext_lazy("Files at most"),
    "least": gettext_lazy("Least"),
    "most": gettext_lazy("Most"),
    "consents": gettext_lazy("Agrees by a link"),
    "referee": gettext_lazy("Recommends only"),
    "weight": gettext_lazy("Weight"),
    "comment": gettext_lazy("Comment"),
    "comment_least": gettext_lazy("Characters of a comment"),
    "trim": gettext_lazy("Highest and lowest left out"),
    "disagreement": gettext_lazy("Disagreement from which one more is asked, percent"),
    "days": gettext_lazy("Usual days"),
    "reviews": gettext_lazy("Reviews of each"),
    "load": gettext_lazy("Load of a reviewer"),
    "organisation_cap": gettext_lazy("Most from one organisation"),
    "blind": gettext_lazy("Who knows whom"),
    "quorum": gettext_lazy("Quorum"),
    "majority": gettext_lazy("Majority"),
    "working_days": gettext_lazy("Working days"),
    "levels": gettext_lazy("Levels"),
    "money": gettext_lazy("Unit of money"),
    "amount": gettext_lazy("Money"),
    "months": pgettext_lazy("programme", "Months"),
    "signing": gettext_lazy("Paid at the contract, percent"),
    "instalment": gettext_lazy("Paid when accepted, percent"),
    "milestones": gettext_lazy("Milestones"),
    "years": gettext_lazy("Years it holds"),
    "certificate": pgettext_lazy("outcome", "Certificate"),
    "template": gettext_lazy("Layout"),
    "number": gettext_lazy("Pattern of the number"),
    "wording": pgettext_lazy("certificate", "Wording"),
    "records": gettext_lazy("Records posted when decided"),
    "closing_records": gettext_lazy("Records posted at the closing"),
    "outputs": gettext_lazy("Works that came out"),
    "subject": pgettext_lazy("letter", "Subject"),
    "body": gettext_lazy("Text of the letter"),
    "zh": gettext_lazy("Chinese"),
    "en": gettext_lazy("English"),
}

_KINDS = {
    **PROGRAMME_FIELD_KINDS, **FIELD_KINDS, **STAGE_KINDS, **OUTCOME_KINDS, **MILESTONE_KINDS,
}  # fmt: skip
_VALUES = {
    "aggregate": AGGREGATES, "op": OPERATORS, "kind": _KINDS, "evidence": EVIDENCE, "date": DATES,
    "use": USES, "blind": BLINDNESS, "asks": ASKS, "comment": EVIDENCE, "severity": SEVERITIES, "of": WHOSE,
}  # fmt: skip


def part(name: str) -> str:
    return str(PARTS.get(name) or LETTERS.get(name, name))


def words(data: dict[str, str]) -> str:
    """A text in the reader's language, from a draft's or an edition's data."""
    chinese = (get_language() or "zh").startswith("zh")
    return data.get("zh", "") if chinese else data.get("en") or data.get("zh", "")


def value(name: str, data: Any) -> str:
    """A value of the part `name` in words."""
    if data is None or data == "":
        return ""
    if isinstance(data, bool):
        return _("Yes") if data else _("No")
    if isinstance(data, list | tuple):
        return "、".join(value(name, each) for each in data)
    if isinstance(data, dict):
        return " · ".join(f"{part(key)}: {value(key, each)}" for key, each in data.items())
    return str(_VALUES.get(name, {}).get(str(data), data))


def condition(filter_: Filter, types: list[Any]) -> str:
    """A filter as a sentence: “Level is one of national, provincial”. `types` are RecordTypes."""
    subject: Any = None
    for type_ in types:
        subject = subject or type_.field(filter_.field) or type_.measure(filter_.field)
    name = str(subject.name) if subject else filter_.field
    names = {choice.key: str(choice.name) for choice in getattr(subject, "choices", ())}
    values = filter_.value if isinstance(filter_.value, list | tuple) else [filter_.value]
    words = "、".join(names.get(str(each), value("value", each)) for each in values)
    return f"{name} {OPERATORS[filter_.op]} {words}".strip()
