"""The pages as people see them: nothing overflows, nothing is untranslated, axe finds nothing serious.

The default run takes the main pages on a desk, light, in Chinese, and measures them at the other
widths too. `pytest tests/journeys/test_pictures.py --looks all --pictures FOLDER` takes every page
in all twelve looks and leaves a photograph of each in FOLDER.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import AXE, watch
from tests.site.access import rows
from tests.site.tenants import tenants
from tests.site.tenants.made import ROLES, Tenants

HEIGHTS = {"390": 844, "768": 1024, "1440": 900}
LANGUAGES = {"zh": ("zh-CN", "zh-hans"), "en": ("en-GB", "en")}
LOOKS = ["-".join(look) for look in product(HEIGHTS, ("light", "dark"), LANGUAGES)]
USUAL = "1440-light-zh"
# What a day at the office opens; `--looks` of one's own choosing opens all the others too.
MAIN = {
    *("site:home", "site:search", "site:jobs", "site:administration", "site:installation"),
    *("accounts:invitations", "accounts:invite", "mfa_index", "api:tokens", "definitions:detail"),
    *("directory:organisation", "directory:person", "directory:change_board", "directory:my_data"),
    *("indicators:detail", "ledger:index", "ledger:entry", "ledger:record"),
    *("ledger:confirmations", "meetings:detail", "notices:index", "notices:preferences"),
    *("library:index", "library:works", "library:work", "library:work_edit", "library:intake"),
    *(
        "library:batch",
        "library:expert",
        "library:collection",
        "library:check",
        "library:check_source",
    ),
    *("plans:detail", "plans:overview", "plans:item", "plans:duty", "plans:my_duties"),
    *("returns:index", "returns:return", "returns:answer", "reports:report", "reports:template"),
}

# Letters that stand alone are names, codes and units; two words beside each other are English.
LEFTOVERS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  const quiet = "code, pre, kbd, samp, script, template, textarea, [lang=en], [hidden]";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest(quiet)) found.push(node.data.trim());
  }
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]"))
    for (const name of ["aria-label", "placeholder", "title"])
      found.push(element.getAttribute(name) ?? "");
  const english = /[A-Za-z]{2,}[ ,;]+[a-z]{2,}/;
  return found.filter((text) => english.test(text) && !/[\\u4e00-\\u9fff]/.test(text));
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
VIOLATIONS = """axe.run({resultTypes: ["violations"]}).then((found) => found.violations
  .filter((rule) => ["serious", "critical"].includes(rule.impact))
  .flatMap((rule) => rule.nodes.map((node) => `${rule.id} ${node.target}: ${node.failureSummary}`)))"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "look" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--looks")
        metafunc.parametrize("look", [x for x in LOOKS if wanted == "all" or wanted in x])


@pytest.fixture
def window(browser: Browser, live_server, look: str) -> Iterator[Page]:
    width, scheme, language = look.split("-")
    locale, code = LANGUAGES[language]
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": int(width), "height": HEIGHTS[width]},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale=locale,
        timezone_id="Asia/Shanghai",
        has_touch=width == "390",
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "django_language", "value": code, "url": live_server.url}])
    yield context.new_page()
    context.close()


def addresses(world: Tenants, only: set[str] | None) -> Iterator[tuple[str, str, str]]:
    """Name, who opens it and its address: everything that answers 200 with a page of its own."""
    for name, (parts, get, _post) in rows().items():
        if name.startswith("api:api-") or (only and name not in only) or 200 not in get:
            continue
        able = [role for role, code in zip(ROLES, get, strict=True) if code == 200]
        preferred = ("administrator", "secretary_b", able[0])
        role = next(role for role in preferred if role in able)
        yield name, role, reverse(name, args=[world.objects[part] for part in parts])


def test_pages_look_right(window: Page, signed_in, look: str, request) -> None:
    world = tenants()
    folder = request.config.getoption("--pictures")
    everything = request.config.getoption("--looks") != USUAL
    problems: list[str] = []
    faulty: list[str] = []
    watch(window, problems)
    here = ""
    wanted = addresses(world, None if everything else MAIN)
    for name, role, url in sorted(wanted, key=lambda row: row[1]):
        if role != here:
            signed_in(window, world.accounts[role], "/sign-in/")
            here = role
        if name not in MAIN and not is_page(world, role, url):
            continue
        window.goto(url)
        told = [*problems, *faults(window, look)]
        # Axe tries inline styles, which the policy blocks, and the console says so late.
        told = [fault for fault in told if "Applying inline style" not in fault]
        faulty += [f"{name}: {fault}" for fault in told if not excused(name, fault)]
        problems.clear()
        if folder:
            picture = f"{name.replace(':', '-')}-{look}.png"
            window.screenshot(path=Path(folder) / picture, full_page=True)
    assert not faulty, "\n".join(faulty)


def is_page(world: Tenants, role: str, url: str) -> bool:
    """Whether the address answers with a whole page, neither a file nor a piece of one."""
    answer = world.client(role).get(url)
    return answer["Content-Type"].startswith("text/html") and b"<html" in answer.content


def excused(name: str, fault: str) -> bool:
    """Commands, and what Django says of its own settings, are English everywhere."""
    return name == "site:installation" and fault.startswith("English")


def faults(window: Page, look: str) -> list[str]:
    found = []
    if look.endswith("zh"):
        found += [f"English: {text!r}" for text in window.evaluate(LEFTOVERS)]
    session = window.context.new_cdp_session(window)
    session.send("Runtime.evaluate", {"expression": AXE.read_text()})
    found += window.evaluate(VIOLATIONS)
    found += [f"{over} px too wide at {width}" for width, over in overflows(window, look)]
    return found


def overflows(window: Page, look: str) -> Iterator[tuple[str, int]]:
    """How much wider than the window the page is: as it stands, and on the other screens."""
    size = window.viewport_size
    for width in HEIGHTS if look == USUAL else [look.split("-")[0]]:
        if size and size["width"] != int(width):
            window.set_viewport_size({"width": int(width), "height": HEIGHTS[width]})
        over = window.evaluate(OVERFLOW)
        if over > 0:
            yield width, over
    if size and look == USUAL:
        window.set_viewport_size(size)
