"""Files that a plan hands out: the document it was read from, Word, a table."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .. import exports
from ..queries import plan_tree
from .access import visible_plan

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def attachment(data: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to be saved, under a Chinese name if need be."""
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


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
    return attachment(exports.table(tree), f"{tree.plan.title}.xlsx", XLSX)
