"""Whole numbers in Chinese numerals."""

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_SECTIONS = ("", "万", "亿", "万亿")


def to_chinese(number: int, *, before_measure: bool = False) -> str:
    """320 as 三百二十; 2 before a measure word as 两. Negative numbers begin with 负."""
    if number < 0:
        return "负" + to_chinese(-number, before_measure=before_measure)
    if number == 2 and before_measure:
        return "两"
    if number == 0:
        return "零"
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words = "".join(_grouped(groups))
    return words.removeprefix("一") if words.startswith("一十") else words


def _grouped(groups: list[int]) -> list[str]:
    """The sections from the highest, with 零 where a section begins with a gap."""
    words: list[str] = []
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        if words and (group < 1000 or not groups[place + 1]):
            words.append("零")
        words.append(("两" if group == 2 and place else _section(group)) + _SECTIONS[place])
    return words


def _section(group: int) -> str:
    """A number below 10,000: 一百零五."""
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _UNITS[place]
            gap = False
        else:
            gap = True
    return words
