"""What the check must find, in the plainest way: character by character."""

from __future__ import annotations

from opencc import OpenCC

SCRIPT = OpenCC("t2s")


def plain(text: str) -> str:
    """Han, letters and digits, simplified, half width, small; for texts of common characters."""
    half = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    return "".join(SCRIPT.convert(c) for c in half.lower() if c.isalnum())


def longest_runs(text: str, other: str, minimum: int) -> list[tuple[int, int]]:
    """Stretches of `text` (from, before) that stand in `other` and can be made no longer."""
    found, reached = [], 0
    for start in range(len(text)):
        end = start + minimum
        if end > len(text) or text[start:end] not in other:
            continue
        while end < len(text) and text[start : end + 1] in other:
            end += 1
        if end > reached:
            found.append((start, end))
            reached = end
    return found


def counts(text: str, others: list[str], minimum: int) -> list[int]:
    """For each character, how many others share a long enough stretch around it."""
    found = [0] * len(text)
    for other in others:
        held = set()
        for start, end in longest_runs(text, other, minimum):
            held.update(range(start, end))
        for place in held:
            found[place] += 1
    return found
