"""The names of fields and of their values, in both languages, whatever language the reader uses."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext, pgettext_lazy

from sheke.core.search.analysis import normal

from ..disciplines import DISCIPLINES
from ..models import Work

NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "题名", "标题", "篇名", "题目", "书名"),
    "author": ("author", "作者", "责任者", "著者", "姓名"),
    "keyword": ("keyword", "keywords", "topic", "关键词", "主题词", "主题"),
    "organisation": ("organisation", "organization", "unit", "单位", "机构"),
    "source": ("source", "journal", "publisher", "来源", "刊名", "期刊", "出版社", "出处"),
    "number": ("number", "isbn", "issn", "doi", "cn", "编号", "号码"),
    "year": ("year", "years", "年", "年份", "年度"),
    "kind": ("kind", "种类", "类型", "体裁"),
    "type": ("type", "类别"),
    "level": ("level", "级别", "层级"),
    "language": ("language", "语种", "语言"),
    "discipline": ("discipline", "subject", "学科"),
}
LABELS: dict[str, str | Promise] = {
    "title": _("title"), "author": _("author"), "keyword": _("keyword"),
    "organisation": pgettext_lazy("search field", "organisation"),
    "source": pgettext_lazy("search field", "appeared in"),
    "number": pgettext_lazy("search field", "number"), "year": _("year"), "kind": _("kind"),
    "type": pgettext_lazy("search field", "what"), "level": _("level"),
    "language": _("language"), "discipline": _("discipline"),
}  # fmt: skip
TYPES: dict[str, str | Promise] = {
    "work": pgettext_lazy("library", "Works"),
    "expert": pgettext_lazy("library", "Experts"),
    "collection": pgettext_lazy("library", "Collections"),
}
# Fields whose values are chosen from a list.
CHOSEN: dict[str, dict[str, str | Promise]] = {
    "kind": dict(Work.Kind.choices), "type": TYPES, "level": dict(Work.Level.choices),
    "language": dict(Work.Language.choices), "discipline": dict(DISCIPLINES),
}  # fmt: skip


@cache
def _fields() -> dict[str, str]:
    return {normal(name): field for field, names in NAMES.items() for name in names}


def field_of(name: str) -> str:
    """The field that is meant, or nothing."""
    return _fields().get(normal(name), "")


def field_name(field: str) -> str:
    """“title: ” as the reader says it."""
    return said(LABELS[field])


def said(label: str | Promise) -> str:
    """A label with its colon."""
    return pgettext("search field", "%(name)s: ") % {"name": label}


@cache
def _spellings(field: str) -> dict[str, frozenset[str]]:
    """By value: its code and its labels in every language of the site, folded."""
    found: dict[str, set[str]] = {value: {normal(value)} for value in CHOSEN[field]}
    for language in ("zh-hans", "en"):
        with override(language):
            for value, label in CHOSEN[field].items():
                found[value].add(normal(str(label)))
    return {value: frozenset(names) for value, names in found.items()}


def values_of(field: str, text: str) -> tuple[str, ...]:
    """Codes of the values that are meant: the one so called, else all whose names hold the text."""
    wanted = normal(text.strip())
    spellings = _spellings(field)
    exact = tuple(value for value, names in spellings.items() if wanted in names)
    if exact or not wanted:
        return exact
    return tuple(v for v, names in spellings.items() if any(wanted in name for name in names))


def labels(field: str) -> list[str]:
    return [str(label) for label in CHOSEN[field].values()]


def shown(field: str, values: Iterable[str]) -> str:
    """Values as the reader calls them."""
    return pgettext("list", ", ").join(str(CHOSEN[field][value]) for value in values)
