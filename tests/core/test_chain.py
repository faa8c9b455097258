"""The audit log's chain and the triggers that keep append-only tables."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from sheke.core import audit, chain, guards
from sheke.core.models import AuditEvent, AuditSeal

pytestmark = pytest.mark.django_db


def write(*verbs: str) -> None:
    for verb in verbs:
        audit.record(verb, by=None, note="早上好", share=0.5)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_everything_written_is_sealed_once_and_holds():
    write("a.one", "a.two")
    assert chain.seal_events() == 2
    write("a.three")
    assert chain.seal_events() == 1
    assert chain.seal_events() == 0
    found = chain.verify_chain()
    assert (found.seals, found.sealed, found.unsealed, found.holds) == (2, 3, 0, True)
    assert found.head == AuditSeal.objects.order_by("id").last().digest


def test_large_logs_are_sealed_in_batches(monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 2)
    write("a.one", "a.two", "a.three", "a.four", "a.five")
    assert chain.seal_events() == 5
    assert AuditSeal.objects.count() == 3
    assert chain.verify_chain().holds


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE core_auditevent SET actor_name = 'nobody' WHERE verb = 'a.one'", "changed"),
        ("DELETE FROM core_auditevent WHERE verb = 'a.one'", "missing"),
        ("UPDATE core_auditevent SET seal_id = 1 WHERE verb = 'a.open'", "added"),
    ],
)
def test_what_was_done_by_hand_is_found(statement, fault):
    write("a.one", "a.two")
    chain.seal_events()
    write("a.open")
    first = AuditSeal.objects.get()
    sql(statement.replace("seal_id = 1", f"seal_id = {first.pk}"))
    found = chain.verify_chain()
    assert found.broken == {first.pk: fault}
    assert not found.holds


def test_a_rewritten_seal_breaks_the_next_and_a_cut_end_the_noted_head():
    write("a.one")
    chain.seal_events()
    write("a.two")
    chain.seal_events()
    first, second = AuditSeal.objects.order_by("id")
    sql("UPDATE core_auditseal SET digest = %s WHERE id = %s", "0" * 64, first.pk)
    assert chain.verify_chain().broken == {first.pk: "changed", second.pk: "changed"}
    sql("UPDATE core_auditseal SET digest = %s WHERE id = %s", first.digest, first.pk)
    assert chain.verify_chain(second.digest).known is True
    sql("DELETE FROM core_auditevent WHERE seal_id = %s", second.pk)
    sql("DELETE FROM core_auditseal WHERE id = %s", second.pk)
    assert chain.verify_chain().holds
    assert not chain.verify_chain(second.digest).holds


def test_the_command_prints_what_it_found(capsys):
    write("a.one")
    call_command("audit", "seal")
    capsys.readouterr()
    call_command("audit", "verify", "--json")
    assert json.loads(capsys.readouterr().out)["holds"] is True
    sql("UPDATE core_auditevent SET verb = 'a.other'")
    with pytest.raises(SystemExit) as left:
        call_command("audit", "verify")
    assert left.value.code == 1
    assert "1" in capsys.readouterr().out


@pytest.fixture
def guarded():
    guards.make(connection)
    yield
    guards.remove(connection)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditevent SET verb = 'a.other'",
        "UPDATE core_auditevent SET data = '{\"note\": 1}'",
        "DELETE FROM core_auditevent",
        "UPDATE core_auditevent SET seal_id = NULL WHERE seal_id IS NOT NULL",
        "DELETE FROM core_auditseal",
    ],
)
def test_the_database_refuses_to_change_what_is_append_only(guarded, statement):
    write("a.one")
    chain.seal_events()
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        sql(statement)
    assert chain.verify_chain().sealed == 1


def test_guards_that_are_missing_are_named():
    assert {"core_auditevent", "ledger_version", "reports_snapshot"} <= set(
        guards.missing(connection)
    )
    guards.make(connection)
    assert guards.missing(connection) == []
    guards.remove(connection)
    assert "core_auditevent" in guards.missing(connection)


def test_the_models_refuse_too():
    write("a.one")
    event = AuditEvent.objects.get()
    for act in (event.save, event.delete, AuditEvent.objects.all().delete):
        with pytest.raises(TypeError):
            act()
