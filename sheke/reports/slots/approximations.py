"""Words that say a figure is not exact, before it (近, 逾) and behind it (余, 以上)."""

import re

# The longest first: 不少于 before 于, 超过 before 超.
_BEFORE_WORDS = (
    "不少于 不低于 不超过 不高于 不多于 不足 不到 不下 至少 至多 最多 最少 超过 多达 高达 大约 大概 约为 将近 接近 突破 "
    "近 约 超 逾 上 破 过 满 好"
)
_AFTER_WORDS = "以上 以下 以内 左右 上下 之多 有余 余 多 不等 开外"
BEFORE, AFTER = _BEFORE_WORDS.split(), _AFTER_WORDS.split()

_BEFORE = re.compile(f"(?:{'|'.join(BEFORE)})[了]?[ \\u3000]?$")
_AFTER = re.compile(f"[（(]?(?:{'|'.join(AFTER)})")

# Words of reaching: they make a bare number a figure, but leave it exact.
REACHING = re.compile(
    r"(?:[量数额率值比分]|(?:提高|提升|上升|增长|扩大|回升|下降|降低|减少|缩短|压缩|缩减)[到至为]|总计|共计|合计|累计|总共|一共|达到?|增至|升至|降至|增加到|为|是|至|突破|粉丝|人口|阅读|点赞|播放|经费|资金|奖金|补贴|补助|善款|收入|日活|月活"
    r"|浏览|点击|转发|投入|入库|超过?|逾|近|约|破|过|上|不足|不到|不少于|不低于|增长|提高|增加)了?[：:]?[ \u3000]?$"
)

# 通过 and 经过 end in 过, 社会上 in 上: no sign of an estimate.
_FALSE = re.compile(
    r"(?:[通经渡路]过|[会线基市以网路车场面手身天桌台船本村乡年月晚早]上|[美很最更较]好|[圆充]满|[附远新最]近|[节预签制]约)$"
)
_NEVER_ALONE = ("上", "过", "满", "好")


def before(text: str, start: int) -> str | None:
    """The word of estimate that stands right before `start`."""
    head = text[max(0, start - 5) : start]
    match = _BEFORE.search(head)
    if match is None or _FALSE.search(head):
        return None
    return match.group().rstrip(" \u3000了")


def after(text: str, end: int) -> str | None:
    """The word of estimate that stands right behind `end`."""
    match = _AFTER.match(text, end)
    return match.group().strip("（(") if match else None


def is_estimate(word: str, bare: bool) -> bool:
    """上, 过 … are words of estimate only before 百, 千, 万 standing alone (上百场)."""
    return bare or word not in _NEVER_ALONE
