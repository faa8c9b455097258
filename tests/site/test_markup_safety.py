"""What people type is printed, never run; scripts and styles come from files of ours alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from sheke.ledger.models import Heading, Record
from sheke.plans.models import Item, Plan
from sheke.reports.models import Figure, Report, Slot, Template
from tests.site.access import rows
from tests.site.tenants import tenants
from tests.site.tenants.made import Tenants
from tests.site.test_access import address, ask

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
SHEKE = Path(__file__).parents[2] / "sheke"
EVIL = """"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"""


@pytest.fixture
def world() -> Tenants:
    """One of everything, named by somebody who means ill."""
    made = tenants()
    for model in (Record, Heading, Plan, Report, Template):
        model.objects.update(title=EVIL)
    Item.objects.update(title=EVIL, text=EVIL, number="1<b>")
    Record.objects.update(note=EVIL)
    Figure.objects.update(printed=EVIL)
    Slot.objects.update(text=EVIL, context=EVIL)
    made.record.evidence.update(name=EVIL)
    for thing in (made.city, made.a, made.b):
        type(thing).objects.filter(pk=thing.pk).update(name=EVIL, short_name=EVIL[:60])
    for account in made.accounts.values():
        type(account.person).objects.filter(pk=account.person_id).update(name=EVIL, title=EVIL[:60])
    _definitions()
    return made


def _definitions() -> None:
    from sheke.definitions.models import Edition

    words = {"zh": EVIL, "en": EVIL}
    for edition in Edition.objects.all():
        edition.data |= {"name": words}
        if edition.definition.kind != "return_form":
            edition.data |= {"unit": words, "synonyms": [EVIL]}
        edition.data |= {key: words for key in ("about", "definition") if key in edition.data}
        for part in [*edition.data.get("measures", []), *edition.data.get("fields", [])]:
            part |= {"name": words, "help": words}
        Edition.objects.filter(pk=edition.pk).update(data=edition.data)


@pytest.mark.parametrize("fragment", [False, True], ids=["page", "fragment"])
def test_what_people_type_is_never_markup(world: Tenants, fragment: bool) -> None:
    client = world.client("administrator")
    if fragment:
        client.defaults["HTTP_HX_REQUEST"] = "true"
    printed = 0
    for name, (parts, get, post) in rows().items():
        for method, answers in (("get", get), ("post", post)):
            if 405 in answers:
                continue
            data = {"q": EVIL, "text": EVIL, "title": EVIL, "code": EVIL, "name": EVIL}
            answer = ask(client, method, address(world, name, parts), data)
            if answer.streaming or not answer["Content-Type"].startswith("text/html"):
                continue
            text = answer.content.decode()
            if not text.strip():
                continue
            printed += "alert(1)" in text
            faults = dangers(text)
            assert faults == [], (name, method)
    assert printed > 40


def is_data(kind: str | None, text: str | None) -> bool:
    """A block of JSON that nothing runs, and that holds no character which could end it."""
    kinds = ("application/json", "application/ld+json")
    return kind in kinds and not set(text or "<") & set("<>&")


def dangers(text: str) -> list[str]:
    """Elements and attributes that run something, or that only the evil text can have brought."""
    page = html.fromstring(text)
    found = [
        f"script {e.text!r}" for e in page.iter("script")
        if (e.text or not e.get("src")) and not is_data(e.get("type"), e.text)
    ]  # fmt: skip
    found += [f"image {e.get('src')}" for e in page.iter("img") if e.get("src") == "x"]
    found += [f"style {e.text!r}" for e in page.iter("style")]
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc", "hx-on", "hx-vars"):
                found.append(f"{element.tag} {name}")
            if name in ("href", "src", "action", "formaction") and re.match(
                r"\s*(javascript|data:text|vbscript)", value, re.I
            ):
                found.append(f"{element.tag} {name}={value[:30]}")
    return found


def test_the_dangers_are_seen() -> None:
    for bad in ("<p onclick=x>a</p>", "<script>x</script>", "<a href=' javascript:x'>a</a>",
                "<img src=x>", "<style>a{}</style>", "<p style='a'>b</p>"):  # fmt: skip
        assert dangers(f"<div>{bad}</div>"), bad


def test_no_template_trusts_a_text() -> None:
    """`|safe` and `autoescape off` have no place; marking safe is for what a template made."""
    for path in SHEKE.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq", text), path
    marked = [
        path.relative_to(SHEKE).as_posix()
        for path in SHEKE.rglob("*.py")
        if re.search(r"\bmark_safe\(|SafeString\(", path.read_text(encoding="utf-8"))
    ]
    assert sorted(marked) == [
        "calls/templatetags/rich.py", "library/templatetags/machine_read.py",
        "reports/templatetags/binding.py",
    ]  # fmt: skip


def test_scripts_make_no_markup_of_texts() -> None:
    """Texts go into the page as texts; markup comes from the server, which escapes."""
    # All put in what a template of the server printed.
    allowed = {
        "library/static/library/suggest_controller.js": 1,
        "calls/static/calls/applying_controller.js": 1, "plans/static/plans/import_controller.js": 1,
    }  # fmt: skip
    found = {}
    for path in SHEKE.rglob("static/**/*.js"):
        if "vendor" in path.parts:
            continue
        count = len(re.findall(r"innerHTML\s*\+?=|outerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function",
                               path.read_text(encoding="utf-8")))  # fmt: skip
        if count:
            found[path.relative_to(SHEKE).as_posix()] = count
    assert found == allowed
