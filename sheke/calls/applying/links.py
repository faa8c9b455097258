"""Links by which somebody says whether they agree. Only the SHA-256 of a link's secret is kept."""

from __future__ import annotations

import hashlib

from ..models import Member
from .writing import may_write


def token_digest(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def member_of(token: str) -> Member | None:
    """Who a link was made for, as long as it is open: not answered, and the submission not closed."""
    found = (
        Member.objects.filter(token=token_digest(token), agreement=None)
        .select_related("submission__call__organisation", "submission__edition__definition")
        .first()
    )
    if found is None or may_write(found.submission):
        return None
    return found
