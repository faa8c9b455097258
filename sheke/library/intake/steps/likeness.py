"""Whether the same text, or nearly the same, is in the library already."""

from __future__ import annotations

from ...models import File, Item
from ..holding import Question, ask, holding
from ..sketching import keep_sketch, nearest, signature_of
from ..tools import Tools
from ..twins import files_known_to
from ..wholes import bare, whole_text

NAME = "likeness"


def run(item: Item, _tools: Tools) -> bool:
    if item.file is None:
        raise ValueError("an item without a file")
    signature = signature_of(bare(whole_text(item)))
    twin, likeness, share = _twin(item, item.file, signature)
    with holding(item, NAME) as held:
        if signature is not None and held.file is not None:
            keep_sketch(held.file, signature)
        if twin is None or held.decision == Item.Decision.APART:
            return True
        ask(held, twin, likeness, share)
    raise Question


def _twin(item: Item, file: File, signature: bytes | None) -> tuple[File | None, str, float | None]:
    others = files_known_to(item.batch).exclude(pk=file.pk)
    if file.text_sha256:
        same = others.filter(text_sha256=file.text_sha256).order_by("pk").first()
        if same is not None:
            return same, Item.Likeness.TEXT, 1.0
    found = nearest(signature, others) if signature is not None else None
    return (found[0], Item.Likeness.NEAR, found[1]) if found else (None, "", None)
