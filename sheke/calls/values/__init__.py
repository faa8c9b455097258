"""What applicants fill in, as clean values of the programme's form. Pure: no database.

A submission's `values` is {field's key: value}; what is not filled in has no key. By kind of field:

    text            one line of text                       "关于……的研究"
    paragraphs      plain text, lines end with \\n          "一、意义\\n二、内容"
    rich            HTML of the few tags in `rich.TAGS`     "<p>…</p>"
    choice          key of a choice                        "applied"
    choices         keys, in the order of the form         ["books", "papers"]
    boolean         true or false                          true
    number, amount  a plain decimal in text                "1.5"
    date            ISO                                    "2026-03-01"
    topic           number (primary key) of a Topic        12
    organisations   [{"id": number or null, "name": text}] (null: an organisation not in the directory)
    table           rows [{column's key: text}]; number, date and choice columns as those fields
    files           numbers (primary keys) of Uploads      [4, 9]

A draft keeps what cannot be read as it was typed (`kept_values`); a version holds clean values alone.
"""

from __future__ import annotations

from .checking import Fault, check_values, kept_values
from .digests import canonical_text, digest_of
from .kinds import Topics, clean_value, find_topic
from .rich import clean_rich, rich_text
from .showing import shown
from .texts import count_characters

__all__ = [
    "Fault", "Topics", "canonical_text", "check_values", "clean_rich", "clean_value",
    "count_characters", "digest_of", "find_topic", "kept_values", "rich_text", "shown",
]  # fmt: skip
