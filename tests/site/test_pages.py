"""Every page that needs no argument answers, and its HTML can be used by everyone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests import factories
from tests.site.access import PUBLIC
from tests.site.markup import faults

# There only for who has such a factor.
FACTORS = {"mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_view_recovery_codes"}


def pages(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The names of all addresses without arguments."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from pages(pattern.url_patterns, inner)
        elif pattern.name:
            name = f"{space}{pattern.name}"
            try:
                reverse(name)
            except NoReverseMatch:
                continue
            if not name.startswith("api:api-1:"):  # asked with a token, answers JSON
                yield name


@pytest.fixture
def administrator(client: Client) -> Client:
    federation = factories.organisation(name="云川市社会科学界联合会", kind="federation")
    client.force_login(factories.account(federation, role="administrator"))
    return client


@pytest.mark.walk
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({*pages(get_resolver().url_patterns)} - FACTORS))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_page_answers_and_is_sound(administrator: Client, settings, name: str, language: str):
    settings.DEMO = True
    answer = administrator.get(reverse(name), HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code in (200, 302, 403, 405)
    page = answer.content.decode(errors="replace")
    if answer.status_code == 200 and page.startswith("<!doctype html>"):  # else a part of a page
        assert faults(page) == []


@pytest.mark.django_db
def test_the_sign_in_page_is_sound(client: Client) -> None:
    answer = client.get(reverse("site:sign_in"))
    assert faults(answer.content.decode()) == []


@pytest.mark.django_db
def test_nobody_enters_without_signing_in(client: Client) -> None:
    for name in sorted({*pages(get_resolver().url_patterns)} - PUBLIC):
        answer = client.get(reverse(name))
        assert answer.status_code in (302, 405), name
        if answer.status_code == 302:
            assert answer["Location"].startswith(reverse("site:sign_in")), name
