"""Asking the harvesters' door as a harvester does."""

from __future__ import annotations

from django.test import Client
from lxml import etree

from sheke.library.harvesting.formats import SHEKE
from sheke.library.harvesting.mods import MODS
from sheke.library.models import Work

NAMES = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "m": MODS,
    "s": SHEKE,
}


def ask(verb: str = "", /, method: str = "get", **arguments: object) -> etree._Element:
    data = {"verb": verb} if verb else {}
    data |= {name.rstrip("_"): value for name, value in arguments.items()}
    answer = getattr(Client(), method)("/oai/", data)
    assert answer.status_code == 200 and answer["Content-Type"] == "text/xml; charset=utf-8"
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")
    return etree.fromstring(answer.content)


def texts(found: etree._Element, path: str) -> list[str]:
    return [
        each if isinstance(each, str) else each.text for each in found.xpath(path, namespaces=NAMES)
    ]


def error(found: etree._Element) -> str:
    [code] = texts(found, "o:error/@code")
    return code


def name(work: Work) -> str:
    return f"oai:testserver:{work.link.name}"
