"""The clause and the sentence around a figure, and its verb and object."""

import re
from bisect import bisect_right

_SENTENCE_END = re.compile(r"[。！？!?；;\n\r]")
_CLAUSE_END = re.compile(r"[，。！？!?；;：:\n\r]")

_VERB_WORDS = (
    "举办 开展 召开 组织 举行 承办 主办 协办 出版 编印 编写 编发 编辑 印发 发放 发布 发表 刊发 刊登 刊播 推送 推出 播出 制作 拍摄 创作 "
    "立项 结项 申报 获批 获得 荣获 获 受理 征集 收到 采纳 转化 评选 评出 评审 表彰 命名 认定 新增 新建 建成 建立 成立 设立 注销 登记 "
    "培训 宣讲 授课 接待 服务 走访 慰问 帮扶 资助 募集 筹集 投入 投资 争取 覆盖 惠及 受众 吸引 参加 参与 参训 参学 招募 注册 发展 吸纳 "
    "检查 排查 整改 处置 办结 督查 评估 考核 调研 撰写 形成 完成 选派 选聘 邀请 聘请 联合 指导 联系 签订 签约 达到 突破 登陆 转载 采用 "
    "入选 推荐 报送 接听 解答 接受 设置 展出 直播 上线 开通 运营 打造 培育 创建 实施 开设 开课 拥有 现有 下设 购置 捐赠"
)
VERBS = _VERB_WORDS.split()
# The shortest verb is the last: 获, but not of 获奖.
_VERB = re.compile("|".join(sorted(VERBS, key=lambda verb: -len(verb))) + "(?!奖)")
_PLANNED = re.compile(
    r"计划|拟|预计|将(?!近)|力争|争取(?!资金|到|经费)|打算|目标|确保|下一步|明年|有望|规划建|预期|任务数?为"
)
_REACHED = re.compile(r"已|完成|累计|实际|共(?!同|建|享)|截至|截止|目前|达到|现有|了(?!解)")
_NOUN = re.compile(r"[的]?([\u4e00-\u9fffA-Za-z“”《》]{1,16})")
_NEAR_NOUN = re.compile(r"([\u4e00-\u9fffA-Za-z“”《》]{2,14})$")
_TAIL = re.compile(
    r"(?:只有|仅有|仅为|只|仅|不超过|不少于|不低于|不足|不到|共|共计|累计|总计|达到?|超过?|近|约|逾|已|了|有|为|突破|多达|高达|余)+$"
)


class Boundaries:
    """Where the clauses and sentences of a text end; asks cost a binary search."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = [match.end() for match in _SENTENCE_END.finditer(text)]
        self._clauses = [match.end() for match in _CLAUSE_END.finditer(text)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        return self._around(self._sentences, start, end)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        return self._around(self._clauses, start, end)

    def _around(self, ends: list[int], start: int, end: int) -> tuple[int, int]:
        place = bisect_right(ends, start)
        first = ends[place - 1] if place else 0
        after = bisect_right(ends, end)
        last = ends[after] if after < len(ends) else len(self._text)
        return first, last


def verb_and_object(clause: str, start: int, end: int) -> tuple[str, str]:
    """The deed and the thing counted, by the words around `clause[start:end]`; "" if unsaid.

    举办讲座52场 has its object before the figure, 举办52场讲座 behind it, and in x条新闻登陆央视
    the verb itself comes after.
    """
    before = list(_VERB.finditer(clause, 0, start))
    behind = _VERB.search(clause, end)
    verb = before[-1].group() if before else (behind.group() if behind else "")
    noun = _NOUN.match(clause, end)
    if noun and clause[end : end + 1] not in "以左之多余":
        return verb, _cut(noun.group(1), verb if not before else "")
    begin = before[-1].end() if before else 0
    near = _NEAR_NOUN.search(_TAIL.sub("", clause[begin:start]))
    return verb, near.group(1) if near else (behind.group() if behind else "")


def _cut(noun: str, verb: str) -> str:
    return noun.split(verb)[0] if verb else noun


def is_planned(before: str, clause: str) -> bool:
    """Whether the words before the figure announce it rather than report it.

    The nearest word decides: 计划300场，已完成286场 has one of each.
    """
    planned = max((match.start() for match in _PLANNED.finditer(before)), default=-1)
    reached = max((match.start() for match in _REACHED.finditer(before)), default=-1)
    return planned > reached
