"""A real browser against the live server. A journey fails on what a person would not see at once:
errors in the console, violations of the content security policy, answers of 500 and above."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright

from sheke.directory.models import Account

from . import in_flight, slow
from .filling import ready

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WAIT = 20_000  # milliseconds; a machine that runs other tests beside takes its time
HERE = Path(__file__).parent
# What changes its colour is looked at when it has: `then`, for what the browser answers cannot be told here.
FADED = """Promise.allSettled(document.getAnimations().map(
    (one) => one instanceof CSSTransition && one.finished)).then(() => true)"""
AXE = HERE.parent / "site/vendor/axe.min.js"


def pytest_configure(config: pytest.Config) -> None:
    global WAIT
    WAIT = int(WAIT * max(1, config.getoption("slow") / 2))
    expect.set_options(timeout=WAIT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            # A machine that stands still for a while is not the product's fault; the summary names it.
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: install Debian's chromium or set CHROMIUM")
    # The sync API runs an event loop in this thread; Django takes that for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        if times := pytestconfig.getoption("slow"):
            slow.make(browser, times)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def context(browser: Browser, live_server) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 1280, "height": 860},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        accept_downloads=True,
    )
    context.set_default_timeout(WAIT)
    context.set_default_navigation_timeout(2 * WAIT)  # the very first page compiles every template
    yield context
    context.close()
    in_flight.wait()


@pytest.fixture
def problems() -> list[str]:
    """What went wrong unseen. A journey that expects a problem clears the list."""
    return []


@pytest.fixture
def page(context: BrowserContext, problems: list[str]) -> Iterator[Page]:
    """A desk-sized page in Chinese; `page.goto("/plans/")` is relative to the live server."""
    page = context.new_page()
    watch(page, problems)
    yield page
    assert not problems, "\n".join(problems)


@pytest.fixture
def phone(browser: Browser, live_server, problems: list[str]) -> Iterator[Page]:
    """The same on a telephone."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        locale="zh-CN",
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT)
    context.set_default_navigation_timeout(2 * WAIT)  # the very first page compiles every template
    page = context.new_page()
    watch(page, problems)
    yield page
    context.close()
    in_flight.wait()
    assert not problems, "\n".join(problems)


@pytest.fixture
def signed_in(live_server) -> Callable[..., Page]:
    """`signed_in(page, account, "/plans/")` opens a page as that account, without the sign-in form."""

    def enter(page: Page, account: Account, path: str = "/", *, scripts: bool = True) -> Page:
        client = Client()
        client.force_login(account)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        page.goto(path)
        return ready(page) if scripts else page

    return enter


@pytest.fixture
def accessible(problems: list[str]) -> Callable[[Page], None]:
    """`accessible(page)` fails with what axe finds on the page: names, roles, contrast, order."""

    def check(page: Page) -> None:
        before = list(problems)
        page.evaluate(FADED)
        # The policy forbids inline scripts, so axe comes in through the debugger.
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": AXE.read_text()})
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        page.wait_for_timeout(150)  # what the console says comes in late
        problems[:] = before  # axe tries inline styles, which the policy blocks
        assert [
            (rule["id"], node["target"], node["failureSummary"])
            for rule in found["violations"]
            for node in rule["nodes"]
        ] == []

    return check


def watch(page: Page, problems: list[str]) -> None:
    def answered(response: Response) -> None:
        lost = response.status == 404 and "/static/" in response.url
        if response.status >= 500 or lost:
            problems.append(f"{response.status} {response.url}")

    def said(message) -> None:
        # Chromium repeats every 4xx answer in the console; forms may answer 422.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            problems.append(f"console: {message.text}")

    page.on("response", answered)
    page.on("console", said)
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))


def until(page: Page, check: Callable[[], bool]) -> None:
    """Wait until something holds that the page does not show: that it was saved."""
    end = time.monotonic() + WAIT / 1000
    while not check():
        assert time.monotonic() < end, "it does not come to hold"
        page.wait_for_timeout(100)
