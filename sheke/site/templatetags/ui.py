"""Tags of the design system. They are built in: a template need not load them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from sheke.directory.models import Organisation
from sheke.directory.queries import held_organisations
from sheke.site import nav
from sheke.site.logs import request_id
from sheke.site.printed import printed

register = template.Library()

THEMES = ("light", "dark")
Number = int | float | Decimal


@register.filter
def layout(request: HttpRequest) -> str:
    """The template to extend: the bare fragment when htmx asks for a drawer, else the whole page.

    Used as `{% extends request|layout %}`. Boosted links and history requests get the whole page.
    """
    htmx: Any = getattr(request, "htmx", None)
    if htmx and not htmx.boosted and not htmx.history_restore_request:
        return "fragment.html"
    return "base.html"


@register.filter
def frame(request: HttpRequest) -> str:
    """The template to extend where everybody may read: with the rail for those signed in, else without.

    Used as `{% extends request|frame %}`. Such a page links its own style sheets in `head`.
    """
    return layout(request) if request.user.is_authenticated else "public.html"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a `label` it is read aloud, else it only decorates."""
    return printed(("icon", name, str(label)), lambda: _icon(name, label))


def _icon(name: str, label: str) -> SafeString:
    href = f"{static('site/vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def request_number() -> SafeString | str:
    """What a person may quote to the administrator, who finds it in the log; nothing outside a request."""
    number = request_id.get()
    if not number:
        return ""
    said = gettext("Number for enquiries:")
    return format_html('<p class="muted small">{} <code>{}</code></p>', said, number)


@register.simple_tag
def html_lang() -> str:
    """The page's language as HTML wants it: zh-Hans, en."""
    language, _dash, script = (get_language() or "zh-hans").partition("-")
    return f"{language}-{script.title()}" if script else language


@register.simple_tag(takes_context=True)
def theme(context: dict[str, Any]) -> str:
    """ "light" or "dark" when the reader chose one, else nothing."""
    request = context.get("request")
    chosen = request.COOKIES.get("sheke_theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.simple_tag(takes_context=True)
def places(context: dict[str, Any], template_name: str) -> SafeString:
    """The sections as the template prints them: alike for all who may use the same ones."""
    links = nav.links(context["request"])
    key = tuple((link.section.view, link.url, link.current) for link in links)
    return printed((template_name, key), lambda: render_to_string(template_name, {"links": links}))


@register.simple_tag
def words() -> str:
    """What scripts say, as JSON; see word() in sheke.js."""
    return json.dumps(
        {
            "choose": gettext("Choose…"),
            "close": gettext("Close"),
            "conflict": gettext("Somebody else changed this meanwhile. Reload the page."),
            "details": gettext("Details"),
            "failed": gettext("That did not work. Nothing was changed; try again."),
            "forbidden": gettext("You may not do this."),
            "missing": gettext("This does not exist any more."),
            "nothing found": gettext("Nothing found"),
            "offline": gettext("The server cannot be reached. Check the network and try again."),
            "remove": gettext("Remove"),
            "too large": gettext("too large"),
            "undo": gettext("Undo"),
        },
        ensure_ascii=False,
    )


@register.inclusion_tag("ui/crumbs.html")
def crumbs(*parts: str) -> dict[str, Any]:
    """`{% crumbs label url label url label %}`: the way here; the last label is this page."""
    pairs = [
        (parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)
    ]
    return {"crumbs": pairs}


@register.filter
def number(value: Number | str | None) -> str:
    """52347 as 52,347; 3.50 as 3.5; nothing as a dash."""
    if value is None or value == "":
        return "—"
    text = f"{Decimal(value) if isinstance(value, str) else value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def day(value: date | None) -> str:
    """A day as people say it: 3月5日, with the year when it is another one: 2023年3月5日."""
    if value is None:
        return "—"
    other = value.year != timezone.localdate().year
    if (get_language() or "zh").startswith("zh"):
        return (
            f"{value.year}年{value.month}月{value.day}日"
            if other
            else f"{value.month}月{value.day}日"
        )
    return date_format(value, "j F Y" if other else "j F")


@register.simple_tag
def quantity(value: Number | None, unit: str = "") -> SafeString:
    """A number with its measure word: 52,347 人次."""
    if not unit or value in (None, ""):
        return format_html('<span class="quantity">{}</span>', number(value))
    return format_html('<span class="quantity">{}<small>{}</small></span>', number(value), unit)


@register.inclusion_tag("ui/figure.html")
def figure(
    name: str,
    value: Number | None,
    unit: str = "",
    url: str = "",
    note: str = "",
    large: bool = False,
) -> dict[str, Any]:
    """A number with its name above it; `url` leads to the rows behind it."""
    return {"name": name, "value": value, "unit": unit, "url": url, "note": note, "large": large}


@register.inclusion_tag("ui/sparkline.html")
def sparkline(values: Sequence[Number], label: str, wide: bool = False) -> dict[str, Any]:
    """A small line without axes. `label` says in words what it shows."""
    high = max(values, default=0) or 1
    step = 100 / max(len(values) - 1, 1)
    points = [
        f"{i * step:.1f},{22 - 20 * float(v) / float(high):.1f}" for i, v in enumerate(values)
    ]
    return {"points": " ".join(points), "label": label, "wide": wide, "shown": len(values) > 1}


@register.inclusion_tag("ui/toast.html")
def toast(message: Message) -> dict[str, Any]:
    """One of Django's messages. `extra_tags="undo:/url/"` adds a button that takes it back."""
    names = {"success": "circle-check", "warning": "triangle-alert", "error": "circle-alert"}
    level = message.level_tag or "info"
    extra = message.extra_tags or ""
    undo = extra.removeprefix("undo:") if extra.startswith("undo:/") else ""
    return {"message": message, "level": level, "icon_name": names.get(level, "info"), "undo": undo}


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The pages to print around this one, with … for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.filter
def initial(account: object) -> str:
    """The letter that stands for a person: the family name's first."""
    return str(account)[:1].upper()


@register.simple_tag(takes_context=True)
def acting(context: dict[str, Any]) -> list[Organisation]:
    """The organisations the signed-in person may act for."""
    request = context["request"]
    if not request.user.is_authenticated:
        return []
    return held_organisations(request.user)
