"""Which kind of work a text is, where its title or its parts tell."""

from __future__ import annotations

import re

from ...models import Work

_BY_TITLE = (
    (re.compile(r"(?:专报|要报|内参|决策参考|资政|建议案)"), Work.Kind.ADVICE),
    (re.compile(r"(?:学位论文|博士论文|硕士论文|thesis|dissertation)", re.I), Work.Kind.THESIS),
    (
        re.compile(
            r"(?:调研报告|调查报告|調查報告|研究报告|研究報告|蓝皮书|白皮书|结项报告|评估报告|发展报告)"
        ),
        Work.Kind.REPORT,
    ),
    (re.compile(r"(?:档案|檔案|县志|县誌|府志|族谱|手稿|碑记)$"), Work.Kind.ARCHIVE),
    (
        re.compile(
            r"(?:通知|意见|办法|方案|决定|公告|总结|要点|规定|条例|纪要|批复|计划|规划|细则|简报|目录)(?:（.*）)?$"
        ),
        Work.Kind.DOCUMENT,
    ),
)
_ARTICLE = re.compile(r"摘\s*要.{10,3000}?关\s*键\s*词", re.S)
_THESIS = re.compile(r"(?:申请.{0,6}学位|指导教师|学位授予)")
_BOOK = re.compile(r"ISBN[\s:：]*97[89]|图书在版编目")


def kind_in(text: str, *, title: str, file_kind: str = "") -> str:
    """One of Work.Kind; a document where nothing tells."""
    for pattern, kind in _BY_TITLE[:2]:
        if pattern.search(title):
            return kind
    head = text[:8000]
    if _BOOK.search(head):
        return Work.Kind.MONOGRAPH
    if _THESIS.search(head[:3000]):
        return Work.Kind.THESIS
    for pattern, kind in _BY_TITLE[2:]:
        if pattern.search(title):
            return kind
    if _ARTICLE.search(head):
        return Work.Kind.ARTICLE
    return Work.Kind.WEB if file_kind == "html" else Work.Kind.DOCUMENT
