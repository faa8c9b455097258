"""The papers of a project as Word files by the official layout: the contract, the closing sheet."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.documents.official import OfficialDocument

from ..deciding.proposals import level_name, plain
from ..models import Closing, Delivery, Project
from .money import Money, money_of


def contract_word(project: Project) -> bytes:
    """The contract to print and sign: what is to be done by when, and what is paid for it."""
    milestones, payments = list(project.milestones.all()), list(project.payments.all())
    money, call = money_of(project, milestones, payments), project.award.call
    document = OfficialDocument()
    document.title(_("Contract of the project"))
    _facts(document, project)
    document.heading(_("1. Time"))
    document.body(_("The project runs from %(first)s to %(last)s.")
                  % {"first": _day(project.starts_on), "last": _day(project.ends_on)})  # fmt: skip
    for each in milestones:
        told = call.programme.outcome.milestone(each.key)
        head = f"{told.name if told else each.key}："
        document.body(
            _("by %(day)s. %(help)s")
            % {"day": _day(each.due_on), "help": (told.help if told and told.help else "")},
            head=head,
        )
    document.heading(_("2. Money"))
    _pay(document, project, money)
    document.heading(_("3. Duties"))
    for text in _duties():
        document.body(text)
    document.signature(_("Party A (seal): %(name)s") % {"name": call.organisation.name}, _("Date:"))
    unit = project.award.submission.organisation
    document.signature(
        _("Party B, lead (signature): %(name)s") % {"name": project.lead_name},
        _("Employer (seal): %(name)s")
        % {"name": unit.name if unit else project.employer},
        _("Date:"),
    )  # fmt: skip
    return document.content()


def closing_sheet(project: Project, closing: Closing) -> bytes:
    """What is known at the closing: evidence of its records."""
    document = OfficialDocument()
    document.title(_("Closing of the project"))
    _facts(document, project)
    document.fact(_("Ran"), f"{_day(project.starts_on)}—{_day(closing.closed_on)}")
    document.fact(_("Result"), str(closing.get_result_display()))
    if closing.reason:
        document.fact(_("Reason"), closing.reason)
    delivery = _last(project)
    if delivery is not None and delivery.likeness is not None:
        document.fact(_("Copy check"), f"{plain(delivery.likeness)} %")
    outputs = list(project.outputs.all())
    document.heading(_("Works that came out"))
    for number, each in enumerate(outputs, start=1):
        parts = (each.author, each.title, each.get_kind_display(), each.venue, each.get_level_display(),
                 each.out_on and _day(each.out_on))  # fmt: skip
        document.body(f"{number}. " + "，".join(str(part) for part in parts if part))
    if not outputs:
        document.body(_("None were recorded."))
    document.signature(project.award.call.organisation.name, _day(closing.closed_on))
    return document.content()


def _facts(document: OfficialDocument, project: Project) -> None:
    award, submission = project.award, project.award.submission
    call = award.call
    document.fact(_("Number"), award.number)
    document.fact(_("Title"), project.title)
    document.fact(_("Call"), call.title)
    if award.level:
        document.fact(_("Level"), level_name(call.programme, award.level))
    document.fact(str(call.programme.applicant.zh), project.lead_name)
    unit = submission.organisation.name if submission.organisation else project.employer
    if unit:
        document.fact(_("Organisation"), unit)
    if project.members:
        document.fact(pgettext("project", "Members"), "、".join(project.members))


def _pay(document: OfficialDocument, project: Project, money: Money) -> None:
    unit = project.award.call.programme.outcome.money
    word = unit.zh if unit else ""
    if not money.budget:
        document.body(_("The project is not funded."))
        return
    document.body(_("The budget is %(amount)s.") % {"amount": f"{plain(money.budget)}{word}"})
    for each in money.instalments:
        document.body(
            _("%(percent)s %%, %(amount)s.")
            % {"percent": f"{each.percent:g}", "amount": f"{plain(each.planned)}{word}"},
            head=f"{each.name}：",
        )


def _duties() -> tuple[str, ...]:
    return (
        _("Party B does the research that the submission describes, hands in each report by its day, "
          "and states in what comes out that the project supported it."),
        _("Another lead, title, time or plan of spending is asked for in writing before it is made."),
        _("Party A pays the instalments when what they hang on is accepted. A project that is "
          "terminated gets nothing more; what was not spent is paid back."),
    )  # fmt: skip


def _last(project: Project) -> Delivery | None:
    """The closing report that was accepted."""
    found = Delivery.objects.filter(milestone__project=project, accepted=True, result__gt="")
    return found.order_by("-ruled_at").first()


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
