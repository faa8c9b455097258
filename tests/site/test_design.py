"""The page of the design system has a part of everything that it consists of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from tests import factories
from tests.site.markup import faults

pytestmark = pytest.mark.django_db
STYLES = Path(__file__).resolve().parents[2] / "sheke/site/static/site/css"
COMPONENTS = sorted((STYLES / "components").glob("*.css"))
BLOCK = re.compile(r"^\.([a-z]+(?:-[a-z]+)*)(?=[\s,.:>{])", re.M)
# Scripts make these when they are needed.
MADE_LATER = {"combobox", "file"}


@pytest.fixture
def page(client: Client, settings) -> str:
    settings.DEMO = True
    client.force_login(factories.account(factories.organisation()))
    return client.get(reverse("site:design")).content.decode()


@pytest.fixture
def classes(page: str) -> set[str]:
    found = html.fromstring(page).xpath("//@class")
    return {name for value in found for name in value.split()}


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_has_a_part(path: Path, classes: set[str]) -> None:
    blocks = set(BLOCK.findall(path.read_text())) - MADE_LATER
    assert blocks - classes == set()


def test_every_component_is_loaded() -> None:
    loaded = re.findall(r"components/([\w-]+\.css)", (STYLES / "sheke.css").read_text())
    assert sorted(loaded) == [path.name for path in COMPONENTS]


def test_the_page_is_sound(page: str) -> None:
    assert faults(page) == []
