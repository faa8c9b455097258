"""Whether a chapter tells what was done or what will be."""

from __future__ import annotations

import re

_FUTURE = re.compile(
    r"下一?步|下一?阶段|今后|明年|来年|次年|打算|思路|谋划|安排|工作计划|计划|工作重点|工作要点|努力方向|展望|改进措施"
)
_PAST = re.compile(
    r"进展|完成情况|开展情况|落实情况|工作情况|基本情况|主要成[绩效就]|取得的?成|回顾|主要做法|工作成效|工作亮点|亮点|"
    r"工作总结|工作概况|经验(?:做法|体会)|(?:上半年|一年来|今年以来).{0,12}(?:工作|情况)"
)


def is_future(title: str) -> bool:
    return bool(_FUTURE.search(title))


def is_past(title: str) -> bool:
    return bool(_PAST.search(title))


def is_summary(title: str) -> bool:
    """Whether a document so named reports on a period, with what is to come at its end."""
    return bool(re.search(r"总结|报告|汇报|述职|情况$", title))
