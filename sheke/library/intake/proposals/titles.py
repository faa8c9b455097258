"""The title of a text: its first lines that are no letterhead, number or date."""

from __future__ import annotations

import re

HEAD = 15  # lines within which a title stands
LONGEST = 60
_SKIP = re.compile(
    r"""^(?:
      附件\s*[\d一二三四五六七八九十]*\s*[:：]? | 内部(?:资料|文件|参考).* | (?:机密|秘密|绝密|公开).{0,6} | 目\s*[录錄次]
    | 第\s*[\d一二三四五六七八九十百]+\s*[期号卷页頁].* | 总第.* | .{1,20}[〔\[（(【]\s*\d{4}\s*[〕\])）】]\s*第?\s*\d+\s*号
    | [\d\s\-—–.·/年月日期:：()（）]+ | (?:摘\s*要|关键词|關鍵詞|abstract|key\s*words?)\b.* | \W*
    | .{2,20}(?:文件|简报|通讯|工作动态|要报|专报)$ | (?:作者|撰稿|执笔|主编|编者|来源|发布时间|日期|时间)\s*[:：].*
    | 分类号.* | (?:UDC|DOI|ISSN|ISBN)\b.* | 密级.* | 编号.* | 签发人.* | page\s+\d+.*
    )$""",
    re.X | re.I,
)
_ENDS = re.compile(
    r"(?:报告|報告|通知|意见|意見|办法|辦法|方案|决定|決定|公告|总结|總結|研究|分析|要点|要點|规定|規定|条例|纪要|紀要|函|批复|讲话|講話|综述|綜述|探讨|探討|思考|建议|建議|初探|述评|调查|調查|目录|目錄|计划|計劃|规划|规程|细则|启示|对策|路径)(?:（.{1,12}）)?$"
)
_SENTENCE = re.compile(r"[。！？；!?;]")
_POOR = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)|untitled|无标题|文档\s*\d*|新建|document\s*\d*|powerpoint|幻灯片|slide|sheet\s*\d*|scan|扫描|img|image|doc\d|新しい|标题\d*$|\W*$|[\d_.\- ]+$)",
    re.I,
)
_COPY = re.compile(
    r"(?:\s*[-—_]?\s*副本|\s*[（(]\d{1,2}[)）]|[-_ ]*(?:最终|定稿|终稿|修改|final|copy|v\d+)(?:版|稿)?\d*)+$",
    re.I,
)


def title_in(text: str, *, name: str = "", said: str = "") -> str:
    """The best of: what the text begins with, what the file says of itself, the file's name."""
    lines = [" ".join(line.split()) for line in text[:4000].split("\n")]
    lines = [line for line in lines if line][:HEAD]
    found = _first(lines)
    said = "" if _POOR.match(said) or len(said) < 4 else said
    if said and (not found or _bare(said) in _bare("".join(lines))):
        return said
    return found or said or clean_name(name)


def clean_name(name: str) -> str:
    """A file's name as a title: without “copy (2)”, “final” and what joins its words."""
    bare = _COPY.sub("", name).strip()
    return re.sub(r"[_]+", " ", bare).strip() or name


def _first(lines: list[str]) -> str:
    for at, line in enumerate(lines):
        if _SKIP.match(line):
            continue
        if len(line) > LONGEST or _SENTENCE.search(line):
            return ""  # the text itself has begun
        return _whole(line, lines[at + 1 : at + 3])
    return ""


def _whole(line: str, following: list[str]) -> str:
    """A title that goes on in the next lines: “关于……” until a word that titles end with."""
    title = line
    for more in following:
        unfinished = title.startswith(("关于", "關於")) and not _ENDS.search(title)
        dashed = more.startswith(("——", "—", "--"))
        if not (unfinished or dashed) or len(title + more) > LONGEST + 20 or _SENTENCE.search(more):
            break
        title += more
    return title.strip(" 　《》") if title.startswith("《") and title.endswith("》") else title


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text)
