"""Who wrote a text and which organisation issued it."""

from __future__ import annotations

import re

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦马苗凤花方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛禹狄米贝明臧"
    "计伏成戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经"
    "房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程邢裴陆荣翁荀羊甄曲家封芮储靳邴松井段富巫乌焦巴弓牧隗山谷车侯"
    "蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎蓟薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻"
    "莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终"
    "衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查荆红游"
    "趙錢孫鄭馮陳衛蔣韓楊許呂張嚴華謝鄒蘇範魯韋馬鳳費賀湯羅畢鄔樂時齊顧黃蕭紀項賈婁顏鍾駱萬盧經應鄧單諸鈕龔陸榮劉葉賴喬蒼雙黨譚貢勞邊溫閻習魚廣東歐師鞏聶簡饒關紅遊肖付闫覃仝"
)
_NAME = rf"[{_SURNAMES}](?:[\u3000 ]?[\u4e00-\u9fff]|[\u4e00-\u9fff]{{2}})|(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|歐陽|司馬)[\u4e00-\u9fff]{{1,2}}"
_LABEL = re.compile(
    r"^[\s（(【]*(?:作\s*者|撰\s*稿(?:人)?|执\s*笔(?:人)?|執筆|供\s*稿|主\s*编|編者|编\s*著|课题负责人|负\s*责\s*人|课题组成员|文)\s*[:：/／]\s*(.{2,80})$",
    re.M,
)
_AUTHOR_LINE = re.compile(
    rf"^(?:{_NAME})(?:\s*[\d,，*①②③]*\s*[、，,\s\u3000]\s*(?:{_NAME}))*[\d*①②③]*$"
)
_PLACE = r"(?:大学|學院|学院|大學|党校|黨校|研究院|研究所|研究中心|联合会|聯合會|学会|學會|协会|協會|委员会|办公室|宣传部|委党校|博物馆|图书馆|档案馆|文化馆|人民政府|教育局|统计局|出版社|科学院|课题组|联盟|基地)"
_ORGANISATION = re.compile(
    rf"(?:[\u4e00-\u9fff]|[（(][\u4e00-\u9fff]{{1,6}}[)）]){{2,28}}?{_PLACE}(?:[\u4e00-\u9fff]{{0,12}}{_PLACE})?"
)
_UNIT = re.compile(
    r"(?:作者单位|单\s*位|工作单位|发布单位|编制单位|来\s*源|發布單位)\s*[:：]\s*([^\s;；。，,]{4,40})"
)
_DATED = re.compile(
    r"^\s*(?:\d{4}|[一二][〇零○Ｏ0-9一二三四五六七八九]{3})\s*年\s*.{1,6}月.{0,5}日?\s*$"
)
_IN_BRACKETS = re.compile(r"[（(](?:作者(?:系|单位[:：]?)|单位[:：])?([^（()）]{4,60})[)）]")
HEAD = 12  # lines


def authors_in(text: str, *, title: str = "") -> list[str]:
    """Names as printed, in order; labelled, or a line of names soon after the title."""
    labelled = _LABEL.search(text[:3000]) or _LABEL.search(text[-1500:])
    if labelled and (names := _names(labelled[1])):
        return names
    for line in _lines(text)[:HEAD]:
        line = re.sub(r"[（(].*?[)）]", "", line).strip()
        if line and line not in title and len(line) <= 60 and _AUTHOR_LINE.match(line):
            return _names(line)
    return []


def organisation_in(text: str) -> str:
    """That of the authors where it is said, else the one that signed at the end."""
    head = "\n".join(_lines(text)[:HEAD])
    if unit := _UNIT.search(head):
        return unit[1].strip()
    for bracket in _IN_BRACKETS.finditer(head[:1500]):
        if _ORGANISATION.search(bracket[1]):
            return re.split(r"[，,；;\s]|\d{6}", bracket[1].strip())[0]
    lines = _lines(text)
    for at in range(len(lines) - 1, max(len(lines) - 12, 0), -1):
        above = lines[at - 1].replace(" ", "")
        if _DATED.match(lines[at]) and len(above) <= 40 and _ORGANISATION.fullmatch(above):
            return above
    for line in lines[1:8]:  # a letterhead, a line below the title
        if len(line) <= 40 and _ORGANISATION.fullmatch(line.replace(" ", "")):
            return line.replace(" ", "")
    return ""


def _names(text: str) -> list[str]:
    text = re.split(r"[（(；;。]|单位|责任编辑", text)[0]
    parts = [part.strip() for part in re.split(r"[、，,/／]|\s{2,}|\u3000+", text)]
    if len(parts) == 1:
        parts = _spaced(parts[0])
    names = [re.sub(r"[\s\d*①②③]+", "", part) for part in parts]
    return list(dict.fromkeys(name for name in names if re.fullmatch(_NAME, name)))[:30]


def _spaced(text: str) -> list[str]:
    """Names between single spaces; a name of two characters may have a space in itself: “李 明”."""
    pieces = text.split()
    if all(len(piece) == 1 for piece in pieces):
        return ["".join(pieces)]
    return pieces


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
