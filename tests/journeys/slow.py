"""`--slow N`: an old telephone on a slow line. What a page only does once its scripts are there comes late,
so that a journey which does not wait for it fails here first."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

LATENCY = 15  # milliseconds that each answer takes longer, for each time the machine is slower


def make(browser: Browser, times: float) -> None:
    """Every page that this browser opens from now on is `times` as slow."""
    new_context = browser.new_context

    def slowed(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.on("page", lambda page: _slow_down(page, times))
        return context

    browser.new_context = slowed  # type: ignore[method-assign]


def _slow_down(page: Page, times: float) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY * times, "downloadThroughput": -1, "uploadThroughput": -1,
    })  # fmt: skip
