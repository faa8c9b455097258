"""Screenshots of pages at phone and desk width, light and dark, in Chinese and English.

Usage: python scripts/shots.py --base http://127.0.0.1:8104 --user NAME --password PASS /plans/ /ledger/

Files go to /tmp/sheke-shots/<path>-<width>-<scheme>-<language>.png; errors in the console and
answers of 400 and above are printed.
"""

import argparse
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = {"390": 844, "1440": 900}
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--user")
    parser.add_argument("--password", default="")
    parser.add_argument("--out", type=Path, default=Path("/tmp/sheke-shots"))
    parser.add_argument("--only", default="", help="part of a name: 1440-light-zh, dark, en …")
    parser.add_argument("--view", action="store_true", help="the window only, not the full page")
    parser.add_argument("--click", default="", help="a selector to click before the picture")
    parser.add_argument("--wait", type=int, default=250, help="milliseconds before the picture")
    return parser.parse_args()


def complain(page: Page) -> None:
    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            print(f"  console {message.type}: {message.text}")

    def response(answer: Response) -> None:
        if answer.status >= 400:
            print(f"  {answer.status} {answer.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: print(f"  script: {error}"))
    page.on("response", response)


def sign_in(page: Page, args: argparse.Namespace) -> None:
    page.goto(f"{args.base}/sign-in/")
    if page.locator("[name=username]").count():
        page.fill("[name=username]", args.user)
        page.fill("[name=password]", args.password)
        with page.expect_navigation():
            page.press("[name=password]", "Enter")


def take(
    browser: Browser, args: argparse.Namespace, width: str, scheme: str, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": int(width), "height": WIDTHS[width]},
        color_scheme=scheme,
        locale="zh-CN" if language == "zh" else "en-GB",
        has_touch=width == "390",
        device_scale_factor=1,
    )
    context.add_cookies(
        [{"name": "django_language", "value": LANGUAGES[language], "url": args.base}]
    )
    page = context.new_page()
    complain(page)
    if args.user:
        sign_in(page, args)
    for path in args.paths:
        page.goto(args.base + path)
        if args.click:
            page.locator(args.click).first.click()
        page.wait_for_timeout(args.wait)
        stem = path.strip("/").replace("/", "_").replace("?", "_").replace("#", "_") or "home"
        target = args.out / f"{stem}-{width}-{scheme}-{language}.png"
        page.screenshot(path=target, full_page=not args.view)
        print(target)
    context.close()


def main() -> int:
    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for width, scheme, language in product(WIDTHS, ("light", "dark"), LANGUAGES):
            if args.only in f"{width}-{scheme}-{language}":
                take(browser, args, width, scheme, language)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
