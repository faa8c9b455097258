"""Which candidates are reported figures: one small question each, asked in turn."""

import re

from . import approximations
from .candidates import QUANTITY, Candidate
from .masks import Masks
from .numerals import BLANKS

_STOP = re.compile(r"[，。；、：！？）)\n\r,;]|$|台阶|大关|关口")
_HOLLOW = re.compile(r"^(?:[百千万亿]|[百千十]万|万亿|千亿|百亿)$")
_RHETORIC = re.compile(
    r"(?:方面|层面|维度|目标|重点|中心|主题|主线|关键|抓手|坚持|确立|维护|意识|自信|结合|代表|务必|伟大|全面|必须|有之|到位"
    r"|统筹|认真|转变|[“‘]?一[”’]?(?!等)|不动摇|不能|文明(?!单位|校园|村|实践|家庭|社区)|循环|离不开|聚焦|突出|明确|大局|大事|阶段|原则"
    r"|关系|体系|结果导向|更加|更好|带头|专注)"
)
_DID = re.compile(
    r"(?:举办|召开|开展|组织|举行|承办|主办|协办|出版|编印|编写|创办|获得?|荣获|新增|建成|新建|成立|发表|摘得|夺得|推出|拍摄|创作)了?$"
)
_EACH = re.compile(r"[每各逐同任某另唯该此这那哪进再无有首第上下前后同一]$")
_VERB_END = re.compile(
    r"(?:[了共达约近超逾余有计为到至设建立办开成评获增选派发印送布置查访走创购]|举办|建成|设立|命名|新增|覆盖|培育|组织|创作|编印"
    r"|出版|推出|完成|命名|认定|走进|走访|检查|整改|排查|申报|打造|联系|联合|拥有|现有|下设)$"
)
# 展厅x处、文化墙xx面: a blank behind its noun; not in 市委xx处, 在xx台.
_BEHIND_NOUN = re.compile(
    r"[\u4e00-\u9fff》”）](?<![在由到赴向从与和及驻往于自的让给经被把将省市县区州局部院委办府])$"
)
_NAMES = re.compile(rf"、[{BLANKS}]")
_COUNTED = re.compile(
    r"所(?:高校|学校|院校|中小学|中学|小学|大学|学院|幼儿园|高职|本科|民办|公办|职业)|台(?:电脑|设备|机器|车|晚会|节目|大戏)"
    r"|处(?:隐患|问题|遗址|文物|景|阵地|点位|场所)|间(?:教室|房|办公|工作室)|双(?:鞋|手套)|口(?:井|水井|塘)"
)
_CHANGE = r"(?:提高|提升|增加|增长|上升|扩大|回升|下降|降低|减少|缩短|压缩|缩减)(?:到|至|为)"
_FROM = re.compile(r"(?:由|从)[^，。；\n\d]{0,8}$")
_TO = re.compile(_CHANGE)
_RECENT = re.compile(
    r"(?:近|今后|未来|过去|前|后|每|每隔|这|头|最近|最后|上|下|新的|第|满|隔|今后的)$"
)
_AGO = re.compile(
    r"(?:多)?(?:来|以来|间|内|前|后|之内|之前|之后|级|行动|规划|计划|攻坚|任期|制|期|度|级|一次|一遇|一届|换届|工作|方案|提升|跃|倍增)"
)
_LASTED = re.compile(
    r"(?:历时|历经|历|为期|连续|接续|服务|坚持|持续|累计|长达|跨度|工龄|教龄|从业|从教|工作|运行|扎根|深耕|耕耘|时长|用时|耗时|缩短|延长"
    r"|压缩|[达约逾超]|事业|实现|举行|周期|办刊|展期|展出)了?[^，。；\n]{0,4}$"
)
_CHANGED = re.compile(
    r"(?:增长|增加|提高|提升|翻了?|多|高出|上升|下降|减少|降低|占|不足|不到|近|超过?|达到?)了?$"
)
_PEOPLE = re.compile(
    r"(?:名|位)?(?:各族|基层|党员|机关|农村|城乡|在校|青年|中小|广大)?(?:群众|师生|网民|网友|干部|党员|市民|观众|听众|职工|粉丝|用户|青少年|学生|读者"
    r"|农民|居民|村民|团员|少先队员|妇女|儿童|老人|老年人|移民|志愿者|家长|游客|受众|会员|社科工作者|参与者|消费者)"
)
_HALF = re.compile(r"(?:占|近|超过?|过|达到?|不足|不到|约|比例|数)(?:[^，。；\n]{0,10}的)?$")
_AGE = re.compile(r"(?:平均|年龄|寿命|最大|最小|最长|最年轻)[^，。；\n]{0,6}$")


def is_figure(text: str, found: Candidate, masks: Masks) -> bool:
    """Whether the candidate is a figure somebody reports, or a blank left for one."""
    if masks.covers(found.start) or text[max(0, found.start - 1) : found.start] == "第":
        return False
    if found.match.group("half"):
        return _HALF.search(text[max(0, found.start - 13) : found.start]) is not None
    if found.match.group("fraction"):
        return True
    if found.percent:
        return True
    if found.measure is None:
        return _stands_alone(text, found)
    if _crosses_line(text, found) and not _joins_lines(text, found):
        return False
    return _KINDS[found.measure.kind](text, found) and not _is_rhetoric(text, found)


def is_blank(found: Candidate) -> bool:
    """Whether any part of the numeral is a place to be filled."""
    if found.match.group("gap"):
        return True
    return any(part["blank"] for part in QUANTITY.finditer(found.match.group()))


def _crosses_line(text: str, found: Candidate) -> bool:
    return "\n" in text[found.number_end : found.end]


def _joins_lines(text: str, found: Candidate) -> bool:
    """A line broken between numeral and measure word, and not a page number on its own."""
    line_start = text.rfind("\n", 0, found.start) + 1
    kind = found.measure.kind if found.measure else ""
    return kind == "strong" and len(text[line_start : found.start].strip(" \u3000-—")) > 3


def _stands_alone(text: str, found: Candidate) -> bool:
    """Figures without a measure word: 阅读量突破10万, 10W多, 破千万."""
    if found.match.group("gap"):
        return False
    last = found.match.group("high") or found.match.group("low")
    parts = QUANTITY.match(last)
    if parts is None:
        return False
    ended = _STOP.match(text, found.number_end) or approximations.after(text, found.number_end)
    reaching = approximations.REACHING.search(text[max(0, found.start - 8) : found.start])
    counted = _PEOPLE.match(text, found.number_end) and (parts["magnitude"] or parts["chinese"])
    if counted and not _HOLLOW.match(last):
        return bool(parts["magnitude"]) or parts["chinese"][-1] in "百千万亿"
    if (
        {parts["inner"], parts["outer"]} & {"+", "＋"}
        and len(parts.group()) > 2
        and (ended or text.startswith("的", found.number_end))
    ):
        return True
    if parts["chinese"]:
        about = parts["inner"] or parts["outer"]
        big = parts["magnitude"] or (parts["chinese"][-1] in "万亿" and len(parts["chinese"]) > 1)
        return bool(big and (reaching or about) and ended)
    if parts["magnitude"]:
        return bool(ended or parts["outer"]) and not _HOLLOW.match(last)
    head = text[max(0, found.start - 12) : found.start]
    if parts["arabic"] and _FROM.search(head) and _TO.match(text, found.number_end):
        return True
    return bool(reaching and ended and (parts["arabic"] and len(parts["arabic"]) > 1))


def _strong(text: str, found: Candidate) -> bool:
    numeral = found.numeral
    if numeral == "一":
        return _single(text, found)
    if numeral in ("二", "零") or (found.match.group("gap") and not _gap_fits(text, found)):
        return False
    if _HOLLOW.match(numeral):
        word = approximations.before(text, found.start)
        ends = approximations.after(text, found.end) or _STOP.match(text, found.end)
        return word != "好" if word is not None else len(numeral) > 1 and ends is not None
    return True


def _gap_fits(text: str, found: Candidate) -> bool:
    """Dots and spaces are blanks only behind a Chinese character (举办……场)."""
    head = text[max(0, found.start - 1) : found.start]
    word = found.measure.word if found.measure else ""
    return bool(re.match(r"[\u4e00-\u9fff》”]", head)) and word not in ("年", "元")


def _single(text: str, found: Candidate) -> bool:
    """一 counts where it stands behind its noun (画册一本。) or right behind a deed (举办一场)."""
    head = text[max(0, found.start - 12) : found.start]
    measure = found.measure
    if measure is not None and measure.word in ("倍", "成"):
        return _CHANGED.search(head) is not None
    if measure is None or not measure.single or _EACH.search(head) or "每" in head:
        return False
    if _DID.search(head):
        return True
    noun = re.search(r"[\u4e00-\u9fff》”]$", head)
    return bool(noun and _STOP.match(text, found.end) and not re.search(r"[是为的了作过]$", head))


def _weak(text: str, found: Candidate) -> bool:
    if not is_blank(found):
        return _strong(text, found)
    parts = QUANTITY.match(found.numeral)
    if parts and (parts["inner"] or parts["outer"] or parts["magnitude"]):
        return True
    head = text[max(0, found.start - 4) : found.start]
    if _VERB_END.search(head) or _COUNTED.match(text, found.end - 1):
        return True
    return bool(_BEHIND_NOUN.search(head) and _STOP.match(text, found.end)) and not (
        _NAMES.match(text, found.end)
    )


def _place(text: str, found: Candidate) -> bool:
    parts = QUANTITY.match(found.numeral)
    return parts is not None and parts["arabic"] is not None


def _duration(text: str, found: Candidate) -> bool:
    word = found.measure.word if found.measure else ""
    head = text[max(0, found.start - 8) : found.start]
    if found.numeral in ("一", "半") or _RECENT.search(head) or _AGO.match(text, found.end):
        return False
    if word == "岁":
        return _AGE.search(head) is not None and not text.startswith(("以", "及以"), found.end)
    if word in ("年", "周", "季", "夜", "学期"):
        return _LASTED.search(head) is not None
    return _strong(text, found)


def _is_rhetoric(text: str, found: Candidate) -> bool:
    """三个方面, 四个意识: a way of speaking, not a count."""
    word = found.measure.word if found.measure else ""
    if is_blank(found):
        return False
    if word == "件":
        return text.startswith("大事", found.end)
    return word == "个" and _RHETORIC.match(text, found.end) is not None


def _cell(text: str, found: Candidate) -> bool:
    return True


_KINDS = {
    "strong": _strong,
    "weak": _weak,
    "place": _place,
    "duration": _duration,
    "cell": _cell,
}
