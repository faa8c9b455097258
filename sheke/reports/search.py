"""What is searched of reporting."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sheke.core.search.sources import Document, Row, Source, register, same
from sheke.directory.models import Account
from sheke.directory.queries import reachable_organisations, reaches_all

from .models import Report, Template
from .queries import visible_reports, visible_templates


def _reports(numbers: Collection[int]) -> Iterable[Document]:
    for one in Report.objects.filter(pk__in=numbers).select_related("organisation"):
        yield Document(one.pk, str(one), one.organisation.name, [one.organisation_id])


def _report_row(report: Report) -> Row:
    return Row(str(report), reverse("reports:report", args=[report.pk]), report.organisation.label)


def _templates(numbers: Collection[int]) -> Iterable[Document]:
    for one in Template.objects.filter(pk__in=numbers).select_related("organisation"):
        yield Document(one.pk, str(one), one.organisation.name, [one.organisation_id])


def _template_row(template: Template) -> Row:
    url = reverse("reports:template", args=[template.pk])
    return Row(str(template), url, template.organisation.label)


def _scope(account: Account) -> Collection[int] | None:
    if reaches_all(account):
        return None
    return list(reachable_organisations(account).order_by().values_list("pk", flat=True))


register(
    Source(
        kind="report", label=_("Reports"), icon="file-check",
        documents=_reports,
        ids=lambda: Report.objects.order_by("pk").values_list("pk", flat=True),
        visible=visible_reports,
        row=_report_row,
        scope=_scope,
        follows={"reports.report": same},
    )
)  # fmt: skip
register(
    Source(
        kind="template", label=_("Templates"), icon="text-cursor-input",
        documents=_templates,
        ids=lambda: Template.objects.order_by("pk").values_list("pk", flat=True),
        visible=visible_templates,
        row=_template_row,
        scope=_scope,
        follows={"reports.template": same},
    )
)  # fmt: skip
