"""What a question may become while it is typed: titles, authors and topics that hold the words.

Asked of the same index under the same rights, so nothing is suggested that could not be found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sheke.core.search.analysis import asked_tokens, is_single, normal

from .clauses import SINGLE, Both, OneOf, Phrase, Request
from .engine import Broken
from .finding import freshen, rows_of
from .following import serving
from .marking import Snippet, marked
from .planning import reader_of

TITLES, NAMES, TOPICS = 5, 3, 4
LONGEST = 60  # characters of an unfinished question that are looked at


@dataclass(frozen=True)
class Suggestion:
    """what: title, author, topic. query: what is asked when it is chosen. shown: with its marks."""

    what: str
    query: str
    shown: Snippet


def suggest(text: str, *, account: Any) -> list[Suggestion]:
    """At most a dozen; none where the text holds no word or there is no index."""
    wanted = text.strip()[:LONGEST]
    tokens = asked_tokens(wanted)
    freshen()
    try:
        serves = serving()
        if serves is None or not tokens:
            return []
        index = serves.index
        seen = OneOf("seen", reader_of(account).sees)
        sought = (SINGLE + tokens[0],) if is_single(tokens) else tokens
        unfinished = sought[-1].isascii() and wanted[-1:].isalnum()
        fields = {"writer": ("author", NAMES), "topic": ("keyword", TOPICS)}
        names: dict[str, list[str]] = {}
        for value, (field, most) in fields.items():
            clause = Both((seen, Phrase(field, sought, prefix=unfinished)))
            counted = index.count(clause, [value], 100)[value]
            names[value] = [one for one, _n in counted if normal(wanted) in normal(one)][:most]
        titled = Both((seen, Phrase("title", sought, prefix=unfinished)))
        keys = [key for key, _score in index.find(Request(titled, limit=TITLES)).hits]
    except Broken:
        return []
    rows = rows_of(keys, account)
    titles = [str(rows[key]) for key in keys if key in rows]
    return [
        *(
            Suggestion("author", f"author:{_quoted(one)}", marked(one, [wanted]))
            for one in names["writer"]
        ),
        *(
            Suggestion("topic", f"keyword:{_quoted(one)}", marked(one, [wanted]))
            for one in names["topic"]
        ),
        *(
            Suggestion("title", _quoted(one), marked(one, [wanted]))
            for one in dict.fromkeys(titles)
        ),
    ]


def _quoted(text: str) -> str:
    plain = text.replace('"', " ")
    return (
        f'"{plain}"' if any(one.isspace() or one in "()（）“”「」『』-" for one in plain) else plain
    )
