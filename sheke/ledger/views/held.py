"""Files that came with a form: kept at once, so that an error elsewhere in it does not lose them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO, cast

from django.core import signing
from django.http import HttpRequest

from sheke.core.errors import BadInput

from ..evidence.actions import store_file
from ..models import StoredFile
from .access import account

SALT = "sheke.ledger.held"
DAY = 24 * 60 * 60


@dataclass
class Held:
    """The files of a form by (content, name), and what is wrong with those that were refused.

    Tokens are good for the account that sent the files, for a day.
    """

    account_id: int = 0

    files: list[tuple[StoredFile, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def tokens(self) -> list[tuple[str, StoredFile, str]]:
        """For hidden fields: (signed token, file, name)."""
        return [
            (
                signing.dumps([stored.pk, name, self.account_id], salt=SALT, compress=True),
                stored,
                name,
            )
            for stored, name in self.files
        ]


def held_files(request: HttpRequest, field_name: str = "evidence") -> Held:
    """Keep the files sent with the form, and find again those that an earlier try has sent."""
    held = Held(account_id=account(request).pk)
    for token in request.POST.getlist("held"):
        _find(held, token)
    for file in request.FILES.getlist(field_name):
        name = file.name or ""
        try:
            held.files.append((store_file(file=cast(BinaryIO, file.file), name=name), name))
        except BadInput as error:
            held.errors.append(str(error))
    return held


def _find(held: Held, token: str) -> None:
    try:
        pk, name, owner = signing.loads(token, salt=SALT, max_age=DAY)
        if owner != held.account_id:
            return
        held.files.append((StoredFile.objects.get(pk=pk), name))
    except (signing.BadSignature, StoredFile.DoesNotExist, ValueError):
        return
