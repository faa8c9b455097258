"""What a browser would post of a page's form."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from lxml.html import HtmlElement, fromstring


def posted(html: str | bytes, **changes: Any) -> dict[str, list[str]]:
    """The form's values as they stand, but for `changes` (a list for several, None takes one away)."""
    page = fromstring(html if isinstance(html, str) else html.decode())
    (form,) = page.xpath("//form[contains(@class, 'programme-edit')]")
    data = QueryDict(mutable=True)
    for control in form.iter("input", "select", "textarea"):
        for value in _values(control):
            data.appendlist(control.get("name"), value)
    for name, value in changes.items():
        data.pop(name, None)
        if value is not None:
            data.setlist(name, value if isinstance(value, list) else [value])
    return dict(data.lists())


def _values(control: HtmlElement) -> list[str]:
    if control.get("name") in (None, "csrfmiddlewaretoken") or control.get("disabled") is not None:
        return []
    if control.tag == "textarea":
        return [(control.text or "").removeprefix("\n")]
    if control.tag == "select":
        chosen = [o for o in list(control.iter("option")) if o.get("selected") is not None]
        chosen = chosen or list(control.iter("option"))[:1]
        return [o.get("value") or "" for o in chosen]
    if control.get("type") in ("checkbox", "radio"):
        return [control.get("value") or "on"] if control.get("checked") is not None else []
    return [control.get("value") or ""]
