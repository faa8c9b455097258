"""The finder against documents that were labelled before it ever read them.

【】 marks a slot; ⟨⟩ a number that may be one or not (what others did, what is only planned, how
long something lasted), so that finding it is neither right nor wrong. The first measurement on
each document, before anything was repaired for it, stands in `FIRST` (precision, recall; exact
spans).
"""

import re

import pytest

from sheke.reports.slots import find_slots

from .scoring import CORPUS, Score, add, read_marked

HELD_OUT = CORPUS.parent / "held_out"
FIRST = {
    "alliance": (1.0, 0.979),
    "brief": (1.0, 0.897),
    "college": (1.0, 1.0),
    "district": (0.984, 0.984),
    "county_blank": (1.0, 0.971),
    "office_head_blank": (1.0, 0.943),
    "lecturer": (0.963, 0.867),
    "library": (1.0, 0.952),
    "quarter_letter": (1.0, 1.0),
    "party_school": (1.0, 1.0),
    "societyfin": (0.98, 0.923),
    "volunteers": (1.0, 0.936),
}
_EITHER = re.compile("⟨([^⟨⟩]*)⟩")


def documents():
    return sorted(HELD_OUT.glob("*.txt"))


def read(marked: str) -> tuple[str, set[tuple[int, int]], list[tuple[int, int]]]:
    """Text, slots that must be found, and stretches in which a find counts neither way."""
    bare = marked.replace("【", "").replace("】", "")
    text, required = read_marked(_EITHER.sub(r"\1", marked))
    plain, either = read_marked(_EITHER.sub(r"【\1】", bare))
    assert text == plain
    return text, set(required), either


def score(marked: str) -> Score:
    text, required, either = read(marked)
    found = {
        (slot.start, slot.end)
        for slot in find_slots(text)
        if not any(slot.start < high and low < slot.end for low, high in either)
    }
    show = [sorted(text[a:b] for a, b in spans) for spans in (required - found, found - required)]
    return Score(len(required), len(found), len(required & found), tuple(show[0]), tuple(show[1]))


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_no_document_falls_below_its_first_measurement(path):
    result = score(path.read_text(encoding="utf-8"))
    precision, recall = FIRST[path.stem]
    assert result.precision >= precision - 0.01, result.wrong
    assert result.recall >= recall - 0.01, result.missed


def test_all_of_them():
    result = add([score(path.read_text(encoding="utf-8")) for path in documents()])
    assert result.precision >= 0.97, result.wrong
    assert result.recall >= 0.95, result.missed
