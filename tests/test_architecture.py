"""The order of the apps, kept by imports and by relations alike."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from importlinter import cli

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
# One row for each layer; the engines share one, and none imports another.
LAYERS = [
    [name.strip().removeprefix("sheke.") for name in layer.split("|")]
    for layer in CONTRACTS["contracts"][0]["layers"]
]
RANKS = {app: rank for rank, layer in enumerate(LAYERS) for app in layer}


def test_imports_point_downwards_only(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert cli.lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


def test_every_app_has_a_place_in_the_order():
    ours = {c.label for c in apps.get_app_configs() if c.name.startswith("sheke.")}
    assert ours == set(RANKS)


def relations():
    for model in apps.get_models():
        if model.__module__.startswith("sheke."):
            for field in model._meta.get_fields():
                if field.is_relation and field.concrete:
                    yield pytest.param(model, field, id=f"{model._meta.label}.{field.name}")


@pytest.mark.parametrize(("model", "field"), list(relations()))
def test_relations_point_downwards_only(model, field):
    target, own = field.related_model._meta.app_label, model._meta.app_label
    if target in RANKS:
        assert target == own or RANKS[target] > RANKS[own]
