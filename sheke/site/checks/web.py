"""How the site is reached: hosts, HTTPS, proxies, size of uploads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from ..middleware import FILES
from .findings import Finding, error, info, looks, warning

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
# Said here in our own words, or done by the proxy in front.
OURS = {"security.W004", "security.W005", "security.W008", "security.W009", "security.W012", "security.W016", "security.W018",
        "security.W021"}  # fmt: skip
NGINX = Path("/etc/nginx")


@looks()
def debug() -> Iterator[Finding]:
    if settings.DEBUG:
        yield error(
            "web.debug", _("SHEKE_DEBUG is on: errors show the inside of the program to everyone."),
            _("Take SHEKE_DEBUG away."),
        )  # fmt: skip


@looks()
def hosts() -> Iterator[Finding]:
    if "*" in settings.ALLOWED_HOSTS:
        yield error(
            "web.hosts_any", _("Any host name is answered."),
            _("SHEKE_HOSTS=the names and addresses by which people reach the site"),
        )  # fmt: skip
    elif set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        yield info(
            "web.hosts_here", _("The site answers only on this machine."),
            _("SHEKE_HOSTS=the names and addresses by which people reach the site"),
        )  # fmt: skip


@looks()
def https() -> Iterator[Finding]:
    if set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        return
    if not settings.SECURE:
        yield warning(
            "web.https", _("Sessions travel without HTTPS: who reads the network can act as anybody."),
            _("Put a proxy with a certificate in front, then SHEKE_HTTPS=1."),
        )  # fmt: skip
        return
    if not settings.SECURE_HSTS_SECONDS:
        yield info(
            "web.hsts", _("Browsers are not told to use HTTPS only."),
            _("When HTTPS works for everyone: SHEKE_HSTS_SECONDS=31536000"),
        )  # fmt: skip
    if not getattr(settings, "PROXIES", 0):
        yield warning(
            "web.proxies", _("HTTPS needs a proxy in front, but SHEKE_PROXIES says there is none: all people seem to come from one address."),
            "SHEKE_PROXIES=1",
        )  # fmt: skip
    if strange := [o for o in settings.CSRF_TRUSTED_ORIGINS if not o.startswith("https://")]:
        yield error(
            "web.origins", _("SHEKE_ORIGINS has an address without https: %(origin)s") % {"origin": strange[0]},
            f"SHEKE_ORIGINS=https://{strange[0].rpartition('/')[2]}",
        )  # fmt: skip


@looks()
def uploads() -> Iterator[Finding]:
    limit = settings.UPLOAD_LIMIT >> 20
    hint = f"client_max_body_size {FILES * limit + 1}m;"  # a form brings several files
    files = [*NGINX.glob("sites-enabled/*"), *NGINX.glob("conf.d/*.conf"), NGINX / "nginx.conf"]
    said = "".join(_read(path) for path in files)
    if "proxy_pass" in said and "client_max_body_size" not in said:
        yield warning(
            "web.uploads",
            _("nginx lets 1 MB through, files may have %(limit)s MB.") % {"limit": limit},
            hint,
        )
    else:
        yield info(
            "web.upload_limit", _("Files may have %(limit)s MB.") % {"limit": limit},
            _("In nginx: %(line)s") % {"line": hint},
        )  # fmt: skip


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


@looks()
def django() -> Iterator[Finding]:
    """Django's own checks, also those for a site in use."""
    for message in checks.run_checks(include_deployment_checks=True):
        if message.is_silenced() or message.id in OURS:
            continue
        made = error if message.level >= checks.ERROR else warning
        yield made(f"django.{message.id}", str(message.msg), str(message.hint or ""))
