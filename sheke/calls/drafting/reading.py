"""The whole page as a draft."""

from __future__ import annotations

from django.http import QueryDict

from .form import EMPTY_SECTION, people, sections
from .rows import Row, number, put, said, text
from .stages import Types, letters, outcome, rubric, stages
from .tree import tree


def programme_data(post: QueryDict, types: Types) -> Row:
    """What the page says; `types` are the ledger's record types by key."""
    form = sections(post)
    fields = {field["key"]: field for section in form for field in section["fields"]}
    data: Row = {
        "key": text(post, "key"),
        "name": said(post, "name"),
        "about": said(post, "about"),
        "unit": said(post, "unit"),
        "applicant": said(post, "applicant"),
        "sections": form,
        "people": people(post),
        "eligibility": tree(post, fields),
        "stages": stages(post),
        "outcome": outcome(post, types),
        "letters": letters(post),
    }
    return put(data, quota=number(post, "quota"), rubric=rubric(post))


def empty_draft() -> Row:
    """Where a new programme begins: a title to fill in, applications, a decision."""
    title = {
        "key": "title", "name": {"zh": "名称", "en": "Title"}, "kind": "text", "use": "title",
        "required": True, "reviewers": True, "limit": 60,
    }  # fmt: skip
    return {
        "key": "", "name": {"zh": ""}, "about": {"zh": ""}, "unit": {"zh": "项"},
        "applicant": {"zh": "申报人", "en": "Applicant"},
        "sections": [EMPTY_SECTION | {"name": {"zh": "基本信息", "en": "Basics"}, "fields": [title]}],
        "people": {"asks": ["title", "phone", "email"], "roles": []},
        "eligibility": {"group": "all", "parts": []},
        "stages": [
            {"key": "collect", "name": {"zh": "申报", "en": "Applications"}, "kind": "collect", "days": 30},
            {"key": "check", "name": {"zh": "形式审查", "en": "Formal check"}, "kind": "check", "days": 7},
            {"key": "decide", "name": {"zh": "公布结果", "en": "Results"}, "kind": "decide", "days": 7},
        ],
        "outcome": {"kind": "certificate", "levels": [], "records": []},
        "letters": {},
    }  # fmt: skip
