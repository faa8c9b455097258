"""Lines that surround a document and are no part of its plan."""

from __future__ import annotations

import re

KIND_WORDS = (
    "工作要点|要点|工作计划|计划|方案|总结|报告|意见|安排|打算|规划|纲要|清单|措施|汇报|任务分解表?|"
    "任务书|行动|情况|举措|思路|部署"
)
ORGAN = re.compile(
    r"^[^，。；：、]{2,40}(?:联合会|社科联|学会|协会|研究会|委员会|党组|委|部|局|院|中心|办公室|校|所|会|府|厅|处)$"
)
_DIGIT = "[0-9〇○零一二三四五六七八九十]"
DATE = re.compile(
    rf"^[（(]?{_DIGIT}{{2,4}}\s*年\s*{_DIGIT}{{1,3}}\s*月(?:\s*{_DIGIT}{{1,3}}\s*日)?[)）]?(?:印发)?$"
)
NUMBER = re.compile(r"^.{0,30}[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\])）】]\s*第?\s*\d+\s*号.{0,20}$")
HEADER = re.compile(r"^.{2,60}文\s*件$")
ADDRESSEE = re.compile(
    r"^(?=.{2,200}[：:]$)[^。]*(?:各|委|局|部|会|校|院|办|单位|基地|领导|同志|市|县|区)[^。]*[：:]$"
)
NOTICE = re.compile(
    r"^(?:现将|为[^。]{4,80}现将|经[^。]{4,60}现将).{0,120}(?:印发|发给|转发|下发|予以公布|报告如下|汇报如下|公布)"
)
NOTICE_TITLE = re.compile(r"(?:关于|转发).{0,80}的\s*(?:通\s*知|函|批复|公告|通报)$")
COPY = re.compile(r"^(?:抄\s*送|主\s*送|报\s*送|分\s*送|印\s*发)\s*[：:]|.{2,40}\d{1,2}日印发$")
APPENDIX = re.compile(
    r"^附\s*(?:件|表|录)?\s*(?:[0-9一二三四五六七八九十]{0,2})\s*(?:[：:].*|$)|^附件\s*\d{0,2}\s*[.．、]?\s*\S{0,40}$"
)
CLOSING = re.compile(
    r"^(?:特此(?:通知|报告|函告|函复)|(?:以上|妥否)[^。]{0,20}(?:请[^。]{1,12}|报告|汇报)|专此报告)[。.]?$|^[（(](?:此件|联系人|联系电话)[^)）]*[)）]$"
)
SUBTITLE = re.compile(
    r"^[（(](?!\d{1,3}[)）]|[一二三四五六七八九十]{1,3}[)）])[^()（）]{2,60}[)）]$"
)

_PAGE = re.compile(
    r"^[—\-–·.\s]*\d{1,4}[—\-–·.\s]*$|^第\s*\d+\s*页(?:[\s,，/]*共\s*\d+\s*页)?$|^\d{1,4}\s*/\s*\d{1,4}$"
)
_WEB = [
    r"(?:首页|主页)(?:$|\s*[>＞»›|/\-]).*",
    r"(?:您?(?:现在|当前)?的?(?:所在)?位置|您的位置|当前栏目|所在栏目)\s*[:：].*",
    r"[【\[（(]?\s*(?:打\s*印|关\s*闭|返\s*回|收\s*藏|分\s*享|复制链接|返回顶部|回到顶部|返回首页|关闭窗口|打印本页|我要纠错|下载|附件下载|大|中|小)\s*[】\])）]?"
    r"(?:[\s|｜/]*[【\[（(]?\s*(?:打\s*印|关\s*闭|返\s*回|收\s*藏|分\s*享|纠错|复制链接|返回顶部|关闭窗口|打印本页|大|中|小)\s*[】\])）]?)*",
    r"[【\[（(]?(?:字体|字号|视力保护色)\s*[:：].*",
    r"[（(]?(?:责任编辑|责编|编辑|审核|审核人|校对|录入|来源|信息来源|文章来源|稿件来源|作者|撰稿|供稿|发布时间|发布日期|发布人|更新时间|"
    r"成文日期|生成日期|公开日期|浏览次数|浏览量|浏览|阅读次数|阅读量|阅读|点击数|点击量|点击|访问量|访问次数|人气|"
    r"索引号|主题分类|信息分类|发文机关|发布机构|公开方式|公开范围|有效性|分享到|分享|扫一扫)\s*[:：].{0,80}",
    r"(?:上一篇|下一篇|上一条|下一条|相关(?:链接|阅读|文章|新闻|附件)|友情链接)\s*[:：]?.*",
    r".{0,40}(?:版权所有|Copyright|©|ICP备|公网安备|网站标识码).{0,120}",
    r"(?:技术支持|网站(?:制作|维护|主办|标识码)?)\s*[:：].{0,80}",
    r"(?:网站地图|联系我们|关于我们|网站声明|法律声明|隐私(?:声明|政策)|设为首页|加入收藏|无障碍(?:浏览|阅读)?|适老化.*|登录|注册|手机版|繁體|English)"
    r"(?:[\s|｜/·]+\S{2,8})*",
    r"(?:首页)?(?:\s*[>＞»›]\s*\S{2,12})+",
    r"扫(?:一扫|描).{0,30}(?:二维码|微信|手机|分享|打开).{0,20}",
]  # fmt: skip
# Said of a web page in front of or behind the text; within the text it may belong to the plan.
_AT_EDGE = re.compile(
    r"^(?:时间|日期|关键词|标签|字数|地址|联系人|联系电话|电话|传真|邮编|邮箱|电子邮箱|主办(?:单位)?|承办(?:单位)?)"
    r"\s*[:：].{0,80}$"
)
_RESIDUE = re.compile("^(?:" + "|".join(_WEB) + ")$", re.I)


def residue_kind(line: str, *, at_edge: bool) -> str:
    """`page` for a page number, `web` for what a web page puts around a text, else empty.

    `at_edge`: the line stands before the first heading or behind the last.
    """
    bare = line.strip()
    if _PAGE.match(bare):
        return "page"
    return "web" if _RESIDUE.match(bare) or (at_edge and _AT_EDGE.match(bare)) else ""


def frame_kind(line: str) -> str:
    """What part of a document's frame this line is; empty for running text and headings."""
    bare = line.strip()
    for kind, pattern in (
        ("number", NUMBER), ("header", HEADER), ("copy", COPY), ("date", DATE),
        ("closing", CLOSING), ("notice", NOTICE), ("notice_title", NOTICE_TITLE),
        ("addressee", ADDRESSEE), ("subtitle", SUBTITLE), ("organ", ORGAN),
    ):  # fmt: skip
        if pattern.match(bare) if kind != "notice_title" else pattern.search(bare):
            return kind
    return ""


def is_title(line: str) -> bool:
    """A line that could be the title of a plan or summary."""
    bare = re.sub(r"[（(][^()（）]{1,20}[)）]$", "", line.strip())
    return (
        2 < len(bare) <= 70
        and not re.search("[。；：:]", bare)
        and re.search(rf"(?:{KIND_WORDS})$", bare) is not None
    )
