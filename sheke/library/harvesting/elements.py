"""Elements of XML in their namespaces."""

from __future__ import annotations

from typing import Any

from lxml import etree

XSI = "http://www.w3.org/2001/XMLSchema-instance"


def root_element(namespace: str, tag: str, **prefixes: str) -> etree._Element:
    """An element whose namespace needs no prefix; others by keyword: xsi=…"""
    spaces: Any = {None: namespace, **prefixes}
    return etree.Element(f"{{{namespace}}}{tag}", nsmap=spaces)
