"""The abstract that a text has before it begins."""

from __future__ import annotations

import re

_ABSTRACT = re.compile(
    r"(?:^|\n)[\s【\[〔]*(?:摘\s*要|内容提要|內容提要|内容摘要|提\s*要|abstract)[\s】\]〕]*[:：]?\s*(.{20,2000}?)(?=\n?[\s【\[〔]*(?:关\s*键\s*词|關\s*鍵\s*詞|主题词|key\s*words?|中图分类号|目\s*录|一、|引\s*言)|\n\s*\n|\Z)",
    re.S | re.I,
)
HEAD = 6000


def abstract_in(text: str) -> str:
    """Without its label; empty where there is none. Nothing is made up of the text itself."""
    found = _ABSTRACT.search(text[:HEAD])
    return re.sub(r"\s*\n\s*", "", found[1]).strip() if found else ""
