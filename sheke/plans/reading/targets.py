"""What a plan promises in figures: proposed targets with their place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from sheke.core.numerals import parse_chinese

from .deadlines import find_deadlines

_UNITS = (
    "轮次|批次|班次|件次|户次|篇次|课次|个百分点|万人次|万元|亿元|万字|万册|人次|场次|课时|学时|小时|分钟|平方米|公里|站点|"
    "场|次|期|篇|部|本|册|套|个|项|家|人|名|位|条|件|份|批|届|所|处|门|节|天|元|支|类|种|幅|首|集|档|堂|讲|轮|"
    "站|户|字|座|台|款|组|卷|辑|版|枚|张|封|起|例|宗|笔|倍|只|队|班|点|亩|%|‰"
)
# Bounded and never tried again shorter: a page of digits must not be read for ever.
_DIGITS = r"\d[\d,，]{0,30}+(?:\.\d{1,9}+)?+"
_HAN = "[一二两三四五六七八九十百千]{1,6}"
_RANGE = rf"(?:\s*(?:-|—|–|~|～|至|到)\s*(?P<upper>{_DIGITS}|{_HAN}))?"
_FIGURE = re.compile(
    rf"(?P<value>{_DIGITS}|{_HAN}){_RANGE}\s*(?P<scale>万|亿|千|百)?\s*(?P<more>余|多|几)?\s*"
    rf"(?P<unit>{_UNITS})(?:（[次件条篇个场项册份]）)?(?P<after>以上|以内|以下|左右|及以上)?"
)
_PERCENT = re.compile(
    r"百分之(?P<value>[零一二三四五六七八九十百]{1,5})(?P<after>以上|以内|以下|左右)?"
)
_FULL = re.compile(r"[“\"‘]?全覆盖[”\"’]?|覆盖率(?:达到?)?百分之百")
_ZERO = re.compile(
    r"[“\"‘]?(?:零|0)(?:事故|差错|投诉|发生|违规|违纪|失误|舆情|上访|泄密|案件|延误|缺陷|遗漏|感染|信访|缺席|漏洞)[”\"’]?"
)
_TOP = re.compile(
    r"(?P<value>[二三四五六七八九十百]{1,3}|\d{1,3})(?:大|佳|优|强)(?P<object>[\u4e00-\u9fff]{2,10}?)(?=[，。；、“”（）\s]|$|评选|活动|和|及)"
)
_ROUND = re.compile(
    rf"(?:突破|达到?|超过?|不少于|不低于)(?P<figure>(?P<value>{_DIGITS})(?P<scale>万|亿))(?P<after>以上)?(?=[，。；、）]|$)"
)
_WORK = re.compile(
    r"(?:出版|编印|编纂|编辑|编写|印制|编发|制作|拍摄|创作|推出|撰写)[\u4e00-\u9fff]{0,8}(?P<work>《[^《》]{2,40}》)(?!编辑部)"
)
_ORDINAL = re.compile(
    r"第(?P<value>[一二三四五六七八九十]{1,3}|\d{1,3})(?P<unit>批|届)(?P<object>[\u4e00-\u9fff]{0,16})"
)

_AT_LEAST = re.compile(r"不少于|不低于|至少|最少|不小于|达到?|超过?|突破|以上|大于|力争|争取|确保")
_AT_MOST = re.compile(r"不超过?|不高于|不多于|至多|控制在|低于|少于|压降至|降至|以内|以下")
_ABOUT = re.compile(r"约|左右|大约|大概|近|上下")
_VERB = re.compile(
    "举办|举行|开展|组织|召开|评选|评出|推选|评审|遴选|选树|选拔|表彰|奖励|出版|编印|编写|编发|编纂|编辑|印发|发布|推出|推送|刊发|刊登|"
    "建设|建成|建立|新建|创建|培育|打造|孵化|设立|开设|成立|组建|新增|增加|发展|吸纳|完成|实现|达到|力争|争取|确保|突破|"
    "征集|收集|立项|资助|扶持|支持|培训|轮训|走访|调研|考察|制作|拍摄|录制|命名|认定|推荐|申报|报送|上报|撰写|形成|产出|"
    "吸引|覆盖|招募|上线|登记|注册|检查|抽查|评估|考核|年检|整改|修复|化解|承办|协办|推广|转化|选派|聘任|聘请|宣讲|"
    "开发|研发|结项|结题|引进|采购|投入|争创|签订|签约|办理|答复|提升|提高|增长|增强|保持|控制|降低|减少|压减|策划|筹办|放映|展出|展示|接待|服务|"
    "不少于|不低于|不超过|至少|办好|办|出|送|开|推"
)
_NOT_COUNTED = re.compile(
    r"^(?:方面|层面|环节|维度|阶段|原则|角度|领域|关键|重点|确立|维护|意识|自信|务必|一以贯之|结合|坚持|布局|全面|面向|体系|文明|新局面|问题|要求|大事|要事|任务|保障|举措|抓手|主线|主题|支撑|建设)"
)
_MANNER = re.compile(
    "之?内|(?:不间断|全天候)?(?:值班|值守|热线|在线|开放|服务|响应|制度|办结|生活圈|阅读圈)"
)
_CUES = re.compile(r"(?:不少于|不低于|至少|达到?|超过|突破|力争|不超过|控制在|约|近|共|各|为|在)+$")
_MODAL = {"力争", "争取", "确保", "实现", "完成", "达到", "支持"}
# What is there already, and who takes part, is no promise.
_GIVEN = re.compile("现有|已有|已经?|目前|仅|共有|拥有|截至|去年|上年|上一年|辖|缺口|等$")
# 省级以上 and 40周岁以下 say whom, not how many.
_RANKED = re.compile("(?:[级岁]|处级|副高)及?以[上下]")
_REACH = 120  # characters of a clause on either side of a figure
_CLAUSE = "。；;！!？?\n"


@dataclass(frozen=True)
class Target:
    """One promise at `[start, end)` of the text it was found in.

    `kind`: count, share, growth, coverage, zero, work (a named book), top, or ordinal (“第三批”: the
    third of its kind).
    `value` is in `unit`, with 万 and 亿 multiplied out; `every` says that it recurs.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Decimal
    unit: str
    comparison: str  # at_least, at_most, exactly, about
    phrase: str
    object: str = ""
    upper: Decimal | None = None
    every: str = ""

    def as_json(self, field: str) -> dict[str, Any]:
        data = asdict(self) | {"value": _plain(self.value)}
        data["upper"] = None if self.upper is None else _plain(self.upper)
        return {"in": field} | data


def find_targets(text: str) -> list[Target]:
    """The proposed targets of `text`, in its order, none overlapping another."""
    found: list[Target] = []
    taken = bytearray(len(text))
    for target in _candidates(text):
        if not any(taken[target.start : target.end]):
            taken[target.start : target.end] = b"\1" * (target.end - target.start)
            found.append(target)
    # A journal's name beside the number of its issues is no promise of its own.
    counted = {target.phrase for target in found if target.kind != "work"}
    found = [t for t in found if t.kind != "work" or t.phrase not in counted]
    return sorted(found, key=lambda target: target.start)


def _candidates(text: str) -> Iterator[Target]:
    times = bytearray(len(text))
    for time in find_deadlines(text, 2000):
        if not time.every:
            times[time.start : time.end] = b"\1" * (time.end - time.start)
    for match in _FULL.finditer(text):
        yield _special(text, match, "coverage", Decimal(100), "%", "at_least")
    for match in _ZERO.finditer(text):
        yield _special(text, match, "zero", Decimal(0), "", "at_most")
    for match in _TOP.finditer(text):
        if re.search("评|选|发布|推出|揭晓|命名|表彰", _before(text, match.start())):
            yield _ranked(text, match, "top", "个")
    for match in _ORDINAL.finditer(text):
        said = _before(text, match.start()) + match["object"]
        if (
            re.search("评选|认定|命名|创建|申报|遴选|立项|举办|开展|发布|评审|征集|推出", said)
            and "配合" not in said
        ):
            yield _ranked(text, match, "ordinal", match["unit"])
    for match in _ROUND.finditer(text):
        yield _round(text, match)
    for match in _WORK.finditer(text):
        yield _work(text, match)
    for pattern in (_PERCENT, _FIGURE):
        for match in pattern.finditer(text):
            target = None if any(times[slice(*match.span())]) else _figure(text, match)
            if target:
                yield target


def _special(
    text: str, match: re.Match[str], kind: str, value: Decimal, unit: str, comparison: str
) -> Target:
    start, end = match.span()
    return Target(start, end, match[0], kind, value, unit, comparison, _phrase(text, start, end))


def _ranked(text: str, match: re.Match[str], kind: str, unit: str) -> Target:
    start = match.start()
    end = match.end("object") if kind == "top" else match.end("unit")
    value = Decimal(_number(match["value"]) or 0)
    phrase = _phrase(text, start, match.end("object"))
    return Target(
        start, end, text[start:end], kind, value, unit, "exactly", phrase, match["object"]
    )


def _round(text: str, match: re.Match[str]) -> Target:
    """阅读量突破500万: a round number needs no measure word."""
    start, end = match.start("figure"), match.end()
    value = (_number(match["value"]) or Decimal(0)) * (10_000 if match["scale"] == "万" else 10**8)
    before = _before(text, match.start())
    phrase = _phrase(text, start, end)
    thing = _object(text, start, end, before)
    return Target(start, end, text[start:end], "count", value, "", "at_least", phrase, thing)


def _work(text: str, match: re.Match[str]) -> Target:
    """A book or film that is named is one of its kind."""
    start, end = match.span("work")
    phrase = _phrase(text, start, end)
    return Target(
        start, end, match["work"], "work", Decimal(1), "部", "exactly", phrase, match["work"]
    )


def _figure(text: str, match: re.Match[str]) -> Target | None:
    start, end = match.span()
    groups = match.groupdict()
    unit = groups.get("unit") or "%"
    before = _before(text, start)
    every = _every(before)
    if not _counts(text, match, before, unit, every):
        return None
    value = _number(match["value"])
    if value is None:
        return None
    scale = {"万": 10_000, "亿": 100_000_000, "千": 1000, "百": 100}.get(
        groups.get("scale") or "", 1
    )
    value, unit = _unpacked(value * scale, unit)
    upper = _number(groups["upper"]) if groups.get("upper") else None
    phrase = _phrase(text, start, end)
    return Target(
        start, end, match[0], _kind(unit, before), value, unit,
        _comparison(before, match, upper), phrase, _object(text, start, end, before),
        None if upper is None else upper * scale, every,
    )  # fmt: skip


def _counts(text: str, match: re.Match[str], before: str, unit: str, every: str) -> bool:
    """Whether a number with a measure word is something promised and not a name or a manner."""
    start, end = match.span()
    value = match["value"]
    if start and (text[start - 1] in "第初每“‘〔等之.．" or text[start - 1].isdigit()):
        return False
    if unit in {"小时", "分钟", "天"} and _MANNER.match(text, end):
        return False  # 24小时值班, 72小时内
    if text[end : end + 1] == "”" or _NOT_COUNTED.match(text[end:]):
        return False
    if value in {"百", "千"}:
        return False  # “百人宣讲团” is a name
    if value == "一" and not every and not re.search("至少|不少于|不低于", before[-8:]):
        return False  # “一个、一支、一次” is an article
    if (
        unit in {"人", "点", "名", "首", "处", "门", "面"}
        and not value[0].isdigit()
        and len(value) == 1
    ):
        return value != "一" and bool(_VERB.search(before))
    if _GIVEN.search(re.split("[，,]", before)[-1]):
        return False
    return value[0].isdigit() or bool(_VERB.search(before))


def _before(text: str, at: int) -> str:
    """What the sentence says before `at`, at most forty characters."""
    near = text[max(0, at - 40) : at]
    return near[max(near.rfind(c) for c in _CLAUSE) + 1 :]


def _every(before: str) -> str:
    """How often, if the last time named recurs and no figure of another part took it."""
    if before.endswith(("共", "共计", "合计", "总计")):
        return ""  # the sum of what recurs
    said = find_deadlines(before, None)
    if not said or len(before) - said[-1].end > 16:
        return ""
    between = before[said[-1].end :]
    taken = re.search("[，,]", between) and _FIGURE.search(between)
    return "" if taken else said[-1].every


def _comparison(before: str, match: re.Match[str], upper: Decimal | None) -> str:
    near = _RANKED.sub("", re.split("[，,、]", before)[-1])[-10:]
    after = match["after"] or ""
    below = _AT_MOST.search(near + after) and not _AT_LEAST.search(after)
    if below and not re.search("不少于|不低于", near):
        return "at_most"
    if _ABOUT.search(near[-2:]) or "左右" in after:
        return "about"
    more = match.groupdict().get("more")
    return "at_least" if _AT_LEAST.search(near + after) or more or upper else "exactly"


def _kind(unit: str, before: str) -> str:
    if unit in {"%", "‰", "个百分点"}:
        return (
            "growth"
            if re.search("增长|提高|提升|增加|上升|递增", before[-8:]) and "到" not in before[-2:]
            else "share"
        )
    return "count"


def _unpacked(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """`5万人次` counts 50,000 人次."""
    for sign, factor in (("万", 10_000), ("亿", 100_000_000)):
        if len(unit) > 1 and unit.startswith(sign):
            return value * factor, unit[1:]
    return value, unit


def _object(text: str, start: int, end: int, before: str) -> str:
    """The thing counted: behind the measure word (`20场讲座`) or before it (`讲座20场`)."""
    behind = re.match(r"(?:的)?([\u4e00-\u9fffA-Za-z“”《》]{2,14})", text[end:])
    if behind and not re.match("以上|左右|以内|以下|，|。", behind[1]):
        return re.split("，|的|，|并|且|以及|和", behind[1])[0].strip("“”")
    clause = re.split("[，,、]", before)[-1]
    clause = _CUES.sub("", clause)
    for verb in _VERB.finditer(clause):
        thing = clause[verb.end() :].strip("“”了好")
        if verb[0] not in _MODAL and len(thing) > 1:
            return thing
    return clause if len(clause) <= 20 else clause[-12:]


def _phrase(text: str, start: int, end: int) -> str:
    """The clause around the figure, for a person to read."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    low = max(before.rfind(c) for c in _CLAUSE + "，,") + 1
    high = min((at for at in map(after.find, _CLAUSE + "，,") if at >= 0), default=len(after))
    return (before[low:] + text[start:end] + after[:high]).strip()


def _number(text: str) -> Decimal | None:
    bare = text.replace(",", "").replace("，", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", bare):
        return Decimal(bare)
    value = parse_chinese(text)
    return None if value is None else Decimal(value)


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
