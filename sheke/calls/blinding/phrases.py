"""Phrases by which a text speaks of its own author, and contacts that stand in it."""

from __future__ import annotations

import re

from django.utils.translation import gettext_noop

_DONE = "(?:发表|出版|完成|主持|承担|参与|获得|撰写|曾在|曾于|在《|前期|已有|近年|多年|长期|以往)"
_SELF = "(?:本人|笔者|(?:项目|课题)?负责人|申请人|申报人|主持人|首席专家)"
# (what is said of it, pattern over folded text)
PHRASES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        gettext_noop("the author's own earlier work"),
        re.compile(
            rf"{_SELF}[^。；!?\n]{{0,12}}?{_DONE}"
            rf"|(?:本)?(?:课题组|项目组|研究团队|团队)(?:成员)?[^。；!?\n]{{0,8}}?(?:已|曾|先后|前期|近年)"
            r"[^。；!?\n]{0,6}(?:发表|出版|完成|主持|承担|参与|获得|积累|形成|开展)"
            r"|我们?(?:曾|已|先后|前期)[^。；!?\n]{0,6}(?:发表|出版|完成|主持|承担|获得|撰写)"
            r"|本人[的]?(?:前期|近期|主要|代表性?|相关)?(?:研究)?(?:成果|论文|著作|专著|课题|博士|硕士)"
        ),
    ),
    (
        gettext_noop("words about the author"),
        re.compile(r"(?:作者|笔者|申请人|申报人|负责人|主持人|通讯作者|第一作者)(?:简介|介绍|信息|单位|简历|姓名)?\s*[::]"),
    ),
    (
        gettext_noop("the author's own institution"),
        re.compile(r"(?<![自大小])(?:我|本)(?:校|院|系|所|单位|学院|研究院|研究所|研究中心|党校|学会|协会|团队所在)"
                   r"(?!际|质|来|以|谓|有制|正|长|统|列)"),
    ),
    (
        gettext_noop("funding or thanks"),
        re.compile(r"(?:基金项目|项目编号|课题编号|资助项目|致谢|感谢[^。\n]{0,12}(?:老师|导师|同事|教授))"),
    ),
    (
        gettext_noop("own work in English"),
        re.compile(r"\b(?:my|our) (?:previous|earlier|prior|own|recent) (?:work|study|studies|paper|papers|research|book)"
                   r"|\b(?:corresponding author|about the author|author(?:'s)? (?:bio|biography))"),
    ),
)  # fmt: skip
CONTACTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (gettext_noop("a mail address"), re.compile(r"[a-z0-9][\w.+-]{1,40}@[a-z0-9-]+(?:\.[a-z0-9-]+)+")),
    (gettext_noop("a mobile number"), re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")),
    (
        gettext_noop("an identity number"),
        re.compile(r"(?<![\da-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?![\da-z])"),
    ),
)  # fmt: skip
