"""How sure a hit is: two characters of a name also stand inside other words."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from .folding import Folded, is_han

# What stands directly before or behind a person's name.
_BEFORE = re.compile(
    r"(?:主持人|负责人|申请人|申报人|作者|主编|副主编|参编|译者|成员|导师|教授|老师|博士|硕士|同志|专家|编著|院长|主任|"
    r"书记|校长|所长|会长|秘书长|研究员|讲师|姓名|署名|联系人|学者|由|与|和|及|、|如|见|据|以及|笔者)[((::\s]*$"
)
_BEHIND = re.compile(
    r"[))\s]*(?:教授|副教授|老师|博士|硕士|同志|研究员|副研究员|助理研究员|讲师|院长|主任|书记|所长|会长|校长|先生|女士|等|著|"
    r"主编|编著|译|主持|认为|指出|提出|曾|在《|的《|《|发表|撰写|负责|[((〔\[]|、)"
)
_SENTENCE = re.compile(r"[,。;:!?、]")


def judge_name(folded: Folded, span: tuple[int, int], spelling: str) -> tuple[str, str]:
    """“likely” or “look” for a person's name, and why."""
    if spelling == "han":
        return _han_name(folded, span)
    if spelling == "titled":
        return "look", _("a surname with a title: others share it")
    original = folded.original[slice(*folded.span(*span))]
    capitals = sum(c.isupper() for c in original)
    if spelling == "initials":
        return "look", _("surname with initials: others share them")
    letters = sum(c.isalpha() for c in original)
    if spelling == "latin":
        return ("likely", "") if letters >= 6 or capitals >= 2 else ("look", _("a short spelling"))
    if capitals >= 2 or letters >= 9 or (capitals and letters >= 6):
        return "likely", _("the name in pinyin")
    return "look", _("pinyin in small letters: other words may read so")


def judge_institution(folded: Folded, span: tuple[int, int]) -> tuple[str, str]:
    """“likely” or “look” for the name of an institution, and why."""
    text = folded.text[slice(*span)]
    size = sum(2 if is_han(c) else 1 for c in text if c.isalnum())
    if size >= 8 and not _SENTENCE.search(text):
        return "likely", ""
    if size >= 6 and _stands_alone(folded.text, span):
        return "likely", ""
    return "look", _("a short name: it may be part of other words")


def _han_name(folded: Folded, span: tuple[int, int]) -> tuple[str, str]:
    text, (start, end) = folded.text, span
    name = text[start:end]
    if _SENTENCE.search(name):
        return "look", _("a sign stands between the characters")
    size = sum(is_han(c) for c in name)
    if size >= 3:
        return "likely", ""
    if _stands_alone(text, span):
        return "likely", _("it stands alone")
    before = _BEFORE.search(text[max(0, start - 8) : start])
    behind = _BEHIND.match(text[end : end + 6])
    free_before = start == 0 or not is_han(text[start - 1])
    free_behind = end == len(text) or not is_han(text[end])
    if (before or free_before) and (behind or free_behind):
        return "likely", _("the words around it speak of a person")
    return "look", _("two characters that may be part of other words; see the words around them")


def _stands_alone(text: str, span: tuple[int, int]) -> bool:
    start, end = span
    return (start == 0 or not is_han(text[start - 1])) and (
        end == len(text) or not is_han(text[end])
    )
