"""What tells a list of shortcomings from a list of things to do."""

from __future__ import annotations

import re

_NOUN = "问题|不足|困难|短板|差距|薄弱环节|弱项|瓶颈|难题"
_SAID = re.compile(
    rf"(?:存在|面临|仍有|还有|尚有|遇到|不容忽视)[^。；]{{0,30}}?(?:{_NOUN})"
    rf"|(?:突出|主要)的?(?:{_NOUN})"
    rf"|(?:{_NOUN})[^。；，]{{0,8}}(?:表现|如下|是：|有：|在于|体现)"
)
_TITLE = re.compile(
    rf"^(?:[^，。]{{0,12}}(?:存在|面临|遇到)的?)?[^，。]{{0,6}}(?:{_NOUN})(?:$|和|与|及|、|以及)"
)
_ANSWERED = re.compile(
    rf"(?:针对|围绕|解决|破解|聚焦|克服|化解|整改|对照|补齐)[^。；，]{{0,30}}(?:{_NOUN})|问题导向"
)
_TO_DO = re.compile(
    r"(?:下一?步|下阶段|下一阶段|打算|重点抓好|做好以下|工作措施|从以下[^。]*(?:推进|开展|着手|努力|改进)|计划(?:开展|推进|做好))"
)
_TRANSITION = re.compile(
    r"^\s*(?:下一?步|下一?阶段|接下来|今后|为此|对此|明年|来年|因此|"
    r"针对(?:以上|上述|这些|存在|此)|面对(?:以上|上述|这些)|20\d\d年，?(?:我们|将))"
)


def is_transition(sentence: str) -> bool:
    """Whether this sentence leaves the list of shortcomings and turns to what will be done."""
    return bool(_TRANSITION.match(sentence))


def is_problem_title(title: str) -> bool:
    """`存在的主要问题`, `问题与不足`, but not `解决突出问题`."""
    title = title.strip()
    return bool(_TITLE.match(title)) and not _ANSWERED.search(title) and not _starts_to_do(title)


def is_problem_lead(said: str) -> bool:
    """Whether what was said last before a list announces shortcomings."""
    parts = [part for part in re.split(r"[。！？\n]", said) if part.strip()]
    if not parts:
        return False
    last = parts[-1]
    if is_problem_title(last):
        return True
    return bool(_SAID.search(last)) and not _ANSWERED.search(last) and not _TO_DO.search(last)


def _starts_to_do(title: str) -> bool:
    """`下一步打算和存在问题` begins with what will be done, `存在问题和下一步打算` does not."""
    to_do, noun = _TO_DO.search(title), re.search(_NOUN, title)
    return to_do is not None and (noun is None or to_do.start() < noun.start())
