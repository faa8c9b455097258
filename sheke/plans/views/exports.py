"""Files that a plan hands out: the document it was read from, Word, a table."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sheke.core.attachments import DOCX, attachment

from .. import exports
from ..queries import plan_tree
from .access import visible_plan


@require_safe
def source(request: HttpRequest, pk: int) -> FileResponse:
    """The document that the plan was read from, unchanged."""
    plan = visible_plan(request, pk)
    if plan.source is None:
        raise Http404
    return FileResponse(
        plan.source.file.open("rb"), as_attachment=True, filename=plan.source_name,
        content_type="application/octet-stream",
    )  # fmt: skip


@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponse:
    tree = plan_tree(visible_plan(request, pk))
    return attachment(exports.word(tree), f"{tree.plan.title}.docx", DOCX)


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    tree = plan_tree(visible_plan(request, pk))
    return attachment(exports.table(tree), f"{tree.plan.title}.xlsx")
