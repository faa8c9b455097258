"""No noun is forgotten, and nothing that opens a door is exported."""

from __future__ import annotations

import re

from django.apps import apps

from sheke.site.export import choice

DOOR = re.compile(r"password|token|secret|(^|_)digest$|(^|_)hash$|api_key")
# Digests that open nothing: of content, not of something that somebody holds.
OF_CONTENT = {
    "calls.AssignmentPlan.digest", "calls.Certificate.digest", "calls.Version.digest",
    "core.AuditSeal.digest", "definitions.Edition.digest", "ledger.Line.digest",
    "ledger.Record.digest", "ledger.Version.digest", "reports.Figure.digest",
}  # fmt: skip


def test_every_noun_is_exported_or_left_out_with_a_reason():
    labels = {model._meta.label for model in choice.ours()}
    assert len(choice.nouns()) > 30
    assert set(choice.LEFT_OUT) <= labels, "what is left out exists no more"
    assert {model._meta.label for model in choice.nouns()} == labels - set(choice.LEFT_OUT)
    assert all(len(reason) > 20 for reason in choice.LEFT_OUT.values())


def test_every_other_package_with_tables_has_its_reason():
    others = {m._meta.app_label for m in apps.get_models() if not choice.is_ours(m)}
    assert others <= set(choice.OTHERS_LEFT_OUT), "say in choice.py why its tables are not exported"


def test_what_opens_a_door_is_left_out():
    exported = {
        f"{model._meta.label}.{field.name}"
        for model in choice.nouns()
        for field in choice.columns(model)
    }
    assert "directory.Account.username" in exported
    assert "directory.Account.password" not in exported
    assert {name for name in exported if DOOR.search(name.rpartition(".")[2])} <= OF_CONTENT


def test_columns_that_are_named_exist():
    for named in (choice.SECRET, choice.PERSONAL):
        for label, fields in named.items():
            there = {field.name for field in apps.get_model(label)._meta.concrete_fields}
            assert fields <= there, label
