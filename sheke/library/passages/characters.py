"""What each character counts as: one number for all its forms, nothing for punctuation and spaces."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# Raised when another number comes out for some character: stored fingerprints are then made anew.
VERSION = 1
TABLE = Path(__file__).with_name("characters.txt")
END = 0x32400  # no letter, digit or Han character has a higher number

Codes = NDArray[np.uint32]


@cache
def table() -> Codes:
    """By the number of a character, the number that stands for it; 0 where it does not count.

    What counts is what `str.isalnum` says: Han, letters and digits of every script. Full width is
    half width, capitals are small, traditional is simplified; always one character for one.
    """
    numbers = np.zeros(END, np.uint32)
    counted = [number for number in range(END) if chr(number).isalnum()]
    numbers[counted] = counted
    for number in counted:
        small = chr(number).lower()
        if len(small) == 1 and ord(small) != number:
            numbers[number] = ord(small)
    numbers[0xFF10:0xFF1A] = range(ord("0"), ord("9") + 1)
    numbers[0xFF21:0xFF3B] = numbers[0xFF41:0xFF5B] = range(ord("a"), ord("z") + 1)
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        numbers[[ord(other) for other in line[1:]]] = ord(line[0])
    return numbers
