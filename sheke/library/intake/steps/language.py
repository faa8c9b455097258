"""In which language and script the text is, and its fingerprint as a whole."""

from __future__ import annotations

from ...models import Item
from ..holding import holding
from ..tongues import language_of
from ..tools import Tools
from ..wholes import text_digest, whole_text

NAME = "language"


def run(item: Item, _tools: Tools) -> bool:
    text = whole_text(item)
    found, digest = language_of(text), text_digest(text)
    with holding(item, NAME) as held:
        held.proposed = held.proposed | {"language": found}
        held.save(update_fields=["proposed", "changed_at"])
        if held.file is not None:
            held.file.text_sha256 = digest
            held.file.save(update_fields=["text_sha256"])
    return True
