"""What every format tells of a work besides its description: who may read it, what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from ..models import File, Relation, Work

ACCESS = "info:eu-repo/semantics/"


def rights(work: Work) -> Iterable[str]:
    """In the words of OpenAIRE, then as the office wrote them. Files of the office alone are not told of."""
    files = [file for file in work.files.all() if file.access == File.Access.PUBLIC]
    if not files:
        yield f"{ACCESS}metadataOnlyAccess"
    for file in files:
        if file.embargo_until:
            yield f"{ACCESS}embargoedAccess"
            yield f"info:eu-repo/date/embargoEnd/{file.embargo_until.isoformat()}"
        else:
            yield f"{ACCESS}openAccess"
        yield file.rights


def relations(work: Work) -> Iterable[Relation]:
    """Those whose other end everybody may see."""
    for relation in work.relations.all():
        if relation.other is None or relation.other.is_public:
            yield relation


def other_end(relation: Relation, root: str) -> str:
    if relation.other is None:
        return relation.reference
    link = getattr(relation.other, "link", None)
    return root + reverse("open:link", args=[link.name]) if link else relation.other.title
